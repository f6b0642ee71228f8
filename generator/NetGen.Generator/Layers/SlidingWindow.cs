using System.Diagnostics.CodeAnalysis;
using NetGen.Generator.Model;
using static System.FormattableString;

namespace NetGen.Generator.Layers;

/// <summary>The padding modes; a copy of the library's enum <c>Padding</c>.</summary>
internal enum PaddingKind
{
    Valid,
    Same,
}

/// <summary>A window that slides along one direction of an image: the arithmetic of convolution and pooling.</summary>
/// <param name="Size">The size of the image in that direction.</param>
/// <param name="Window">The size of the window.</param>
/// <param name="Stride">The step of the window.</param>
/// <param name="Padding">How the border is treated.</param>
internal readonly record struct SlidingWindow(int Size, int Window, int Stride, PaddingKind Padding)
{
    /// <summary>Whether the padding is <c>Same</c>: zeros around the image, so that there are ceil(size / stride) positions.</summary>
    public bool Pads => Padding switch
    {
        PaddingKind.Valid => false,
        PaddingKind.Same => true,
        _ => throw new InvalidOperationException($"The padding must be Valid or Same, but got {Padding}."),
    };

    /// <summary>Whether there is at least one position.</summary>
    public bool Fits => Pads || Window <= Size;

    /// <summary>The number of positions.</summary>
    public int Positions => Pads ? ((Size - 1) / Stride) + 1 : ((Size - Window) / Stride) + 1;

    /// <summary>The zeros before the image.</summary>
    public int Before => Total / 2;

    /// <summary>The zeros after the image, one more when their number is odd.</summary>
    public int After => Total - Before;

    /// <summary>The rows or columns of the image that no position covers.</summary>
    public long Dropped => Pads
        ? 0
        : Size - (Stride < Window ? Window + ((long)(Positions - 1) * Stride) : (long)Positions * Window);

    /// <summary>The formula of the number of positions, in numbers: <c>28 - 3 + 1 = 26</c>.</summary>
    public string Arithmetic => Stride == 1
        ? Invariant($"{Size} - {Window} + 1 = {Positions}")
        : Invariant($"({Size} - {Window}) / {Stride} + 1 = {Positions}");

    private int Total => Pads
        ? (int)Math.Max(0, ((long)(Positions - 1) * Stride) + Window - Size)
        : 0;

    /// <summary>Reads the windows of a pooling layer, from <c>size</c>, <c>Stride</c> and where it is given <c>Padding</c>.</summary>
    /// <param name="reader">The layer.</param>
    /// <param name="image">Its input.</param>
    /// <param name="vertical">How the window slides down.</param>
    /// <param name="horizontal">How the window slides to the right.</param>
    /// <returns>Whether there was no error and the input is known.</returns>
    public static bool ReadPooling(LayerReader reader, [NotNullWhen(true)] out Shape? image, out SlidingWindow vertical, out SlidingWindow horizontal)
    {
        vertical = horizontal = default;
        int size = reader.Positive("size");
        int stride = reader.Positive("Stride", absent: size);
        PaddingKind padding = reader.Choice("Padding", PaddingKind.Valid);
        image = null;
        if (reader.Failed || !reader.RequireImage(out image))
            return false;

        vertical = new(image.Height, size, stride, padding);
        horizontal = new(image.Width, size, stride, padding);
        if (!RequireFit(reader, "size", "window", vertical, horizontal))
            return false;

        InformOfDropped(reader, vertical, horizontal);
        return true;
    }

    /// <summary>Reports a window that is larger than the image.</summary>
    public static bool RequireFit(LayerReader reader, string argument, string what, SlidingWindow vertical, SlidingWindow horizontal)
    {
        if (vertical.Fits && horizontal.Fits)
            return true;
        reader.Fail(
            LayerFault.WindowLargerThanInput,
            argument,
            Invariant($"has a {vertical.Window}×{horizontal.Window} {what}, which is larger than its {vertical.Size}×{horizontal.Size} input {reader.Input}: ")
            + (vertical.Fits
                ? Invariant($"width {horizontal.Size} - {horizontal.Window} is negative")
                : Invariant($"height {vertical.Size} - {vertical.Window} is negative")));
        return false;
    }

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
