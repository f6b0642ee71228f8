using System.Runtime.CompilerServices;

namespace NetGen.Numerics;

/// <summary>
/// Philox4x32-10: a counter-based random number generator. Four random words are a pure function of a counter of four
/// words and a key of two, so that any number can be computed alone, again, and by any thread.
/// </summary>
/// <remarks>
/// Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011
/// (doi:10.1145/2063384.2063405); the constants are theirs.
/// </remarks>
public static class Philox
{
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;
    internal const int Rounds = 10;

    /// <summary>Computes the four random words of one counter value.</summary>
    /// <param name="key">The key; its low word is the paper's first.</param>
    /// <param name="x0">The counter's first word on entry, the first random word on return.</param>
    /// <param name="x1">The second words.</param>
    /// <param name="x2">The third words.</param>
    /// <param name="x3">The fourth words.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(ulong key, ref uint x0, ref uint x1, ref uint x2, ref uint x3)
    {
        (uint c0, uint c1, uint c2, uint c3) = (x0, x1, x2, x3);
        (uint k0, uint k1) = ((uint)key, (uint)(key >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            k0 = unchecked(k0 + Weyl0);
            k1 = unchecked(k1 + Weyl1);
        }

        (x0, x1, x2, x3) = (c0, c1, c2, c3);
    }
}
