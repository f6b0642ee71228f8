using System.Runtime.CompilerServices;
using NetGen.Numerics;

namespace NetGen.CompilerServices;

/// <summary>Sigmoid as the last layer, with the binary cross-entropy, both computed from the logits.</summary>
/// <remarks>
/// Loss and gradient are computed from <c>e = exp(-|x|)</c>, which neither overflows nor loses digits: the sigmoid of -|x| is <c>e / (1 + e)</c>, and minus
/// the logarithm of that of |x| is <c>log(1 + e)</c>.
/// </remarks>
internal static class SigmoidHead
{
    /// <summary>The sigmoid of each logit.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="probabilities">Receives the probabilities; as long as <paramref name="logits"/>, and may be the same memory.</param>
    public static void Sigmoid(ReadOnlySpan<float> logits, Span<float> probabilities) => OutputLoops.Map(default(OfLogit), logits, logits, probabilities);

    /// <summary>The sigmoid of each logit, and the mean binary cross-entropy.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="targets">The target probabilities.</param>
    /// <param name="probabilities">Receives the probabilities; may be the memory of the logits.</param>
    public static float BinaryCrossEntropy(ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, Span<float> probabilities)
    {
        float sum = OutputLoops.Sum(default(Loss), logits, targets);

        // The probabilities may be the memory of the logits, so they come last.
        Sigmoid(logits, probabilities);
        return sum / logits.Length;
    }

    /// <summary>The gradient of <see cref="BinaryCrossEntropy"/> with respect to the logits, times <paramref name="scale"/>.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="targets">The target probabilities.</param>
    /// <param name="scale">The derivative of the mean loss with respect to this sample's loss.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    public static void BinaryCrossEntropyGradient(ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, float scale, Span<float> gradient) =>
        OutputLoops.Map(new Difference(scale / logits.Length), logits, targets, gradient);

    private readonly struct OfLogit : IOutputFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Of<T>(T output, T target)
            where T : struct, IVectorBits<T>, IFloatVector<T> => T.Sigmoid(output);
    }

    // log(1 + e), and |x| times the target of the other side: 1 - t for positive x, t for negative x.
    private readonly struct Loss : IOutputFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Of<T>(T output, T target)
            where T : struct, IVectorBits<T>, IFloatVector<T>
        {
            T size = T.Abs(output);
            T other = T.Select(T.LessThan(output, 0f), target, 1f - target);

            // The product of 0 and an infinite logit would be NaN.
            return Logarithm.OfOnePlus(T.Exp(-size)) + T.Select(T.LessThan(T.Abs(other), float.Epsilon), 0f, other * size);
        }
    }

    // Sigmoid minus target, with all digits where both are near 1.
    private readonly struct Difference(float factor) : IOutputFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Of<T>(T output, T target)
            where T : struct, IVectorBits<T>, IFloatVector<T>
        {
            T e = T.Exp(-T.Abs(output));
            T smaller = e / (1f + e);
            return T.Select(T.LessThan(output, 0f), smaller - target, (1f - target) - smaller) * factor;
        }
    }
}
