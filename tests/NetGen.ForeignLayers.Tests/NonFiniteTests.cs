using NetGen.ForeignLayers.Harness;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>The layer whose outputs are the first that are not finite, where several layers write into one concatenation.</summary>
public sealed class NonFiniteTests
{
    private const int Batch = 3;

    [Theory]
    [InlineData("Input(6, 6, 2), Conv2D(3, 2), ReLU(Name = \"entry\"), Conv2D(4, 2, Name = \"left\"), Conv2D(5, 2, From = \"entry\", Name = \"right\"), Concat(\"left\"), Conv2D(2, 3, Padding = Padding.Same), Flatten, Dense(2)")]
    [InlineData("Input(6), Dense(5), ReLU(Name = \"entry\"), Dense(17, Name = \"left\"), Dense(9, From = \"entry\", Name = \"right\"), Concat(\"left\"), Dense(2)")]
    public void The_branch_that_overflows_is_named(string layers)
    {
        foreach (string branch in (string[])["left", "right"])
        {
            INetwork network = ForeignNetwork.Create(layers, seed: 3);
            ParameterInfo weight = network.ParameterTable[branch + ".weight"];
            using (ParameterEdit edit = network.EditParameters())
                edit.Values.Slice(weight.Offset, weight.Length).Fill(float.MaxValue);
            Dataset data = Dataset.FromTargets(
                [.. Draw.Normal(Batch * network.Summary.InputLength, 6).Select(value => 9 * Math.Abs(value))], network.Summary.InputLength, Draw.Normal(Batch * 2, 7), 2);
            var fault = Assert.Throws<TrainingDivergedException>(() => network.Fit(data, new FitOptions { BatchSize = Batch, Shuffle = false }));
            Assert.Contains($"The first values that are not finite are the outputs of '{branch}'", fault.Message, StringComparison.Ordinal);
        }
    }
}
