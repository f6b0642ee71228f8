using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>What a Normalization layer computes once for each channel; kernels compute the rest for each value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChannelStatistics
{
    /// <summary>The least standard deviation, that of Keras: a channel that is constant becomes 0, not infinite.</summary>
    private const double LeastDeviation = 1e-7;

    /// <summary>The inverse standard deviations.</summary>
    /// <param name="variance">The variances.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="scale">Receives the inverse of each deviation.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Scale(ref float variance, int channels, ref float scale)
    {
        for (int channel = 0; channel < channels; channel++)
            Unsafe.Add(ref scale, channel) = (float)(1 / Math.Max(Math.Sqrt(Unsafe.Add(ref variance, channel)), LeastDeviation));
    }
}
