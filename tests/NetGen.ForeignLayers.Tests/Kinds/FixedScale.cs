using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.ForeignLayers;

/// <summary>
/// A scale and an offset for each feature or channel, which no optimizer changes: <c>y = x·scale + offset</c>. The scale is drawn and
/// frozen, the offset is a statistic that begins at 0.
/// </summary>
public sealed class FixedScaleAttribute : LayerAttribute;

/// <summary>Reads <c>[FixedScale]</c>.</summary>
internal sealed class FixedScaleKind : LayerKind
{
    public override string Name => "FixedScale";

    public override string Stem => "scale";

    public override string AttributeAssembly => "NetGen.ForeignLayers.Tests";

    public override Layer? Read(LayerReader reader) => reader.Input is { } input ? new FixedScaleLayer(reader.Name, input) : null;
}

/// <summary>A scale and an offset for each channel.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
internal sealed record FixedScaleLayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "FixedScale";

    public override string Description => "";

    public override bool KeepsOrder => true;

    public override EquatableArray<ParameterModel> Parameters =>
    [
        new("scale", LayoutKind.Vector, [Input.Channels], InitializerKind.GlorotUniform, 1, 1) { Role = Generator.Model.ParameterRole.Frozen },
        new("offset", LayoutKind.Vector, [Input.Channels], InitializerKind.Zeros, 1, 1) { Role = Generator.Model.ParameterRole.Statistic },
    ];

    public void Lower(GraphBuilder graph) =>
        graph.Add(new FixedScaleOperation(graph.Layer, graph.Current, graph.Parameter("scale"), graph.Parameter("offset")));
}

/// <summary>A multiply-add for each channel, for all samples in one call.</summary>
internal sealed class FixedScaleOperation(string layer, View input, string scale, string offset) : Operation(layer, [input], input.Shape)
{
    public override bool TakesAllSamples => true;

    public override bool KeepsInputs => false;

    public override IReadOnlyList<string> Parameters => [scale, offset];

    public override long Cost => Output.Shape.Length;

    public override string Form => "loop";

    protected override string Description => "";

    public override Kernel Forward(PassMemory memory)
    {
        BufferLayout from = Source.Tensor.LayoutAs(Source.Shape);
        return new Kernel(
            Name,
            Summary,
            [
                KernelParameter.Floats("x", new ValuesOf(Source.Tensor, from.Origin)),
                KernelParameter.Floats("scale", new ParameterOf(scale)),
                KernelParameter.Floats("offset", new ParameterOf(offset)),
                KernelParameter.Floats("y", new ValuesOf(Output, Output.Layout.Origin)),
                KernelParameter.Number("samples", new SampleCount()),
            ],
            (writer, kernel) => Write(
                writer, kernel, (from, memory.SampleStride(Source.Tensor)), (Output.Layout, memory.SampleStride(Output)), adds: false,
                value => KernelWriter.MultiplyAdd(value, KernelWriter.Load("scale", "n"), KernelWriter.Load("offset", "n"))));
    }

    public override IEnumerable<GradientStep> Backward(TrainingMemory memory)
    {
        BufferLayout plain = new(Source.Shape, default);
        yield return GradientStep.Of(Source.Tensor, new Kernel(
            Name + "InputGradient",
            $"{LayerText}: the gradient with respect to the input.",
            [
                KernelParameter.Floats("x", new GradientOf(Output)),
                KernelParameter.Floats("scale", new ParameterOf(scale)),
                KernelParameter.Floats("y", new GradientOf(Source.Tensor)),
                KernelParameter.Number("samples", new SampleCount()),
            ],
            (writer, kernel) => Write(
                writer, kernel, (plain, memory.ActivationsLength), (plain, memory.ActivationsLength), AddsInputGradient(memory),
                value => $"{value} * {KernelWriter.Load("scale", "n")}")));
    }

    private void Write(
        KernelWriter writer, Kernel kernel, (BufferLayout Layout, int Stride) from, (BufferLayout Layout, int Stride) to, bool adds, Func<string, string> value)
    {
        using (writer.Method(kernel))
        using (writer.Code.Open("for (nint sample = 0; sample < samples; sample++)"))
        using (writer.Loop("row", Source.Shape.Height, 1))
        using (writer.Loop("column", Source.Shape.Width, 1))
        {
            writer.Vectors(Source.Shape.Channels, "n", lanes =>
            {
                writer.Code.Line($"ref float target = ref Unsafe.Add(ref y, {At(to)});");
                writer.Store(value(KernelWriter.Load("x", At(from))), "target", 0, lanes, adds);
            });
        }

        static string At((BufferLayout Layout, int Stride) place) => KernelWriter.Index(
            ("sample", place.Stride), ("row", place.Layout.RowStride), ("column", place.Layout.PixelStride), ("n", 1));
    }
}
