using System.Runtime.CompilerServices;
using NetGen.Numerics;

namespace NetGen;

/// <summary>Random numbers that are a function of seed, epoch, sample and the place of an augmentation alone.</summary>
/// <param name="seed">The seed.</param>
/// <param name="place">The place of the augmentation among those of its source, below 256.</param>
/// <param name="sample">The index of the sample.</param>
/// <param name="epoch">The epoch.</param>
internal ref struct SampleRandom(ulong seed, int place, int sample, int epoch)
{
    // "AUG" in ASCII: CounterRandom, which other uses of the same seed have, counts from 0 here.
    private const uint Stream = 0x41554700;

    private readonly uint _place = Stream | (uint)place;
    private Words _words;
    private uint _block;
    private int _used = Words.Count;

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_used == Words.Count)
        {
            (_words[0], _words[1], _words[2], _words[3]) = (_block++, _place, (uint)sample, (uint)epoch);
            Philox.Block(seed, ref _words[0], ref _words[1], ref _words[2], ref _words[3]);
            _used = 0;
        }
        return _words[_used++];
    }

    /// <summary>A multiple of 2^-32, uniform in [0, 1).</summary>
    public double NextDouble() => NextUInt32() * (1.0 / 4294967296.0);

    /// <summary>An integer from 0 to <paramref name="bound"/> less one, each as likely as the others to <paramref name="bound"/> / 2^32.</summary>
    public int NextInt32(int bound) => (int)(((ulong)NextUInt32() * (uint)bound) >> 32);

    /// <summary>Normally distributed numbers with mean 0, from the same random bits each time; the only call on an instance.</summary>
    public readonly void Normal(Span<float> values, double deviation)
    {
        Span<float> block = stackalloc float[GaussianBlocks.Length];
        for (int i = 0; i < values.Length; i += GaussianBlocks.Length)
        {
            GaussianBlocks.Fill(seed, (uint)(i / 4), _place, (uint)sample, (uint)epoch, deviation, block);
            block[..Math.Min(block.Length, values.Length - i)].CopyTo(values[i..]);
        }
    }

    [InlineArray(Count)]
    private struct Words
    {
        public const int Count = 4;

        private uint _first;
    }
}
