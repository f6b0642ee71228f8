using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>The windows of a pooling: their size, and how they lie over an image. What lies beside the image does not count.</summary>
/// <param name="Height">Rows of a window.</param>
/// <param name="Width">Columns of a window.</param>
/// <param name="VerticalStride">Rows from one window to the next.</param>
/// <param name="HorizontalStride">Columns from one window to the next.</param>
/// <param name="Top">Rows above the image that the first windows reach into.</param>
/// <param name="Left">Columns left of the image that the first windows reach into.</param>
internal sealed record PoolingWindow(int Height, int Width, int VerticalStride, int HorizontalStride, int Top = 0, int Left = 0)
{
    /// <summary>Square windows without padding.</summary>
    public static PoolingWindow Square(int size, int stride) => new(size, size, stride, stride);

    /// <summary>A window over the whole image.</summary>
    public static PoolingWindow Whole(SampleShape image) => new(image.Height, image.Width, image.Height, image.Width);

    /// <summary>The number of values in a window.</summary>
    public int Length => Height * Width;

    /// <summary>Whether windows share values, so that gradients add up.</summary>
    public bool Overlaps => VerticalStride < Height || HorizontalStride < Width;

    /// <summary>The windows in words: <c>3×3 maxima, stride 2</c>.</summary>
    /// <param name="what">What is computed of them: <c>maxima</c>.</param>
    /// <param name="image">The image, with what is cropped: without it, one window may cover the rest.</param>
    public string Words(string what, SampleShape image) =>
        Invariant($"{Height}×{Width} {what}") + (this == Whole(image) ? "" : Invariant($", stride {HorizontalStride}"));

    /// <summary>The part of the image that windows cover.</summary>
    public SampleShape Part(Operation operation) => operation.Source.Shape with
    {
        Height = Math.Min(operation.Source.Shape.Height, Math.Max(1, ((operation.Output.Shape.Height - 1) * VerticalStride) + Height - Top)),
        Width = Math.Min(operation.Source.Shape.Width, Math.Max(1, ((operation.Output.Shape.Width - 1) * HorizontalStride) + Width - Left)),
    };

    /// <summary>Whether windows reach beyond the rows of the image.</summary>
    public bool PadsRows(Operation operation) => Top > 0 || ((long)(operation.Output.Shape.Height - 1) * VerticalStride) + Height > operation.Source.Shape.Height;

    /// <summary>Whether windows reach beyond the columns of the image.</summary>
    public bool PadsColumns(Operation operation) => Left > 0 || ((long)(operation.Output.Shape.Width - 1) * HorizontalStride) + Width > operation.Source.Shape.Width;

    /// <summary>Whether every value of the image lies in exactly one window, and no window reaches beyond the image.</summary>
    public bool Tiles(Operation operation) =>
        !PadsRows(operation) && !PadsColumns(operation) && (Height, Width) == (VerticalStride, HorizontalStride)
        && (operation.Output.Shape.Height * Height, operation.Output.Shape.Width * Width) == (operation.Source.Shape.Height, operation.Source.Shape.Width);

    /// <summary>Declares the part of a window that is image: <c>top</c> to <c>bottom</c>, and <c>left</c> to <c>right</c>, where windows reach beyond it.</summary>
    public void WriteBounds(KernelWriter writer, Operation operation)
    {
        if (PadsRows(operation))
            Bounds("top", "bottom", Top, Height, operation.Source.Shape.Height, KernelWriter.Product("row", VerticalStride));
        if (PadsColumns(operation))
            Bounds("left", "right", Left, Width, operation.Source.Shape.Width, KernelWriter.Product("column", HorizontalStride));

        void Bounds(string first, string end, int before, int size, int image, string place)
        {
            if (before > 0)
                writer.Code.Line(Invariant($"nint {first} = Math.Max(0, {before} - {place});"));
            else
                writer.Code.Line($"const int {first} = 0;");
            writer.Code.Line(Invariant($"nint {end} = Math.Min({size}, {before + image} - {place});"));
        }
    }

    /// <summary>Opens the loop over the rows of a window that are image; <see cref="WriteBounds"/> comes before. The index is <c>i</c>.</summary>
    public NestedLoop Rows(Operation operation) => PadsRows(operation) ? new("for (nint i = top; i < bottom; i++)", null) : KernelWriter.Each("i", Height);

    /// <summary>The same for the columns. The index is <c>j</c>.</summary>
    public NestedLoop Columns(Operation operation) => ColumnRange(operation).Loop;

    /// <summary>The columns of a window that are image.</summary>
    public IndexRange ColumnRange(Operation operation) => PadsColumns(operation) ? new("j", "left", "right", Width) : IndexRange.Of("j", Width);

    /// <summary>The number of values of a window that are image, as an expression for all lanes.</summary>
    public string Count(Operation operation) => (PadsRows(operation), PadsColumns(operation)) switch
    {
        (true, true) => "Simd.Splat((bottom - top) * (right - left))",
        (true, false) => Width == 1 ? "Simd.Splat(bottom - top)" : Invariant($"Simd.Splat({Width} * (bottom - top))"),
        (false, true) => Height == 1 ? "Simd.Splat(right - left)" : Invariant($"Simd.Splat({Height} * (right - left))"),
        (false, false) => Invariant($"Simd.Splat({Length}f)"),
    };
}
