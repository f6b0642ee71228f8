using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.ForeignLayers;

/// <summary>The product with the output of an earlier layer, value by value, on any shape.</summary>
/// <param name="layer">The name of the earlier layer, whose output has the shape of the current one.</param>
public sealed class MultiplyAttribute(string layer) : LayerAttribute
{
    /// <summary>The name of the earlier layer.</summary>
    public string Layer { get; } = layer;
}

/// <summary>Reads <c>[Multiply("name")]</c>.</summary>
internal sealed class MultiplyKind : LayerKind
{
    public override string Name => "Multiply";

    public override string Stem => "multiply";

    public override string AttributeAssembly => "NetGen.ForeignLayers.Tests";

    public override Layer? Read(LayerReader reader)
    {
        reader.OutputDespiteFaults = reader.Input;
        EquatableArray<string> names = reader.EarlierLayers("layer");
        if (reader.Failed || reader.Input is not { } input || reader.OutputOf(names[0]) is not { } other)
            return null;
        if (other == input && reader.HasOrderOf(names[0]))
            return new MultiplyLayer(reader.Name, input, names[0]);
        reader.Fail(LayerFault.ShapesDiffer, "layer", $"multiplies '{names[0]}' {other} and {input}, whose values do not correspond");
        return null;
    }
}

/// <summary>The product with the output of an earlier layer.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Other">The name of the earlier layer.</param>
internal sealed record MultiplyLayer(string Name, Shape Input, string Other) : Layer(Name, Input, Input), ILowered
{
    public override string Kind => "Multiply";

    public override string Description => Other;

    public override bool KeepsOrder => true;

    public void Lower(GraphBuilder graph) => graph.Add(new MultiplyOperation(graph.Layer, graph.Current, graph.OutputOf(Other)));
}

/// <summary><c>y = a·b</c>. The gradient with respect to each factor is the product of the gradient and the other one.</summary>
internal sealed class MultiplyOperation(string layer, View left, View right) : Operation(layer, [left, right], left.Shape)
{
    private const string OtherGradient = "OtherInputGradient";

    public override bool TakesFunctions => true;

    public override long Cost => Output.Shape.Length;

    public override string Form => "loop";

    public override IReadOnlyList<string> NameSuffixes => [OtherGradient];

    protected override string Description => $" times {Inputs[1].Tensor.Name}";

    public override Kernel Forward(PassMemory memory)
    {
        IReadOnlyList<OperandAccess> operands = OperandAccess.Of(this, memory);
        BufferLayout a = LayoutOf(0);
        BufferLayout b = LayoutOf(1);
        (int rows, int run) = Runs([a, b, Output.Layout, .. operands.Select(operand => operand.Layout)]);
        return new Kernel(
            Name,
            Summary,
            [
                KernelParameter.Floats("a", new ValuesOf(Inputs[0].Tensor, a.Origin)),
                KernelParameter.Floats("b", new ValuesOf(Inputs[1].Tensor, b.Origin)),
                KernelParameter.Floats("y", new ValuesOf(Output, Output.Layout.Origin)),
                .. operands.Select(operand => operand.Parameter),
                .. MaskParameters(),
            ],
            (writer, kernel) =>
            {
                using (writer.Method(kernel))
                using (writer.Loop("row", rows, 1))
                {
                    writer.Vectors(run, "i", lanes =>
                    {
                        writer.Code.Line($"Floats product = {KernelWriter.Load("a", At(a))} * {KernelWriter.Load("b", At(b))};");
                        writer.Code.Line($"ref float target = ref Unsafe.Add(ref y, {At(Output.Layout)});");
                        FunctionPlace place = OperandAccess.Place(operands, operand => KernelWriter.Load(operand.Name, At(operand.Layout)));
                        writer.Store(Epilogue.ApplyAll("product", place, Unit(run)), "target", 0, lanes);
                    });
                }
            });
    }

    public override IEnumerable<GradientStep> Backward(TrainingMemory memory)
    {
        yield return Gradient(memory, 0, "InputGradient");
        yield return Gradient(memory, 1, OtherGradient);
    }

    private GradientStep Gradient(TrainingMemory memory, int input, string suffix)
    {
        bool adds = AddsInputGradient(memory, input);
        BufferLayout other = LayoutOf(1 - input);
        (int rows, int run) = Runs(Epilogue.NeedsOutput ? [other, Output.Layout] : [other]);
        return GradientStep.Of(Inputs[input].Tensor, new Kernel(
            Name + suffix,
            $"{LayerText}: the gradient with respect to the output of '{Inputs[input].Tensor.Name}'.",
            [
                .. GradientLoad.Parameters(this),
                KernelParameter.Floats("other", new ValuesOf(Inputs[1 - input].Tensor, other.Origin)),
                KernelParameter.Floats("dx", new GradientOf(Inputs[input].Tensor)),
                .. Epilogue.ReplaysMask ? MaskParameters() : [],
            ],
            (writer, kernel) =>
            {
                using (writer.Method(kernel))
                using (writer.Loop("row", rows, 1))
                {
                    writer.Vectors(run, "i", lanes =>
                    {
                        writer.Code.Line($"Floats value = {KernelWriter.Load("dy", Unit(run))};");
                        if (Epilogue.NeedsOutput)
                            writer.Code.Line($"Floats output = {KernelWriter.Load("y", At(Output.Layout))};");
                        if (Epilogue.ChangesGradient)
                            writer.Code.Line($"value = {Epilogue.Gradient("value", new FunctionPlace { Output = "output", Unit = Unit(run) })};");
                        writer.Code.Line($"ref float target = ref Unsafe.Add(ref dx, {Unit(run)});");
                        writer.Store($"value * {KernelWriter.Load("other", At(other))}", "target", 0, lanes, adds);
                    });
                }
            }));
    }

    private BufferLayout LayoutOf(int input) => Inputs[input].Tensor.LayoutAs(Inputs[input].Shape);

    private static string At(BufferLayout layout) => KernelWriter.Index(("row", layout.RowStride), ("i", 1));

    private static string Unit(int run) => KernelWriter.Index(("row", run), ("i", 1));

    private (int Rows, int Run) Runs(IEnumerable<BufferLayout> layouts) => layouts.All(layout => layout.IsContiguous)
        ? (1, Output.Shape.Length)
        : (Output.Shape.Height, Output.Shape.Width * Output.Shape.Channels);
}
