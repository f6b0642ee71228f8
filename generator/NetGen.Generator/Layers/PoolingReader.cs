using System.Diagnostics.CodeAnalysis;
using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>Reads the arguments of a pooling layer: <c>size</c>, <c>Stride</c>, <c>Padding</c> and explicit paddings.</summary>
internal static class PoolingReader
{
    /// <summary>Reads the windows over an image.</summary>
    /// <param name="reader">The layer.</param>
    /// <param name="image">Its input.</param>
    /// <param name="vertical">How the window slides down.</param>
    /// <param name="horizontal">How the window slides to the right.</param>
    /// <returns>Whether there was no error and the input is known.</returns>
    public static bool ReadImage(LayerReader reader, [NotNullWhen(true)] out Shape? image, out SlidingWindow vertical, out SlidingWindow horizontal)
    {
        SlidingWindow window = ReadWindow(reader);
        vertical = WithPadding(reader, window, "PaddingHeight");
        horizontal = WithPadding(reader, window, "PaddingWidth");
        image = null;
        if (reader.Failed || !reader.RequireImage(out image))
            return false;

        vertical = vertical with { Size = image.Height };
        horizontal = horizontal with { Size = image.Width };
        if (!SlidingWindow.RequireFit(reader, "size", "window", vertical, horizontal))
            return false;

        SlidingWindow.InformOfDropped(reader, vertical, horizontal);
        return true;
    }

    /// <summary>Reads the windows over a sequence, which is taken as an image of one row.</summary>
    /// <param name="reader">The layer.</param>
    /// <param name="sequence">Its input.</param>
    /// <param name="vertical">The only position in the row.</param>
    /// <param name="horizontal">How the window slides along the sequence.</param>
    /// <returns>Whether there was no error and the input is known.</returns>
    public static bool ReadSequence(LayerReader reader, [NotNullWhen(true)] out Shape? sequence, out SlidingWindow vertical, out SlidingWindow horizontal)
    {
        vertical = SlidingWindow.OneRow;
        horizontal = WithPadding(reader, ReadWindow(reader), "PaddingLength");
        sequence = null;
        if (reader.Failed || !reader.RequireSequence(out sequence))
            return false;

        horizontal = horizontal with { Size = sequence.Dimensions[0] };
        if (!horizontal.RequireFit(reader, "size", "window"))
            return false;

        horizontal.InformOfDropped(reader);
        return true;
    }

    /// <summary>Reads the window, before the input is known.</summary>
    private static SlidingWindow ReadWindow(LayerReader reader)
    {
        int size = reader.Positive("size");
        int stride = reader.Positive("Stride", absent: size);
        return new(0, size, stride, reader.Choice("Padding", PaddingKind.Valid));
    }

    /// <summary>Reads an explicit padding: at most half of the window, as in PyTorch, so that every window has a value of the input.</summary>
    private static SlidingWindow WithPadding(LayerReader reader, SlidingWindow window, string argument)
    {
        int padding = reader.ExplicitPadding(argument, window.Padding);
        if (padding > window.Window / 2 && !reader.Failed)
            reader.Fail(LayerFault.ArgumentOutOfRange, argument, Invariant($"has {argument} = {padding}, but it must be at most half of the window: {window.Window} / 2 = {window.Window / 2}"));
        return window with { Explicit = padding };
    }
}
