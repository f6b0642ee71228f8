using System.Text.RegularExpressions;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>Which networks fetch the weights of a panel while they compute the one before it: those with a layer whose weights do not stay in the L2 cache.</summary>
public sealed partial class ReadAheadTests
{
    // 784 × 1024 weights are 3 MB.
    private const string Large = "Input(784), Dense(1024), ReLU, Dense(300), ReLU, Dense(10), Softmax";

    // 784 × 320 weights are a little less than 1 MB.
    private const string Small = "Input(784), Dense(320), ReLU, Dense(300), ReLU, Dense(10), Softmax";

    [Theory]
    [InlineData(Large, 128)]
    [InlineData(Small, 64)]
    [InlineData("Input(819), Dense(320), ReLU, Dense(10), Softmax", 64)]
    [InlineData("Input(820), Dense(320), ReLU, Dense(10), Softmax", 128)]
    public void Large_weights_are_read_once_for_more_samples(string layers, int chunk) =>
        Assert.Contains(FormattableString.Invariant($"internal const int Chunk = {chunk};"), Sources(layers)["Net.Inference.g.cs"], StringComparison.Ordinal);

    /// <summary>Forward, the next panel follows the one that is computed; 64 cache lines are 1024 floats.</summary>
    [Theory]
    [InlineData("Vector128")]
    [InlineData("Vector256")]
    [InlineData("Vector512")]
    public void The_next_panel_of_weights_is_prefetched(string width)
    {
        string code = Kernels(Large, width);
        Assert.Contains("ref float next = ref Unsafe.Add(ref weights, 25088);", code, StringComparison.Ordinal);
        Assert.Contains("ref next, 1024, samples);", code, StringComparison.Ordinal);
    }

    /// <summary>The gradient with respect to the inputs reads a block of 32 × 32 weights, 64 cache lines, from each panel; blocks of 784 rows lie 32 · 784 floats apart.</summary>
    [Theory]
    [InlineData("Vector128")]
    [InlineData("Vector256")]
    [InlineData("Vector512")]
    public void The_next_panel_of_the_transpose_is_prefetched(string width)
    {
        string code = Kernels("Input(784), Dense(784), ReLU, Dense(784), ReLU, Dense(10), Softmax", width);
        Assert.Contains("ref float next = ref Unsafe.Add(ref w, 1024 * (panel + 1));", code, StringComparison.Ordinal);
        Assert.Contains("ref next, 25088, samples);", code, StringComparison.Ordinal);
    }

    /// <summary>Two tiles in a row prefetch a panel: each row of a tile one cache line, of two that the row of a panel has.</summary>
    [Fact]
    public void Tiles_of_six_samples_and_more_prefetch_a_half_in_turn()
    {
        string code = Kernels(Large, "Vector512");
        Assert.Contains("nint half = (tiles & 1) * (rows >> 6) * nextStride;", code, StringComparison.Ordinal);
        string[] tiles = [.. TileMethod().Split(code).Skip(1)];
        Assert.True(tiles.Length >= 10, $"There are only {tiles.Length} tiles.");
        for (int i = 0; i < 10; i++)
        {
            int samples = i + 2;
            Assert.True(
                tiles[i].Contains("Simd.Prefetch(ref next, half + (k >> 6) * nextStride + 16 * (k & 63));", StringComparison.Ordinal) == samples >= 6,
                $"The tile of {samples} samples");
        }
    }

    [Theory]
    [InlineData("Vector128")]
    [InlineData("Vector256")]
    [InlineData("Vector512")]
    public void Small_weights_are_not(string width) => Assert.DoesNotContain("ref next", Kernels(Small, width), StringComparison.Ordinal);

    // Long statements take several lines.
    private static string Kernels(string layers, string width) => Space().Replace(Sources(layers)[$"Net.Kernels.{width}.g.cs"], " ");

    private static IReadOnlyDictionary<string, string> Sources(string layers) => GeneratorRun.Of($"using NetGen;\n[Network, {layers}]\npartial class Net;").Sources;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"public static void DenseTile\d+Columns32\(")]
    private static partial Regex TileMethod();
}
