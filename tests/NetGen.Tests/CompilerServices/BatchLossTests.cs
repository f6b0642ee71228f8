using System.Text.Json;
using System.Text.Json.Serialization;
using NetGen.CompilerServices;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.CompilerServices;

/// <summary>
/// The losses of whole batches, with their settings and with sample weights, against PyTorch's in float64 from tests/fixtures/make_batch_losses.py.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class BatchLossTests
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly Case[] s_cases = JsonSerializer.Deserialize<Case[]>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "batch_losses.json")), s_json)!;

    [Theory]
    [InlineData(Loss.MeanSquaredError, 11)]
    [InlineData(Loss.MeanAbsoluteError, 11)]
    [InlineData(Loss.Huber, 23)]
    [InlineData(Loss.BinaryCrossEntropy, 25)]
    [InlineData(Loss.CrossEntropy, 200)]
    public void Outputs_mean_loss_and_gradients_are_those_of_PyTorch(Loss loss, int least)
    {
        Case[] cases = [.. s_cases.Where(test => test.Loss == loss)];
        Assert.True(cases.Length >= least, $"There are {cases.Length} cases.");
        foreach (Case test in cases)
        {
            (float[] outputs, float mean, float[] gradient) = Run(test);
            for (int i = 0; i < outputs.Length; i++)
                CheckNumber($"output {i} of {test}", test.Heads[i], outputs[i], 1e-6, test.Logarithms ? 1e-16 : 1e-38);
            double largest = test.Gradient.Select(Math.Abs).Where(double.IsFinite).Max();
            CheckNumber($"loss of {test}", test.Mean, mean, 3e-6, (1e-7 * largest) + 1e-16);
            for (int i = 0; i < gradient.Length; i++)
                CheckNumber($"gradient {i} of {test}", test.Gradient[i], gradient[i], 1e-5, (1e-6 * largest) + 1e-16);
        }
    }

    /// <summary>A gradient of 1e-20 is that, and not the 0 that p - 1 gives where p rounds to 1.</summary>
    [Fact]
    public void Small_gradients_of_the_binary_cross_entropy_have_all_their_digits()
    {
        float[] logits = [0.5f, 8, 16.7f, 17.5f, 40, 87, 100, 0];
        float[] aboveZero = Run(new(Loss.BinaryCrossEntropy, 8, logits, [1, 1, 1, 1, 1, 1, 1, 1])).Gradient;
        float[] belowZero = Run(new(Loss.BinaryCrossEntropy, 8, [.. logits.Select(logit => -logit)], new float[8])).Gradient;
        for (int i = 0; i < logits.Length; i++)
        {
            CheckNumber($"gradient {i}", -1 / (1 + Math.Exp(logits[i])) / 8, aboveZero[i], 1e-6, 2e-45);
            Assert.Equal(-aboveZero[i], belowZero[i]);
        }
    }

    /// <summary>PyTorch has no answer there: it multiplies an infinite loss by a target of 0.</summary>
    [Fact]
    public void An_infinite_logit_on_the_right_side_costs_nothing()
    {
        (float[] outputs, float mean, float[] gradient) = Run(new(Loss.BinaryCrossEntropy, 2, [float.PositiveInfinity, float.NegativeInfinity], [1, 0]));
        Assert.Equal([1, 0], outputs);
        Assert.Equal(0, mean);
        Assert.Equal([0, 0], gradient);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void A_batch_without_a_sample_that_counts_has_the_loss_0(int ignored)
    {
        Case test = new(Loss.CrossEntropy, 3, [1, 2, 3, float.NaN, 5, 6], null) { Labels = [ignored, ignored], Ignored = ignored };
        (float[] outputs, float mean, float[] gradient) = Run(test);
        Assert.Equal(0.66524096f, outputs[2], 1e-6f);
        Assert.Equal(0, mean);
        Assert.All(gradient, value => Assert.Equal(0, value));
        Assert.Equal(0, Run(test with { Weights = [1, 3] }).Mean);
    }

    [Fact]
    public void A_NaN_is_not_hidden()
    {
        foreach (Loss loss in Enum.GetValues<Loss>())
        {
            (float[] outputs, float mean, float[] gradient) = Run(new(loss, 5, [1, 2, 3, 4, float.NaN], [1, 0, 0, 0, 0]));
            Assert.True(float.IsNaN(outputs[4]) && float.IsNaN(mean) && float.IsNaN(gradient[4]), $"{loss}");
            (outputs, mean, gradient) = Run(new(loss, 5, [float.NaN, 2, 3, 4, 0], [1, 0, 0, 0, 0]));
            Assert.True(float.IsNaN(outputs[0]) && float.IsNaN(mean) && float.IsNaN(gradient[0]), $"{loss}");
        }
    }

    [Theory]
    [InlineData(1.5f, "Net learns probabilities, which are at least 0 and at most 1, but target 1 of sample 1 is 1.5. (Parameter 'targets')")]
    [InlineData(-0.5f, "Net learns probabilities, which are at least 0 and at most 1, but target 1 of sample 1 is -0.5. (Parameter 'targets')")]
    [InlineData(float.NaN, "Net learns probabilities, which are at least 0 and at most 1, but target 1 of sample 1 is NaN. (Parameter 'targets')")]
    public void Targets_that_are_no_probabilities_are_refused(float target, string message)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Run(new(Loss.BinaryCrossEntropy, 2, [1, 2, 3, 4], [0, 1, 0.5f, target])));
        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData(0, float.NaN)]
    [InlineData(37, -float.Epsilon)]
    [InlineData(69, 1.00000012f)]
    [InlineData(69, float.PositiveInfinity)]
    public void One_bad_target_among_many_is_found(int place, float target)
    {
        float[] targets = [.. Enumerable.Range(0, 70).Select(i => i % 5 == 0 ? -0f : i / 69f)];
        Run(new(Loss.BinaryCrossEntropy, 70, new float[70], targets));
        targets[place] = target;
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Run(new(Loss.BinaryCrossEntropy, 70, new float[70], targets)));
        Assert.Contains($"but target {place} of sample 0 is ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0f)]
    [InlineData(1)]
    [InlineData(float.Epsilon)]
    public void Targets_at_the_limits_are_probabilities(float target) =>
        Assert.True(float.IsFinite(Run(new(Loss.BinaryCrossEntropy, 2, [1, 2, 3, 4], [0, 1, 0.5f, target])).Mean));

    [Theory]
    [InlineData(Loss.BinaryCrossEntropy, 1, 2, "Net knows the classes 0 to 1, but the label of sample 0 is 2.")]
    [InlineData(Loss.CrossEntropy, 3, 3, "Net knows the classes 0 to 2, but the label of sample 0 is 3.")]
    [InlineData(Loss.BinaryCrossEntropy, 2, 0, "Net is trained on the loss BinaryCrossEntropy, so it takes float targets, but got class labels.")]
    [InlineData(Loss.Huber, 1, 0, "Net is trained on the loss Huber, so it takes float targets, but got class labels.")]
    public void Labels_that_are_no_classes_are_refused(Loss loss, int outputs, int label, string message)
    {
        Exception exception = Assert.ThrowsAny<Exception>(() => Run(new(loss, outputs, new float[outputs], null) { Labels = [label] }));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_binary_label_is_the_target_0_or_1()
    {
        float[] values = [0.5f, -3, 2];
        (float[] outputs, float mean, float[] gradient) = Run(new(Loss.BinaryCrossEntropy, 1, values, [1, 0, 0]));
        (float[] labelled, float sameMean, float[] same) = Run(new(Loss.BinaryCrossEntropy, 1, values, null) { Labels = [1, 0, 0] });
        Assert.Equal(outputs, labelled);
        Assert.Equal(mean, sameMean);
        Assert.Equal(gradient, same);
    }

    /// <summary>Runs a batch as two shards, in the memory of activations that lie apart.</summary>
    private static (float[] Outputs, float Mean, float[] Gradient) Run(Case test)
    {
        const int Gap = 3;
        int length = test.Outputs;
        int samples = test.Values.Length / length;
        int stride = (2 * length) + Gap;
        TrainingPlan plan = new()
        {
            Network = "Net",
            Loss = test.Loss,
            LossSettings = test.Settings,
            InputLength = 1,
            OutputLength = length,
            ShardSize = 1,
            MaxShards = samples,
            ActivationsLength = stride,
            TrainedParameters = 0,
            ShardedParameters = 0,
            Output = 0,
            OutputGradient = length + Gap,
        };
        BatchLoss loss = new(plan, samples);
        int taken = test.Labels is { } labels ? loss.Set(samples, labels, test.Weights) : loss.Set(samples, test.Targets, test.Weights);
        Assert.Equal(samples, taken);
        float[] activations = new float[samples * stride];
        for (int sample = 0; sample < samples; sample++)
            test.Values.AsSpan(sample * length, length).CopyTo(activations.AsSpan(sample * stride));
        int half = samples / 2;
        loss.Forward(new FloatRef(ref activations[half * stride]), half, samples);
        if (half > 0)
            loss.Forward(new FloatRef(ref activations[0]), 0, half);
        float mean = loss.Mean();
        loss.Backward(new FloatRef(ref activations[half * stride]), half, samples);
        if (half > 0)
            loss.Backward(new FloatRef(ref activations[0]), 0, half);
        float[] gradient = [.. Enumerable.Range(0, samples).SelectMany(sample => activations.AsSpan((sample * stride) + length + Gap, length).ToArray())];
        return (loss.Outputs(samples).ToArray(), mean, gradient);
    }

    private static void CheckNumber(string what, double expected, float actual, double relative, double absolute)
    {
        bool same = double.IsFinite(expected) ? Math.Abs(actual - expected) <= (relative * Math.Abs(expected)) + absolute : expected.Equals(actual);
        Assert.True(same, FormattableString.Invariant($"{what} is {actual:R}, {expected:R} in PyTorch"));
    }

    private sealed record Case(Loss Loss, int Outputs, float[] Values, float[]? Targets)
    {
        public int[]? Labels { get; init; }

        public float[]? Weights { get; init; }

        public double Delta { get; init; } = 1;

        public double Smoothing { get; init; }

        public float[] ClassWeights { get; init; } = [];

        public int? Ignored { get; init; }

        public bool Logarithms { get; init; }

        public double[] Heads { get; init; } = [];

        public double Mean { get; init; }

        public double[] Gradient { get; init; } = [];

        public LossSettings Settings => ClassWeights.Length == 0
            ? new() { Delta = Delta, LabelSmoothing = Smoothing, IgnoreLabel = Ignored, GivesLogarithms = Logarithms }
            : new() { Delta = Delta, LabelSmoothing = Smoothing, IgnoreLabel = Ignored, GivesLogarithms = Logarithms, ClassWeights = [.. ClassWeights] };

        public override string ToString() => $"{Loss} ({string.Join(", ", Values.Take(8))}), ({string.Join(", ", Targets ?? [])}{string.Join(", ", Labels ?? [])}), {Settings}";
    }
}
