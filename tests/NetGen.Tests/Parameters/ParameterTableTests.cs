using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.Parameters;

public sealed class ParameterTableTests
{
    private static readonly ParameterInfo Weight =
        new("dense1.weight", 0, WeightLayout.Dense(3, 2), Initializer.HeNormal, 3, 2);

    private static readonly ParameterInfo Bias = new("dense1.bias", 6, WeightLayout.Vector(2), Initializer.Zeros, 3, 2);

    private static readonly ParameterInfo Frozen =
        new("frozen.weight", 6, WeightLayout.Vector(3), Initializer.Zeros, 3, 2) { Role = ParameterRole.Frozen };

    private static readonly ParameterInfo Statistic =
        new("batchnorm1.running_mean", 9, WeightLayout.Vector(3), Initializer.Zeros, 3, 2) { Role = ParameterRole.Statistic };

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
        Assert.Contains("dense1.bias begins at offset 5, but dense1.weight ends at 6: they overlap.", Refusal(8, Weight, Bias with { Offset = 5 }));

    [Theory]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Refuses_a_parameter_outside(int offset) =>
        Assert.Contains(", but the parameters of Net are 8 floats.", Refusal(8, Weight, Bias with { Offset = offset }));

    [Fact]
    public void Refuses_a_negative_offset() => Assert.Contains("begins at offset -1, but offsets are 0 or more.", Refusal(8, Bias with { Offset = -1 }));

    [Fact]
    public void Trained_parameters_lie_before_all_others()
    {
        Assert.Equal(8, new ParameterTable("Net", 8, Weight, Bias).TrainedCount);
        Assert.Equal(8, new ParameterTable("Net", 8).TrainedCount);
        Assert.Equal(6, new ParameterTable("Net", 8, Bias with { Role = ParameterRole.Frozen }, Weight).TrainedCount);
        Assert.Equal(0, new ParameterTable("Net", 8, Weight with { Role = ParameterRole.Statistic }).TrainedCount);
        Assert.Equal(6, new ParameterTable("Net", 12, Frozen, Statistic, Weight).TrainedCount);

        ParameterTable table = new("Net", 12, Statistic, Weight, Frozen);
        Assert.Equal([ParameterRole.Statistic, ParameterRole.Trained, ParameterRole.Frozen], table.Parameters.Select(parameter => parameter.Role));
    }

    [Fact]
    public void Refuses_roles_that_are_not_in_order()
    {
        Assert.StartsWith(
            "dense1.bias (Trained) comes after dense1.weight (Frozen); trained parameters must come first, then frozen ones, then statistics.",
            Refusal(8, Bias, Weight with { Role = ParameterRole.Frozen }),
            StringComparison.Ordinal);
        Assert.Contains("b (Trained) comes after a (Statistic)", Refusal(12, Frozen with { Name = "a", Role = ParameterRole.Statistic }, Statistic with { Name = "b", Role = ParameterRole.Trained }));
        Assert.Contains("b (Frozen) comes after a (Statistic)", Refusal(12, Frozen with { Name = "a", Role = ParameterRole.Statistic }, Statistic with { Name = "b", Role = ParameterRole.Frozen }));
    }

    [Fact]
    public void Generated_code_describes_parameters_of_every_role()
    {
        Assert.Equal(ParameterRole.Trained, Describe.Parameter("w", "Dense", 0, WeightLayout.Vector(2), Initializer.Zeros, 3, 4).Role);
        ParameterInfo statistic = Describe.Parameter("s", "BatchNorm", 5, WeightLayout.Vector(2), Initializer.GlorotUniform, 3, 4, ParameterRole.Statistic);
        Assert.Equal(
            new ParameterInfo("s", "BatchNorm", 5, WeightLayout.Vector(2), Initializer.GlorotUniform, 3, 4) { Role = ParameterRole.Statistic }, statistic);
    }

    private static string Refusal(int count, params ParameterInfo[] parameters) =>
        Assert.Throws<ArgumentException>(() => new ParameterTable("Net", count, parameters)).Message;
}
