using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Numerics;

/// <summary>
/// What generated kernels need beyond <see cref="Vector512"/>, <see cref="Vector256"/> and <see cref="Vector128"/>: the same
/// operations under the same names at the three widths.
/// </summary>
public static class Simd
{
    /// <summary>max(0, x), lane by lane. A NaN stays a NaN, so that a diverged network is not hidden.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Relu(Vector512<float> value) =>
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(value, Vector512<float>.Zero), Vector512<float>.Zero, value);

    /// <inheritdoc cref="Relu(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Relu(Vector256<float> value) =>
        Vector256.ConditionalSelect(Vector256.LessThanOrEqual(value, Vector256<float>.Zero), Vector256<float>.Zero, value);

    /// <inheritdoc cref="Relu(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Relu(Vector128<float> value) =>
        Vector128.ConditionalSelect(Vector128.LessThanOrEqual(value, Vector128<float>.Zero), Vector128<float>.Zero, value);

    /// <summary>
    /// The lanes where <paramref name="candidate"/> replaces <paramref name="best"/> as the maximum of a pooling window: it
    /// is greater, or a NaN. Of equal values the first one stays, as in PyTorch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Wins(Vector512<float> candidate, Vector512<float> best) =>
        Vector512.GreaterThan(candidate, best) | ~Vector512.Equals(candidate, candidate);

    /// <inheritdoc cref="Wins(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Wins(Vector256<float> candidate, Vector256<float> best) =>
        Vector256.GreaterThan(candidate, best) | ~Vector256.Equals(candidate, candidate);

    /// <inheritdoc cref="Wins(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Wins(Vector128<float> candidate, Vector128<float> best) =>
        Vector128.GreaterThan(candidate, best) | ~Vector128.Equals(candidate, candidate);

    /// <summary>Stores the first <paramref name="count"/> lanes and leaves the memory behind them alone.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="destination">Where lane 0 goes.</param>
    /// <param name="count">How many lanes; a constant, so that only the stores it takes are compiled.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLanes(Vector512<float> value, ref float destination, int count)
    {
        if (count >= Vector512<float>.Count)
        {
            value.StoreUnsafe(ref destination);
        }
        else if (count >= Vector256<float>.Count)
        {
            value.GetLower().StoreUnsafe(ref destination);
            StoreLanes(value.GetUpper(), ref Unsafe.Add(ref destination, Vector256<float>.Count), count - Vector256<float>.Count);
        }
        else
        {
            StoreLanes(value.GetLower(), ref destination, count);
        }
    }

    /// <inheritdoc cref="StoreLanes(Vector512{float}, ref float, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLanes(Vector256<float> value, ref float destination, int count)
    {
        if (count >= Vector256<float>.Count)
        {
            value.StoreUnsafe(ref destination);
        }
        else if (count >= Vector128<float>.Count)
        {
            value.GetLower().StoreUnsafe(ref destination);
            StoreLanes(value.GetUpper(), ref Unsafe.Add(ref destination, Vector128<float>.Count), count - Vector128<float>.Count);
        }
        else
        {
            StoreLanes(value.GetLower(), ref destination, count);
        }
    }

    /// <inheritdoc cref="StoreLanes(Vector512{float}, ref float, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLanes(Vector128<float> value, ref float destination, int count)
    {
        if (count >= Vector128<float>.Count)
        {
            value.StoreUnsafe(ref destination);
            return;
        }

        if (count >= 2)
        {
            Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref destination), value.AsDouble().ToScalar());
        }

        if ((count & 1) != 0)
        {
            Unsafe.Add(ref destination, count - 1) = value.GetElement(count - 1);
        }
    }
}
