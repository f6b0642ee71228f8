using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>What PReLU needs once for a layer where all channels share one slope; kernels compute the rest for each value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ParametricRectifier
{
    /// <summary>Copies the shared slope to every channel, because kernels load a vector of slopes.</summary>
    /// <param name="slope">The slope.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="slopes">Receives it for each channel.</param>
    public static void Spread(ref float slope, int channels, ref float slopes) => MemoryMarshal.CreateSpan(ref slopes, channels).Fill(slope);

    /// <summary>Adds the gradients of all channels to that of the slope, in the order of the channels.</summary>
    /// <param name="gradients">The sum of each channel, for one sample.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="gradient">The gradient with respect to the slope.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddChannels(ref float gradients, int channels, ref float gradient)
    {
        float sum = 0;
        for (int channel = 0; channel < channels; channel++)
            sum += Unsafe.Add(ref gradients, channel);
        gradient += sum;
    }
}
