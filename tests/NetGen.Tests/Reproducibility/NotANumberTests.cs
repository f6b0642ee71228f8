using NetGen.Tests.Kernels;
using NetGen.Tests.Parity;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Reproducibility;

/// <summary>A value that is not a number reaches the output: rectifiers and pooling must not hide a diverged network.</summary>
[Trait("Category", "Numeric")]
public sealed class NotANumberTests
{
    private static NetworkList Networks { get; } = new NetworkList()
        .Add<TinyRegression>()
        .Add<WideClassifier>()
        .Add<Small>()
        .Add<RectifiedHead>()
        .Add<RectifiedInput>()
        .Add<SameStack>()
        .Add<PoolBeforeReLU>()
        .Add<PoolBetweenReLUs>()
        .Add<OverlappingPool>()
        .Add<LeNetLike>()
        .Add<LeakyZero>()
        .Add<LeakyFeatures>()
        .Add<LeakyRuns>()
        .Add<AverageInput>()
        .Add<AverageBetweenMaxima>()
        .Add<PaddedAverages>()
        .Add<SumWithFeatures>()
        .Add<SeveralReaders>()
        .Add<PooledInput>()
        .Add<PooledPixels>()
        .Add<PaddedMaxima>()
        .Add<MaximaOfSequences>()
        .Add<JoinsOfJoins>()
        .Add<NormsInBranches>()
        .Add<MeansOfManyPositions>()
        .Add<NormsOfPositions>()
        .Add<ReshapedBranches>()
        .Add<ThreeGroups>()
        .Add<DilatedKernels>()
        .Add<DepthwiseStack>()
        .Add<SequenceStack>()
        .Add<SlopesImages>()
        .Add<SigmoidPlaces>()
        .Add<TanhPlaces>()
        .Add<SoftplusPlaces>()
        .Add<EluPlaces>()
        .Add<SeluPlaces>()
        .Add<SiluPlaces>()
        .Add<GeluPlaces>()
        .Add<GeluTanhPlaces>()
        .Add<HardSwishPlaces>()
        .Add<MishPlaces>();

    public static TheoryData<string> Names => Networks.Names;

    /// <summary>Each input in turn, of large inputs some; in the networks below it is each place of each pooling window.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void EveryInputThatIsNotANumberShows(string name)
    {
        AnyNetwork network = Networks.Create(name, seed: 1);
        var reference = ReferenceNetwork.Of(network);
        ITrainingPass pass = network.BeginTraining(1);
        float[] inputs = Draw.Normal(network.InputLength, 2);
        float[] targets = Draw.Probabilities(1, network.OutputLength, 3);
        int stride = 1 + (network.InputLength / 600);
        for (int i = 0; i < inputs.Length; i += stride)
        {
            float value = inputs[i];
            inputs[i] = float.NaN;
            double[] expected = reference.Predict(inputs);
            Check("prediction", expected, network.Predict(inputs));
            float loss = pass.Forward(inputs, targets);
            Check("output of a training pass", expected, pass.Outputs);
            Assert.Equal(expected.Any(double.IsNaN), float.IsNaN(loss));
            pass.Backward();
            inputs[i] = value;
        }

        static void Check(string what, double[] expected, ReadOnlySpan<float> actual)
        {
            for (int i = 0; i < expected.Length; i++)
                Assert.True(double.IsNaN(expected[i]) == float.IsNaN(actual[i]), $"{what} [{i}] is {actual[i]}, expected {expected[i]}");
        }
    }

    /// <summary>One sample of a batch does not spoil the others.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void OtherSamplesOfTheBatchStayAsTheyAre(string name)
    {
        const int Batch = 5;
        AnyNetwork network = Networks.Create(name, seed: 1);
        float[] inputs = Draw.Normal(Batch * network.InputLength, 2);
        float[] expected = network.Predict(inputs);
        for (int spoilt = 0; spoilt < Batch; spoilt++)
        {
            float[] some = [.. inputs];
            some.AsSpan(spoilt * network.InputLength, network.InputLength).Fill(float.NaN);
            float[] actual = network.Predict(some);
            for (int i = 0; i < actual.Length; i++)
            {
                if (i / network.OutputLength == spoilt) Assert.True(float.IsNaN(actual[i]));
                else Assert.Equal(expected[i], actual[i]);
            }
        }
    }

    /// <summary>A weight that is not a number shows too, behind a ReLU that it feeds.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void EveryBiasThatIsNotANumberShows(string name)
    {
        AnyNetwork network = Networks.Create(name, seed: 1);
        float[] inputs = Draw.Normal(network.InputLength, 2);
        foreach (ParameterInfo parameter in network.Table.Parameters)
        {
            if (!parameter.Name.EndsWith(".bias", StringComparison.Ordinal)) continue;
            for (int i = 0; i < parameter.Length; i++)
            {
                float value = network.Parameters[parameter.Offset + i];
                Set(parameter.Offset + i, float.NaN);
                Assert.Contains(network.Predict(inputs), float.IsNaN);
                Set(parameter.Offset + i, value);
            }
        }

        void Set(int index, float value)
        {
            using ParameterEdit edit = network.Edit();
            edit.Values[index] = value;
        }
    }
}
