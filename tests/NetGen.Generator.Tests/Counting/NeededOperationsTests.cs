using System.Runtime.Loader;
using NetGen.Benchmarks.Counting;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Counting;

/// <summary>The operations by which the benchmarks tell speed, and by which <see cref="ExecutedOperationsTests"/> tells waste, are those that brute force finds.</summary>
public sealed class NeededOperationsTests
{
    [Theory]
    [InlineData("Input(7, 9, 3), Conv2D(4, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), Conv2D(5, 2, Stride = 2), Flatten, Dense(3)")]
    [InlineData("Input(11, 10, 2), Conv2D(6, 3, Stride = 2, PaddingHeight = 1, PaddingWidth = 1), ReLU, Conv2D(4, 3, Stride = 3), Flatten, Dense(2)")]
    [InlineData("Input(8, 8, 4), Conv2D(8, 3, Groups = 2), DepthwiseConv2D(3, Padding = Padding.Same), AveragePool2D(4), Conv2D(6, 1, Groups = 2), GlobalAveragePool, Dense(2)")]
    [InlineData("Input(13, 12, 2), Conv2D(3, 3, Dilation = 2), ReLU, Conv2D(4, 2, Dilation = 3, Padding = Padding.Same), MaxPool2D(2, Stride = 3), Flatten, Dense(2)")]
    [InlineData("Input(9, 9, 2), Conv2D(2, 5, PaddingHeight = 3, PaddingWidth = 0), MaxPool2D(3, Stride = 2, Padding = Padding.Same), Conv2D(3, 1, Stride = 3), GlobalMaxPool, Dense(2)")]
    [InlineData("Input(15, 2), Conv1D(4, 3, Stride = 2, PaddingLength = 2), ReLU, Conv1D(4, 3, Dilation = 2, Groups = 2, Padding = Padding.Same), Flatten, Dense(2)")]
    [InlineData("Input(9, 9, 3), Conv2D(4, 3), ReLU(Name = \"stem\"), Conv2D(4, 3, Stride = 2), BatchNorm(Name = \"long\"), Conv2D(4, 1, Stride = 3, From = \"stem\"), Add(\"long\"), MaxPool2D(2), Flatten, Dense(3)")]
    [InlineData("Input(9, 9, 3), Conv2D(4, 3), ReLU(Name = \"stem\"), Conv2D(4, 1, Stride = 4, Name = \"short\"), Conv2D(4, 3, Stride = 4, Padding = Padding.Same, From = \"stem\"), Add(\"short\"), Flatten, Dense(3)")]
    [InlineData("Input(7, 7, 2), MaxPool2D(2, Stride = 1, Name = \"stem\"), Conv2D(3, 1, Name = \"a\"), Conv2D(2, 1, From = \"stem\"), ReLU, Conv2D(4, 3, Padding = Padding.Same), Concat(\"a\"), AveragePool2D(4), Flatten, Dense(2)")]
    [InlineData("Input(9, 9, 2), Conv2D(3, 3), BatchNorm, MaxPool2D(2), Flatten, Dense(2)")]
    [InlineData("Input(6, 6, 2), BatchNorm, Conv2D(3, 3, Stride = 2), ReLU, Flatten, Dense(2)")]
    public void Are_those_that_brute_force_finds(string layers)
    {
        string source = $"[Network, {layers}] internal partial class Net;";

        // The class without the generated members: its attributes are enough.
        byte[] image = EmittedNetwork.Compile(TestCompilation.Create(source));
        Type network = EmittedNetwork.Load(image, new AssemblyLoadContext(layers)).GetType("Net", throwOnError: true)!;
        TracedNetwork traced = new(network, training: false);
        NeededOperations needed = new(network);

        // It is the network that the generator means.
        Assert.Equal(Assert.Single(GeneratorRun.Of(source).Models).Layers.Items.Select(layer => layer.Output.Length), traced.Lengths);
        Assert.Equal(traced.Products, needed.Weighted.Select(layer => layer.MultiplyAdds));
        Assert.Equal(traced.Products.Sum(), needed.Prediction);
        Assert.Equal(new TracedNetwork(network, training: true).Training, needed.Training);
    }
}
