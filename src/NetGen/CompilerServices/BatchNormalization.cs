using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The part of batch normalisation (Ioffe and Szegedy 2015) that is computed once for each channel; kernels compute the rest for each value.</summary>
/// <remarks>
/// The block <i>values</i> has what the kernels read: the mean, the inverse of the standard deviation, scale and shift of forward, and slope and
/// offset of backward. Each is an array with one float for each channel, and begins at a cache line.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchNormalization
{
    private const int CacheLine = 16;

    /// <summary>
    /// Merges the statistics of the shards of a batch to those of the batch (Chan et al. 1979), in the order of the shards, so that the bits
    /// depend on the batch alone; and moves the running statistics towards them, with the unbiased variance, as PyTorch does.
    /// </summary>
    /// <param name="sums">Of each shard the means of the channels, and from the next cache line on the sums of squared deviations from them.</param>
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
        int kind = KindLength(channels);
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
                squares += Unsafe.Add(ref sums, ((nint)shard * stride) + kind + channel);
                squares += Math.Min(shardSize, samples - begin) * (double)positions * distance * distance;
            }

            // Where all values are equal, rounding may leave a little less than 0.
            squares = Math.Max(0, squares);
            double inverse = 1 / Math.Sqrt((squares / count) + epsilon);
            double scale = Unsafe.Add(ref weight, channel) * inverse;
            ref float value = ref Unsafe.Add(ref values, channel);
            value = (float)mean;
            Unsafe.Add(ref value, kind) = (float)inverse;
            Unsafe.Add(ref value, 2 * kind) = (float)scale;
            Unsafe.Add(ref value, 3 * kind) = (float)(Unsafe.Add(ref bias, channel) - (mean * scale));
            Move(ref Unsafe.Add(ref runningMean, channel), mean, momentum);
            Move(ref Unsafe.Add(ref runningVariance, channel), squares / (count - 1), momentum);
        }

        float Mean(ref float sums, int shard, int channel) => Unsafe.Add(ref sums, ((nint)shard * stride) + channel);
    }

    /// <summary>
    /// Adds up the shards' gradients with respect to weight and bias, in the order of the shards, and brings the gradient with respect to the
    /// input into the form <c>dx = scale * dy + slope * (x - mean) + offset</c>.
    /// </summary>
    /// <param name="weightGradients">Of each shard the gradients with respect to the weights.</param>
    /// <param name="biasGradients">Of each shard the gradients with respect to the biases.</param>
    /// <param name="stride">Floats from one shard to the next.</param>
    /// <param name="shardSize">Samples of a shard; the last one may have fewer.</param>
    /// <param name="samples">Samples of the batch.</param>
    /// <param name="positions">The number of values in a channel of one sample: the pixels of an image or the steps of a sequence, 1 for flat features.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="values">What <see cref="Reduce"/> has written; receives slopes and offsets.</param>
    public static void ReduceGradients(
        ref float weightGradients, ref float biasGradients, int stride, int shardSize, int samples, int positions, int channels, ref float values)
    {
        int kind = KindLength(channels);
        double count = (double)samples * positions;
        for (int channel = 0; channel < channels; channel++)
        {
            double weight = 0;
            double bias = 0;
            for (int begin = 0, shard = 0; begin < samples; begin += shardSize, shard++)
            {
                weight += Unsafe.Add(ref weightGradients, ((nint)shard * stride) + channel);
                bias += Unsafe.Add(ref biasGradients, ((nint)shard * stride) + channel);
            }

            ref float value = ref Unsafe.Add(ref values, channel);
            double inverse = Unsafe.Add(ref value, kind);
            double scale = Unsafe.Add(ref value, 2 * kind);
            Unsafe.Add(ref value, 4 * kind) = (float)(-scale * inverse * weight / count);
            Unsafe.Add(ref value, 5 * kind) = (float)(-scale * bias / count);
        }
    }

    /// <summary>
    /// Brings a normalisation with known statistics into the form <c>y = x * scale + shift</c>, with
    /// <c>scale = weight / sqrt(variance + epsilon)</c> and <c>shift = bias - mean * scale</c>.
    /// </summary>
    /// <param name="weight">The weights; one value for each channel, as all that follows.</param>
    /// <param name="bias">The biases.</param>
    /// <param name="mean">The means.</param>
    /// <param name="variance">The variances.</param>
    /// <param name="epsilon">What is added to each variance.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="scale">Receives the scales.</param>
    /// <param name="shift">Receives the shifts.</param>
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

    private static int KindLength(int channels) => (channels + CacheLine - 1) / CacheLine * CacheLine;

    private static void Move(ref float running, double batch, float momentum) => running = (float)(((1 - (double)momentum) * running) + (momentum * batch));
}
