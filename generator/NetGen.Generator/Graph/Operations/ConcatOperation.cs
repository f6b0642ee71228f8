using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Operations;

/// <summary>
/// Tensors joined along their channels. Most producers write their channels into the joined tensor themselves, and read the gradient with respect to
/// them there; see <see cref="Slices"/>. Only the channels of the others are copied.
/// </summary>
/// <param name="layer">The name of the layer.</param>
/// <param name="inputs">What is joined: equal heights and widths.</param>
internal sealed class ConcatOperation(string layer, IReadOnlyList<View> inputs)
    : Operation(layer, inputs, new SampleShape(inputs[0].Shape.Height, inputs[0].Shape.Width, inputs.Sum(input => input.Shape.Channels)))
{
    public override bool WritesSlices => true;

    public override bool WritesNothing => !Copied.Any();

    // The gradient is that of the output, whatever the values are.
    public override bool KeepsInputs => false;

    public override long Cost => Copied.Sum(i => (long)Inputs[i].Shape.Length);

    public override string Form => WritesNothing ? "in place" : "copy";

    public override string Note => $"{LayerText}: {Names(Slices)} {Write(Inputs.Count)} into it.";

    protected override string Description => string.Concat(Inputs.Skip(1).Select(input => " and " + input.Shape)) + " joined along the channels";

    /// <summary>The inputs that are copied, by their positions.</summary>
    private IEnumerable<int> Copied => Enumerable.Range(0, Inputs.Count).Where(i => Inputs[i].Tensor.Slice?.Whole != Output);

    private IEnumerable<int> Slices => Enumerable.Range(0, Inputs.Count).Except(Copied);

    public override int? ChannelOf(int input) => FirstChannel(input);

    public override Kernel Forward(PassMemory memory) => new(
        Name,
        Summary + (Slices.Any() ? $"\nNot copied: {Names(Slices)} {Write(Slices.Count())} into it." : ""),
        [
            .. Copied.Select(i => KernelParameter.Floats(Invariant($"x{i}"), new ValuesOf(Inputs[i].Tensor, From(i).Origin))),
            KernelParameter.Floats("y", new ValuesOf(Output, Output.Layout.Origin)),
        ],
        WriteForward);

    public override IEnumerable<GradientStep> Backward(TrainingMemory memory)
    {
        foreach (int i in Copied)
        {
            bool adds = AddsInputGradient(memory, i);
            int channel = FirstChannel(i);
            SampleShape shape = Inputs[i].Shape;
            yield return GradientStep.Of(Inputs[i].Tensor, new Kernel(
                Invariant($"{Name}Input{i + 1}Gradient"),
                Invariant($"{LayerText}: the gradient with respect to the output of '{Inputs[i].Tensor.Name}', channels {channel} to {channel + shape.Channels - 1}."),
                [KernelParameter.Floats("dy", new GradientOf(Output)), KernelParameter.Floats("dx", new GradientOf(Inputs[i].Tensor))],
                (writer, kernel) =>
                {
                    using (writer.Method(kernel))
                        Copy(writer, shape, "dy", Output.GradientLayout, channel, "dx", new(shape, default), 0, adds);
                }));
        }
    }

    public override IReadOnlyList<string> NameSuffixes => [.. Enumerable.Range(1, Inputs.Count).Select(i => Invariant($"Input{i}Gradient"))];

    /// <summary>The first channel of an input in the output.</summary>
    private int FirstChannel(int input) => Inputs.Take(input).Sum(before => before.Shape.Channels);

    private BufferLayout From(int input) => Inputs[input].Tensor.LayoutAs(Inputs[input].Shape);

    private void WriteForward(KernelWriter writer, Kernel kernel)
    {
        using (writer.Method(kernel))
        {
            foreach (int i in Copied)
            {
                // For a single position there are no loops, which would make a scope.
                writer.Code.Gap();
                using (Output.Shape.Height * Output.Shape.Width == 1 ? writer.Code.Open() : default)
                    Copy(writer, Inputs[i].Shape, Invariant($"x{i}"), From(i), 0, "y", Output.Layout, FirstChannel(i), adds: false);
            }
        }
    }

    /// <summary>Copies the channels of all pixels.</summary>
    private static void Copy(KernelWriter writer, SampleShape shape, string source, BufferLayout from, int fromChannel, string target, BufferLayout to, int toChannel, bool adds)
    {
        using (writer.Nest(KernelWriter.Each("row", shape.Height), KernelWriter.Each("column", shape.Width)))
        {
            writer.Vectors(shape.Channels, "n", lanes =>
            {
                writer.Code.Line($"Floats value = {KernelWriter.Load(source, At(from, fromChannel))};");
                writer.Code.Line($"ref float place = ref Unsafe.Add(ref {target}, {At(to, toChannel)});");
                writer.Store("value", "place", 0, lanes, adds);
            });
        }

        static string At(BufferLayout layout, int channel) => KernelWriter.Index(("row", layout.RowStride), ("column", layout.PixelStride), ("n", 1), ("", channel));
    }

    /// <summary>The layers whose outputs some inputs are.</summary>
    private string Names(IEnumerable<int> inputs)
    {
        string[] names = [.. inputs.Select(i => Inputs[i].Tensor.Producer!.Layers.Last())];
        return names.Length == 1 ? names[0] : string.Join(", ", names.Take(names.Length - 1)) + " and " + names[names.Length - 1];
    }

    private static string Write(int count) => count == 1 ? "writes" : "write";
}
