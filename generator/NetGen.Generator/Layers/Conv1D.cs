using NetGen.Generator.Model;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Layers;

/// <summary>Reads <c>[Conv1D(filters, kernel)]</c>.</summary>
internal sealed class Conv1DKind : LayerKind
{
    public override string Name => "Conv1D";

    public override string Stem => "conv";

    public override LayerRole Role => LayerRole.Weighted;

    public override Layer? Read(LayerReader reader)
    {
        int filters = reader.Positive("filters");
        int kernel = reader.Positive("kernel");
        ConvolutionArguments arguments = ConvolutionArguments.Read(reader);
        int padding = reader.ExplicitPadding("PaddingLength", arguments.Padding);
        if (reader.Failed || !reader.RequireSequence(out Shape? sequence) || !arguments.RequireGroups(reader, sequence.Channels, filters))
            return null;

        SlidingWindow window = arguments.Window(sequence.Dimensions[0], kernel, padding);
        if (!window.RequireFit(reader, "kernel", "kernel") || !ConvolutionArguments.RequireRoomForPadding(reader, sequence.Channels, SlidingWindow.OneRow, window))
            return null;

        window.InformOfDropped(reader);
        return new Conv1DLayer(reader.Name, sequence, filters, window, arguments.Groups, arguments.Weight, arguments.Bias);
    }
}

/// <summary>A convolution of a sequence with its bias.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">A sequence: (length, channels).</param>
/// <param name="FilterCount">The number of output channels.</param>
/// <param name="Window">How the kernel slides along the sequence.</param>
/// <param name="Groups">Into how many groups channels and filters are divided.</param>
/// <param name="Weight">How the weight begins.</param>
/// <param name="Bias">How the bias begins.</param>
internal sealed record Conv1DLayer(string Name, Shape Input, int FilterCount, SlidingWindow Window, int Groups, Initialization Weight, Initialization Bias)
    : ConvolutionLayer(Name, Input, Shape.Sequence(Window.Positions, FilterCount), SlidingWindow.OneRow, Window, Groups, Weight, Bias)
{
    public override string Kind => "Conv1D";

    public override string Description => Invariant($"kernel {KernelWidth}, ") + FiltersText + Settings;
}
