using NetGen.Tests.Bytes;
using NetGen.Tests.DropoutMasks;
using NetGen.Tests.Kernels;
using NetGen.Tests.Parity;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Allocation;

/// <summary>Tests that count allocations of the whole process run while no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Nothing is allocated by prediction after the first call, nor by training steps after BeginTraining.</summary>
[Trait("Category", "Numeric")]
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    public static TheoryData<string> Names =>
    [
        nameof(TinyRegression), nameof(WideClassifier), nameof(LeNetLike), nameof(StrideTwo), nameof(OddPlaces),
        nameof(BetweenConvolutions), nameof(TwoPlaces),
    ];

    private static NetworkList Networks { get; } = new NetworkList()
        .Add<TinyRegression>()
        .Add<WideClassifier>()
        .Add<LeNetLike>()
        .Add<StrideTwo>()
        .Add<OddPlaces>()
        .Add<BetweenConvolutions>()
        .Add<TwoPlaces>();

    [Theory]
    [MemberData(nameof(Names))]
    public void PredictAllocatesNothing(string name)
    {
        AnyNetwork network = Networks.Create(name);
        foreach (int batch in new[] { 1, 13 })
        {
            float[] inputs = Draw.Normal(batch * network.InputLength, 1);
            float[] outputs = new float[batch * network.OutputLength];
            network.Predict(inputs, outputs);
            Assert.Equal(0, Allocated.ByThread(() => network.Predict(inputs, outputs)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TrainingStepsAllocateNothing(string name)
    {
        const int Batch = 13;
        AnyNetwork network = Networks.Create(name);
        float[] inputs = Draw.Normal(Batch * network.InputLength, 1);
        float[] targets = Draw.Probabilities(Batch, network.OutputLength, 2);
        int[] labels = Draw.Labels(Batch, network.OutputLength, 2);
        float[] inputGradients = new float[inputs.Length];
        ITrainingPass pass = network.BeginTraining(Batch, seed: 1, threads: 1);

        Assert.Equal(0, Allocated.ByThread(Step));
        if (network.Loss == Loss.CrossEntropy) Assert.Equal(0, Allocated.ByThread(() => pass.Forward(inputs, labels)));

        void Step()
        {
            pass.Forward(inputs, targets);
            pass.Backward();
            pass.InputGradients(inputGradients);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OptimizersAllocateNothingAfterTheirFirstStep(string name)
    {
        AnyNetwork network = Networks.Create(name);
        ITrainingPass pass = network.BeginTraining(2);
        pass.Forward(new float[2 * network.InputLength], Draw.Probabilities(2, network.OutputLength, 1));
        pass.Backward();
        foreach (Optimizer optimizer in new Optimizer[]
        {
            new Sgd(0.01f) { Momentum = 0.9f, Nesterov = true, WeightDecay = 0.1f },
            new Adam(0.001f) { WeightDecay = 0.1f },
            new AdamW(0.001f) { ClipValue = 1, ClipNorm = 1, L1 = 0.1f, L2 = 0.1f, MaxNorm = 1, LearningRateFactors = { ["dense1"] = 0.1f } },
        })
        {
            optimizer.Step(pass);
            Assert.Equal(0, Allocated.ByThread(() => optimizer.Step(pass)));
        }
    }

    /// <summary>What the worker threads do counts too, so this looks at the whole process.</summary>
    [Fact]
    public void SeveralThreadsAllocateNothing()
    {
        const int Batch = 25;
        var network = new BetweenConvolutions(1);
        float[] inputs = Draw.Normal(Batch * BetweenConvolutions.InputLength, 1);
        float[] targets = Draw.Normal(Batch * BetweenConvolutions.OutputLength, 2);
        float[] outputs = new float[targets.Length];
        BetweenConvolutions.TrainingPass pass = network.BeginTraining(Batch, seed: 1, threads: 3);
        var optimizer = new Adam(0.001f);

        Assert.Equal(0, Allocated.ByProcess(Step));
        Assert.Equal(0, Allocated.ByProcess(() => network.Predict(inputs, outputs, threads: 3)));
        var large = new Kernels.Large(1);
        float[] sample = Draw.Normal(Kernels.Large.InputLength, 1);
        float[] probabilities = new float[Kernels.Large.OutputLength];
        Assert.Equal(0, Allocated.ByProcess(() => large.Predict(sample, probabilities, threads: 3)));

        void Step()
        {
            pass.Forward(inputs, targets);
            pass.Backward();
            optimizer.Step(pass);
        }
    }

    [Fact]
    public void BytesAllocateNothing()
    {
        const int Batch = 67;
        var network = new ByteImage(1);
        (byte[] bytes, _) = Draw.Bytes(Batch * ByteImage.InputLength, 5);
        float[] outputs = new float[Batch * ByteImage.OutputLength];
        int[] labels = Draw.Labels(Batch, ByteImage.OutputLength, 2);
        ByteImage.TrainingPass pass = network.BeginTraining(Batch, seed: 1, threads: 3);
        Predictor predictor = network.CreatePredictor(Batch, threads: 3);
        Assert.Equal(0, Allocated.ByProcess(() => network.Predict(bytes, outputs, threads: 3)));
        Assert.Equal(0, Allocated.ByProcess(() => predictor.Predict(bytes, outputs)));
        Assert.Equal(0, Allocated.ByProcess(() =>
        {
            pass.Forward(bytes, labels);
            pass.Backward();
        }));
    }
}
