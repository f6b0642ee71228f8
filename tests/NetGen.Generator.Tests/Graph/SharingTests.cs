using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>Which layers threads share where there are few samples, and in which parts.</summary>
public sealed class SharingTests
{
    [Theory]
    [InlineData(1000, 8)]
    [InlineData(500, 4)]
    [InlineData(383, 3)]
    [InlineData(129, 2)]
    public void Panels_are_shared_in_parts_of_four(int columns, int parts)
    {
        Sharing sharing = Sharing.OfPanels(columns, weights: 1 << 18)!;
        Assert.Equal((parts, 4), (sharing.Parts, sharing.Size));
        Assert.InRange(sharing.All, (4 * (parts - 1)) + 1, 4 * parts);
    }

    [Fact]
    public void Few_weights_are_not_shared() => Assert.Null(Sharing.OfPanels(1000, weights: (1 << 18) - 1));

    [Theory]
    [InlineData("Input(12, 12, 32), Conv2D(48, 3), ReLU, MaxPool2D(2)", 5, 1)]
    [InlineData("Input(32, 32, 16), Conv2D(16, 3, Padding = Padding.Same)", 8, 4)]
    [InlineData("Input(16, 16, 64), Conv2D(64, 3, Padding = Padding.Same)", 4, 4)]
    [InlineData("Input(28, 28, 1), Conv2D(32, 3), ReLU, MaxPool2D(2)", 13, 1)]
    public void Rows_are_shared_in_parts_of_nearly_equal_size(string layers, int parts, int size)
    {
        ConvolutionOperation operation = First(layers);
        Sharing sharing = operation.Sharing!;
        Assert.Equal((parts, size, operation.Output.Shape.Height, false), (sharing.Parts, sharing.Size, sharing.All, sharing.SharesPanels));
    }

    /// <summary>Tiles of the whole image take several of its few rows, and are better than tiles of one row; a group of filters does not fill panels.</summary>
    [Theory]
    [InlineData("Input(2, 2, 512), Conv2D(50, 3, Padding = Padding.Same)")]
    [InlineData("Input(3, 3, 256), Conv2D(48, 3, Padding = Padding.Same)")]
    [InlineData("Input(4, 4, 128), Conv2D(40, 3, Padding = Padding.Same)")]
    [InlineData("Input(500, 64), Conv1D(24, 5, Padding = Padding.Same)")]
    [InlineData("Input(500, 128), Conv1D(128, 5, Groups = 2)")]
    public void Other_images_are_not_shared(string layers) => Assert.Null(First(layers).Sharing);

    /// <summary>96 filters are three groups of two vectors, or six of one: the tiles of both are compared as the kernel uses them.</summary>
    [Fact]
    public void What_parts_cost_is_compared_in_the_tiles_of_the_kernel()
    {
        ConvolutionShape shape = First("Input(5, 5, 64), Conv2D(96, 3, Padding = Padding.Same)").ForwardShape(keepsArgmax: false);
        Assert.False(ConvolutionTiling.PartsCostLittleMore(shape, 1, VectorWidth.All[0]));
        Assert.True(ConvolutionTiling.PartsCostLittleMore(shape, 5, VectorWidth.All[0]));
    }

    /// <summary>Convolutions whose rows do not divide into parts that cost little more: a sequence has one row, and the second one has three rows of Winograd's tiles.</summary>
    [Theory]
    [InlineData("Input(1024, 16), Conv1D(64, 5, Stride = 2), ReLU, Flatten, Dense(2)", 2)]
    [InlineData("Input(13, 13, 32), Conv2D(128, 3), ReLU, MaxPool2D(2), Flatten, Dense(2)", 4)]
    [InlineData("Input(2000, 1), Conv1D(96, 3), ReLU, Flatten, Dense(2)", 3)]
    public void Filters_are_shared_by_panels_where_rows_are_not(string layers, int parts)
    {
        string code = Inference(layers);
        Assert.Contains(FormattableString.Invariant($"ShareLayer(0, {parts}, input);"), code, StringComparison.Ordinal);
        Assert.Contains("1 panel a part", code, StringComparison.Ordinal);
    }

