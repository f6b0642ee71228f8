using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Training;

/// <summary>What optimizers remember: who may read it, and that a checkpoint continues with the same bits.</summary>
[Trait("Category", "Numeric")]
public class OptimizerStateTests
{
    private static readonly ParameterTable Table = LayerTable.Mixed;

    private static readonly Dictionary<string, (Func<Optimizer> Make, string[] Names)> Optimizers = new()
    {
        ["sgd"] = (() => new Sgd(0.1f), []),
        ["momentum"] = (() => new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true }, ["momentum_buffer"]),
        ["adam"] = (() => new Adam(0.01f) { ClipNorm = 5, WeightDecay = 0.01f }, ["exp_avg", "exp_avg_sq"]),
        ["adamw"] = (() => new AdamW(0.01f), ["exp_avg", "exp_avg_sq"]),
        ["rmsprop"] = (() => new RmsProp(0.01f), ["square_avg"]),
        ["rmsprop centered"] = (() => new RmsProp(0.01f) { Centered = true }, ["square_avg", "grad_avg"]),
        ["rmsprop momentum"] = (() => new RmsProp(0.01f) { Momentum = 0.5f }, ["square_avg", "momentum_buffer"]),
        ["rmsprop both"] = (() => new RmsProp(0.01f) { Centered = true, Momentum = 0.5f }, ["square_avg", "grad_avg", "momentum_buffer"]),
        ["adagrad"] = (() => new Adagrad(0.01f) { InitialAccumulator = 0.5f, LearningRateDecay = 0.1f }, ["sum"]),
    };

    public static TheoryData<string> Names => [.. Optimizers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ARestoredOptimizerContinuesWithTheSameBits(string name)
    {
        var network = new TableNetwork(Table);
        Optimizer optimizer = Optimizers[name].Make();
        Steps(network, optimizer, 0, 3);
        optimizer.LearningRate *= 0.5f;
        OptimizerState state = optimizer.Capture(network);
        float[] parameters = network.Parameters.ToArray();
        Steps(network, optimizer, 3, 4);

        var other = new TableNetwork(Table);
        other.SetAll(parameters);
        Optimizer restored = Optimizers[name].Make();
        var faults = new FaultList();
        Assert.True(restored.Restore(other, state, faults));
        Assert.Empty(faults.Kept);
        Assert.Equal(3, restored.StepCount);
        Steps(other, restored, 3, 4);

        Close.SameBits("parameters", network.Parameters, other.Parameters);
        Assert.Equal(optimizer.ToString(), restored.ToString());
        foreach (string block in optimizer.StateNames)
            Close.SameBits(block, optimizer.State(block), restored.State(block));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BlocksHaveTheNamesAndTensorsOfPyTorch(string name)
    {
        (Func<Optimizer> make, string[] blocks) = Optimizers[name];
        var network = new TableNetwork(Table);
        Optimizer optimizer = make();
        Assert.Equal(blocks, optimizer.StateNames);
        Assert.All(blocks, block => Assert.True(optimizer.State(block).IsEmpty));
        Assert.Empty(optimizer.Capture(network).Tensors);

        Steps(network, optimizer, 0, 2);
        OptimizerState state = optimizer.Capture(network);
        Assert.Equal((2, optimizer.LearningRate), (state.StepCount, state.LearningRate));
        ParameterInfo[] trained = [.. Table.Parameters.Where(parameter => parameter.Role == ParameterRole.Trained)];
        Assert.Equal(8, trained.Length);
        Assert.Equal(
            blocks.SelectMany(block => trained.Select(parameter => $"optimizer.{block}.{parameter.Name}")),
            state.Tensors.Select(tensor => tensor.Name));
        foreach (string block in blocks)
        {
            Assert.Equal(Table.TrainedCount, optimizer.State(block).Length);
            foreach (ParameterInfo parameter in trained)
            {
                float[] expected = new float[parameter.Length];
                parameter.Layout.ToTorch(optimizer.State(block).Slice(parameter.Offset, parameter.Length), expected);
                StateTensor tensor = state.Tensors.Single(tensor => tensor.Name == $"optimizer.{block}.{parameter.Name}");
                Assert.Equal(parameter.Shape, tensor.Shape);
                Close.SameBits(tensor.Name, expected, tensor.Values);
                Assert.Contains(expected, value => value != 0);
            }
        }
    }

    [Fact]
    public void TheMomentumBufferIsTheSumOfGradients()
    {
        var optimizer = new Sgd(1) { Momentum = 0.5f };
        optimizer.Step(new float[2], [1, 2]);
        optimizer.Step(new float[2], [1, 4]);
        Assert.Equal([1.5f, 5f], optimizer.State("momentum_buffer"));
        optimizer.Reset();
        Assert.True(optimizer.State("momentum_buffer").IsEmpty);
    }

    [Fact]
    public void AnUnknownBlockIsNamed()
    {
        Assert.Equal(
            "This Adam has no 'momentum_buffer', but only exp_avg, exp_avg_sq. (Parameter 'name')",
            Assert.Throws<ArgumentException>(() => new Adam(1).State("momentum_buffer").Length).Message);
        Assert.Equal(
            "This Sgd has no 'momentum_buffer', but no state. (Parameter 'name')",
            Assert.Throws<ArgumentException>(() => new Sgd(1).State("momentum_buffer").Length).Message);
    }

    [Fact]
    public void ABlockThatASettingAddsIsPartOfTheState()
    {
        var network = new TableNetwork(Table);
        var optimizer = new RmsProp(0.01f) { Momentum = 0.5f };
        Steps(network, optimizer, 0, 2);
        float[] momentum = optimizer.State("momentum_buffer").ToArray();
        optimizer.Centered = true;
        Assert.True(optimizer.State("grad_avg").IsEmpty);
        OptimizerState state = optimizer.Capture(network);
        Assert.Equal(3 * 8, state.Tensors.Length);
        Assert.Equal(momentum, optimizer.State("momentum_buffer").ToArray());
        Assert.True(new RmsProp(1) { Momentum = 0.5f, Centered = true }.Restore(network, state, new FaultList()));

        // Momentum that was off begins anew.
        optimizer.Momentum = 0;
        Steps(network, optimizer, 2, 1);
        optimizer.Momentum = 0.5f;
        Assert.True(optimizer.State("momentum_buffer").IsEmpty);
    }

    [Fact]
    public void AnOptimizerOfAnotherKindIsOneFault() => AssertFaults(
        new Adam(0.01f) { ClipNorm = 1 }, state => state,
        "The state is that of Sgd { Momentum = 0.9, Nesterov = False, WeightDecay = 0 }, "
        + "but the optimizer is Adam { Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1E-08, WeightDecay = 0, ClipNorm = 1 }.");

    [Fact]
    public void OtherSettingsAreAFault() => AssertFaults(
        new Sgd(0.1f) { Momentum = 0.8f }, state => state,
        "The state is that of Sgd { Momentum = 0.9, Nesterov = False, WeightDecay = 0 }, "
        + "but the optimizer is Sgd { Momentum = 0.8, Nesterov = False, WeightDecay = 0 }.");

    [Fact]
    public void EveryTensorThatDoesNotFitIsNamed() => AssertFaults(
        new Sgd(0.1f) { Momentum = 0.9f },
        state => state with
        {
            StepCount = -1,
            LearningRate = float.NaN,
            Tensors =
            [
                .. state.Tensors.Skip(1).Select(tensor => tensor.Name.EndsWith("norm1.bias", StringComparison.Ordinal) ? tensor with { Shape = [5, 7] } : tensor),
                state.Tensors[^1],
                new StateTensor("optimizer.momentum_buffer.dense2.bias", [5], new float[5]),
            ],
        },
        "The optimizer has done -1 steps; the number must not be negative.",
        "The learning rate is NaN; it must be finite and not negative.",
        "'optimizer.momentum_buffer.dense3.bias' occurs twice.",
        "'optimizer.momentum_buffer.conv1.weight' of shape [35, 3, 3, 2] is missing.",
        "'optimizer.momentum_buffer.norm1.bias' has shape [5, 7] and 35 values; Layers expects [35].",
        "'optimizer.momentum_buffer.dense2.bias' of shape [5] is no state of this optimizer for a trained parameter of Layers.");

    [Fact]
    public void StateOfNoStepsHasNoTensors() => AssertFaults(
        new Sgd(0.1f) { Momentum = 0.9f },
        state => state with { StepCount = 0, Tensors = [.. state.Tensors.Take(1)] },
        "'optimizer.momentum_buffer.conv1.weight' of shape [35, 3, 3, 2] is no state of this optimizer for a trained parameter of Layers.");

    [Fact]
    public void TheStateBelongsToTheNetwork()
    {
        TableNetwork network = new(Table), other = new(Table);
        var optimizer = new Adam(0.01f);
        Steps(network, optimizer, 0, 1);
        Assert.Throws<InvalidOperationException>(() => optimizer.Capture(other));

        // A restored optimizer belongs to the network that it was restored for.
        OptimizerState state = optimizer.Capture(network);
        Assert.True(optimizer.Restore(other, state, new FaultList()));
        Steps(other, optimizer, 1, 1);
        Assert.Throws<InvalidOperationException>(() => Steps(network, optimizer, 1, 1));
    }

    private static void AssertFaults(Optimizer optimizer, Func<OptimizerState, OptimizerState> change, params string[] expected)
    {
        var network = new TableNetwork(Table);
        var saved = new Sgd(0.1f) { Momentum = 0.9f };
        Steps(network, saved, 0, 2);
        OptimizerState state = change(saved.Capture(network));
        Steps(network, optimizer, 0, 1);
        float[][] before = [.. optimizer.StateNames.Select(name => optimizer.State(name).ToArray())];

        var faults = new FaultList();
        Assert.False(optimizer.Restore(network, state, faults));
        Assert.Equal(expected, faults.Kept);
        Assert.Equal(1, optimizer.StepCount);
        Assert.Equal(before, optimizer.StateNames.Select(name => optimizer.State(name).ToArray()));
    }

    private static void Steps(TableNetwork network, Optimizer optimizer, int first, int count)
    {
        for (int step = first; step < first + count; step++)
            network.Step(optimizer, Draw.Normal(Table.TrainedCount, step));
    }
}
