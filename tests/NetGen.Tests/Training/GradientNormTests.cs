using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Training;

public class GradientNormTests
{
    // A frozen layer, and statistics, have no gradients.
    private static readonly ParameterTable Table = new(
        "Net",
        230 + 6 + 4,
        new ParameterInfo("conv1.weight", 0, WeightLayout.Vector(200), Initializer.Zeros, 1, 1),
        new ParameterInfo("conv1.bias", 200, WeightLayout.Vector(10), Initializer.Zeros, 1, 1),
        new ParameterInfo("frozen.weight", 230, WeightLayout.Vector(6), Initializer.Zeros, 1, 1) { Role = ParameterRole.Frozen },
        new ParameterInfo("norm.weight", 210, WeightLayout.Vector(20), Initializer.Zeros, 1, 1),
        new ParameterInfo("norm.running_mean", 236, WeightLayout.Vector(4), Initializer.Zeros, 1, 1) { Role = ParameterRole.Statistic });

    private static ITrainingPass Pass(float[] gradients) => new TableNetwork(Table).PassOf(gradients);

    [Fact]
    public void EachTrainedLayerHasTheNormOfAllItsParameters()
    {
        float[] gradients = Draw.Normal(230, 1);
        Assert.Equal(["conv1", "norm"], Table.TrainedLayers.ToArray());
        LayerGradientNorm[] norms = Pass(gradients).GradientNorms();
        Assert.Equal(["conv1", "norm"], norms.Select(norm => norm.Layer));
        Assert.Equal(Norm(gradients[..210]), norms[0].Norm, 1e-12);
        Assert.Equal(Norm(gradients[210..]), norms[1].Norm, 1e-12);

        static double Norm(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));
    }

    [Fact]
    public void WhatIsNotFiniteIsSeenInItsLayer()
    {
        float[] gradients = new float[230];
        gradients[205] = float.NaN;
        gradients[229] = float.NegativeInfinity;
        Assert.Equal([double.NaN, double.PositiveInfinity], Pass(gradients).GradientNorms().Select(norm => norm.Norm));
    }

    [Fact]
    public void WithASpanNothingIsAllocated()
    {
        ITrainingPass pass = Pass(Draw.Normal(230, 1));
        var norms = new LayerGradientNorm[2];
        Assert.Equal(0, Allocated.ByThread(() => pass.GradientNorms(norms)));
        Assert.Equal(pass.GradientNorms(), norms);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void TheSpanHasAPlaceForEachLayer(int length)
    {
        var error = Assert.Throws<ArgumentException>(() => Pass(new float[230]).GradientNorms(new LayerGradientNorm[length]));
        Assert.StartsWith($"Net has 2 trained layers, but the destination has {length} places.", error.Message, StringComparison.Ordinal);
    }
}
