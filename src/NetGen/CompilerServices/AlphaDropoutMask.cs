using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>
/// Alpha dropout (Klambauer et al. 2017), with the masks of <see cref="DropoutMask"/>: dropped values become the one that SELU tends to for large negative
/// inputs, and an affine map keeps mean and variance. The gradient is that of <see cref="DropoutMask"/> with the slope of this map.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AlphaDropoutMask
{
    /// <summary>Applies the mask to a vector of consecutive units.</summary>
    /// <param name="value">The values before dropout.</param>
    /// <param name="key">The key of the sample.</param>
    /// <param name="unit">The index of lane 0's unit in the layer's output.</param>
    /// <param name="threshold">The rate times 2^32.</param>
    /// <param name="slope">The factor of kept values.</param>
    /// <param name="shift">Is added to kept values after that.</param>
    /// <param name="dropped">What dropped values become.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> value, ulong key, nint unit, uint threshold, float slope, float shift, float dropped)
    {
        Vector512<uint> bits = MaskBits.Of(Vector512.Create((uint)unit) + Vector512<uint>.Indices, key);
        Vector512<uint> kept = Vector512.GreaterThanOrEqual(bits, Vector512.Create(threshold));
        return Vector512.ConditionalSelect(kept.AsSingle(), (value * slope) + Vector512.Create(shift), Vector512.Create(dropped));
    }

    /// <inheritdoc cref="Apply(Vector512{float}, ulong, nint, uint, float, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> value, ulong key, nint unit, uint threshold, float slope, float shift, float dropped)
    {
        Vector256<uint> bits = MaskBits.Of(Vector256.Create((uint)unit) + Vector256<uint>.Indices, key);
        Vector256<uint> kept = Vector256.GreaterThanOrEqual(bits, Vector256.Create(threshold));
        return Vector256.ConditionalSelect(kept.AsSingle(), (value * slope) + Vector256.Create(shift), Vector256.Create(dropped));
    }

    /// <inheritdoc cref="Apply(Vector512{float}, ulong, nint, uint, float, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(Vector128<float> value, ulong key, nint unit, uint threshold, float slope, float shift, float dropped)
    {
        Vector128<uint> bits = MaskBits.Of(Vector128.Create((uint)unit) + Vector128<uint>.Indices, key);
        Vector128<uint> kept = Vector128.GreaterThanOrEqual(bits, Vector128.Create(threshold));
        return Vector128.ConditionalSelect(kept.AsSingle(), (value * slope) + Vector128.Create(shift), Vector128.Create(dropped));
    }
}
