using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>
/// The random bits of <see cref="DropoutMask"/> and of other kinds of dropout: a hash of the key of a sample and the number of a unit, the same at every
/// vector width.
/// </summary>
internal static class MaskBits
{
    private const uint Stride = 0x9E3779B9;
    private const uint Multiplier1 = 0x7FEB352D;
    private const uint Multiplier2 = 0x846CA68B;

    /// <summary>32 random bits for each unit.</summary>
    /// <param name="units">The numbers of the units.</param>
    /// <param name="key">The key of the sample.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Of(Vector512<uint> units, ulong key)
    {
        Vector512<uint> x = units * Stride;
        x ^= Vector512.Create((uint)key);
        x ^= x >> 16;
        x *= Multiplier1;
        x += Vector512.Create((uint)(key >> 32));
        x ^= x >> 15;
        x *= Multiplier2;
        return x ^ (x >> 16);
    }

    /// <inheritdoc cref="Of(Vector512{uint}, ulong)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Of(Vector256<uint> units, ulong key)
    {
        Vector256<uint> x = units * Stride;
        x ^= Vector256.Create((uint)key);
        x ^= x >> 16;
        x *= Multiplier1;
        x += Vector256.Create((uint)(key >> 32));
        x ^= x >> 15;
        x *= Multiplier2;
        return x ^ (x >> 16);
    }

    /// <inheritdoc cref="Of(Vector512{uint}, ulong)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Of(Vector128<uint> units, ulong key)
    {
        Vector128<uint> x = units * Stride;
        x ^= Vector128.Create((uint)key);
        x ^= x >> 16;
        x *= Multiplier1;
        x += Vector128.Create((uint)(key >> 32));
        x ^= x >> 15;
        x *= Multiplier2;
        return x ^ (x >> 16);
    }
}
