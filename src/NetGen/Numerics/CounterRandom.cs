using System.Runtime.CompilerServices;

namespace NetGen.Numerics;

/// <summary>
/// A sequence of random numbers that is a function of its seed and stream alone, the same on every processor and system.
/// Different streams of one seed are independent. Built on <see cref="Philox"/>; an instance belongs to one thread at a
/// time.
/// </summary>
/// <param name="seed">The seed; Philox's key.</param>
/// <param name="stream">Which sequence of that seed; the high half of Philox's counter.</param>
public sealed class CounterRandom(ulong seed, ulong stream = 0)
{
    private readonly uint[] _words = new uint[4];
    private ulong _stream = stream;
    private ulong _block;
    private int _used = 4;
    private double _spareNormal;
    private bool _hasSpareNormal;

    /// <summary>32 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint NextUInt32()
    {
        if (_used == _words.Length) Refill();
        return _words[_used++];
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        uint low = NextUInt32();
        return ((ulong)NextUInt32() << 32) | low;
    }

    /// <summary>A multiple of 2^-24, uniform in [0, 1).</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / (1 << 24));

    /// <summary>A multiple of 2^-53, uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>A number with the standard normal distribution: mean 0, variance 1. Its tails end at 6.7.</summary>
    public double NextNormal()
    {
        if (_hasSpareNormal)
        {
            _hasSpareNormal = false;
            return _spareNormal;
        }

        uint radius = NextUInt32();
        (double first, _spareNormal) = Gaussian.Pair(radius, NextUInt32());
        _hasSpareNormal = true;
        return first;
    }

    /// <summary>An integer from 0 to <paramref name="bound"/> less one, each exactly as likely as the others.</summary>
    /// <remarks>Lemire, "Fast Random Integer Generation in an Interval", 2019 (arXiv:1805.10941).</remarks>
    /// <param name="bound">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        ulong product = (ulong)NextUInt32() * (uint)bound;
        if ((uint)product < (uint)bound)
        {
            uint threshold = (uint)((1UL << 32) % (uint)bound);
            while ((uint)product < threshold) product = (ulong)NextUInt32() * (uint)bound;
        }

        return (int)(product >> 32);
    }

    /// <summary>Puts the items into a random order, each order as likely as the others (Fisher and Yates).</summary>
    /// <typeparam name="T">Type of the items.</typeparam>
    /// <param name="items">The items, exchanged in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt32(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>Begins a sequence of the same seed, as a new instance would, without allocating one.</summary>
    /// <param name="stream">Which sequence.</param>
    internal void Restart(ulong stream)
    {
        _stream = stream;
        _block = 0;
        _used = _words.Length;
        _hasSpareNormal = false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Refill()
    {
        (uint x0, uint x1, uint x2, uint x3) = ((uint)_block, (uint)(_block >> 32), (uint)_stream, (uint)(_stream >> 32));
        Philox.Block(seed, ref x0, ref x1, ref x2, ref x3);
        (_words[0], _words[1], _words[2], _words[3]) = (x0, x1, x2, x3);
        _block++;
        _used = 0;
    }
}
