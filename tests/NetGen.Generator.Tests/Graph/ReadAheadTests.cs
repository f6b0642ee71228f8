using System.Text.RegularExpressions;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>Which networks fetch the next panel of weights while they compute one, and the weights that are updated with a gradient: those with a layer whose weights do not stay in the L2 cache, 1 MB and more.</summary>
public sealed partial class ReadAheadTests
{
    private const string Large = "Input(784), Dense(1024), ReLU, Dense(300), ReLU, Dense(10), Softmax";
    private const string Small = "Input(784), Dense(320), ReLU, Dense(300), ReLU, Dense(10), Softmax";

    /// <summary>819 × 320 weights are less than 1 MB, 820 × 320 more. The inputs of 128 samples would take the larger part of an L2 cache if each had more than 1024.</summary>
    [Theory]
    [InlineData(Large, 128)]
    [InlineData(Small, 64)]
    [InlineData("Input(819), Dense(320), ReLU, Dense(10), Softmax", 64)]
    [InlineData("Input(820), Dense(320), ReLU, Dense(10), Softmax", 128)]
    [InlineData("Input(1024), Dense(320), ReLU, Dense(10), Softmax", 128)]
    [InlineData("Input(1025), Dense(320), ReLU, Dense(10), Softmax", 64)]
    [InlineData("Input(784), Dense(1025), ReLU, Dense(320), ReLU, Dense(10), Softmax", 64)]
    public void Large_weights_are_read_once_for_more_samples(string layers, int chunk) =>
        Assert.Contains(FormattableString.Invariant($"internal const int Chunk = {chunk};"), Sources(layers)["Net.Inference.g.cs"], StringComparison.Ordinal);

    /// <summary>Forward, the next panel follows the one that is computed; its cache lines lie together. The last panel of 300 units has 12.</summary>
    [Fact]
    public void The_next_panel_of_weights_is_prefetched()
    {
        string code = Kernels(Large, "Vector512");
        Assert.Contains("ref float next = ref Unsafe.Add(ref weights, 25088);", code, StringComparison.Ordinal);
        Assert.Contains("ref float next = ref Unsafe.Add(ref weights, 12288);", code, StringComparison.Ordinal);
        Assert.Contains("ref next, 1024, samples);", code, StringComparison.Ordinal);
    }

    /// <summary>
    /// The gradient with respect to 800 inputs reads a block of 32 × 32 weights, 64 cache lines, from each panel of the 600 units; the blocks lie 32 · 800 floats apart.
    /// </summary>
    [Fact]
    public void The_next_panel_of_the_transpose_is_prefetched()
    {
        string code = Kernels("Input(784), Dense(800), ReLU, Dense(600), ReLU, Dense(10), Softmax", "Vector512");
        Assert.Contains("ref float next = ref Unsafe.Add(ref w, 1024 * (panel + 1));", code, StringComparison.Ordinal);
        Assert.Contains("ref next, 25600, samples);", code, StringComparison.Ordinal);
        Assert.DoesNotContain("ref next, 19200, samples);", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_of_few_panels_prefetch_too() =>
        Assert.Contains("ref float next = ref Unsafe.Add(ref weights, 294912);", Kernels("Input(9216), Dense(96), ReLU, Dense(10), Softmax", "Vector512"), StringComparison.Ordinal);

    /// <summary>Two tiles in a row prefetch a panel: each row of a tile one cache line, of two that the row of a panel has. A single tile prefetches nothing.</summary>
    [Fact]
    public void Tiles_of_six_samples_and_more_prefetch_a_half_in_turn()
    {
        Dictionary<string, string> methods = Methods(Kernels(Large, "Vector512"));
        Assert.Contains("nint end = tiles == 1 ? 0 : 2 * rows;", methods["DenseColumns32"], StringComparison.Ordinal);
        Assert.Contains("nint line = (tiles & 1) == 0 ? rows : 0;", methods["DenseColumns32"], StringComparison.Ordinal);
        for (int samples = 2; samples <= 11; samples++)
        {
            string tile = methods[FormattableString.Invariant($"DenseTile{samples}Columns32")];
            Assert.Equal(samples >= 6, tile.Contains("if (line < end) { Simd.Prefetch(ref next, line / 64 * nextStride + 16 * (line % 64)); } line++;", StringComparison.Ordinal));
            Assert.Equal(samples >= 6, tile.Contains("nint line, nint end)", StringComparison.Ordinal));
        }
    }

    /// <summary>
    /// While the gradient of large weights is computed, a tile of 8 × 32 of them prefetches these weights and their state: 16 cache lines each, one with each sample. The first layer
    /// has 24 whole panels of rows and half of one; the last panel of columns of the second one, with 12, prefetches nothing.
    /// </summary>
    [Fact]
    public void The_weights_that_are_updated_next_are_prefetched()
    {
        Dictionary<string, string> methods = Methods(Kernels(Large, "Vector512"));
        const string prefetches = "nint line = block + 32 * row + 16 * Math.Min(sample, 15); "
            + "Simd.Prefetch(ref updated, line); Simd.Prefetch(ref state, line); Simd.Prefetch(ref secondState, line);";
        Assert.Contains(prefetches, methods["Dense1WeightGradient"], StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(methods["Dense1WeightGradient"], @"Prefetch\(ref updated"));
        Assert.Equal(1, Regex.Count(methods["Dense2WeightGradient"], @"Prefetch\(ref updated"));
        Assert.DoesNotContain("Prefetch(ref updated", Kernels(Small, "Vector512"), StringComparison.Ordinal);
        Assert.DoesNotContain("Prefetch(ref updated", Kernels(Large, "Vector256"), StringComparison.Ordinal);
        Assert.DoesNotContain("Prefetch(ref updated", Kernels(Large, "Vector128"), StringComparison.Ordinal);
    }

    /// <summary>A row of a tile of narrower vectors takes too little time for it.</summary>
    [Theory]
    [InlineData("Vector128")]
    [InlineData("Vector256")]
    public void Narrower_vectors_do_not_prefetch_it(string width) => Assert.DoesNotContain("next", Body(Kernels(Large, width)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Vector128")]
    [InlineData("Vector256")]
    [InlineData("Vector512")]
    public void Small_weights_are_not_prefetched(string width) => Assert.DoesNotContain("next", Body(Kernels(Small, width)), StringComparison.Ordinal);

    // The head of a file says: "Changes here are lost at the next build."
    private static string Body(string code) => code[code.IndexOf("namespace", StringComparison.Ordinal)..];

    // Long statements take several lines.
    private static string Kernels(string layers, string width) => Space().Replace(Sources(layers)[$"Net.Kernels.{width}.g.cs"], " ");

    private static Dictionary<string, string> Methods(string code) =>
        code.Split("public static void ").Skip(1).ToDictionary(method => method[..method.IndexOf('(', StringComparison.Ordinal)], StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, string> Sources(string layers) => GeneratorRun.Of($"using NetGen;\n[Network, {layers}]\npartial class Net;").Sources;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
