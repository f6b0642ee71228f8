using NetGen.Tests.DropoutMasks;
using NetGen.Tests.Kernels;
using NetGen.Tests.Parity;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Training;

/// <summary>What training passes promise beside their numbers: steps, weights of samples, independence of their capacity.</summary>
[Trait("Category", "Numeric")]
public sealed class TrainingPassTests
{
    /// <summary>The sizes on both sides of those at which shards grow, and passes that have room for more.</summary>
    [Theory]
    [InlineData(nameof(WideClassifier), 1, 40)]
    [InlineData(nameof(WideClassifier), 9, 700)]
    [InlineData(nameof(WideClassifier), 40, 300)]
    [InlineData(nameof(WideClassifier), 257, 2000)]
    [InlineData(nameof(LongRows), 9, 70)]
    [InlineData(nameof(WholeBatchNorm), 9, 70)]
    public void ABatchGivesTheSameBitsInAPassOfAnySize(string name, int samples, int capacity)
    {
        AnyNetwork network = Create(name);
        float[] inputs = Draw.Normal(samples * network.InputLength, 3);
        float[] targets = Draw.Probabilities(samples, network.OutputLength, 4);
        (float Loss, float[] Outputs, float[] Gradients, float[] InputGradients) expected = Run(samples);
        (float Loss, float[] Outputs, float[] Gradients, float[] InputGradients) actual = Run(capacity);

        Assert.Equal(expected.Loss, actual.Loss);
        Close.SameBits("outputs", expected.Outputs, actual.Outputs);
        Close.SameBits("gradients", expected.Gradients, actual.Gradients);
        Close.SameBits("input gradients", expected.InputGradients, actual.InputGradients);

        (float, float[], float[], float[]) Run(int batchSize)
        {
            ITrainingPass pass = network.BeginTraining(batchSize, seed: 2, threads: 2);
            float loss = pass.Forward(inputs, targets);
            pass.Backward();
            float[] inputGradients = new float[inputs.Length];
            pass.InputGradients(inputGradients);
            return (loss, pass.Outputs.ToArray(), pass.Gradients.ToArray(), inputGradients);
        }
    }

    /// <summary>A large batch before a small one leaves nothing behind.</summary>
    [Fact]
    public void WhatRanBeforeDoesNotMatter()
    {
        AnyNetwork network = AnyNetwork.Of(new WideClassifier(1));
        float[] inputs = Draw.Normal(300 * network.InputLength, 3);
        int[] labels = new int[300];
        ITrainingPass used = network.BeginTraining(300);
        used.Forward(inputs, labels);
        used.Backward();
        ITrainingPass fresh = network.BeginTraining(20);
        foreach (ITrainingPass pass in new[] { used, fresh })
        {
            pass.Forward(inputs.AsSpan(0, 20 * network.InputLength), labels.AsSpan(0, 20));
            pass.Backward();
        }

        Close.SameBits("gradients", fresh.Gradients, used.Gradients);
    }

    /// <summary>Backward reads nothing of the caller's: not where forward copies the inputs, nor where it reads them in place and packs them.</summary>
    [Theory]
    [InlineData(nameof(WideClassifier))]
    [InlineData(nameof(LongRows))]
    [InlineData(nameof(Linear))]
    [InlineData(nameof(WholeBatchNorm))]
    [InlineData(nameof(LargeAlone))]
    [InlineData(nameof(LargeFrozenFirst))]
    public void TheCallerMayWriteToTheInputsAfterForward(string name)
    {
        const int Samples = 19;
        AnyNetwork network = Create(name);
        float[] targets = Draw.Probabilities(Samples, network.OutputLength, 4);
        (float[] expected, float[] expectedForInputs) = Run(overwrites: false);
        (float[] actual, float[] actualForInputs) = Run(overwrites: true);
        Assert.Contains(expected, gradient => gradient != 0);
        Close.SameBits("gradients", expected, actual);
        Close.SameBits("input gradients", expectedForInputs, actualForInputs);

        (float[] Gradients, float[] InputGradients) Run(bool overwrites)
        {
            float[] inputs = Draw.Normal(Samples * network.InputLength, 3);
            ITrainingPass pass = network.BeginTraining(40, seed: 2, threads: 2);
            pass.Forward(inputs, targets);
            if (overwrites)
                Array.Fill(inputs, float.NaN);
            pass.Backward();
            float[] inputGradients = new float[inputs.Length];
            pass.InputGradients(inputGradients);
            return (pass.Gradients.ToArray(), inputGradients);
        }
    }

