using System.Runtime.InteropServices;
using NetGen.Numerics;

namespace Digits.Data;

/// <summary>
/// The random numbers of one drawn digit: a stream of its own, a function of (seed, set, index) alone, so digits can be
/// drawn in any order and by any thread. Only arithmetic that is rounded alike everywhere, no logarithm or sine.
/// </summary>
/// <param name="seed">The seed of all drawn digits.</param>
/// <param name="set">Which set the digit belongs to: training and test digits share no numbers.</param>
/// <param name="index">Which digit of the set.</param>
[StructLayout(LayoutKind.Auto)]
internal struct Dice(ulong seed, uint set, uint index)
{
    /// <summary>Keeps these streams apart from the library's own under the same seed.</summary>
    private const uint Domain = 0x44494749;

    private uint _block;
    private int _left;
    private uint _x0, _x1, _x2, _x3;

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>), all alike probable.</summary>
    public float Uniform(float low, float high) => low + ((high - low) * ((Next() >> 8) * (1f / (1 << 24))));

    /// <summary>An integer from 0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)(((ulong)Next() * (uint)count) >> 32);

    /// <summary>
    /// A bell-shaped number with mean 0 and the given deviation: the sum of four bytes, which is close to a normal
    /// distribution and never beyond 3.5 deviations.
    /// </summary>
    public float Normal(float deviation)
    {
        const float Mean = 4 * 255 / 2f;
        const float PerDeviation = 1 / 147.80167f; // sqrt(4 (256² − 1) / 12)

        uint word = Next();
        uint pairs = (word & 0x00FF00FF) + ((word >> 8) & 0x00FF00FF);
        uint sum = (pairs & 0xFFFF) + (pairs >> 16);
        return (sum - Mean) * PerDeviation * deviation;
    }

    private uint Next()
    {
        if (_left == 0)
        {
            (_x0, _x1, _x2, _x3) = (index, _block++, set, Domain);
            Philox.Block(seed, ref _x0, ref _x1, ref _x2, ref _x3);
            _left = 4;
        }

        return _left-- switch
        {
            4 => _x0,
            3 => _x1,
            2 => _x2,
            _ => _x3,
        };
    }
}
