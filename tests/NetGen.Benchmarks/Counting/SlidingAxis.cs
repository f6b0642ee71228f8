namespace NetGen.Benchmarks.Counting;

/// <summary>How a window slides along one axis.</summary>
/// <param name="Size">Pixels of the input.</param>
/// <param name="Window">Pixels that a window reads.</param>
/// <param name="Stride">Pixels from one window to the next.</param>
/// <param name="Same">Whether the input is padded so that there are ⌈size / stride⌉ windows.</param>
/// <param name="Dilation">Pixels from one value of a window to the next.</param>
/// <param name="Padding">Zeros on either side, where the padding is explicit.</param>
internal sealed record SlidingAxis(int Size, int Window, int Stride, bool Same, int Dilation = 1, int Padding = 0)
{
    /// <summary>The number of windows.</summary>
    public int Positions => Same ? (Size + Stride - 1) / Stride : ((Size + (2 * Padding) - Extent) / Stride) + 1;

    private int Extent => ((Window - 1) * Dilation) + 1;

    // Of an odd number of pixels of padding, the one more is at the end.
    private int Before => Same ? Math.Max(0, ((Positions - 1) * Stride) + Extent - Size) / 2 : Padding;

    /// <summary>The pixels that the needed windows read.</summary>
    public bool[] Reads(bool[] needed)
    {
        bool[] read = new bool[Size];
        for (int position = 0; position < Positions; position++)
        {
            if (!needed[position])
                continue;
            foreach (int pixel in Pixels(position))
                read[pixel] = true;
        }

        return read;
    }

    /// <summary>How many pixels of the input, and none of the padding, the needed windows read together.</summary>
    public long Covered(bool[] needed) => Enumerable.Range(0, Positions).Where(p => needed[p]).Sum(p => (long)Pixels(p).Count());

    private IEnumerable<int> Pixels(int position) =>
        Enumerable.Range(0, Window).Select(i => (position * Stride) - Before + (i * Dilation)).Where(pixel => pixel >= 0 && pixel < Size);
}
