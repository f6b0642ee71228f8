using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>
/// Spatial dropout (Tompson et al. 2015): <see cref="DropoutMask"/> with one decision for each sample and channel, so that a channel is dropped or kept
/// at all positions.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SpatialDropoutMask
{
    /// <summary>Applies the mask to a vector of consecutive units.</summary>
    /// <param name="value">The values before dropout; in backward, the gradients after it.</param>
    /// <param name="key">The key of the sample.</param>
    /// <param name="unit">The index of lane 0's unit in the layer's output; the channel is its remainder.</param>
    /// <param name="threshold">The rate times 2^32.</param>
    /// <param name="scale">1 / (1 - rate).</param>
    /// <param name="channels">The number of channels.</param>
    /// <returns>0 where the channel is dropped, otherwise the value times <paramref name="scale"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> value, ulong key, nint unit, uint threshold, float scale, int channels)
    {
        Vector512<uint> units = Vector512.Create((uint)unit % (uint)channels) + Vector512<uint>.Indices;
        Vector512<uint> whole = Vector512.Create((uint)channels);
        if (channels >= Vector512<uint>.Count)
        {
            units -= whole & Vector512.GreaterThanOrEqual(units, whole);
        }
        else
        {
            // Less than 31 by less than 16: the half keeps the quotient away from whole numbers, where rounding could change it.
            Vector512<float> quotient = (Vector512.ConvertToSingle(units.AsInt32()) + Vector512.Create(0.5f)) * (1f / channels);
            units -= Vector512.ConvertToInt32(quotient).AsUInt32() * whole;
        }

        Vector512<uint> kept = Vector512.GreaterThanOrEqual(MaskBits.Of(units, key), Vector512.Create(threshold));
        return (value * scale) & kept.AsSingle();
    }

    /// <inheritdoc cref="Apply(Vector512{float}, ulong, nint, uint, float, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> value, ulong key, nint unit, uint threshold, float scale, int channels)
    {
        Vector256<uint> units = Vector256.Create((uint)unit % (uint)channels) + Vector256<uint>.Indices;
        Vector256<uint> whole = Vector256.Create((uint)channels);
        if (channels >= Vector256<uint>.Count)
        {
            units -= whole & Vector256.GreaterThanOrEqual(units, whole);
        }
        else
        {
            // Less than 31 by less than 16: the half keeps the quotient away from whole numbers, where rounding could change it.
            Vector256<float> quotient = (Vector256.ConvertToSingle(units.AsInt32()) + Vector256.Create(0.5f)) * (1f / channels);
            units -= Vector256.ConvertToInt32(quotient).AsUInt32() * whole;
        }

        Vector256<uint> kept = Vector256.GreaterThanOrEqual(MaskBits.Of(units, key), Vector256.Create(threshold));
        return (value * scale) & kept.AsSingle();
    }

    /// <inheritdoc cref="Apply(Vector512{float}, ulong, nint, uint, float, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(Vector128<float> value, ulong key, nint unit, uint threshold, float scale, int channels)
    {
        Vector128<uint> units = Vector128.Create((uint)unit % (uint)channels) + Vector128<uint>.Indices;
        Vector128<uint> whole = Vector128.Create((uint)channels);
        if (channels >= Vector128<uint>.Count)
        {
            units -= whole & Vector128.GreaterThanOrEqual(units, whole);
        }
        else
        {
            // Less than 31 by less than 16: the half keeps the quotient away from whole numbers, where rounding could change it.
            Vector128<float> quotient = (Vector128.ConvertToSingle(units.AsInt32()) + Vector128.Create(0.5f)) * (1f / channels);
            units -= Vector128.ConvertToInt32(quotient).AsUInt32() * whole;
        }

        Vector128<uint> kept = Vector128.GreaterThanOrEqual(MaskBits.Of(units, key), Vector128.Create(threshold));
        return (value * scale) & kept.AsSingle();
    }
}
