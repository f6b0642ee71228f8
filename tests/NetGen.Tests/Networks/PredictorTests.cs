using NetGen.Tests.Kernels;
using NetGen.Tests.Parity;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Networks;

/// <summary>Predictors own their memory and give what the network gives.</summary>
public sealed class PredictorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void PredictsWhatTheNetworkPredicts(int threads)
    {
        var network = new Large(3);
        Predictor predictor = network.CreatePredictor(maxBatch: 134, threads);
        Assert.Same(network, predictor.Network);
        Assert.Equal(134, predictor.MaxBatch);
        foreach (int samples in new[] { 1, 2, 64, 65, 128, 129, 134 })
        {
            float[] inputs = Draw.Normal(samples * Large.InputLength, samples);
            float[] expected = new float[samples * Large.OutputLength];
            float[] actual = new float[expected.Length];
            network.Predict(inputs, expected, 1);
            predictor.Predict(inputs, actual);
            Close.SameBits("outputs", expected, actual);
        }
    }

    [Theory]
    [InlineData(nameof(TinyAutoencoder))]
    [InlineData(nameof(TinySquare))]
    public void OutputsMayReplaceTheInputs(string name)
    {
        AnyNetwork network = TinyNetworks.All.Create(name);
        foreach (int samples in new[] { 1, 9, 70 })
        {
            float[] values = Draw.Normal(samples * network.InputLength, samples);
            float[] expected = network.Predict(values);
            network.Predict(values, values);
            Close.SameBits("outputs", expected, values);
        }
    }

    /// <summary>Edits of the network show at the next call.</summary>
    [Fact]
    public void ReadsTheParametersAsTheyAre()
    {
        var network = new TinyRegression(1);
        Predictor predictor = network.CreatePredictor(1);
        float[] output = new float[TinyRegression.OutputLength];
        using (ParameterEdit edit = network.EditParameters())
            edit.Values.Clear();
        predictor.Predict(Draw.Normal(TinyRegression.InputLength, 1), output);
        Assert.All(output, value => Assert.Equal(0, value));
    }

    [Fact]
    public void ClassifiesWhatTheNetworkClassifies()
    {
        var network = new WideClassifier(1);
        Predictor predictor = network.CreatePredictor(1);
        for (int seed = 0; seed < 20; seed++)
        {
            float[] input = Draw.Normal(WideClassifier.InputLength, seed);
            Assert.Equal(network.Classify(input), predictor.Classify(input));
        }

        Assert.Throws<ArgumentException>(() => predictor.Classify(new float[WideClassifier.InputLength + 1]));
        var refused = Assert.Throws<InvalidOperationException>(() => new TinyRegression(1).CreatePredictor(1).Classify(new float[8]));
        Assert.Contains("does not end in Softmax", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AllocatesNothingAfterItWasMade()
    {
        var network = new Large(3);
        float[] inputs = Draw.Normal(40 * Large.InputLength, 1);
        float[] outputs = new float[40 * Large.OutputLength];
        network.CreatePredictor(40, 1).Predict(inputs, outputs);
        Predictor predictor = network.CreatePredictor(40, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        predictor.Predict(inputs, outputs);
        predictor.Predict(inputs.AsSpan(0, Large.InputLength), outputs.AsSpan(0, Large.OutputLength));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void PredictsTheSameWithoutANumberOfThreads()
    {
        Predictor predictor = new TinyRegression(1).CreatePredictor(64);
        Assert.Equal(Environment.ProcessorCount, predictor.Threads);
        float[] inputs = Draw.Normal(64 * TinyRegression.InputLength, 1);
        float[] outputs = new float[64 * TinyRegression.OutputLength];
        predictor.Predict(inputs, outputs);
        float[] expected = new float[outputs.Length];
        new TinyRegression(1).Predict(inputs, expected, 1);
        Close.SameBits("outputs", expected, outputs);
    }

    [Fact]
    public void RefusesWhatItWasNotMadeFor()
    {
        var network = new TinyRegression(1);
        Assert.Equal("maxBatch", Assert.Throws<ArgumentOutOfRangeException>(() => network.CreatePredictor(0)).ParamName);
        Assert.Equal("threads", Assert.Throws<ArgumentOutOfRangeException>(() => network.CreatePredictor(1, -1)).ParamName);
        Predictor predictor = network.CreatePredictor(2);
        var refused = Assert.Throws<ArgumentException>(
            () => predictor.Predict(new float[3 * TinyRegression.InputLength], new float[3 * TinyRegression.OutputLength]));
        Assert.Contains("at most 2 samples, but got 3", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => predictor.Predict(new float[TinyRegression.InputLength], new float[TinyRegression.OutputLength + 1]));
    }
}