    [Fact]
    public void APassCanBeginAtALaterStep()
    {
        AnyNetwork network = AnyNetwork.Of(new TwoPlaces(1));
        float[] inputs = Draw.Normal(4 * network.InputLength, 1);
        float[] targets = Draw.Normal(4 * network.OutputLength, 2);
        ITrainingPass whole = network.Network.BeginTraining(new TrainingOptions { BatchSize = 4, Seed = 7 });
        Assert.Equal(0, whole.Step);
        for (int step = 1; step <= 3; step++)
        {
            whole.Forward(inputs, targets);
            Assert.Equal(step, whole.Step);
        }

        ITrainingPass resumed = network.Network.BeginTraining(new TrainingOptions { BatchSize = 4, Seed = 7, Step = 3 });
        Assert.Equal(3, resumed.Step);
        whole.Forward(inputs, targets);
        resumed.Forward(inputs, targets);
        whole.Backward();
        resumed.Backward();
        Close.SameBits("outputs", whole.Outputs, resumed.Outputs);
        Close.SameBits("gradients", whole.Gradients, resumed.Gradients);
        Assert.Equal(whole.Step, resumed.Step);
    }

    [Fact]
    public void APassKnowsItsNetwork()
    {
        var network = new WideClassifier(1);
        WideClassifier.TrainingPass pass = network.BeginTraining(2, threads: 1);
        Assert.Same(network, pass.Network);
        Assert.Same(network, ((ITrainingPass)pass).Network);
        Assert.Equal(1, pass.Threads);
    }

    /// <summary>A sample of weight 2 counts like two samples, and one of weight 0 like none.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WeightsCountLikeRepeatedSamples(bool useLabels)
    {
        AnyNetwork network = AnyNetwork.Of(new WideClassifier(1));
        int length = network.InputLength;
        float[] inputs = Draw.Normal(3 * length, 5);
        float[] targets = Draw.Probabilities(3, network.OutputLength, 6);
        int[] labels = [1, 0, 2];
        float[] repeated = [.. inputs[..length], .. inputs[..length], .. inputs[(2 * length)..]];
        float[] repeatedTargets = [.. Target(0), .. Target(0), .. Target(2)];

        ITrainingPass weighted = network.BeginTraining(3);
        ITrainingPass plain = network.BeginTraining(3);
        float[] weights = [2f, 0f, 1f];
        float loss = useLabels ? weighted.Forward(inputs, labels, weights) : weighted.Forward(inputs, targets, weights);
        float expected = useLabels ? plain.Forward(repeated, [1, 1, 2]) : plain.Forward(repeated, repeatedTargets);
        weighted.Backward();
        plain.Backward();

        Assert.Equal(expected, loss, 1e-6);
        Close.Check("gradients", [.. plain.Gradients.ToArray().Select(g => (double)g)], weighted.Gradients, 1e-6, 1e-6);

        float[] Target(int sample) => targets[(sample * network.OutputLength)..((sample + 1) * network.OutputLength)];
    }

    [Fact]
    public void EqualWeightsAreNoWeights()
    {
        AnyNetwork network = AnyNetwork.Of(new TinyRegression(1));
        float[] inputs = Draw.Normal(4 * network.InputLength, 5);
        float[] targets = Draw.Normal(4 * network.OutputLength, 6);
        ITrainingPass weighted = network.BeginTraining(4);
        ITrainingPass plain = network.BeginTraining(4);
        Assert.Equal(plain.Forward(inputs, targets), weighted.Forward(inputs, targets, [0.5f, 0.5f, 0.5f, 0.5f]), 1e-6);
        weighted.Backward();
        plain.Backward();
        Close.SameBits("gradients", plain.Gradients, weighted.Gradients);

        // The weights of one batch do not stay for the next.
        Assert.Equal(plain.Forward(inputs, targets), weighted.Forward(inputs, targets));
    }

