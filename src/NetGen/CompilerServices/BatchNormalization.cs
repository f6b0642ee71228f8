using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The part of batch normalisation (Ioffe and Szegedy 2015) that is computed once for each channel; kernels compute the rest for each value.</summary>
/// <remarks>
/// The memory <i>values</i> holds six arrays that the kernels read, one after the other: mean and inverse standard deviation; scale and shift,
/// for <c>y = scale * x + shift</c>; slope and offset, for <c>dx = scale * dy + slope * (x - mean) + offset</c>. An array has one float for each
/// channel and begins at a cache line.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchNormalization
{
    private const int CacheLine = 16;

    // The numbers of the arrays in the memory of values; the mean is number 0.
    private const int InverseDeviation = 1;
    private const int Scale = 2;
    private const int Shift = 3;
    private const int Slope = 4;
    private const int Offset = 5;

    /// <summary>
    /// Merges the statistics of the shards to those of the batch (Chan et al. 1979), in the order of the shards, so that the bits depend on the
    /// batch alone. Then moves the running statistics towards those of the batch; as in PyTorch, the running variance takes the unbiased one.
    /// </summary>
    /// <param name="sums">For each shard, an array with the means of the channels and one with the sums of squared deviations from these means; each begins at a cache line.</param>
    /// <param name="stride">Floats from one shard to the next.</param>
    /// <param name="shardSize">Samples of a shard; the last one may have fewer.</param>
    /// <param name="samples">Samples of the batch.</param>
    /// <param name="positions">The number of values in a channel of one sample: the pixels of an image or the steps of a sequence, 1 for flat features.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="epsilon">What is added to each variance.</param>
    /// <param name="momentum">The share of the batch in the running statistics.</param>
    /// <param name="weight">The weights.</param>
    /// <param name="bias">The biases.</param>
    /// <param name="runningMean">The running means, which are changed.</param>
    /// <param name="runningVariance">The running variances, which are changed.</param>
    /// <param name="values">Receives means, inverse standard deviations, scales and shifts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Reduce(
        ref float sums,
        int stride,
        int shardSize,
        int samples,
        int positions,
        int channels,
        float epsilon,
        float momentum,
        ref float weight,
        ref float bias,
        ref float runningMean,
        ref float runningVariance,
        ref float values)
    {
        int array = ArrayLength(channels);
        double count = (double)samples * positions;
        for (int channel = 0; channel < channels; channel++)
        {
            double mean = 0;
            for (int begin = 0, shard = 0; begin < samples; begin += shardSize, shard++)
                mean += Math.Min(shardSize, samples - begin) * (double)positions * Mean(ref sums, shard, channel);
            mean /= count;

            double squares = 0;
            for (int begin = 0, shard = 0; begin < samples; begin += shardSize, shard++)
            {
                double distance = Mean(ref sums, shard, channel) - mean;
                squares += Unsafe.Add(ref sums, ((nint)shard * stride) + array + channel);
                squares += Math.Min(shardSize, samples - begin) * (double)positions * distance * distance;
            }

            // Where all values are equal, rounding may leave a little less than 0.
            squares = Math.Max(0, squares);
            double inverse = 1 / Math.Sqrt((squares / count) + epsilon);
            double scale = Unsafe.Add(ref weight, channel) * inverse;
            ref float value = ref Unsafe.Add(ref values, channel);
            value = (float)mean;
            Unsafe.Add(ref value, InverseDeviation * array) = (float)inverse;
            Unsafe.Add(ref value, Scale * array) = (float)scale;
            Unsafe.Add(ref value, Shift * array) = (float)(Unsafe.Add(ref bias, channel) - (mean * scale));
            Move(ref Unsafe.Add(ref runningMean, channel), mean, momentum);
            Move(ref Unsafe.Add(ref runningVariance, channel), squares / (count - 1), momentum);
        }

        float Mean(ref float sums, int shard, int channel) => Unsafe.Add(ref sums, ((nint)shard * stride) + channel);
    }

    /// <summary>
    /// Computes slope and offset for <c>dx = scale * dy + slope * (x - mean) + offset</c>, from the gradients with respect to weights and biases,
    /// which it sums in the order of the shards.
    /// </summary>
    /// <param name="weightGradients">For each shard, the gradients with respect to the weights.</param>
    /// <param name="biasGradients">For each shard, the gradients with respect to the biases.</param>
    /// <param name="stride">Floats from one shard to the next.</param>
    /// <param name="shardSize">Samples of a shard; the last one may have fewer.</param>
    /// <param name="samples">Samples of the batch.</param>
    /// <param name="positions">The number of values in a channel of one sample: the pixels of an image or the steps of a sequence, 1 for flat features.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="values">What <see cref="Reduce"/> has written; receives slopes and offsets.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ReduceGradients(
        ref float weightGradients, ref float biasGradients, int stride, int shardSize, int samples, int positions, int channels, ref float values)
    {
        int array = ArrayLength(channels);
        double count = (double)samples * positions;
        for (int channel = 0; channel < channels; channel++)
        {
            double weightGradient = 0;
            double biasGradient = 0;
            for (int begin = 0, shard = 0; begin < samples; begin += shardSize, shard++)
            {
                weightGradient += Unsafe.Add(ref weightGradients, ((nint)shard * stride) + channel);
                biasGradient += Unsafe.Add(ref biasGradients, ((nint)shard * stride) + channel);
            }

            // With x̂ = (x - mean) * inverse: dx = scale * (dy - mean(dy) - x̂ * mean(dy * x̂)). The gradient with respect to the bias is the sum
            // of dy, and that with respect to the weight is the sum of dy * x̂.
            ref float value = ref Unsafe.Add(ref values, channel);
            double inverse = Unsafe.Add(ref value, InverseDeviation * array);
            double scale = Unsafe.Add(ref value, Scale * array);
            Unsafe.Add(ref value, Slope * array) = (float)(-scale * inverse * weightGradient / count);
            Unsafe.Add(ref value, Offset * array) = (float)(-scale * biasGradient / count);
        }
    }

    /// <summary>
    /// Computes scale and shift of a normalisation with known statistics, <c>y = scale * x + shift</c>:
    /// <c>scale = weight / sqrt(variance + epsilon)</c> and <c>shift = bias - mean * scale</c>.
    /// </summary>
    /// <param name="weight">The weights. This array and the others have one value for each channel.</param>
    /// <param name="bias">The biases.</param>
    /// <param name="mean">The means.</param>
    /// <param name="variance">The variances.</param>
    /// <param name="epsilon">What is added to each variance.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="scale">Receives the scales.</param>
    /// <param name="shift">Receives the shifts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Fold(
        ref float weight, ref float bias, ref float mean, ref float variance, float epsilon, int channels, ref float scale, ref float shift)
    {
        int channel = 0;
        for (; channel <= channels - Vector<float>.Count; channel += Vector<float>.Count)
        {
            Vector<float> factor = Load(ref weight) / Vector.SquareRoot(Load(ref variance) + new Vector<float>(epsilon));
            factor.StoreUnsafe(ref scale, (nuint)channel);
            (Load(ref bias) - (Load(ref mean) * factor)).StoreUnsafe(ref shift, (nuint)channel);
        }

        for (; channel < channels; channel++)
        {
            float factor = Unsafe.Add(ref weight, channel) / MathF.Sqrt(Unsafe.Add(ref variance, channel) + epsilon);
            Unsafe.Add(ref scale, channel) = factor;
            Unsafe.Add(ref shift, channel) = Unsafe.Add(ref bias, channel) - (Unsafe.Add(ref mean, channel) * factor);
        }

        Vector<float> Load(ref float values) => Vector.LoadUnsafe(ref values, (nuint)channel);
    }

    private static int ArrayLength(int channels) => (channels + CacheLine - 1) / CacheLine * CacheLine;

    private static void Move(ref float running, double batch, float momentum) => running = (float)(((1 - (double)momentum) * running) + (momentum * batch));
}
