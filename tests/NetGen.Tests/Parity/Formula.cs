namespace NetGen.Tests.Parity;

/// <summary>Random numbers by a formula of a few integer operations, the same as in tests/fixtures/formula.py.</summary>
internal static class Formula
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>32 random bits, a function of two numbers.</summary>
    public static uint Word(uint stream, int index)
    {
        ulong x = unchecked((((ulong)stream << 32) + (uint)index + 1) * Multiplier);
        x = unchecked((x ^ (x >> 32)) * Multiplier);
        x = unchecked((x ^ (x >> 29)) * Multiplier);
        return (uint)(x >> 32);
    }

    /// <summary>A multiple of 2^-bits in [-1, 1), exact for up to 23 bits.</summary>
    public static float Signed(uint stream, int index, int bits) => ((Word(stream, index) >> (31 - bits)) / (float)(1 << bits)) - 1;
}
