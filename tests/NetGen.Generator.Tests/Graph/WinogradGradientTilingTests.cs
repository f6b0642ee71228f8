using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Model;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>Which weight gradients use Winograd's transforms, and in which blocks.</summary>
public sealed class WinogradGradientTilingTests
{
    private const string Suffix = "WeightGradientSums";

    /// <summary>Written down, so that a change of the model's constants shows what it changes: the rows of a tile at 512, 256 and 128 bits; 0 where the sums are direct.</summary>
    [Theory]
    [InlineData("Input(32, 32, 32), Conv2D(32, 3, Padding = Padding.Same)", 4, 4, 4)]
    [InlineData("Input(16, 16, 64), Conv2D(64, 3, Padding = Padding.Same), ReLU, MaxPool2D(2)", 4, 4, 4)]
    [InlineData("Input(8, 8, 128), Conv2D(128, 3, Padding = Padding.Same)", 4, 4, 4)]
    [InlineData("Input(13, 13, 32), Conv2D(64, 3), MaxPool2D(2)", 2, 4, 4)]
    [InlineData("Input(12, 12, 32), Conv2D(64, 3), Tanh", 2, 4, 4)]
    [InlineData("Input(32, 32, 3), Conv2D(32, 3, Padding = Padding.Same)", 0, 0, 0)]
    [InlineData("Input(28, 28, 1), Conv2D(32, 3)", 0, 0, 0)]
    [InlineData("Input(32, 32, 32), Conv2D(4, 3, Padding = Padding.Same)", 0, 0, 4)]
    [InlineData("Input(2, 2, 64), Conv2D(64, 3, Padding = Padding.Same)", 0, 0, 2)]
    [InlineData("Input(16, 16, 256), Conv2D(256, 3, Padding = Padding.Same)", 2, 2, 2)]
    public void The_cost_model_chooses(string layers, int at512, int at256, int at128) => Assert.Equal([at512, at256, at128], Sizes(First(Model(layers))));

    [Theory]
    [InlineData("Conv2D(32, 3, Stride = 2)")]
    [InlineData("Conv2D(32, 3, Dilation = 2)")]
    [InlineData("Conv2D(32, 3, Groups = 2)")]
    [InlineData("DepthwiseConv2D(3)")]
    [InlineData("Conv2D(32, 7)")]
    [InlineData("Conv2D(32, 1)")]
    public void Others_are_computed_directly(string layer)
    {
        ConvolutionOperation operation = First(Model("Input(32, 32, 32), " + layer));
        Assert.Equal(WinogradMode.Never, operation.WinogradGradient.Mode);
        Assert.Equal([0, 0, 0], Sizes(operation));
        Assert.DoesNotContain(operation.Buffers, buffer => buffer.Suffix == Suffix);
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("Winograd = WinogradUse.Off", "", false)]
    [InlineData("Winograd = WinogradUse.Inference", "", true)]
    [InlineData("Winograd = WinogradUse.Training", "", true)]
    [InlineData("", ", Trainable = false", false)]
    public void The_declaration_says_where(string settings, string options, bool used)
    {
        ConvolutionOperation operation = First(Model($"Input(16, 16, 32), Conv2D(32, 3, Padding = Padding.Same{options}), ReLU, Conv2D(32, 3)", settings));
        Assert.Equal(used, operation.Buffers.Any(buffer => buffer.Suffix == Suffix));
    }

    /// <summary>The samples of a block in the networks whose gradients are compared with a reference: one of 8 samples, one of 4, and several blocks in a sample.</summary>
    [Theory]
    [InlineData("Input(5, 6, 16), Conv2D(33, 3, Padding = Padding.Same)", 4, 8, 4)]
    [InlineData("Input(10, 10, 64), Conv2D(64, 3, Padding = Padding.Same)", 4, 4, 9)]
    [InlineData("Input(26, 26, 3), Conv2D(8, 3, Padding = Padding.Same)", 2, 1, 0)]
    public void Tested_networks_have_blocks_of_all_kinds(string layers, int size, int samples, int tiles)
    {
        WinogradGradientShape shape = First(Model(layers)).WinogradGradient with { Mode = size == 4 ? WinogradMode.LargeTiles : WinogradMode.SmallTiles };
        foreach (VectorWidth vectors in VectorWidth.All)
        {
            WinogradGradientTile tile = WinogradGradientTiling.Choose(shape, vectors)!;
            Assert.Equal(samples, tile.Samples);
            if (tiles > 0)
                Assert.Equal(samples * tiles, tile.Block);
            else
                Assert.NotEqual(0, shape.Tiles(size) % tile.Block);
        }
    }

