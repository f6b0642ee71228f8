using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>The padding modes; a copy of the library's enum <c>Padding</c>.</summary>
internal enum PaddingKind
{
    Valid,
    Same,
}

/// <summary>A window that slides along one direction of an image or a sequence: the arithmetic of convolution and pooling.</summary>
/// <param name="Size">The size of the image in that direction.</param>
/// <param name="Window">The size of the window.</param>
/// <param name="Stride">The step of the window.</param>
/// <param name="Padding">How the border is treated, unless <paramref name="Explicit"/> is given.</param>
/// <param name="Dilation">The distance from one value of the window to the next.</param>
/// <param name="Explicit">Zeros on either side; 0 unless the declaration gives a number.</param>
internal readonly record struct SlidingWindow(int Size, int Window, int Stride, PaddingKind Padding, int Dilation = 1, int Explicit = 0)
{
    /// <summary>The vertical window of a sequence, which has only one row.</summary>
    public static readonly SlidingWindow OneRow = new(1, 1, 1, PaddingKind.Valid);

    /// <summary>How far the window reaches: its size, and the gaps that dilation leaves in it.</summary>
    public long Extent => ((long)(Window - 1) * Dilation) + 1;

    /// <summary>Whether the padding is <c>Same</c>: zeros around the image, so that there are ceil(size / stride) positions.</summary>
    public bool Pads => Padding switch
    {
        PaddingKind.Valid => false,
        PaddingKind.Same => true,
        _ => throw new InvalidOperationException($"The padding must be Valid or Same, but got {Padding}."),
    };

    /// <summary>The size with the padding on either side.</summary>
    public long Padded => Size + LongTotal + (2L * Explicit);

    /// <summary>Whether there is at least one position.</summary>
    public bool Fits => Pads || Extent <= Padded;

    /// <summary>The number of positions.</summary>
    public int Positions => Pads ? ((Size - 1) / Stride) + 1 : (int)((Padded - Extent) / Stride) + 1;

    /// <summary>The zeros before the image.</summary>
    public int Before => Pads ? Total / 2 : Explicit;

    /// <summary>The zeros after the image, one more when their number is odd.</summary>
    public int After => Pads ? Total - Before : Explicit;

    /// <summary>
    /// The rows or columns of the image that no position covers: those after the last position, and those between positions that do not overlap.
    /// Between positions that do, a dilated window may leave more out.
    /// </summary>
    public long Dropped => Pads ? 0
        : Stride < Extent ? Math.Max(0, Size + Explicit - Extent - ((long)(Positions - 1) * Stride))
        : Explicit == 0 ? Size - ((long)Positions * Window)
        : Size - Covered;

    /// <summary>The formula of the number of positions, in numbers: <c>28 - 3 + 1 = 26</c>.</summary>
    public string Arithmetic => Stride == 1
        ? Invariant($"{Room} - {Extent} + 1 = {Positions}")
        : Invariant($"({Room} - {Extent}) / {Stride} + 1 = {Positions}");

    /// <summary>The rows or columns of the image that windows cover which do not overlap: counted in the shorter of two ways.</summary>
    private long Covered
    {
        get
        {
            bool byTap = Window < Positions;
            long covered = 0;
            for (int i = 0; i < (byTap ? Window : Positions); i++)
                covered += byTap ? InImage((long)i * Dilation, Stride, Positions) : InImage((long)i * Stride, Dilation, Window);
            return covered;
        }
    }

    /// <summary>How many of so many values in equal steps lie in the image, counted from the start of the padding.</summary>
    private long InImage(long first, int step, int count)
    {
        long before = Explicit - first;
        long begin = before <= 0 ? 0 : ((before - 1) / step) + 1;
        long end = before + Size <= 0 ? 0 : Math.Min(count, ((before + Size - 1) / step) + 1);
        return Math.Max(0, end - begin);
    }

    /// <summary>The size with an explicit padding, in numbers: <c>28 + 2·1</c>.</summary>
    private string Room => Explicit == 0 ? Invariant($"{Size}") : Invariant($"{Size} + 2·{Explicit}");

    private int Total => (int)Math.Min(int.MaxValue, LongTotal);

    private long LongTotal => Pads ? Math.Max(0, ((long)(Positions - 1) * Stride) + Extent - Size) : 0;

    /// <summary>Reports a window that is larger than the image.</summary>
    public static bool RequireFit(LayerReader reader, string argument, string what, SlidingWindow vertical, SlidingWindow horizontal)
    {
        if (vertical.Fits && horizontal.Fits)
            return true;
        reader.Fail(
            LayerFault.WindowLargerThanInput,
            argument,
            Invariant($"has a {vertical.Window}×{horizontal.Window} {what}{vertical.WithDilation}, which is larger than its {vertical.Size}×{horizontal.Size} input {reader.Input}: ")
            + (vertical.Fits ? "width " + horizontal.Missing : "height " + vertical.Missing));
        return false;
    }

    /// <summary>Reports a window that is larger than the sequence.</summary>
    public bool RequireFit(LayerReader reader, string argument, string what)
    {
        if (Fits)
            return true;
        reader.Fail(
            LayerFault.WindowLargerThanInput,
            argument,
            Invariant($"has a {what} of {Window}{WithDilation}, which is larger than its input {reader.Input}: length ") + Missing);
        return false;
    }

    /// <summary>Reports steps of a sequence that no window covers.</summary>
    public void InformOfDropped(LayerReader reader)
    {
        if (Dropped > 0)
            reader.Inform(LayerFault.InputDropped, null, $"does not use {Dropped} of {Size} steps ({Arithmetic}) of its input {reader.Input}");
    }

    private string WithDilation => Dilation == 1 ? "" : Invariant($" with dilation {Dilation}");

    private string Missing => Dilation == 1
        ? Invariant($"{Room} - {Window} is negative")
        : Invariant($"{Room} - (({Window} - 1)·{Dilation} + 1) = {Padded - Extent} is negative");

    /// <summary>Reports rows and columns that no window covers.</summary>
    public static void InformOfDropped(LayerReader reader, SlidingWindow vertical, SlidingWindow horizontal)
    {
        if (vertical.Dropped == 0 && horizontal.Dropped == 0)
            return;
        string rows = vertical.Dropped == 0 ? "" : Invariant($"{vertical.Dropped} of {vertical.Size} rows ({vertical.Arithmetic})");
        string columns = horizontal.Dropped == 0 ? "" : Invariant($"{horizontal.Dropped} of {horizontal.Size} columns ({horizontal.Arithmetic})");
        string and = rows.Length > 0 && columns.Length > 0 ? " and " : "";
        reader.Inform(LayerFault.InputDropped, null, $"does not use {rows}{and}{columns} of its input {reader.Input}");
    }
}
