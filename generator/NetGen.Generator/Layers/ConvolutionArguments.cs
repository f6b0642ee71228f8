using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>The arguments that all convolutions have, and what is wrong with them.</summary>
/// <param name="Stride">The step of the kernel.</param>
/// <param name="Padding">How the border is treated where no explicit padding is given.</param>
/// <param name="Dilation">Pixels from one weight of the kernel to the next.</param>
/// <param name="Groups">Into how many groups channels and filters are divided.</param>
/// <param name="Weight">How the weight begins.</param>
/// <param name="Bias">How the bias begins.</param>
internal sealed record ConvolutionArguments(int Stride, PaddingKind Padding, int Dilation, int Groups, Initialization Weight, Initialization Bias)
{
    /// <summary>Reads the arguments; of no meaning once an error was reported.</summary>
    public static ConvolutionArguments Read(LayerReader reader) => new(
        reader.Positive("Stride"),
        reader.Choice("Padding", PaddingKind.Valid),
        reader.Positive("Dilation"),
        reader.Positive("Groups"),
        InitializerArguments.Weight(reader),
        InitializerArguments.Bias(reader));

    /// <summary>How the kernel slides in one direction.</summary>
    public SlidingWindow Window(int size, int window, int padding) => new(size, window, Stride, Padding, Dilation, padding);

    /// <summary>Reports groups that do not divide the channels of the input or the filters.</summary>
    public bool RequireGroups(LayerReader reader, int channels, int filters)
    {
        Require(channels, "input channels");
        Require(filters, "filters");
        return !reader.Failed;

        void Require(int number, string what)
        {
            if (!reader.Failed && number % Groups != 0)
                reader.Fail(LayerFault.ArgumentOutOfRange, "Groups", Invariant($"has Groups = {Groups}, but it must divide its {number} {what}: {number} / {Groups} leaves {number % Groups}"));
        }
    }

    /// <summary>Reports a padded input that is too large for the memory of a network.</summary>
    public static bool RequireRoomForPadding(LayerReader reader, int channels, SlidingWindow vertical, SlidingWindow horizontal)
    {
        (long height, long width) = (vertical.Padded, horizontal.Padded);
        if (Sizes.Product(height, width, channels) <= Sizes.Limit)
            return true;
        string shape = reader.Input is { IsImage: true } ? Invariant($"({height}, {width}, {channels})") : Invariant($"({width}, {channels})");
        reader.Fail(LayerFault.TooLarge, null, Invariant($"pads its input to {shape}, which is more than {Sizes.Limit} values"));
        return false;
    }
}
