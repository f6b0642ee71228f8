using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Zeros with which the sums of layers without a bias begin.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NoBias
{
    private static readonly AlignedBuffer Values = new(WeightLayout.PanelWidth);

    /// <summary>The first of them, as many as a panel has columns; kernels never write there.</summary>
    public static ref float Zeros
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Values.Reference;
    }
}
