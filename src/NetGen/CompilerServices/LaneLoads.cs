using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>Loads the first lanes of a vector without reading the memory after them; the other lanes are 0.</summary>
internal static class LaneLoads
{
    /// <summary>Loads 16 floats, or the first <paramref name="count"/>.</summary>
    /// <param name="source">Where lane 0 is.</param>
    /// <param name="count">How many lanes; with a constant, only the loads it takes are compiled.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Load512(ref float source, int count)
    {
        if (count >= Vector512<float>.Count)
            return Vector512.LoadUnsafe(ref source);
        return count > Vector256<float>.Count
            ? Vector512.Create(Vector256.LoadUnsafe(ref source), Load256(ref Unsafe.Add(ref source, Vector256<float>.Count), count - Vector256<float>.Count))
            : Vector512.Create(Load256(ref source, count), Vector256<float>.Zero);
    }

    /// <inheritdoc cref="Load512"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Load256(ref float source, int count)
    {
        if (count >= Vector256<float>.Count)
            return Vector256.LoadUnsafe(ref source);
        return count > Vector128<float>.Count
            ? Vector256.Create(Vector128.LoadUnsafe(ref source), Load128(ref Unsafe.Add(ref source, Vector128<float>.Count), count - Vector128<float>.Count))
            : Vector256.Create(Load128(ref source, count), Vector128<float>.Zero);
    }

    /// <inheritdoc cref="Load512"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Load128(ref float source, int count) => count switch
    {
        >= 4 => Vector128.LoadUnsafe(ref source),
        3 => Vector128.Create(source, Unsafe.Add(ref source, 1), Unsafe.Add(ref source, 2), 0),
        2 => Vector128.Create(source, Unsafe.Add(ref source, 1), 0, 0),
        _ => Vector128.CreateScalar(source),
    };
}
