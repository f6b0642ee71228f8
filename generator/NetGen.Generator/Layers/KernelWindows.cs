using System.Diagnostics.CodeAnalysis;
using NetGen.Generator.Model;

namespace NetGen.Generator.Layers;

/// <summary>The kernel of a two-dimensional convolution with its padding, and how it slides over an image.</summary>
/// <param name="IsSquare">Whether the declaration has one size for both directions.</param>
/// <param name="Height">Rows of the kernel.</param>
/// <param name="Width">Columns of the kernel.</param>
/// <param name="PaddingHeight">Rows of explicit padding on either side.</param>
/// <param name="PaddingWidth">Columns of explicit padding on either side.</param>
/// <param name="Arguments">The other arguments.</param>
internal sealed record KernelWindows(bool IsSquare, int Height, int Width, int PaddingHeight, int PaddingWidth, ConvolutionArguments Arguments)
{
    /// <summary>Reads the arguments; of no meaning once an error was reported.</summary>
    public static KernelWindows Read(LayerReader reader)
    {
        bool square = reader.Has("kernel");
        int height = reader.Positive(square ? "kernel" : "kernelHeight");
        int width = square ? height : reader.Positive("kernelWidth");
        ConvolutionArguments arguments = ConvolutionArguments.Read(reader);
        int paddingHeight = reader.ExplicitPadding("PaddingHeight", arguments.Padding);
        int paddingWidth = reader.ExplicitPadding("PaddingWidth", arguments.Padding);
        return new(square, height, width, paddingHeight, paddingWidth, arguments);
    }

    /// <summary>Slides the kernel over the input.</summary>
    /// <returns>Whether there was no error and the input is known.</returns>
    public bool Slide(LayerReader reader, int filters, [NotNullWhen(true)] out Shape? image, out SlidingWindow vertical, out SlidingWindow horizontal)
    {
        vertical = horizontal = default;
        image = null;
        if (reader.Failed || !reader.RequireImage(out image) || !Arguments.RequireGroups(reader, image.Channels, filters))
            return false;

        vertical = Arguments.Window(image.Height, Height, PaddingHeight);
        horizontal = Arguments.Window(image.Width, Width, PaddingWidth);
        string argument = IsSquare ? "kernel" : vertical.Fits ? "kernelWidth" : "kernelHeight";
        if (!SlidingWindow.RequireFit(reader, argument, "kernel", vertical, horizontal)
            || !ConvolutionArguments.RequireRoomForPadding(reader, image.Channels, vertical, horizontal))
        {
            return false;
        }

        SlidingWindow.InformOfDropped(reader, vertical, horizontal);
        return true;
    }
}
