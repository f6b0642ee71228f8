using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>Stores the first lanes of a vector, with as few stores of half vectors and scalars as that takes.</summary>
internal static class LaneStores
{
    /// <summary>Stores the first <paramref name="count"/> lanes and leaves the memory after them alone.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="destination">Where lane 0 goes.</param>
    /// <param name="count">How many lanes; with a constant, only the stores it takes are compiled.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(Vector512<float> value, ref float destination, int count)
    {
        if (count >= Vector512<float>.Count)
        {
            value.StoreUnsafe(ref destination);
        }
        else if (count >= Vector256<float>.Count)
        {
            value.GetLower().StoreUnsafe(ref destination);
            Store(value.GetUpper(), ref Unsafe.Add(ref destination, Vector256<float>.Count), count - Vector256<float>.Count);
        }
        else
        {
            Store(value.GetLower(), ref destination, count);
        }
    }

    /// <inheritdoc cref="Store(Vector512{float}, ref float, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(Vector256<float> value, ref float destination, int count)
    {
        if (count >= Vector256<float>.Count)
        {
            value.StoreUnsafe(ref destination);
        }
        else if (count >= Vector128<float>.Count)
        {
            value.GetLower().StoreUnsafe(ref destination);
            Store(value.GetUpper(), ref Unsafe.Add(ref destination, Vector128<float>.Count), count - Vector128<float>.Count);
        }
        else
        {
            Store(value.GetLower(), ref destination, count);
        }
    }

    /// <inheritdoc cref="Store(Vector512{float}, ref float, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(Vector128<float> value, ref float destination, int count)
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
