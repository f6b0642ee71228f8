using Xunit;

namespace NetGen.Tests.Parameters;

public sealed class ParameterTableTests
{
    private static readonly ParameterInfo Weight =
        new("dense1.weight", 0, WeightLayout.Dense(3, 2), Initializer.HeNormal, 3, 2);

    private static readonly ParameterInfo Bias = new("dense1.bias", 6, WeightLayout.Vector(2), Initializer.Zeros, 3, 2);

    [Fact]
    public void Finds_parameters_by_name()
    {
        var table = new ParameterTable("Net", 8, Weight, Bias);
        Assert.Same(Bias, table["dense1.bias"]);
        Assert.True(table.TryGet("dense1.weight", out ParameterInfo? found));
        Assert.Same(Weight, found);
        Assert.False(table.TryGet("Dense1.Weight", out _));
        Assert.Contains(
            "Net has no parameter 'dense2.bias'; it has dense1.weight, dense1.bias.",
            Assert.Throws<KeyNotFoundException>(() => table["dense2.bias"]).Message);
    }

    [Fact]
    public void A_parameter_knows_its_layer()
    {
        var weight = new ParameterInfo("block.dense1.weight", "Dense", 0, WeightLayout.Dense(3, 2), Initializer.HeNormal, 4, 5);
        Assert.Equal("block.dense1", weight.LayerName);
        Assert.Equal("Dense", weight.LayerKind);
        Assert.Equal((4, 5), (weight.FanIn, weight.FanOut));
        Assert.Equal("dense1", Bias.LayerName);
        Assert.Null(Bias.LayerKind);
        Assert.Equal("w", (Bias with { Name = "w" }).LayerName);
    }

    [Fact]
    public void Finds_places_and_layers_without_a_string_of_the_name()
    {
        var table = new ParameterTable("Net", 8, Weight, Bias);
        ReadOnlySpan<char> text = "x.dense1.bias";
        Assert.Equal(1, table.PlaceOf(text[2..]));
        Assert.Equal(-1, table.PlaceOf(text));
        Assert.True(table.HasLayer(text[2..8]));
        Assert.False(table.HasLayer(text[2..]));
    }

    [Fact]
    public void Refuses_two_of_one_name() =>
        Assert.Contains("two parameters named 'dense1.bias'", Refusal(8, Bias with { Offset = 0 }, Bias));

    [Fact]
    public void Refuses_shared_floats() =>
        Assert.Contains("dense1.bias begins at 5, before the end of the parameter in front of it at 6", Refusal(8, Weight, Bias with { Offset = 5 }));

    [Theory]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Refuses_a_parameter_outside(int offset) =>
        Assert.Contains("but Net has 8 parameters", Refusal(8, Weight, Bias with { Offset = offset }));

    [Fact]
    public void Refuses_a_negative_offset() => Assert.Contains("begins at -1", Refusal(8, Bias with { Offset = -1 }));

    private static string Refusal(int count, params ParameterInfo[] parameters) =>
        Assert.Throws<ArgumentException>(() => new ParameterTable("Net", count, parameters)).Message;
}