    /// <summary>The sums of a shard stay until its last sample, so no other buffer of backward may use their memory, but those of other phases may.</summary>
    [Fact]
    public void The_sums_of_a_shard_share_memory_only_with_other_phases()
    {
        NetworkGraph graph = NetworkGraph.Of(
            Model("Input(16, 16, 32), Conv2D(32, 3, Padding = Padding.Same), ReLU, Conv2D(32, 3, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(32, 3, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(32, 3, Padding = Padding.Same)"),
            training: true);
        TrainingMemory memory = new(graph);
        ConvolutionOperation[] convolutions = [.. graph.Operations.OfType<ConvolutionOperation>()];
        (int Begin, int End)[] sums = [.. convolutions.Select(Sums)];
        Assert.False(Overlap(sums[0], sums[1]));
        Assert.True(Overlap(sums[1], sums[2]) || Overlap(sums[0], sums[2]));

        // What the reduction's waiting steps write, they write in the loop of the phase before.
        foreach ((int reduction, int[] phase) in new[] { (0, new[] { 0, 1 }), (1, [2]) })
        {
            Operation norm = graph.Operations.OfType<BatchNormOperation>().ElementAt(reduction);
            Tensor written = norm.Source.Tensor;
            Assert.True(memory.HasGradient(written));
            if (memory.IsGradientInActivations(written))
                continue;
            int begin = memory.GradientOffsetOf(written);
            Assert.All(phase, p => Assert.False(Overlap(sums[p], (begin, begin + written.Shape.Length))));
        }

        (int Begin, int End) Sums(ConvolutionOperation operation)
        {
            TrainingBuffer buffer = operation.Buffers.Single(buffer => buffer.Suffix == Suffix);
            return (memory.OffsetOf(buffer), memory.OffsetOf(buffer) + buffer.Layout.Length);
        }

        static bool Overlap((int Begin, int End) one, (int Begin, int End) other) => one.Begin < other.End && other.Begin < one.End;
    }

    /// <summary>The sums of a shard stay until its last sample, so no other buffer of backward may use their memory.</summary>
    [Fact]
    public void The_sums_of_a_shard_share_no_memory_in_backward()
    {
        NetworkGraph graph = NetworkGraph.Of(Model("Input(16, 16, 32), Conv2D(32, 3, Padding = Padding.Same), ReLU, Conv2D(32, 3), ReLU, Conv2D(32, 3), Flatten, Dense(16)"), training: true);
        TrainingMemory memory = new(graph);
        (int Begin, int End, bool IsOfShard)[] buffers =
        [
            .. from operation in graph.Operations
               from buffer in operation.Buffers
               where buffer.InBackward
               let begin = memory.OffsetOf(buffer)
               select (begin, begin + buffer.Layout.Length, buffer.IsOfShard),
            .. from tensor in graph.Tensors
               where memory.HasGradient(tensor) && !memory.IsGradientInActivations(tensor)
               let begin = memory.GradientOffsetOf(tensor)
               select (begin, begin + tensor.Shape.Length, false),
        ];
        Assert.InRange(buffers.Count(buffer => buffer.IsOfShard), 3, 6);
        foreach ((int begin, int end, _) in buffers.Where(buffer => buffer.IsOfShard))
            Assert.Single(buffers, other => other.Begin < end && begin < other.End);
    }

    /// <summary>A block of several samples divides a shard of the usual size; one of a part of a sample has no more tiles than the sample.</summary>
    [Theory]
    [InlineData(4, 4, 64, 64)]
    [InlineData(8, 8, 128, 128)]
    [InlineData(16, 16, 64, 64)]
    [InlineData(32, 32, 32, 32)]
    [InlineData(9, 13, 24, 40)]
    [InlineData(64, 64, 128, 128)]
    public void Blocks_are_whole_samples_or_parts_of_one(int height, int width, int channels, int filters)
    {
        WinogradGradientShape shape = new(height, width, channels, filters, 3, WinogradMode.LargeTiles);
        foreach (VectorWidth vectors in VectorWidth.All)
        {
            WinogradGradientTile tile = WinogradGradientTiling.Choose(shape, vectors)!;
            if (tile.Samples > 1)
                Assert.Equal((0, tile.Samples * shape.Tiles(4)), (8 % tile.Samples, tile.Block));
            else
                Assert.InRange(tile.Block, 1, shape.Tiles(4));
        }
    }

    private static int[] Sizes(ConvolutionOperation operation) =>
        [.. VectorWidth.All.Select(width => WinogradGradientTiling.Choose(operation.WinogradGradient, width)?.Outputs ?? 0)];

    private static ConvolutionOperation First(NetworkModel model) => NetworkGraph.Of(model, training: true).Operations.OfType<ConvolutionOperation>().First();

    private static NetworkModel Model(string layers, string settings = "") =>
        GeneratorRun.Of($"using NetGen;\n[Network({settings}), {layers}, Flatten, Dense(2)]\npartial class Net;").Models.Single();
}
