using Xunit;

namespace NetGen.Tests.Parameters;

/// <summary>What a declaration says about initial values reaches the network that is generated.</summary>
[Trait("Category", "Numeric")]
public sealed class InitializedNetworkTests
{
    [Fact]
    public void Every_parameter_has_the_initialiser_and_the_number_that_were_declared()
    {
        Assert.Equal(
            [
                (Initializer.Orthogonal, 1.5), (Initializer.Constant, 0.1), (Initializer.HeUniform, 0), (Initializer.Ones, 0),
                (Initializer.LeCunNormal, 0), (Initializer.Uniform, 0.25), (Initializer.LeCunUniform, 0), (Initializer.Normal, 1e-3),
                (Initializer.Normal, 0.02), (Initializer.Zeros, 0), (Initializer.Uniform, 0.05), (Initializer.Zeros, 0),
                (Initializer.HeNormal, 0), (Initializer.Zeros, 0), (Initializer.GlorotNormal, 0), (Initializer.Zeros, 0),
                (Initializer.Constant, -0.5), (Initializer.Zeros, 0),
            ],
            EveryInitializer.ParameterTable.Parameters.Select(parameter => (parameter.Initializer, parameter.InitializerValue)));

        // torch.nn.init: 3·3 pixels times 2 channels, and times 4 filters.
        ParameterInfo kernel = EveryInitializer.ParameterTable["conv1.weight"];
        Assert.Equal((18, 36), (kernel.FanIn, kernel.FanOut));
    }

    [Fact]
    public void A_network_begins_so()
    {
        EveryInitializer network = new(seed: 3);
        Assert.All(network.Conv1Bias.ToArray(), x => Assert.Equal(0.1f, x));
        Assert.All(network.Conv2Bias.ToArray(), x => Assert.Equal(1, x));
        Assert.All(network.Dense7Weight.ToArray(), x => Assert.Equal(-0.5f, x));
        Assert.All(network.Dense1Bias.ToArray(), x => Assert.True(x != 0 && Math.Abs(x) <= 0.25f));

        // Filter by filter, in PyTorch's order, the kernel is a matrix of orthogonal rows of length 1.5.
        float[] kernel = network.Conv1Weight.ToArray();
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j <= i; j++)
                Assert.Equal(i == j ? 2.25 : 0, Enumerable.Range(0, 18).Sum(k => (double)kernel[(i * 18) + k] * kernel[(j * 18) + k]), 3e-7);
        }

        Assert.Equal(network.Parameters.ToArray(), new EveryInitializer(seed: 3).Parameters.ToArray());
        Assert.NotEqual(network.Parameters.ToArray(), new EveryInitializer(seed: 4).Parameters.ToArray());
    }

    [Fact]
    public void To_say_what_is_usual_changes_nothing()
    {
        Assert.Equal(new UsualInitializers(seed: 5).Parameters.ToArray(), new SaidInitializers(seed: 5).Parameters.ToArray());
        Assert.Equal(UsualInitializers.Summary.Layers.Select(layer => layer.Description), SaidInitializers.Summary.Layers.Select(layer => layer.Description));
    }

    [Fact]
    public void The_summary_says_what_is_not_usual() => Assert.Equal(
        [
            "3×3, 4 filters, valid, weight Orthogonal 1.5, bias Constant 0.1", "1×1, 4 filters, valid, weight HeUniform, bias Ones",
            "9 units, weight LeCunNormal, bias Uniform 0.25", "8 units, weight LeCunUniform, bias Normal 0.001", "7 units, weight Normal 0.02",
            "6 units, weight Uniform 0.05", "5 units", "4 units, weight GlorotNormal", "3 units, weight Constant -0.5",
        ],
        EveryInitializer.Summary.Layers.Where(layer => layer.Parameters > 0).Select(layer => layer.Description));
}
