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

        // Any thread may have read the panel in the last step.
        CacheLines.Own(ref destination, samples * WeightLayout.PanelWidth);
        for (nint sample = 0; sample < samples; sample++)
        {
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref values, (sample * stride) + first), width)
                .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref destination, sample * WeightLayout.PanelWidth), width));
        }
    }

    /// <summary>Packs some samples of the caller's memory, in all panels.</summary>
    /// <remarks>Sample after sample, as they lie in memory: they often come from far caches, which is slower panel by panel.</remarks>
    /// <param name="values">The values of the first one of these samples; the others follow it.</param>
    /// <param name="columns">The number of values of a sample.</param>
    /// <param name="begin">Which sample of the batch it is.</param>
    /// <param name="end">The sample after the last one.</param>
    /// <param name="panels">The first panel.</param>
    /// <param name="panelStride">Floats from one panel to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void PackSamples(ref float values, int columns, int begin, int end, ref float panels, nint panelStride)
    {
        // Any thread may have read the panels in the last step.
        for (int panel = 0; panel * WeightLayout.PanelWidth < columns; panel++)
            CacheLines.Own(ref Unsafe.Add(ref panels, (panel * panelStride) + (begin * (nint)WeightLayout.PanelWidth)), (end - begin) * WeightLayout.PanelWidth);
        ReadOnlySpan<float> samples = MemoryMarshal.CreateReadOnlySpan(ref values, (end - begin) * columns);
        for (nint sample = begin; sample < end; sample++, samples = samples[columns..])
        {
            ref float destination = ref Unsafe.Add(ref panels, sample * WeightLayout.PanelWidth);
            for (int panel = 0, first = 0; first < columns; panel++, first += WeightLayout.PanelWidth)
            {
                int width = Math.Min(WeightLayout.PanelWidth, columns - first);
                samples.Slice(first, width).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref destination, panel * panelStride), width));
            }
        }
    }
}
