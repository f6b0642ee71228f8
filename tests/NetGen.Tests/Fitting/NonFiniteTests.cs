using NetGen.Tests.Kernels;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Fitting;

/// <summary>Infinite values and NaN while training: where they are found, and what is kept.</summary>
public class NonFiniteTests
{
    [Fact]
    public void AnInputThatIsNoNumberChangesNothingOfTheNetwork()
    {
        // Sample 9 lies in the second batch; its NaN reaches the running statistics of the batch normalisation in the forward computation.
        (Dataset data, Dataset good) = WithFault(9, float.NaN);
        var network = new ImageNet(1);
        var fault = Assert.Throws<TrainingDivergedException>(() => network.Fit(data, Options(NonFiniteAction.Throw)));
        Assert.Equal(
            "The loss became NaN in epoch 1, step 2 of 3; that step was not applied. Input value 3 of sample 9 is NaN.",
            fault.Message);
        var expected = new ImageNet(1);
        expected.Fit(good.Take(8), Options(NonFiniteAction.Throw));
        Close.SameBits("parameters", expected.Parameters, network.Parameters);
    }

    [Fact]
    public void ABadBatchIsLeftOut()
    {
        (Dataset data, _) = WithFault(9, float.PositiveInfinity);
        var network = new ImageNet(1);
        TrainingHistory history = network.Fit(data, Options(NonFiniteAction.SkipBatch, epochs: 2));
        Assert.Equal((2, 2), (history.Count, history.SkippedBatches));
        TrainingWarning warning = Assert.Single(history.Warnings);
        Assert.Equal(TrainingWarningKind.SkippedBatch, warning.Kind);
        Assert.Equal(
            "The loss became NaN in epoch 1, step 2 of 3; that step was not applied. Input value 3 of sample 9 is Infinity. "
            + "The batch was left out, as will be others like it.",
            warning.Message);
        Assert.All(network.Parameters.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.All(history, epoch => Assert.True(double.IsFinite(epoch.Loss)));
    }

    [Fact]
    public void AnEpochWithoutAGoodBatchEndsTraining()
    {
        float[] inputs = new float[3 * 36];
        Array.Fill(inputs, float.NaN);
        var fault = Assert.Throws<TrainingDivergedException>(() => new ImageNet(1).Fit(
            Dataset.FromLabels(inputs, 36, [0, 1, 2]), Options(NonFiniteAction.SkipBatch)));
        Assert.Equal(1, fault.Step);
    }

    [Fact]
    public void AGradientThatOverflowsInTheMiddleOfAnEpochIsNotApplied()
    {
        // The loss of sample 1, 1e36, is a float; its gradient, -2e18 times 1e25, is none.
        Dataset data = Dataset.FromTargets([0, 1, 1e25f, 0, 0, 1], 2, [1, 1e18f, 1], 1);
        var network = new PlaneNet(1);
        using (ParameterEdit edit = network.EditParameters())
            edit.Values.Clear();
        var options = new FitOptions { BatchSize = 1, Shuffle = false, Optimizer = new Sgd(0.5f) };
        var fault = Assert.Throws<TrainingDivergedException>(() => network.Fit(data, options));
        Assert.Equal(
            "The gradient of 'dense1.weight' became -Infinity in epoch 1, step 2 of 3; that step was not applied. "
            + "Try a lower learning rate (it is 0.5) or smaller input values.",
            fault.Message);
        Assert.Equal((0f, 1f, 1f), (network.Dense1Weight[0, 0], network.Dense1Weight[0, 1], network.Dense1Bias[0]));
    }

    /// <summary>The gradients of weights so large are not stored before the step uses them.</summary>
    [Fact]
    public void AGradientOfLargeWeightsThatOverflowsIsNotApplied()
    {
        // The loss of sample 1 is a float; its gradient, -4e14 times 1e25, is none.
        Dataset data = ForLarge(1e25f, 1e17f);
        LargeAlone network = WithoutWeights();
        var fault = Assert.Throws<TrainingDivergedException>(() => network.Fit(data, SingleSamples(new Sgd(0.5f))));
        Assert.StartsWith("The gradient of 'dense1.weight' became -Infinity in epoch 1, step 2 of 3; that step was not applied.", fault.Message, StringComparison.Ordinal);
        LargeAlone expected = WithoutWeights();
        expected.Fit(data.Take(1), SingleSamples(new Sgd(0.5f)));
        Close.SameBits("parameters", expected.Parameters, network.Parameters);
    }

    /// <summary>Inputs may be so large that only the gradients themselves show whether they are finite.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1e20f)]
    public void FitDoesTheStepsOfALoop(float input)
    {
        Dataset data = ForLarge(input, target: 1);
        LargeAlone network = WithoutWeights(), expected = WithoutWeights();
        Sgd sgd = new(1e-30f) { Momentum = 0.5f };
        network.Fit(data, SingleSamples(new Sgd(1e-30f) { Momentum = 0.5f }));
        ITrainingPass pass = expected.BeginTraining(1);
        Span<float> gradients = pass.Gradients;
        for (int sample = 0; sample < data.Count; sample++)
        {
            pass.Forward(data.Input(sample), data.Target(sample));
            pass.Backward();
            Assert.Equal(sample > 0, gradients[LargeAlone.OutputLength..].ContainsAnyExcept(0));
            sgd.Step(pass);
        }

        Close.SameBits("parameters", expected.Parameters, network.Parameters);
    }

    [Fact]
    public void TheLayerThatOverflowsIsNamed()
    {
        var network = new CurveNet(1);
        using (ParameterEdit edit = network.EditParameters())
            edit.Values.Fill(1e30f);
        var fault = Assert.Throws<TrainingDivergedException>(() => network.Fit(FitData.Curve(40, 1), new FitOptions { BatchSize = 40, Shuffle = false }));
        Assert.Contains(
            "The first values that are not finite are the outputs of 'dense2', on a batch of 40 samples, the first of which is sample 0.", fault.Message);
    }

    [Fact]
    public void AParameterThatIsNoNumberIsNamed()
    {
        var network = new CurveNet(1);
        network.Dense2Bias[1] = float.NaN;
        var fault = Assert.Throws<TrainingDivergedException>(() => network.Fit(FitData.Curve(10, 1)));
        Assert.Contains("The parameter 'dense2.bias' has the value NaN, which was there before this step.", fault.Message);
    }

    private static FitOptions SingleSamples(Optimizer optimizer) => new() { BatchSize = 1, Shuffle = false, Optimizer = optimizer };

    private static LargeAlone WithoutWeights()
    {
        var network = new LargeAlone(1);
        using (ParameterEdit edit = network.EditParameters())
            edit.Values.Clear();
        return network;
    }

    /// <summary>Three samples for <see cref="LargeAlone"/>: the first one has inputs that are all 0, the second one these values.</summary>
    private static Dataset ForLarge(float input, float target)
    {
        float[] inputs = Draw.Normal(3 * LargeAlone.InputLength, 1), targets = Draw.Normal(3 * LargeAlone.OutputLength, 2);
        inputs.AsSpan(0, LargeAlone.InputLength).Clear();
        inputs.AsSpan(LargeAlone.InputLength, LargeAlone.InputLength).Fill(input);
        targets.AsSpan(LargeAlone.OutputLength, LargeAlone.OutputLength).Fill(target);
        return Dataset.FromTargets(inputs, LargeAlone.InputLength, targets, LargeAlone.OutputLength);
    }

    private static FitOptions Options(NonFiniteAction action, int epochs = 1) =>
        new() { Epochs = epochs, BatchSize = 8, Shuffle = false, NonFinite = action, Optimizer = new Adam(1e-3f) };

    private static (Dataset Bad, Dataset Good) WithFault(int sample, float value)
    {
        Dataset good = FitData.Images(24, 1);
        float[] inputs = [.. Enumerable.Range(0, 24).SelectMany(i => good.Input(i).ToArray())];
        inputs[(sample * 36) + 3] = value;
        return (Dataset.FromLabels(inputs, 36, [.. Enumerable.Range(0, 24).Select(good.Label)], 4), good);
    }
}
