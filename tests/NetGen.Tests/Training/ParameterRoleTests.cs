using Xunit;

namespace NetGen.Tests.Training;

/// <summary>Training changes trained parameters and no others.</summary>
public class ParameterRoleTests
{
    private static readonly Dataset Plane = LinearRegression.Plane(64, 3);

    public static TheoryData<Func<Optimizer>, ParameterRole> All
    {
        get
        {
            var all = new TheoryData<Func<Optimizer>, ParameterRole>();
            foreach (ParameterRole role in new[] { ParameterRole.Frozen, ParameterRole.Statistic })
            {
                all.Add(() => new Sgd(0.1f) { WeightDecay = 0.5f }, role);
                all.Add(() => new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true, WeightDecay = 0.5f }, role);
                all.Add(() => new Adam(0.1f) { WeightDecay = 0.5f }, role);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AStepChangesTheTrainedParametersAsIfThereWereNoOthers(Func<Optimizer> make, ParameterRole role)
    {
        var network = new FixedBiasRegression(role);
        network.SetAll([1, 2, 5]);
        float[] alone = [1, 2];
        ITrainingPass pass = network.BeginTraining(8, 0, 1);
        Optimizer optimizer = make(), other = make();
        for (int step = 0; step < 5; step++)
        {
            pass.Forward([step, 1, 2, -1], [3, 4], []);
            pass.Backward();
            Assert.Equal(2, pass.Gradients.Length);
            optimizer.Step(pass);
            other.Step(alone, pass.Gradients);
        }

        Assert.Equal([.. alone, 5], network.Parameters.ToArray());
        Assert.NotEqual(1, alone[0]);
    }

    [Theory]
    [InlineData(ParameterRole.Trained, 0.5f)]
    [InlineData(ParameterRole.Frozen, 0.25f)]
    [InlineData(ParameterRole.Statistic, 0.25f)]
    public void FitFindsTheBestWeightsForABiasThatStays(ParameterRole role, float bias)
    {
        var network = new FixedBiasRegression(role);
        network.SetAll([0, 0, 0.25f]);
        network.Fit(Plane, new FitOptions { Epochs = 200, Optimizer = new Adam(0.05f) });
        Assert.Equal(bias, network.Parameters[2], role == ParameterRole.Trained ? 0.01 : 0);
        Assert.Equal(2, network.Parameters[0], 0.5);
        Assert.Equal(-3, network.Parameters[1], 0.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void APassHasOneGradientForEachTrainedParameter(int gradients)
    {
        var network = new FixedBiasRegression(ParameterRole.Frozen) { FalseGradientCount = gradients };
        ITrainingPass pass = network.BeginTraining(8, 0, 1);
        long version = network.ParameterVersion;
        var optimizer = new Adam(1);
        var fault = Assert.Throws<ArgumentException>("pass", () => optimizer.Step(pass));
        Assert.StartsWith(
            $"FixedBiasRegression has 2 trained parameters, but its training pass has {gradients} gradients.", fault.Message, StringComparison.Ordinal);
        Assert.Equal((0, version), (optimizer.StepCount, network.ParameterVersion));

        // It has not become the network's: another may have it without a Reset.
        optimizer.Step(new LinearRegression().BeginTraining(1, 0, 1));
    }

    [Fact]
    public void ANetworkWithoutTrainedParametersCannotBeTrained()
    {
        var network = new FrozenRegression();
        network.SetAll([1, 2, 3]);
        var exception = Assert.Throws<InvalidOperationException>(() => network.Fit(Plane, new FitOptions { Optimizer = new Sgd(0.1f) }));
        Assert.Contains(nameof(FrozenRegression), exception.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], network.Parameters.ToArray());
    }

    private sealed class FrozenRegression() : LinearNetwork(
        nameof(FrozenRegression), 2, 1, Loss.MeanSquaredError,
        new ParameterInfo("dense1.weight", 0, WeightLayout.Dense(2, 1), Initializer.Zeros, 2, 1) { Role = ParameterRole.Frozen });
}
