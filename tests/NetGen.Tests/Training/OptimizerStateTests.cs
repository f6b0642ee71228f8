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
        (float rate, Dictionary<string, float[]> blocks) = (optimizer.LearningRate, BlocksOf(optimizer));
        float[] parameters = network.Parameters.ToArray();
        Steps(network, optimizer, 3, 4);

        var other = new TableNetwork(Table);
        other.SetAll(parameters);
        Optimizer restored = Optimizers[name].Make();
        restored.Restore(other, 3, rate, blocks);
        Assert.Equal(3, restored.StepCount);
        Steps(other, restored, 3, 4);

        Close.SameBits("parameters", network.Parameters, other.Parameters);
        Assert.Equal(optimizer.ToString(), restored.ToString());
        foreach (string block in optimizer.StateNames)
            Close.SameBits(block, optimizer.State(block), restored.State(block));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BlocksHaveTheNamesOfPyTorch(string name)
    {
        (Func<Optimizer> make, string[] blocks) = Optimizers[name];
        var network = new TableNetwork(Table);
        Optimizer optimizer = make();
        Assert.Equal(blocks, optimizer.StateNames);
        Assert.All(blocks, block => Assert.True(optimizer.State(block).IsEmpty));

        Steps(network, optimizer, 0, 2);
        foreach (string block in blocks)
        {
            Assert.Equal(Table.TrainedCount, optimizer.State(block).Length);
            Assert.Contains(optimizer.State(block).ToArray(), value => value != 0);
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
        optimizer.LearningRate = 0;
        Steps(network, optimizer, 2, 1);
        Assert.False(optimizer.State("grad_avg").IsEmpty);
        Assert.NotEqual(momentum, optimizer.State("momentum_buffer").ToArray());

        // Momentum that was off begins anew.
        optimizer.Momentum = 0;
        Steps(network, optimizer, 3, 1);
        optimizer.Momentum = 0.5f;
        Assert.True(optimizer.State("momentum_buffer").IsEmpty);
    }

    [Fact]
    public void TheStateBelongsToTheNetwork()
    {
        TableNetwork network = new(Table), other = new(Table);
        var optimizer = new Adam(0.01f);
        Steps(network, optimizer, 0, 1);
        Assert.Throws<InvalidOperationException>(() => Steps(other, optimizer, 1, 1));

        // A restored optimizer belongs to the network that it was restored for.
        optimizer.Restore(other, 1, 0.01f, BlocksOf(optimizer));
        Steps(other, optimizer, 1, 1);
        Assert.Throws<InvalidOperationException>(() => Steps(network, optimizer, 1, 1));
    }

    private static Dictionary<string, float[]> BlocksOf(Optimizer optimizer) =>
        optimizer.StateNames.ToDictionary(name => name, name => optimizer.State(name).ToArray());

    private static void Steps(TableNetwork network, Optimizer optimizer, int first, int count)
    {
        for (int step = first; step < first + count; step++)
            network.Step(optimizer, Draw.Normal(Table.TrainedCount, step));
    }
}
