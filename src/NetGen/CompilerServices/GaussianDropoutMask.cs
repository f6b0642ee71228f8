using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>
/// Gaussian dropout (Srivastava et al. 2014): every value is multiplied by a number from a normal distribution with mean 1. It is made from the random bits
/// of <see cref="MaskBits"/> as in Box and Muller (1958), so backward computes the same number again.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GaussianDropoutMask
{
    // A second number for each unit comes from another key.
    private const ulong OtherKey = 0x9E3779B97F4A7C15;

    /// <summary>Multiplies a vector of consecutive units by their random factors.</summary>
    /// <param name="value">The values before dropout; in backward, the gradients after it.</param>
    /// <param name="key">The key of the sample.</param>
    /// <param name="unit">The index of lane 0's unit in the layer's output.</param>
    /// <param name="deviation">The standard deviation of the factors: the root of rate / (1 - rate).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> value, ulong key, nint unit, float deviation)
    {
        const float Step = 1f / (1 << 24);
        Vector512<uint> units = Vector512.Create((uint)unit) + Vector512<uint>.Indices;
        Vector512<uint> first = MaskBits.Of(units, key) >> 8;
        Vector512<uint> second = MaskBits.Of(units, BitOperations.RotateLeft(key, 32) ^ OtherKey) >> 8;

        // The half step keeps the logarithm finite.
        Vector512<float> radius = Vector512.Sqrt(-2f * Vector512.Log((Vector512.ConvertToSingle(first.AsInt32()) + Vector512.Create(0.5f)) * Step));
        Vector512<float> angle = Vector512.ConvertToSingle(second.AsInt32()) * (Step * float.Tau);
        return value * (Vector512<float>.One + (radius * Vector512.Cos(angle) * deviation));
    }

    /// <inheritdoc cref="Apply(Vector512{float}, ulong, nint, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> value, ulong key, nint unit, float deviation)
    {
        const float Step = 1f / (1 << 24);
        Vector256<uint> units = Vector256.Create((uint)unit) + Vector256<uint>.Indices;
        Vector256<uint> first = MaskBits.Of(units, key) >> 8;
        Vector256<uint> second = MaskBits.Of(units, BitOperations.RotateLeft(key, 32) ^ OtherKey) >> 8;

        // The half step keeps the logarithm finite.
        Vector256<float> radius = Vector256.Sqrt(-2f * Vector256.Log((Vector256.ConvertToSingle(first.AsInt32()) + Vector256.Create(0.5f)) * Step));
        Vector256<float> angle = Vector256.ConvertToSingle(second.AsInt32()) * (Step * float.Tau);
        return value * (Vector256<float>.One + (radius * Vector256.Cos(angle) * deviation));
    }

    /// <inheritdoc cref="Apply(Vector512{float}, ulong, nint, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(Vector128<float> value, ulong key, nint unit, float deviation)
    {
        const float Step = 1f / (1 << 24);
        Vector128<uint> units = Vector128.Create((uint)unit) + Vector128<uint>.Indices;
        Vector128<uint> first = MaskBits.Of(units, key) >> 8;
        Vector128<uint> second = MaskBits.Of(units, BitOperations.RotateLeft(key, 32) ^ OtherKey) >> 8;

        // The half step keeps the logarithm finite.
        Vector128<float> radius = Vector128.Sqrt(-2f * Vector128.Log((Vector128.ConvertToSingle(first.AsInt32()) + Vector128.Create(0.5f)) * Step));
        Vector128<float> angle = Vector128.ConvertToSingle(second.AsInt32()) * (Step * float.Tau);
        return value * (Vector128<float>.One + (radius * Vector128.Cos(angle) * deviation));
    }
}
