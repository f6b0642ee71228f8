using NetGen.Tests.Data;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Training;

/// <summary>What <see cref="OptimizerSettingsParityTests"/> does not say of learning rates for layers.</summary>
[Trait("Category", "Numeric")]
public class LearningRateFactorTests
{
    private static readonly ParameterTable Table = LayerTable.Mixed;

    /// <summary>Each parameter moves as in a network of its own with its own learning rate.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void EachParameterHasTheRateOfItsLayer(int threads)
    {
        // Powers of two: the products are exact in float32, too.
        var factors = new Dictionary<string, float>
        {
            ["conv1.weight"] = 0.5f, ["conv1.bias"] = 4, ["dense3.weight"] = 0.25f, ["dense3.bias"] = 0.25f, ["norm1.bias"] = 0,
        };
        var network = new TableNetwork(Table);
        var optimizer = new AdamW(0.25f)
        {
            LearningRateFactors = { ["conv1"] = 0.5f, ["conv1.bias"] = 4, ["dense3"] = 0.25f, ["norm1.bias"] = 0, ["dense2"] = 9 },
        };
        float[] start = network.Parameters.ToArray();
        for (int step = 0; step < 3; step++)
            network.Step(optimizer, Draw.Normal(Table.TrainedCount, step), threads);

        foreach (ParameterInfo parameter in Table.Parameters)
        {
            float[] alone = start[parameter.Offset..(parameter.Offset + parameter.Length)];
            var other = new AdamW(0.25f * factors.GetValueOrDefault(parameter.Name, 1));
            for (int step = 0; step < 3 && parameter.Role == ParameterRole.Trained; step++)
                other.Step(alone, Draw.Normal(Table.TrainedCount, step).AsSpan(parameter.Offset, parameter.Length));
            Close.SameBits(parameter.Name, alone, network.Parameters.Slice(parameter.Offset, parameter.Length));
        }
    }

    [Fact]
    public void AFactorOfZeroLeavesTheParametersWhileTheirStateGoesOn()
    {
        TableNetwork network = new(Table), plain = new(Table);
        var optimizer = new Adam(0.01f) { LearningRateFactors = { ["dense1"] = 0 } };
        var other = new Adam(0.01f);
        float[] before = network.Get("dense1.weight");
        float[] gradients = Draw.Normal(Table.TrainedCount, seed: 1);
        for (int step = 0; step < 2; step++)
        {
            network.Step(optimizer, gradients);
            plain.Step(other, gradients);
        }

        Assert.Equal(before, network.Get("dense1.weight"));
        Assert.NotEqual(before, plain.Get("dense1.weight"));
        Close.SameBits("state", other.State("exp_avg"), optimizer.State("exp_avg"));
        Close.SameBits("other layers", plain.Get("dense3.weight"), network.Get("dense3.weight"));
    }

    [Fact]
    public void FactorsMayChangeBetweenSteps()
    {
        var network = new TableNetwork(Table);
        var optimizer = new Sgd(1) { LearningRateFactors = { ["conv1"] = 0, ["dense1"] = 0, ["dense3"] = 0, ["norm1.weight"] = 0 } };
        float[] ones = [.. Enumerable.Repeat(1f, Table.TrainedCount)];
        float[] before = network.Get("norm1.bias");
        network.Step(optimizer, ones);
        optimizer.LearningRateFactors["norm1.bias"] = 2;
        network.Step(optimizer, ones);
        Assert.True(optimizer.LearningRateFactors.Remove("norm1.bias"));
        Assert.False(optimizer.LearningRateFactors.Remove("norm1.bias"));
        network.Step(optimizer, ones);
        optimizer.LearningRateFactors.Clear();
        network.Step(optimizer, ones);
        Assert.Equal(before.Select(value => value - 1 - 2 - 1 - 1), network.Get("norm1.bias"));
    }

    [Fact]
    public void UnknownNamesAreAnErrorBeforeAnythingChanges()
    {
        var network = new TableNetwork(Table);
        long version = network.ParameterVersion;
        var optimizer = new Sgd(1) { LearningRateFactors = { ["conv1"] = 2, ["conv2"] = 0.5f, ["dense1.scale"] = 1 } };
        var fault = Assert.Throws<InvalidOperationException>(() => network.Step(optimizer, new float[Table.TrainedCount]));
        Assert.Equal(
            "LearningRateFactors has 'conv2', 'dense1.scale', but Layers has no such layer or parameter. "
            + "The layers are conv1, norm1, dense1, dense2, dense3; the parameters are conv1.weight, conv1.bias, norm1.weight, norm1.bias, "
            + "norm1.running_mean, dense1.weight, dense1.bias, dense2.weight, dense2.bias, dense3.weight, dense3.bias.",
            fault.Message);
        Assert.Equal((0, version), (optimizer.StepCount, network.ParameterVersion));

        // It has not become the network's: another may have it without a Reset.
        optimizer.LearningRateFactors.Clear();
        new TableNetwork(Table).Step(optimizer, new float[Table.TrainedCount]);
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void AFactorIsFiniteAndNotNegative(float factor)
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>("value", () => new Sgd(1) { LearningRateFactors = { ["conv1"] = factor } });
        Assert.StartsWith(FormattableString.Invariant($"The factor of 'conv1' must be finite and not negative, but got {factor}."), fault.Message);
    }

    [Fact]
    public void FactorsAreTextInTheOrderOfTheirNames() => HostileCulture.Run(() =>
    {
        var optimizer = new Adagrad(0.1f) { LearningRateFactors = { ["dense1.bias"] = 2, ["conv1"] = 0.5f } };
        Assert.EndsWith("InitialAccumulator = 0, LearningRateFactors = { conv1 = 0.5, dense1.bias = 2 } }", optimizer.ToString());
        Assert.Equal(2, optimizer.LearningRateFactors.Count);
        Assert.Equal([new("conv1", 0.5f), new("dense1.bias", 2)], optimizer.LearningRateFactors);
        Assert.Equal(0.5f, optimizer.LearningRateFactors["conv1"]);
    });

    [Fact]
    public void StepsAfterTheFirstAllocateNothing()
    {
        var network = new TableNetwork(Table);
        var optimizer = new Adam(0.1f) { LearningRateFactors = { ["conv1"] = 2 } };
        float[] gradients = Draw.Normal(Table.TrainedCount, seed: 2);
        float[] parameters = network.Parameters[..gradients.Length].ToArray();
        Assert.Equal(0, Allocated.ByThread(() => optimizer.Step(parameters, gradients, 1, Table)));
    }
}
