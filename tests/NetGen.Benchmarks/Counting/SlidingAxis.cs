namespace NetGen.Benchmarks.Counting;

/// <summary>How a window slides along one axis.</summary>
/// <param name="Size">Pixels of the input.</param>
/// <param name="Window">Pixels that a window covers.</param>
/// <param name="Stride">Pixels from one window to the next.</param>
/// <param name="Same">Whether the input is padded so that there are ⌈size / stride⌉ windows.</param>
internal sealed record SlidingAxis(int Size, int Window, int Stride, bool Same)
{
    /// <summary>The number of windows.</summary>
    public int Positions => Same ? (Size + Stride - 1) / Stride : ((Size - Window) / Stride) + 1;

    // Of an odd number of pixels of padding, the one more is at the end.
    private int Before => Same ? Math.Max(0, ((Positions - 1) * Stride) + Window - Size) / 2 : 0;

    /// <summary>The pixels that the needed windows read.</summary>
    public bool[] Reads(bool[] needed)
    {
        bool[] read = new bool[Size];
        for (int position = 0; position < Positions; position++)
        {
            if (needed[position])
                Array.Fill(read, true, First(position), Covered(position));
        }

        return read;
    }

    /// <summary>How many pixels of the input, and none of the padding, the needed windows cover together.</summary>
    public long Covered(bool[] needed) => Enumerable.Range(0, Positions).Where(p => needed[p]).Sum(p => (long)Covered(p));

    private int First(int position) => Math.Max(0, (position * Stride) - Before);

    private int Covered(int position) => Math.Min(Size, (position * Stride) - Before + Window) - First(position);
}