    /// <summary>Filters that do not fill whole panels would need other code in the last part; few products are not worth a rendezvous of the threads.</summary>
    [Theory]
    [InlineData(48, 1_000_000)]
    [InlineData(32, 1_000_000)]
    [InlineData(65, 1_000_000)]
    [InlineData(64, 149_999)]
    public void Other_filters_are_not_shared(int filters, long products) => Assert.Null(Sharing.OfFilters(filters, products));

    [Theory]
    [InlineData(64, 2, 1)]
    [InlineData(256, 8, 1)]
    [InlineData(288, 5, 2)]
    [InlineData(1024, 8, 4)]
    public void Filters_are_shared_in_at_most_eight_parts(int filters, int parts, int size)
    {
        Sharing sharing = Sharing.OfFilters(filters, products: 150_000)!;
        Assert.Equal((parts, size, filters / 32, true), (sharing.Parts, sharing.Size, sharing.All, sharing.SharesPanels));
    }

    [Fact]
    public void A_few_samples_share_layers_only_if_nearly_all_work_is_shared()
    {
        Assert.Contains("SharedSamples = 8,\n        SharedParts = 4,", Inference("Input(784), Dense(500), ReLU, Dense(10), Softmax"), StringComparison.Ordinal);
        Assert.DoesNotContain("SharedSamples =", Inference("Input(28, 28, 1), Conv2D(16, 3), ReLU, MaxPool2D(2), Conv2D(32, 3), ReLU, MaxPool2D(2), Flatten, Dense(512), ReLU, Dense(10), Softmax"), StringComparison.Ordinal);
    }

    /// <summary>A convolution that is a small part of the work is not shared where the dense layers share a few samples: its kernel takes one sample.</summary>
    [Fact]
    public void Beside_large_dense_layers_small_convolutions_are_not_shared()
    {
        string code = Inference("Input(28, 28, 1), Conv2D(32, 3), ReLU, MaxPool2D(2), Flatten, Dense(1024), ReLU, Dense(10), Softmax");
        Assert.Contains("SharedSamples = 8,\n        SharedParts = 8,", code, StringComparison.Ordinal);
        Assert.Contains("ShareLayer(0, 8, input); // dense1", code, StringComparison.Ordinal);
        Assert.DoesNotContain("ShareLayer(1", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Input(32, 32, 32), Conv2D(64, 3, Padding = Padding.Same), Flatten, Dense(2)", true)]
    [InlineData("Input(28, 28, 1), Conv2D(32, 3), ReLU, MaxPool2D(2), Flatten, Dense(2)", false)]
    [InlineData("Input(784), Dense(1024), ReLU, Dense(1024), ReLU, Dense(1024), ReLU, Dense(10)", true)]
    [InlineData("Input(784), Dense(2048), ReLU, Dense(10)", false)]
    [InlineData("Input(784), Dense(400), ReLU, Dense(10)", false)]
    public void One_sample_of_much_work_wakes_threads(string layers, bool wakes)
    {
        string code = Inference(layers);
        Assert.Contains("SharesLayers = true,", code, StringComparison.Ordinal);
        Assert.Equal(!wakes, code.Contains("WakesThreads = false,", StringComparison.Ordinal));
    }

    /// <summary>The first convolution of a network, computed with direct sums.</summary>
    private static ConvolutionOperation First(string layers) =>
        NetworkGraph.Of(GeneratorRun.Of($"using NetGen;\n[Network(Winograd = WinogradUse.Off), {layers}, Flatten, Dense(2)]\npartial class Net;").Models.Single(), training: false).Operations.OfType<ConvolutionOperation>().First();

    private static string Inference(string layers) => GeneratorRun.Of($"using NetGen;\n[Network, {layers}]\npartial class Net;").Sources["Net.Inference.g.cs"];
}
