using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Packs values of a whole batch in panels of 32 columns, with one row for each sample, for the kernels of large weight gradients. In the
/// batch itself every sample is on another page of memory, so these kernels would miss the TLB at each sample.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchPanels
{
    /// <summary>Packs one panel.</summary>
    /// <param name="values">The values of the first sample.</param>
    /// <param name="stride">Floats from one sample to the next.</param>
    /// <param name="columns">The number of values of a sample.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="panels">The first panel.</param>
    /// <param name="panelStride">Floats from one panel to the next.</param>
    /// <param name="panel">Which panel to pack, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Pack(ref float values, nint stride, int columns, int samples, ref float panels, nint panelStride, int panel)
    {
        int first = panel * WeightLayout.PanelWidth;
        int width = Math.Min(WeightLayout.PanelWidth, columns - first);
        ref float destination = ref Unsafe.Add(ref panels, panel * panelStride);
        for (nint sample = 0; sample < samples; sample++)
        {
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref values, (sample * stride) + first), width)
                .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref destination, sample * WeightLayout.PanelWidth), width));
        }
    }
}
