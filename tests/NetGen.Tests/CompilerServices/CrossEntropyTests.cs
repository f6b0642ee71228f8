using System.Text.Json;
using System.Text.Json.Serialization;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

/// <summary>
/// Losses and gradients against exact ones from tests/fixtures/make_losses.py, with all their digits also where PyTorch's are 0; where
/// logits are infinite or no numbers, so that there are no exact ones, they are what PyTorch's are.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class CrossEntropyTests
{
    /// <summary>The largest relative error of one rounding of a float32.</summary>
    private const double Rounding = 5.96e-8;

    /// <summary>Two steps of the smallest floats, which have few digits.</summary>
    private const double Smallest = 3e-45;

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly Case[] s_cases = JsonSerializer.Deserialize<Case[]>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "cross_entropy.json")), s_json)!;

    [Fact]
    public void Losses_are_exact_but_for_roundings()
    {
        Assert.True(s_cases.Length > 150);
        foreach (Case test in s_cases)
        {
            float loss = Run(test).Loss;
            Check($"loss of {test}", test.TorchLoss, test.Loss, loss, RoundingOf(test, test.Logits.Min()) * Math.Abs(test.Loss ?? 0));
        }
    }

    [Fact]
    public void Gradients_are_exact_but_for_roundings()
    {
        foreach (Case test in s_cases)
        {
            float[] gradient = Run(test).Gradient;
            for (int i = 0; i < gradient.Length; i++)
            {
                Check($"gradient {i} of {test}", test.TorchGradient[i], test.Gradient?[i], gradient[i], AllowedOfGradient(test, i));
            }
        }
    }

    [Fact]
    public void One_hot_targets_give_what_labels_give_bit_for_bit()
    {
        foreach (Case test in s_cases.Where(test => test.Label is not null))
        {
            (float loss, float[] gradient) = Run(test);
            float[] targets = new float[test.Logits.Length];
            targets[test.Label!.Value] = 1;
            (float targetLoss, float[] targetGradient) = Run(test with { Label = null, Targets = targets });
            Assert.True(loss.Equals(targetLoss), $"{test}: {loss:R} by the label, {targetLoss:R} by targets");
            Assert.True(gradient.SequenceEqual(targetGradient), $"{test}: other gradients");
        }
    }

    [Fact]
    public void The_loss_goes_below_the_smallest_step_from_1()
    {
        float[] probabilities = new float[2];
        float last = 1;
        for (float ahead = 1; ahead <= 103; ahead++)
        {
            float loss = Heads.CrossEntropy([ahead, 0], 0, probabilities);
            Assert.InRange(loss, float.Epsilon, MathF.BitDecrement(last));
            last = loss;
        }
    }

    private static (float Loss, float[] Gradient) Run(Case test)
    {
        float[] probabilities = new float[test.Logits.Length], gradient = new float[test.Logits.Length];
        float loss;
        if (test.Label is { } label)
        {
            loss = Heads.CrossEntropy(test.Logits, label, probabilities);
            Heads.CrossEntropyGradient(probabilities, label, 1, gradient);
        }
        else
        {
            loss = Heads.CrossEntropy(test.Logits, test.Targets, probabilities);
            Heads.CrossEntropyGradient(probabilities, test.Targets, 1, gradient);
        }

        return (loss, gradient);
    }

    private static double AllowedOfGradient(Case test, int i)
    {
        if (test.Gradient is null)
            return 0;
        double[] errors = [.. test.Logits.Zip(test.Gradient, (logit, gradient) => RoundingOf(test, logit) * Math.Abs(gradient))];

        // What is left between a probability and a target that are nearly the same is their rounding.
        if (test.Targets is not null)
            return errors[i] + (RoundingOf(test, test.Logits.Min()) * test.Targets.Max());
        return i == test.Label ? errors.Sum() - errors[i] + (4 * Rounding * Math.Abs(test.Gradient[i])) : errors[i];
    }

    /// <summary>The relative error of a probability: that of its logit's difference from the largest, which is rounded, and a few more.</summary>
    private static double RoundingOf(Case test, float logit) => Rounding * (4 + Math.Min(110, test.Logits.Max() - logit));

    /// <param name="what">Names the number.</param>
    /// <param name="torch">PyTorch's, in float32.</param>
    /// <param name="exact">The exact one; there is none where logits are no numbers.</param>
    /// <param name="actual">The one that is tested.</param>
    /// <param name="rounding">What roundings come to.</param>
    private static void Check(string what, double torch, double? exact, float actual, double rounding)
    {
        if (exact is null || !float.IsFinite((float)exact))
        {
            Assert.True(float.IsFinite((float)torch) == float.IsFinite(actual) && float.IsNaN((float)torch) == float.IsNaN(actual), $"{what} is {actual}, {torch} in PyTorch");
            if (float.IsFinite(actual))
                Assert.Equal(torch, actual, 4e-7);
            else
                Assert.Equal((float)torch, actual);
            return;
        }

        Assert.True(Math.Abs(actual - exact.Value) <= rounding + Smallest, FormattableString.Invariant($"{what} is {actual:R}, exactly {exact:R}, {torch:R} in PyTorch"));
    }

    private sealed record Case(
        float[] Logits, int? Label, float[]? Targets, double TorchLoss, double[] TorchGradient, double? Loss, double[]? Gradient)
    {
        public override string ToString() =>
            $"({string.Join(", ", Logits.Take(8))}), {(Label is null ? string.Join(", ", Targets!) : Label)}";
    }
}
