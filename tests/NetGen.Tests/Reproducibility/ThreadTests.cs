using System.Runtime.Intrinsics;
using NetGen.Tests.DropoutMasks;
using NetGen.Tests.Kernels;
using NetGen.Tests.Parity;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Reproducibility;

/// <summary>The same bits for any number of threads, any batch around a sample, and any callers at the same time.</summary>
[Trait("Category", "Numeric")]
public sealed class ThreadTests
{
    private static NetworkList Networks { get; } = new NetworkList()
        .Add<TinyRegression>()
        .Add<WideClassifier>()
        .Add<LeNetLike>()
        .Add<StrideTwo>()
        .Add<OverlappingPool>()
        .Add<JustAbovePanels>()
        .Add<Large>()
        .Add<SameStack>()
        .Add<ThreeGroups>()
        .Add<DilatedKernels>()
        .Add<WideDepthwise>()
        .Add<SequenceStack>()
        .Add<LeakyPool>()
        .Add<AverageSame>()
        .Add<AverageIntoHalo>()
        .Add<ResidualDense>()
        .Add<LargeResidual>()
        .Add<SeveralReaders>()
        .Add<DeepResidual>()
        .Add<TinyPanel>()
        .Add<TinyFrom17>()
        .Add<TinyDeep>()
        .Add<TinySums>()
        .Add<TinyAfterLeaky>()
        .Add<TinyAfterSum>()
        .Add<BetweenConvolutions>()
        .Add<SumWithDropped>()
        .Add<NormDense>()
        .Add<NormResidual>()
        .Add<NormFrozen>()
        .Add<NormsOfPanels>()
        .Add<NormsInABlock>()
        .Add<NormsAndDropout>()
        .Add<TwoPlaces>()
        .Add<JoinsOfJoins>()
        .Add<PaddedMaxima>()
        .Add<MaximaOfSequences>()
        .Add<NormsInBranches>()
        .Add<ReshapedBranches>()
        .Add<SlopesImages>()
        .Add<GeluPlaces>()
        .Add<HardSwishPlaces>();

