using NetGen.Generator.Emission;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Losses;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Text;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>
/// What a part of the plan does not know of a kind stops the generator with its name; nothing is compiled as another kind, which would write
/// over its neighbours' memory. The kinds here implement nothing.
/// </summary>
public class UnknownOperationTests
{
    [Fact]
    public void The_forward_kernel_of_inference() => Fails("forward kernel", plan => PassKernels.Inference(plan));

    [Fact]
    public void The_forward_kernel_of_training() => Fails("forward kernel", plan => PassKernels.Training(plan));

    [Fact]
    public void The_gradient() => Fails("gradient", plan => Mystery(plan).Backward(plan.TrainingMemory).Count());

    [Fact]
    public void The_cost() => Fails("cost", plan => _ = Mystery(plan).Cost);

    [Fact]
    public void The_form_in_the_summary() => Fails("form", plan => SurfaceEmitter.Lowered(plan, plan.Model.Layers[0]));

    [Fact]
    public void The_comment_above_the_kernel() => Fails("description", plan => _ = Mystery(plan).Summary);

    [Fact]
    public void Code_without_loops() => Fails(
        "code without loops",
        plan => Mystery(plan).WriteUnrolled(new KernelWriter(new(), VectorWidth.All[0], new SharedMethods(VectorWidth.All[0], readsAhead: false)), new UnrolledSample(plan.InferenceMemory, plan.Parameters, plan.InferencePreparations)));

    [Fact]
    public void A_layer_that_becomes_no_operations() => Throws(
        "No operations are known for the layer 'other1' of the kind Other.",
        () => new NetworkPlan(Model(new OtherLayer("other1", Shape.Flat(8)))));

    [Fact]
    public void A_tensor_that_nothing_reads() => Throws(
        "No operation reads the output of 'NetworkInput'",
        () => Plan(new LoneLayer("lone1", Shape.Flat(8))));

    [Fact]
    public void A_part_of_an_epilogue() => Throws(
        "the epilogue part OtherPart",
        () => Fusion.Join(new PointwiseOperation("a", Input, new OtherFunction()), new OtherPart(), training: true));

    [Fact]
    public void The_gradient_of_an_operand() => Throws(
        "operand of the function OtherFunction",
        () => new OtherFunction().OperandGradient("g", default));

    [Fact]
    public void An_operand_of_a_kernel() => Throws(
        "the operand OtherOperand",
        () => Emit((plan, inference, _, table) => InferenceEmitter.Write(plan, inference, table)));

    [Fact]
    public void An_operand_of_a_kernel_in_training() => Throws(
        "the operand OtherOperand",
        () => Emit((plan, _, training, table) => TrainingEmitter.Write(plan, training, table)));

    [Fact]
    public void An_algorithm() => Throws("99", () => ConvolutionTiling.Reason((ConvolutionAlgorithm)99));

    [Fact]
    public void A_layout_of_parameters() => Throws("99", () => SurfaceEmitter.Write(Plan(new MysteryLayer("mystery1", Shape.Flat(8), (LayoutKind)99))));

    private static View Input => new(new Tensor(new SampleShape(1, 1, 8)), new SampleShape(1, 1, 8));

    private static Operation Mystery(NetworkPlan plan) => plan.Training.Operations[0];

    private static void Emit(Func<NetworkPlan, PassKernels, PassKernels, KernelTable, CodeWriter> write)
    {
        NetworkPlan plan = Plan(new OperandLayer("odd1", Shape.Flat(8)));
        PassKernels inference = PassKernels.Inference(plan);
        PassKernels training = PassKernels.Training(plan);
        write(plan, inference, training, new KernelTable(inference, training, readsAhead: false, default));
    }

    private static NetworkPlan Plan(Layer layer) => new(Model(layer));

    private static NetworkModel Model(Layer layer) => new(
        null,
        [],
        "Net",
        "Net",
        Shape.Flat(8),
        [layer, new DenseLayer("dense1", Shape.Flat(8), 3, null, new(InitializerKind.GlorotUniform, 0, IsUsual: true), new(InitializerKind.Zeros, 0, IsUsual: true))],
        new LossModel(LossKind.MeanSquaredError),
        TablePlace.Summary);

    private static void Fails(string what, Action<NetworkPlan> action) => Throws(
        $"No {what} is known for the operation 'Mystery1' of the kind MysteryOperation.",
        () => action(Plan(new MysteryLayer("mystery1", Shape.Flat(8), LayoutKind.Vector))));

    private static void Throws(string message, Action action) =>
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(action).Message, StringComparison.Ordinal);

    private sealed class MysteryOperation(string layer, View input) : Operation(layer, [input], input.Shape);

    private sealed record MysteryLayer(string Name, Shape Input, LayoutKind Layout) : Layer(Name, Input, Input), ILowered
    {
        public override string Kind => "Mystery";

        public override string Description => "";

        public override EquatableArray<ParameterModel> Parameters => [new("weight", Layout, [1], InitializerKind.Zeros, 1, 1)];

        public void Lower(GraphBuilder graph) => graph.Add(new MysteryOperation(graph.Layer, graph.Current));
    }

    private sealed record OtherLayer(string Name, Shape Input) : Layer(Name, Input, Input)
    {
        public override string Kind => "Other";

        public override string Description => "";
    }

    /// <summary>Takes no input.</summary>
    private sealed record LoneLayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
    {
        public override string Kind => "Lone";

        public override string Description => "";

        public void Lower(GraphBuilder graph) => graph.Add(new LoneOperation(graph.Layer));
    }

    private sealed class LoneOperation(string layer) : Operation(layer, [], new SampleShape(1, 1, 8));

    private sealed record OtherPart : EpiloguePart;

    private sealed record OtherOperand : Operand;

    private sealed record OtherFunction : PointwiseFunction
    {
        public override string Description => "";

        public override DerivativeNeed Need => DerivativeNeed.Nothing;

        public override string Forward(string x, FunctionPlace place) => x;

        public override string Gradient(string gradient, FunctionPlace place) => gradient;
    }

    private sealed record OperandLayer(string Name, Shape Input) : Layer(Name, Input, Input), ILowered
    {
        public override string Kind => "Odd";

        public override string Description => "";

        public void Lower(GraphBuilder graph) => graph.Add(new OperandOperation(graph.Layer, graph.Current));
    }

    private sealed class OperandOperation(string layer, View input) : Operation(layer, [input], input.Shape)
    {
        public override Kernel Forward(PassMemory memory) =>
            new(Name, "", [KernelParameter.Floats("x", new OtherOperand())], static (_, _) => { });

        public override IEnumerable<GradientStep> Backward(TrainingMemory memory) => [];
    }
}
