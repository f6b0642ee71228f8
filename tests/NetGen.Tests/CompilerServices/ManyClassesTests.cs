using NetGen.CompilerServices;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.CompilerServices;

/// <summary>The gradient of cross-entropy with hundreds of classes, where sums of rounding errors would show.</summary>
[Trait("Category", "Numeric")]
public sealed class ManyClassesTests
{
    private const int Classes = 300;

    [Fact]
    public void Of_many_small_targets_each_gradient_keeps_its_digits()
    {
        for (int seed = 1; seed <= 20; seed++)
            Check(Draw.Normal(Classes, seed), Draw.Probabilities(1, Classes, seed));
    }

    [Fact]
    public void So_does_that_of_a_target_of_nearly_one()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            float[] logits = Draw.Normal(Classes, seed);
            logits[seed] = 22;
            float[] targets = [.. Enumerable.Range(0, Classes).Select(i => i == seed ? 1f : 0)];
            Check(logits, targets);
        }
    }

    private static void Check(float[] logits, float[] targets)
    {
        float[] probabilities = new float[Classes], gradient = new float[Classes];
        Heads.Softmax(logits, probabilities);
        Heads.CrossEntropyGradient(probabilities, targets, 1, gradient);
        CheckGradient(logits, targets, gradient);

        // The targets may be the memory of the gradient.
        targets.CopyTo(gradient, 0);
        Heads.CrossEntropyGradient(probabilities, gradient, 1, gradient);
        CheckGradient(logits, targets, gradient);

        Heads.LogSoftmax(logits, probabilities);
        targets.CopyTo(gradient, 0);
        Heads.LogCrossEntropyGradient(probabilities, gradient, 1, gradient);
        CheckGradient(logits, targets, gradient);
    }

    private static void CheckGradient(float[] logits, float[] targets, float[] gradient)
    {
        // With Σp = 1, p·Σt - t is p·(sum of the other t) - t·(sum of the other p), which does not subtract a p near 1 from 1.
        double largest = logits.Max();
        double[] powers = [.. logits.Select(logit => Math.Exp(logit - largest))];
        double sum = powers.Sum();
        for (int i = 0; i < Classes; i++)
        {
            double others = 0, otherTargets = 0;
            for (int j = 0; j < Classes; j++)
            {
                if (j == i) continue;
                others += powers[j] / sum;
                otherTargets += targets[j];
            }

            double expected = (powers[i] / sum * otherTargets) - (targets[i] * others);
            double scale = Math.Max(Math.Abs(expected), powers[i] / sum * otherTargets);
            Assert.InRange(gradient[i] - expected, -2e-6 * scale, 2e-6 * scale);
        }
    }
}
