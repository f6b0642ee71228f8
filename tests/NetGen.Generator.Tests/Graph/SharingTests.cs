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
    [InlineData(5, 5, 2, 288, 1_900_000, 5, 1)]
    [InlineData(32, 32, 1, 144, 2_400_000, 8, 4)]
    [InlineData(16, 16, 1, 576, 9_400_000, 4, 4)]
    public void Rows_are_shared_in_parts_of_nearly_equal_size(int height, int width, int pool, int terms, long products, int parts, int size)
    {
        Sharing sharing = Sharing.OfRows(Grid(height, width, pool, terms), products)!;
        Assert.Equal((parts, size, height), (sharing.Parts, sharing.Size, sharing.All));
    }

    /// <summary>Tiles of the whole image take several of its few rows, and are better than tiles of one row.</summary>
    [Theory]
    [InlineData(2, 2, 4608, 9_400_000)]
    [InlineData(3, 3, 2304, 5_300_000)]
    [InlineData(4, 4, 1152, 2_300_000)]
    [InlineData(1, 500, 320, 3_900_000)]
    public void Small_images_are_not_shared(int height, int width, int terms, long products) =>
        Assert.Null(Sharing.OfRows(Grid(height, width, pool: 1, terms), products));

    /// <summary>Convolutions whose rows do not divide into parts that cost little more: a sequence has one row, and the second one has three rows of Winograd's tiles.</summary>
    [Theory]
    [InlineData("Input(1024, 16), Conv1D(64, 5, Stride = 2), ReLU, Flatten, Dense(2)", 2)]
    [InlineData("Input(13, 13, 32), Conv2D(128, 3), ReLU, MaxPool2D(2), Flatten, Dense(2)", 4)]
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

    [Fact]
    public void A_few_samples_share_layers_only_if_nearly_all_work_is_shared()
    {
        Assert.Contains("SharedSamples = 8,\n        SharedParts = 4,", Inference("Input(784), Dense(500), ReLU, Dense(10), Softmax"), StringComparison.Ordinal);
        Assert.DoesNotContain("SharedSamples =", Inference("Input(28, 28, 1), Conv2D(16, 3), ReLU, MaxPool2D(2), Conv2D(32, 3), ReLU, MaxPool2D(2), Flatten, Dense(512), ReLU, Dense(10), Softmax"), StringComparison.Ordinal);
    }

    private static PositionGrid Grid(int height, int width, int pool, int terms) => new(height, width, pool * pool, terms, HeldRows: 1, PartRows: 0, Exact: false);

    private static string Inference(string layers) => GeneratorRun.Of($"using NetGen;\n[Network, {layers}]\npartial class Net;").Sources["Net.Inference.g.cs"];
}
