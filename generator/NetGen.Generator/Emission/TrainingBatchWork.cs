using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Emission;

/// <summary>What a training pass computes for the whole batch: large dense layers, and the gradients of large weights with the packing of what they read.</summary>
internal sealed class TrainingBatchWork(NetworkPlan plan, PassKernels kernels, KernelCalls calls, TrainingArguments arguments)
{
    private readonly NetworkGraph _graph = plan.Training;
    private readonly TrainingWork _work = plan.TrainingWork;

    /// <summary>Forward of the layers that are computed for the whole batch.</summary>
    public void ForwardLayers(CodeWriter body) => WorkSwitch.Write(body, "layer", _graph.BatchLayers.Select<Operation, (string, Action?)>(layer =>
    {
        Sharing sharing = layer.Sharing!;
        return (Invariant($"{layer.LayerText}: {sharing.PartText}"), () => calls.Write(body, kernels.Forward(layer), operand => operand switch
        {
            PartBegin => sharing.BeginText("part"),
            PartEnd => sharing.EndText("part"),
            _ => arguments.OfBatch(operand),
        }));
    }));

    /// <summary>The gradients with respect to the inputs of the layers that are computed for the whole batch; nothing if shards compute them all.</summary>
    public void InputGradientLayers(CodeWriter body)
    {
        if (_graph.BatchLayers.Any(layer => PanelStep(layer) is not null))
            WorkSwitch.Write(body, "layer", _graph.BatchLayers.Select<Operation, (string, Action?)>(layer => (layer.LayerText, PanelStep(layer) is { } step ? () => Call(step) : null)));

        void Call(GradientStep step) => calls.Write(body, step.Kernel, operand => operand is PartBegin ? "panel" : arguments.OfBatch(operand));
    }

    /// <summary>Packs what the gradient of the first layer's weights reads: backward has no access to the caller's memory.</summary>
    public void PackInputs(CodeWriter body)
    {
        if (_work.WholeBatch.FirstOrDefault(placed => placed.PacksInForward) is { } placed)
        {
            body.Statement(Invariant(
                $"BatchPanels.PackSamples({arguments.OfShard(placed.Gradient.Inputs)}, {placed.Gradient.Rows}, begin, end, ref PanelsAt(Panel.{placed.Gradient.Operation.Name}Inputs), (nint)BatchSize * {RegisterTile.PanelWidth});"));
        }
    }

    /// <summary>Packs the inputs and gradients of layers with many weights into panels of 32 columns, sample after sample.</summary>
    public void PackPanel(CodeWriter body)
    {
        WorkSwitch.Write(body, "source", _work.WholeBatch.SelectMany(placed => new (string, Action?)[]
        {
            (placed.Gradient.Operation.LayerText + ": inputs", placed.PacksInForward ? null : () => Pack(placed, placed.Gradient.Inputs, placed.Gradient.Rows, "Inputs")),
            (placed.Gradient.Operation.LayerText + ": gradient", () => Pack(placed, new GradientOf(placed.Gradient.Operation.Output), placed.Gradient.Columns, "Gradient")),
        }));

        void Pack(PlacedWholeBatch placed, Operand source, int columns, string what) => body.Statement(Invariant(
            $"BatchPanels.Pack({arguments.OfShard(source)}, Training.ActivationsLength, {columns}, Samples, ref PanelsAt(Panel.{placed.Gradient.Operation.Name}{what}), (nint)BatchSize * {RegisterTile.PanelWidth}, panel);"));
    }

    /// <summary>A part of the gradient of large weights, from packed inputs and gradients.</summary>
    public void WholeBatchGradient(CodeWriter body)
    {
        body.Line(Invariant($"nint panelStride = (nint)BatchSize * {RegisterTile.PanelWidth};"));
        WorkSwitch.Write(body, "layer", _work.WholeBatch.Select<PlacedWholeBatch, (string, Action?)>(placed => (placed.Gradient.Operation.LayerText, () => Call(placed.Gradient))));

        void Call(WholeBatchGradient gradient) => calls.Write(body, gradient.Kernel, operand => operand switch
        {
            WholeBatchInputs => $"ref PanelsAt(Panel.{gradient.Operation.Name}Inputs)",
            WholeBatchPreActivationGradient => $"ref PanelsAt(Panel.{gradient.Operation.Name}Gradient)",
            SampleCount => "Samples",
            _ => arguments.Of(operand, ""),
        });
    }

    private GradientStep? PanelStep(Operation layer) => kernels.Backward(layer).FirstOrDefault(step => step.Panels > 0);
}
