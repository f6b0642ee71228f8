using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Training;

/// <summary>What <see cref="OptimizerSettingsParityTests"/> does not say of penalties on weights.</summary>
[Trait("Category", "Numeric")]
public class PenaltyTests
{
    private static readonly ParameterTable Table = LayerTable.Mixed;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void PenaltiesReachTheTrainedKernelsAlone(int threads)
    {
        var network = new TableNetwork(Table);
        float[] start = Draw.Normal(Table.Count, seed: 1);
        start.AsSpan(0, 40).Clear();
        network.SetAll(start);
        network.Step(new Sgd(1) { L1 = 0.25f, L2 = 0.5f }, new float[Table.TrainedCount], threads);
        foreach (ParameterInfo parameter in Table.Parameters)
        {
            bool reaches = parameter.Name is "conv1.weight" or "dense1.weight" or "dense3.weight";
            for (int i = parameter.Offset; i < parameter.Offset + parameter.Length; i++)
            {
                float expected = reaches ? start[i] - ((0.5f * start[i]) + (0.25f * MathF.Sign(start[i]))) : start[i];
                Assert.Equal(expected, network.Parameters[i], 1e-6f);
                Assert.Equal(start[i] == 0, network.Parameters[i] == 0);
            }
        }
    }

    /// <summary>The penalty is part of the gradient, so momentum and moments see it; clipping does not.</summary>
    [Fact]
    public void PenaltiesAreAddedBehindTheLimit()
    {
        var network = new TableNetwork(Table);
        var optimizer = new Sgd(1) { Momentum = 0.5f, L2 = 1, ClipValue = 1e-3f, ClipNorm = 1e-6f };
        float[] before = network.Get("dense3.weight");
        network.Step(optimizer, Draw.Normal(Table.TrainedCount, seed: 2));
        ParameterInfo info = Table["dense3.weight"];
        float[] momentum = new float[info.Length];
        info.Layout.ToTorch(optimizer.State("momentum_buffer").Slice(info.Offset, info.Length), momentum);
        Assert.All(before.Zip(momentum), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void PenaltiesMayChangeBetweenSteps()
    {
        var network = new TableNetwork(Table);
        network.SetAll([.. Enumerable.Repeat(8f, Table.Count)]);
        var optimizer = new Sgd(1);
        float[] gradients = new float[Table.TrainedCount];
        network.Step(optimizer, gradients);
        optimizer.L1 = 1;
        network.Step(optimizer, gradients);
        (optimizer.L1, optimizer.L2) = (0, 0.5f);
        network.Step(optimizer, gradients);
        optimizer.L2 = 0;
        network.Step(optimizer, gradients);
        Assert.All(network.Get("conv1.weight"), weight => Assert.Equal(3.5f, weight));
        Assert.All(network.Get("conv1.bias"), bias => Assert.Equal(8f, bias));
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void AFactorIsFiniteAndNotNegative(float factor)
    {
        string message = FormattableString.Invariant($" must be finite and not negative, but got {factor}.");
        Assert.StartsWith("L1" + message, Assert.Throws<ArgumentOutOfRangeException>("value", () => new Sgd(1).L1 = factor).Message);
        Assert.StartsWith("L2" + message, Assert.Throws<ArgumentOutOfRangeException>("value", () => new Sgd(1).L2 = factor).Message);
    }

    [Fact]
    public void PenaltiesAreText() =>
        Assert.EndsWith("WeightDecay = 0, L1 = 0.1, L2 = 0.2 }", new Sgd(1) { L1 = 0.1f, L2 = 0.2f }.ToString());
}
