using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NetGen.Numerics;

namespace NetGen.CompilerServices;

/// <summary>Output functions with their losses: softmax with cross-entropy from logits, and mean squared error.</summary>
/// <remarks>
/// Where a probability p is nearly 1, loss and gradient depend on 1 - p, which is 0 in float32 as soon as p rounds to 1. The sum of the other
/// probabilities is the same number with all its digits, so losses and gradients are computed from that sum.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Heads
{
    /// <summary>Softmax of one sample, computed after the largest logit is subtracted, so that it cannot overflow.</summary>
    /// <param name="logits">The logits, one for each class.</param>
    /// <param name="probabilities">Receives the probabilities; as long as <paramref name="logits"/>, and may be the same memory.</param>
    /// <returns>The logarithm of the sum of the exponentials of the logits; NaN where a logit is NaN.</returns>
    public static float Softmax(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        float max = Max(logits);
        return max + Softmax(logits, max, probabilities);
    }

    /// <summary>Softmax of one sample and its cross-entropy -log p(label), from logits.</summary>
    /// <param name="logits">The logits, one for each class.</param>
    /// <param name="label">The class of the sample.</param>
    /// <param name="probabilities">Receives the probabilities; may be the memory of the logits.</param>
    public static float CrossEntropy(ReadOnlySpan<float> logits, int label, Span<float> probabilities)
    {
        // The difference of the two logits is taken first: it is exact where they are close, however large they are.
        float max = Max(logits);
        float below = max - logits[label];
        return below + Softmax(logits, max, probabilities);
    }

    /// <summary>Softmax of one sample and its cross-entropy -sum(target * log p), from logits.</summary>
    /// <param name="logits">The logits, one for each class.</param>
    /// <param name="targets">The target probability of each class.</param>
    /// <param name="probabilities">Receives the probabilities; must not be the memory of the logits.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static float CrossEntropy(ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, Span<float> probabilities)
    {
        float max = Max(logits);
        float logSum = Softmax(logits, max, probabilities);
        float loss = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            // The loss of a class may be infinite, and 0 times infinity would be NaN.
            if (targets[i] != 0)
                loss += targets[i] * (max - logits[i] + logSum);
        }

        return loss;
    }

    /// <summary>The gradient of <see cref="CrossEntropy(ReadOnlySpan{float}, int, Span{float})"/> with respect to the logits, times <paramref name="scale"/>.</summary>
    /// <param name="probabilities">The probabilities of the forward pass.</param>
    /// <param name="label">The class of the sample.</param>
    /// <param name="scale">The derivative of the mean loss with respect to this sample's loss: 1 / samples, unless samples have weights.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void CrossEntropyGradient(ReadOnlySpan<float> probabilities, int label, float scale, Span<float> gradient)
    {
        for (int i = 0; i < probabilities.Length; i++)
        {
            gradient[i] = probabilities[i] * scale;
        }

        gradient[label] = -SumOfOthers(gradient, label);
    }

    /// <summary>The gradient of <see cref="CrossEntropy(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/> with respect to the logits, times <paramref name="scale"/>.</summary>
    /// <param name="probabilities">The probabilities of the forward pass.</param>
    /// <param name="targets">The target probabilities; may be the memory of the gradient.</param>
    /// <param name="scale">The derivative of the mean loss with respect to this sample's loss: 1 / samples, unless samples have weights.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void CrossEntropyGradient(
        ReadOnlySpan<float> probabilities, ReadOnlySpan<float> targets, float scale, Span<float> gradient)
    {
        float total = Total(targets, out int large);
        for (int i = 0; i < targets.Length; i++)
        {
            gradient[i] = ((probabilities[i] * total) - targets[i]) * scale;
        }

        ReplaceLarge(gradient, large);
    }

    /// <summary>The mean over one sample's outputs of the squared error.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="targets">The targets.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
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

    /// <summary>The gradient of <see cref="MeanSquaredError"/> with respect to the outputs, times <paramref name="scale"/>.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="scale">The derivative of the mean loss with respect to this sample's loss: 1 / samples, unless samples have weights.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
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

    /// <summary>exp(x). It never decreases, so for x up to 0 it is at most 1.</summary>
    internal static Vector128<float> Exp(Vector128<float> x) => Exponential.Exp<Floats128>(x);

    /// <summary>The logarithms of the softmax of one sample: finite wherever the logits are.</summary>
    /// <param name="logits">The logits, one for each class.</param>
    /// <param name="logarithms">Receives the logarithms of the probabilities; as long as <paramref name="logits"/>, and may be the same memory.</param>
    internal static void LogSoftmax(ReadOnlySpan<float> logits, Span<float> logarithms)
    {
        LogSoftmax(logits, Max(logits), logarithms);
    }

    /// <inheritdoc cref="LogSoftmax(ReadOnlySpan{float}, Span{float})"/>
    /// <param name="logits">The logits.</param>
    /// <param name="max">The largest of them.</param>
    /// <param name="logarithms">Receives the logarithms of the probabilities.</param>
    /// <returns>The logarithm of the sum of <c>exp(logit - max)</c>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static float LogSoftmax(ReadOnlySpan<float> logits, float max, Span<float> logarithms)
    {
        float logSum = LogSum(logits, max);
        for (int i = 0; i < logits.Length; i++)
            logarithms[i] = logits[i] - max - logSum;
        return logSum;
    }

    /// <summary>The logarithm of the sum of <c>exp(logit - max)</c>.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="max">The largest of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float LogSum(ReadOnlySpan<float> logits, float max)
    {
        // The exponentials of the largest logits are 1. They are counted, and only the smaller exponentials are summed.
        float smaller = 0;
        float largest = 0;
        foreach (float logit in logits)
        {
            float x = logit - max;
            if (x == 0)
                largest++;
            else
                smaller += Exp(Vector128.CreateScalar(x)).ToScalar();
        }

        return LogOnePlus(smaller + (largest - 1));
    }

    /// <summary>The largest value; NaN where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static float Max(ReadOnlySpan<float> values)
    {
        if (values.Length >= Vector128<float>.Count)
        {
            // The last vector may overlap the one before it.
            Vector128<float> all = Vector128.Create(values[^Vector128<float>.Count..]);
            for (int i = 0; i < values.Length - Vector128<float>.Count; i += Vector128<float>.Count)
                all = Vector128.Max(all, Vector128.Create(values[i..]));
            all = Vector128.Max(all, Vector128.Shuffle(all, Vector128.Create(2, 3, 0, 1)));
            return Vector128.Max(all, Vector128.Shuffle(all, Vector128.Create(1, 0, 3, 2))).ToScalar();
        }

        float max = values[0];
        foreach (float value in values)
            max = MathF.Max(max, value);
        return max;
    }

    /// <summary>The same gradient from the logarithms of the probabilities, with respect to the logits.</summary>
    /// <param name="logarithms">The logarithms of the probabilities.</param>
    /// <param name="targets">The targets; may be the memory of the gradient.</param>
    /// <param name="scale">The derivative of the mean loss with respect to this sample's loss.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void LogCrossEntropyGradient(
        ReadOnlySpan<float> logarithms, ReadOnlySpan<float> targets, float scale, Span<float> gradient)
    {
        float total = Total(targets, out int large);
        for (int i = 0; i < targets.Length; i++)
            gradient[i] = ((MathF.Exp(logarithms[i]) * total) - targets[i]) * scale;
        ReplaceLarge(gradient, large);
    }

    /// <summary>The sum of the targets.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="large">The class whose target is more than half of the sum; -1 if there is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Total(ReadOnlySpan<float> targets, out int large)
    {
        double total = 0;
        large = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            total += targets[i];
            if (targets[i] > targets[large])
                large = i;
        }

        if (!(targets[large] > total / 2))
            large = -1;
        return (float)total;
    }

    /// <summary>Computes the gradient of the class with the large target from the others.</summary>
    /// <param name="gradient">The gradient.</param>
    /// <param name="large">That class, from <see cref="Total"/>, which has read the targets before the gradient took their memory.</param>
    private static void ReplaceLarge(Span<float> gradient, int large)
    {
        // The difference of a large probability and a large target has lost its digits. The gradients add up to 0, so it is minus the sum of the others. Of a
        // small target the difference is better: the sum has the rounding errors of all other probabilities.
        if (large >= 0)
            gradient[large] = -SumOfOthers(gradient, large);
    }

    /// <summary>The sum of all values but one.</summary>
    private static float SumOfOthers(ReadOnlySpan<float> values, int index) => (float)(Sum(values[..index]) + Sum(values[(index + 1)..]));

    /// <summary>Softmax of one sample.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="max">The largest of them.</param>
    /// <param name="probabilities">Receives the probabilities; as long as <paramref name="logits"/>, and may be the same memory.</param>
    /// <returns>The logarithm of the sum of <c>exp(logit - max)</c>.</returns>
    internal static float Softmax(ReadOnlySpan<float> logits, float max, Span<float> probabilities) => LogOnePlus(Normalize(logits, max, probabilities));

    /// <summary>Softmax of one sample, without the logarithm.</summary>
    /// <inheritdoc cref="Softmax(ReadOnlySpan{float}, Span{float})"/>
    internal static void Probabilities(ReadOnlySpan<float> logits, Span<float> probabilities) => Normalize(logits, Max(logits), probabilities);

    /// <summary>Softmax of one sample.</summary>
    /// <inheritdoc cref="Softmax(ReadOnlySpan{float}, float, Span{float})"/>
    /// <returns>The sum of <c>exp(logit - max)</c> over all logits but one of the largest.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Normalize(ReadOnlySpan<float> logits, float max, Span<float> probabilities)
    {
        ref float source = ref MemoryMarshal.GetReference(logits);
        ref float destination = ref MemoryMarshal.GetReference(probabilities[..logits.Length]);
        int count = logits.Length;
        int i = 0;

        // The exponentials of the largest logits are 1. They are counted, and only the smaller exponentials are summed.
        Vector128<float> sums = Vector128<float>.Zero;
        Vector128<float> counts = Vector128<float>.Zero;
        for (; i <= count - Vector128<float>.Count; i += Vector128<float>.Count)
            Exponentials(Vector128.LoadUnsafe(ref source, (nuint)i), max, ref sums, ref counts).StoreUnsafe(ref destination, (nuint)i);

        // The logits that are missing in the last vector count as -∞, whose exponentials are 0.
        int left = count - i;
        Vector128<float> last = Vector128<float>.Zero;
        if (left > 0)
        {
            Vector128<float> isLogit = Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(left)).AsSingle();
            Vector128<float> rest = LaneLoads.Load128(ref Unsafe.Add(ref source, i), left);
            last = Exponentials(Vector128.ConditionalSelect(isLogit, rest, Vector128.Create(float.NegativeInfinity)), max, ref sums, ref counts);
        }

        float others = Vector128.Sum(sums) + (Vector128.Sum(counts) - 1);
        float scale = 1f / (1 + others);
        for (i = 0; i <= count - Vector128<float>.Count; i += Vector128<float>.Count)
            (Vector128.LoadUnsafe(ref destination, (nuint)i) * scale).StoreUnsafe(ref destination, (nuint)i);
        if (left > 0)
            LaneStores.Store(last * scale, ref Unsafe.Add(ref destination, i), left);
        return others;
    }

    /// <summary>The exponentials of four logits, less the largest one.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="max">The largest of all.</param>
    /// <param name="sums">To which those are added that are smaller than 1.</param>
    /// <param name="counts">To which 1 is added for each of the others.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Exponentials(Vector128<float> logits, float max, ref Vector128<float> sums, ref Vector128<float> counts)
    {
        Vector128<float> x = logits - Vector128.Create(max);
        Vector128<float> e = Exp(x);
        Vector128<float> isLargest = Vector128.Equals(x, Vector128<float>.Zero);
        sums += Vector128.AndNot(e, isLargest);
        counts += Vector128<float>.One & isLargest;
        return e;
    }

    /// <summary>log(1 + x) for x of at least 0, accurate even where 1 + x rounds to 1.</summary>
    private static float LogOnePlus(float x)
    {
        // The factor x / (sum - 1) corrects the rounding error of the sum (Goldberg 1991, theorem 4).
        double sum = 1.0 + x;
        return sum == 1 ? x : (float)(Math.Log(sum) * (x / (sum - 1)));
    }

    // In double: with hundreds of classes the values nearly cancel.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Sum(ReadOnlySpan<float> values)
    {
        Vector128<double> sums = Vector128<double>.Zero;
        for (; values.Length >= Vector128<float>.Count; values = values[Vector128<float>.Count..])
        {
            (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(Vector128.Create(values));
            sums += lower + upper;
        }

        double sum = Vector128.Sum(sums);
        foreach (float value in values)
            sum += value;
        return sum;
    }
}
