using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>The ends of networks: softmax with cross-entropy from logits, and mean squared error.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Heads
{
    /// <summary>Softmax of one sample, computed after the largest logit is subtracted, so that it cannot overflow.</summary>
    /// <param name="logits">The logits, one for each class.</param>
    /// <param name="probabilities">Where the probabilities go; as long as <paramref name="logits"/>. May be the same memory.</param>
    /// <returns>The logarithm of the sum of the exponentials of the logits; NaN where a logit is NaN.</returns>
    public static float Softmax(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        float max = Max(logits);
        return max + Softmax(logits, max, probabilities);
    }

    /// <summary>Softmax of one sample and its cross-entropy -log p(label), from logits.</summary>
    /// <param name="logits">The logits, one for each class.</param>
    /// <param name="label">The right class.</param>
    /// <param name="probabilities">Where the probabilities go. May be the same memory.</param>
    public static float CrossEntropy(ReadOnlySpan<float> logits, int label, Span<float> probabilities)
    {
        // The difference of the two logits is taken first: it is exact where they are close, however large they are.
        float max = Max(logits);
        float below = max - logits[label];
        return below + Softmax(logits, max, probabilities);
    }

    /// <summary>Softmax of one sample and its cross-entropy -sum(target * log p), from logits.</summary>
    /// <param name="logits">The logits, one for each class.</param>
    /// <param name="targets">The wanted probability of each class.</param>
    /// <param name="probabilities">Where the probabilities go. Must not be the memory of the logits.</param>
    public static float CrossEntropy(ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, Span<float> probabilities)
    {
        float max = Max(logits);
        float logSum = Softmax(logits, max, probabilities);
        float loss = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            loss += targets[i] * (max - logits[i] + logSum);
        }

        return loss;
    }

    /// <summary>The gradient of <see cref="CrossEntropy(ReadOnlySpan{float}, int, Span{float})"/> by the logits, times <paramref name="scale"/>.</summary>
    /// <param name="probabilities">The probabilities of the forward pass.</param>
    /// <param name="label">The right class.</param>
    /// <param name="scale">1 / samples, when the loss is their mean.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    public static void CrossEntropyGradient(ReadOnlySpan<float> probabilities, int label, float scale, Span<float> gradient)
    {
        for (int i = 0; i < probabilities.Length; i++)
        {
            gradient[i] = probabilities[i] * scale;
        }

        gradient[label] -= scale;
    }

    /// <summary>The gradient of <see cref="CrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/> by the logits, times <paramref name="scale"/>.</summary>
    /// <param name="probabilities">The probabilities of the forward pass.</param>
    /// <param name="targets">The wanted probabilities.</param>
    /// <param name="scale">1 / samples, when the loss is their mean.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    public static void CrossEntropyGradient(
        ReadOnlySpan<float> probabilities, ReadOnlySpan<float> targets, float scale, Span<float> gradient)
    {
        float total = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            total += targets[i];
        }

        for (int i = 0; i < targets.Length; i++)
        {
            gradient[i] = ((probabilities[i] * total) - targets[i]) * scale;
        }
    }

    /// <summary>The mean over one sample's outputs of the squared error.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="targets">The wanted outputs.</param>
    public static float MeanSquaredError(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        float sum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            float error = outputs[i] - targets[i];
            sum += error * error;
        }

        return sum / targets.Length;
    }

    /// <summary>The gradient of <see cref="MeanSquaredError"/> by the outputs, times <paramref name="scale"/>.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="targets">The wanted outputs.</param>
    /// <param name="scale">1 / samples, when the loss is their mean.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    public static void MeanSquaredErrorGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient)
    {
        float factor = 2f * scale / targets.Length;
        for (int i = 0; i < targets.Length; i++)
        {
            gradient[i] = (outputs[i] - targets[i]) * factor;
        }
    }

    /// <summary>The index of the largest value, the first of equal ones.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <exception cref="InvalidOperationException">A value is a NaN, so there is no largest.</exception>
    public static int ArgMax(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i]))
            {
                throw new InvalidOperationException(
                    FormattableString.Invariant($"Output {i} is not a number: the input holds a NaN or an infinity, or the network has diverged."));
            }

            if (values[i] > values[best])
                best = i;
        }

        return best;
    }

    // Returns the logarithm of the sum of exp(logit - max).
    private static float Softmax(ReadOnlySpan<float> logits, float max, Span<float> probabilities)
    {
        ref float source = ref MemoryMarshal.GetReference(logits);
        ref float destination = ref MemoryMarshal.GetReference(probabilities[..logits.Length]);
        int count = logits.Length;
        int i = 0;
        Vector128<float> sums = Vector128<float>.Zero;
        for (; i <= count - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            Vector128<float> e = Vector128.Exp(Vector128.LoadUnsafe(ref source, (nuint)i) - Vector128.Create(max));
            sums += e;
            e.StoreUnsafe(ref destination, (nuint)i);
        }

        float sum = Vector128.Sum(sums);
        for (; i < count; i++)
        {
            // Not MathF.Exp, which differs from the vectors in the last bit: equal logits have equal probabilities.
            float e = Vector128.Exp(Vector128.CreateScalar(logits[i] - max)).ToScalar();
            sum += e;
            probabilities[i] = e;
        }

        float scale = 1f / sum;
        for (i = 0; i < count; i++)
        {
            probabilities[i] *= scale;
        }

        return MathF.Log(sum);
    }

    private static float Max(ReadOnlySpan<float> values)
    {
        float max = values[0];
        for (int i = 1; i < values.Length; i++)
        {
            max = MathF.Max(max, values[i]);
        }

        return max;
    }
}
