using NetGen.Generator.Emission;
using NetGen.Generator.Layers;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>A kind of stage or layer that code is not known for stops the generator with its name; it is not compiled as another kind.</summary>
public class UnknownStageTests
{
    private static readonly Stage Unknown = new UnknownStage("Mystery1", "mystery1", new Extent(4, 4, 2), Epilogue.None);

    private static readonly WeightedStage UnknownWeighted =
        new UnknownWeightedStage("Mystery1", "mystery1", new Extent(4, 4, 2), Epilogue.None, "dense1.weight", "dense1.bias");

    [Fact]
    public void Kernels_of_inference() => Fails(plan => KernelsEmitter.Inference(plan, VectorWidth.All[0]), Unknown);

    [Fact]
    public void Kernels_of_training() => Fails(plan => KernelsEmitter.Training(plan, VectorWidth.All[0]), Unknown);

    [Fact]
    public void The_chunks_of_prediction() => Fails(plan => InferenceEmitter.Write(plan, []), Unknown);

    [Fact]
    public void The_shards_of_training() => Fails(plan => TrainingEmitter.Write(plan, []), Unknown);

    [Fact]
    public void The_work_of_packing() => Fails(plan => new TrainingTasks(plan), UnknownWeighted);

    [Fact]
    public void Whether_threads_share_a_stage() => Fails(_ => InferencePlan.IsShared(Unknown), Unknown);

    [Fact]
    public void The_parts_that_threads_share() => Fails(_ => InferencePlan.Parts(Unknown), Unknown);

    [Fact]
    public void The_words_of_the_summary() => Fails(plan => SurfaceEmitter.Lowered(plan, new UnknownLayer("mystery1", Shape.Image(4, 4, 2))), Unknown);

    [Fact]
    public void A_layer_without_a_stage() => Assert.Contains(
        "'other1' of the kind Mystery",
        Assert.Throws<InvalidOperationException>(() => SurfaceEmitter.Lowered(Plan(Unknown), new UnknownLayer("other1", Shape.Image(4, 4, 2)))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_layout_without_words()
    {
        NetworkModel model = Model(new UnknownLayer("mystery1", Shape.Image(4, 4, 2)));
        Assert.Contains("99", Assert.Throws<InvalidOperationException>(() => SurfaceEmitter.Write(new NetworkPlan(model))).Message, StringComparison.Ordinal);
    }

    private static void Fails(Action<NetworkPlan> action, Stage stage)
    {
        string message = Assert.Throws<InvalidOperationException>(() => action(Plan(stage))).Message;
        Assert.Contains($"'{stage.Name}' of the kind {stage.GetType().Name}", message, StringComparison.Ordinal);
    }

    private static NetworkPlan Plan(Stage stage) => new(Model(), PlanBuilder.Of(stage), PlanBuilder.Of(stage));

    private static NetworkModel Model(params Layer[] more) => new(
        null,
        [],
        "Net",
        "Net",
        Shape.Image(4, 4, 2),
        [.. more, new DenseLayer("dense1", Shape.Flat(32), 3, null, InitializerKind.GlorotUniform)],
        LossKind.MeanSquaredError);

    private sealed record UnknownStage(string Name, string Layers, Extent Input, Epilogue Epilogue) : Stage(Name, Layers, Input, Epilogue)
    {
        public override Extent Output => Input;
    }

    private sealed record UnknownWeightedStage(string Name, string Layers, Extent Input, Epilogue Epilogue, string WeightName, string BiasName)
        : WeightedStage(Name, Layers, Input, Epilogue, WeightName, BiasName)
    {
        public override int Rows => Input.Length;

        public override int Columns => Input.Length;

        public override Extent Output => Input;
    }

    private sealed record UnknownLayer(string Name, Shape Input) : Layer(Name, Input, Input)
    {
        public override string Kind => "Mystery";

        public override string Description => "";

        public override EquatableArray<ParameterModel> Parameters => [new("weight", (LayoutKind)99, [1], InitializerKind.Zeros, 1, 1)];

        public override void Lower(PlanBuilder plan)
        {
        }
    }
}