    [Theory]
    [InlineData(new[] { 1f }, "2", "1")]
    [InlineData(new[] { 1f, 1f, 1f }, "2", "3")]
    [InlineData(new[] { 1f, -0.5f }, "sample 1", "-0.5")]
    [InlineData(new[] { float.NaN, 1f }, "sample 0", "NaN")]
    [InlineData(new[] { 1f, float.PositiveInfinity }, "sample 1", "Infinity")]
    [InlineData(new[] { 0f, 0f }, "2 sample weights are 0", "")]
    public void WeightsThatMakeNoSenseAreRefused(float[] weights, string first, string second)
    {
        AnyNetwork network = AnyNetwork.Of(new TinyRegression(1));
        ITrainingPass pass = network.BeginTraining(2);
        float[] inputs = Draw.Normal(2 * network.InputLength, 5);
        float[] targets = new float[2 * network.OutputLength];
        float before = pass.Forward(inputs, targets);
        var refused = Assert.Throws<ArgumentException>(() => pass.Forward(inputs, targets, weights));
        Assert.Equal("sampleWeights", refused.ParamName);
        Assert.Contains(first, refused.Message, StringComparison.Ordinal);
        Assert.Contains(second, refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, pass.Step);
        pass.Backward();
        Assert.Equal(before, pass.Forward(inputs, targets));
    }

    /// <summary>Old activations with new weights would be the gradients of nothing.</summary>
    [Fact]
    public void GradientsNeedTheParametersOfTheirForward()
    {
        var network = new TinyRegression(1);
        ITrainingPass pass = network.BeginTraining(1);
        float[] input = Draw.Normal(TinyRegression.InputLength, 1);
        pass.Forward(input, new float[TinyRegression.OutputLength]);
        network.Dense1Bias[0] += 1;
        var refused = Assert.Throws<InvalidOperationException>(pass.Backward);
        Assert.Contains("written after Forward", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => pass.InputGradients(new float[input.Length]));

        pass.Forward(input, new float[TinyRegression.OutputLength]);
        pass.InputGradients(new float[input.Length]);
        pass.Backward();
        new Sgd(0.1f).Step(pass);
        Assert.Throws<InvalidOperationException>(() => pass.InputGradients(new float[input.Length]));
    }

    /// <summary>What the gradients would show, the loss shows too.</summary>
    [Fact]
    public void AWeightOfZeroHidesNoNaN()
    {
        ITrainingPass pass = new TinyRegression(1).BeginTraining(2);
        float[] inputs = Draw.Normal(2 * TinyRegression.InputLength, 1);
        inputs[0] = float.NaN;
        Assert.True(float.IsNaN(pass.Forward(inputs, new float[2 * TinyRegression.OutputLength], [0, 1])));
    }

    [Fact]
    public void AnOptimizerBelongsToOneNetwork()
    {
        var optimizer = new Adam(0.01f);
        ITrainingPass first = Begin(new TinyRegression(1));
        ITrainingPass second = Begin(new TinyRegression(2));
        optimizer.Step(first);
        float[] parameters = second.Network.Parameters.ToArray();
        var refused = Assert.Throws<InvalidOperationException>(() => optimizer.Step(second));
        Assert.Contains("Adam has done 1 steps on one TinyRegression", refused.Message, StringComparison.Ordinal);
        Close.SameBits("parameters", parameters, second.Network.Parameters);
        Assert.Equal(1, optimizer.StepCount);

        // Another pass of the same network is no other network, and Reset makes room for one.
        optimizer.Step(Begin((TinyRegression)first.Network));
        optimizer.Reset();
        optimizer.Step(second);
        Assert.NotEqual(parameters, second.Network.Parameters.ToArray());

        static ITrainingPass Begin(TinyRegression network)
        {
            ITrainingPass pass = network.BeginTraining(1);
            pass.Forward(Draw.Normal(TinyRegression.InputLength, 1), Draw.Normal(TinyRegression.OutputLength, 2));
            pass.Backward();
            return pass;
        }
    }

    private static AnyNetwork Create(string name) => name switch
    {
        nameof(WideClassifier) => AnyNetwork.Of(new WideClassifier(1)),
        nameof(LongRows) => AnyNetwork.Of(new LongRows(1)),
        nameof(Linear) => AnyNetwork.Of(new Linear(1)),
        nameof(WholeBatchNorm) => AnyNetwork.Of(new WholeBatchNorm(1)),
        nameof(LargeAlone) => AnyNetwork.Of(new LargeAlone(1)),
        _ => AnyNetwork.Of(new LargeFrozenFirst(1)),
    };
}