    public static TheoryData<string> Names => Networks.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void TrainingIsBitwiseTheSameForAnyNumberOfThreads(string name)
    {
        const int Batch = 70;
        (float[] Losses, float[] Outputs, float[] Gradients, float[] InputGradients, float[] Weights) expected = Train(1);

        // At the widths that are emulated the large network takes its time.
        foreach (int threads in name == nameof(Large) ? [3] : new[] { 2, 3, 7, 8, 0 })
        {
            (float[] Losses, float[] Outputs, float[] Gradients, float[] InputGradients, float[] Weights) actual = Train(threads);
            Close.SameBits("losses", expected.Losses, actual.Losses);
            Close.SameBits("outputs", expected.Outputs, actual.Outputs);
            Close.SameBits("gradients", expected.Gradients, actual.Gradients);
            Close.SameBits("gradients of the inputs", expected.InputGradients, actual.InputGradients);
            Close.SameBits("weights", expected.Weights, actual.Weights);
        }

        (float[], float[], float[], float[], float[]) Train(int threads)
        {
            AnyNetwork network = Networks.Create(name, seed: 3);
            ITrainingPass pass = network.BeginTraining(Batch, seed: 4, threads);
            var optimizer = new Sgd(0.01f) { Momentum = 0.9f };
            float[] losses = new float[name == nameof(Large) ? 2 : 3];
            float[] inputGradients = [];
            for (int step = 0; step < losses.Length; step++)
            {
                // One batch is smaller, as at the end of an epoch.
                int batch = step == 1 ? 49 : Batch;
                float[] inputs = Draw.Normal(batch * network.InputLength, step);
                losses[step] = network.Loss == Loss.CrossEntropy
                    ? pass.Forward(inputs, Draw.Labels(batch, network.OutputLength, step))
                    : pass.Forward(inputs, Draw.Normal(batch * network.OutputLength, step + 10));
                pass.Backward();
                inputGradients = new float[inputs.Length];
                pass.InputGradients(inputGradients);
                optimizer.Step(pass);
            }

            return (losses, pass.Outputs.ToArray(), pass.Gradients.ToArray(), inputGradients, network.Parameters.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ResultOfASampleDoesNotDependOnItsBatch(string name)
    {
        const int Batch = 41;
        AnyNetwork network = Networks.Create(name, seed: 1);
        float[] inputs = Draw.Normal(Batch * network.InputLength, 2);
        float[] whole = network.Predict(inputs);
        foreach (int size in Enumerable.Range(1, 24))
            for (int start = 0; start + size <= Batch; start += Math.Max(size, 5))
                Close.SameBits(
                    FormattableString.Invariant($"samples {start} to {start + size - 1}"),
                    whole.AsSpan(start * network.OutputLength, size * network.OutputLength),
                    network.Predict(inputs.AsSpan(start * network.InputLength, size * network.InputLength)));
    }

    [Fact]
    public void BatchPredictionIsBitwiseTheSameForAnyNumberOfThreads()
    {
        const int Batch = 83;
        var images = new LeNetLike(5);
        float[] inputs = Draw.Normal(Batch * LeNetLike.InputLength, 3);
        float[] expected = new float[Batch * LeNetLike.OutputLength];
        images.Predict(inputs, expected, threads: 1);
        var features = new JustAbovePanels(5);
        float[] featureInputs = Draw.Normal(Batch * JustAbovePanels.InputLength, 3);
        float[] featureExpected = new float[Batch * JustAbovePanels.OutputLength];
        features.Predict(featureInputs, featureExpected, threads: 1);
        foreach (int threads in new[] { 2, 3, 7, 0 })
        {
            float[] outputs = new float[expected.Length];
            images.Predict(inputs, outputs, threads);
            Close.SameBits("images", expected, outputs);
            float[] featureOutputs = new float[featureExpected.Length];
            features.Predict(featureInputs, featureOutputs, threads);
            Close.SameBits("features", featureExpected, featureOutputs);
        }
    }

    [Fact]
    public void ThreadsThatShareTheLayersOfFewSamplesGiveTheSameBits()
    {
        Check(new Large(5));
        Check(new SharedRows(5));
        Check(new SharedFilters(5));
        Check(new SharedFiltersOfTiles(5));
        Check(new SharedFiltersOfLines(5));
        Check(new LargeResidual(5));
        Check(new SharedRowsOfSums(5));
        Check(new SharedRowsOfAverages(5));
        Check(new NormOfSharedRows(5));
        Check(new NormsOfSharedPanels(5));

        static void Check<T>(T network)
            where T : class, INetwork<T>
        {
            foreach (int samples in new[] { 1, 2, 5, 9, 15, 16, 21 })
            {
                float[] input = Draw.Normal(samples * T.InputLength, 3);
                float[] expected = new float[samples * T.OutputLength];
                network.Predict(input, expected, threads: 1);
                foreach (int threads in new[] { 2, 3, 7, 0 })
                {
                    // Rounds show races, which do not depend on the instructions; without those of vectors each takes long.
                    for (int round = 0; round < (!Vector128.IsHardwareAccelerated ? 1 : samples == 1 ? 20 : 4); round++)
                    {
                        float[] outputs = new float[expected.Length];
                        network.Predict(input, outputs, threads);
                        Close.SameBits(FormattableString.Invariant($"{typeof(T).Name}, {samples} samples, {threads} threads"), expected, outputs);
                    }
                }
            }
        }
    }

    [Fact]
    public void OneNetworkPredictsForSeveralCallersAtOnce()
    {
        const int Callers = 6, Rounds = 40;
        AnyNetwork network = AnyNetwork.Of(new LeNetLike(9));
        float[][] inputs = [.. Enumerable.Range(0, Callers).Select(i => Draw.Normal((i + 1) * network.InputLength, i))];
        float[][] expected = [.. inputs.Select(batch => network.Predict(batch))];
        using var start = new Barrier(Callers);
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, Callers).Select(caller => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                for (int round = 0; round < Rounds; round++)
                    Close.SameBits("prediction", expected[caller], network.Predict(inputs[caller]));
            }
            catch (Exception failure)
            {
                failures.Enqueue(failure);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Empty(failures);
    }

    [Fact]
    public void TwoPassesOfOneNetworkDoNotDisturbEachOther()
    {
        AnyNetwork network = AnyNetwork.Of(new TwoPlaces(9));
        float[] inputs = Draw.Normal(11 * network.InputLength, 1);
        float[] targets = Draw.Normal(11 * network.OutputLength, 2);
        ITrainingPass alone = network.BeginTraining(11, seed: 5);
        alone.Forward(inputs, targets);
        alone.Backward();

        ITrainingPass one = network.BeginTraining(11, seed: 5);
        ITrainingPass other = network.BeginTraining(4, seed: 6);
        one.Forward(inputs, targets);
        other.Forward(inputs.AsSpan(0, 4 * network.InputLength), targets.AsSpan(0, 4 * network.OutputLength));
        one.Backward();
        other.Backward();
        Close.SameBits("outputs", alone.Outputs, one.Outputs);
        Close.SameBits("gradients", alone.Gradients, one.Gradients);
    }
}
