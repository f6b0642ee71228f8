using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sigmoid(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        int i = 0;

        // All widths give the same bits.
        for (; Vector512.IsHardwareAccelerated && i <= logits.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            Simd512.Sigmoid(Vector512.Create(logits[i..])).CopyTo(probabilities[i..]);
        for (; Vector256.IsHardwareAccelerated && i <= logits.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            Simd256.Sigmoid(Vector256.Create(logits[i..])).CopyTo(probabilities[i..]);
        for (; i <= logits.Length - Vector128<float>.Count; i += Vector128<float>.Count)
            Simd128.Sigmoid(Vector128.Create(logits[i..])).CopyTo(probabilities[i..]);
        for (; i < logits.Length; i++)
            probabilities[i] = Simd128.Sigmoid(Vector128.CreateScalar(logits[i])).ToScalar();
    }

    /// <summary>The sigmoid of each logit, and the mean binary cross-entropy.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="targets">The target probabilities.</param>
    /// <param name="probabilities">Receives the probabilities; may be the memory of the logits.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float BinaryCrossEntropy(ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, Span<float> probabilities)
    {
        Vector128<float> sums = Vector128<float>.Zero;
        int i = 0;
        for (; i <= logits.Length - Vector128<float>.Count; i += Vector128<float>.Count)
            sums += Loss(Vector128.Create(logits[i..]), Vector128.Create(targets[i..]));

        float sum = Vector128.Sum(sums);
        for (; i < logits.Length; i++)
            sum += Loss(Vector128.CreateScalar(logits[i]), Vector128.CreateScalar(targets[i])).ToScalar();

        // The probabilities may be the memory of the logits, so they come last.
        Sigmoid(logits, probabilities);
        return sum / logits.Length;
    }

    /// <summary>The gradient of <see cref="BinaryCrossEntropy"/> with respect to the logits, times <paramref name="scale"/>.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="targets">The target probabilities.</param>
    /// <param name="scale">The derivative of the mean loss with respect to this sample's loss.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BinaryCrossEntropyGradient(ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, float scale, Span<float> gradient)
    {
        float factor = scale / logits.Length;
        int i = 0;
        for (; i <= logits.Length - Vector128<float>.Count; i += Vector128<float>.Count)
            (Difference(Vector128.Create(logits[i..]), Vector128.Create(targets[i..])) * factor).CopyTo(gradient[i..]);
        for (; i < logits.Length; i++)
            gradient[i] = Difference(Vector128.CreateScalar(logits[i]), Vector128.CreateScalar(targets[i])).ToScalar() * factor;
    }

    // log(1 + e), and |x| times the target of the other side: 1 - t for positive x, t for negative x.
    private static Vector128<float> Loss(Vector128<float> x, Vector128<float> target)
    {
        Vector128<float> size = Vector128.Abs(x);
        Vector128<float> isNegative = Vector128.LessThan(x, Vector128<float>.Zero);
        Vector128<float> other = Vector128.ConditionalSelect(isNegative, target, Vector128<float>.One - target);

        // The product of 0 and an infinite logit would be NaN.
        Vector128<float> isNone = Vector128.Equals(other, Vector128<float>.Zero) & Vector128.Equals(size, Vector128<float>.One / Vector128<float>.Zero);
        return Simd128.Softplus(-size) + Vector128.AndNot(other * size, isNone);
    }

    // Sigmoid minus target, with all digits where both are near 1.
    private static Vector128<float> Difference(Vector128<float> x, Vector128<float> target)
    {
        Vector128<float> e = Heads.Exp(-Vector128.Abs(x));
        Vector128<float> smaller = e / (Vector128<float>.One + e);
        return Vector128.ConditionalSelect(
            Vector128.LessThan(x, Vector128<float>.Zero), smaller - target, (Vector128<float>.One - target) - smaller);
    }
}
