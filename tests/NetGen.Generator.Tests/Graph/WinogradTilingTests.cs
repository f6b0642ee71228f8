using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Model;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>Which convolutions use Winograd's transforms, and in which tiles.</summary>
public sealed class WinogradTilingTests
{
    /// <summary>Written down, so that a change of the model's constants shows what it changes: the rows of a tile at 512, 256 and 128 bits; 0 where the sums are direct.</summary>
    [Theory]
    [InlineData("Input(32, 32, 32), Conv2D(32, 3, Padding = Padding.Same)", 4, 4, 4)]
    [InlineData("Input(16, 16, 64), Conv2D(64, 3, Padding = Padding.Same), ReLU, MaxPool2D(2)", 4, 4, 4)]
    [InlineData("Input(13, 13, 32), Conv2D(64, 3), MaxPool2D(2)", 4, 4, 4)]
    [InlineData("Input(32, 32, 3), Conv2D(32, 3, Padding = Padding.Same)", 0, 0, 0)]
    [InlineData("Input(28, 28, 1), Conv2D(32, 3)", 0, 0, 0)]
    [InlineData("Input(32, 32, 32), Conv2D(4, 3, Padding = Padding.Same)", 0, 0, 4)]
    [InlineData("Input(6, 6, 64), Conv2D(64, 3, Padding = Padding.Same)", 2, 2, 2)]
    [InlineData("Input(10, 10, 32), Conv2D(32, 3, Padding = Padding.Same)", 4, 4, 4)]
    [InlineData("Input(2, 2, 128), Conv2D(64, 3, Padding = Padding.Same)", 0, 0, 0)]
    [InlineData("Input(16, 16, 128), Conv2D(128, 3, Padding = Padding.Same)", 4, 4, 4)]
    [InlineData("Input(16, 16, 512), Conv2D(512, 3, Padding = Padding.Same)", 0, 0, 0)]
    [InlineData("Input(14, 14, 6), Conv2D(16, 5), ReLU, MaxPool2D(2)", 2, 2, 2)]
    [InlineData("Input(28, 28, 8), Conv2D(16, 5, Padding = Padding.Same)", 2, 2, 2)]
    [InlineData("Input(14, 14, 16), Conv2D(32, 5, Padding = Padding.Same)", 2, 2, 2)]
    [InlineData("Input(14, 14, 3), Conv2D(16, 5)", 0, 0, 0)]
    [InlineData("Input(14, 14, 320), Conv2D(320, 5)", 0, 0, 0)]
    [InlineData("Input(28, 28, 4), Conv2D(16, 3, Padding = Padding.Same)", 4, 4, 4)]
    [InlineData("Input(28, 28, 8), Conv2D(8, 3, Padding = Padding.Same)", 4, 4, 4)]
    public void The_cost_model_chooses(string layers, int at512, int at256, int at128) =>
        Assert.Equal([at512, at256, at128], Sizes(First(Model(layers), training: false).ForwardShape(keepsArgmax: false)));

    [Theory]
    [InlineData("Conv2D(32, 3, Stride = 2)")]
    [InlineData("Conv2D(32, 3, Dilation = 2)")]
    [InlineData("Conv2D(32, 3, Groups = 2)")]
    [InlineData("DepthwiseConv2D(3)")]
    [InlineData("Conv2D(32, 7)")]
    [InlineData("Conv2D(32, 1)")]
    [InlineData("Conv2D(32, 3), MaxPool2D(3)")]
    [InlineData("Conv2D(32, 5), MaxPool2D(3)")]
    public void Others_are_computed_directly(string layer)
    {
        ConvolutionShape shape = First(Model("Input(32, 32, 32), " + layer), training: false).ForwardShape(keepsArgmax: false);
        Assert.Equal([0, 0, 0], Sizes(shape));
        Assert.Equal([0, 0, 0], Sizes(shape with { Winograd = WinogradMode.LargeTiles }));
    }

    [Theory]
    [InlineData("", true, false, true)]
    [InlineData("Winograd = WinogradUse.Off", false, false, false)]
    [InlineData("Winograd = WinogradUse.Inference", true, false, true)]
    [InlineData("Winograd = WinogradUse.Training", true, true, true)]
    public void The_declaration_says_where(string settings, bool inPredictions, bool inForward, bool inBackward)
    {
        NetworkModel model = Model("Input(16, 16, 32), Conv2D(32, 3, Padding = Padding.Same), ReLU, Conv2D(32, 3, Padding = Padding.Same)", settings);
        Assert.Equal(inPredictions, First(model, training: false).ForwardWorkspace > 0);
        Assert.Equal(inForward, First(model, training: true).ForwardWorkspace > 0);
        Assert.Equal(inBackward, First(model, training: true).Buffers.Any(buffer => buffer.Name == "Conv1Workspace"));
        Assert.Equal(inForward, First(model, training: true).ForwardWeights.Count > 0);
    }

    /// <summary>A part of the rows that a thread takes has whole tiles, so that every tile is computed once.</summary>
    [Theory]
    [InlineData("Input(32, 32, 32), Conv2D(32, 3, Padding = Padding.Same)")]
    [InlineData("Input(30, 30, 32), Conv2D(64, 3), ReLU, MaxPool2D(2)")]
    [InlineData("Input(16, 16, 32), Conv2D(32, 3, Padding = Padding.Same)")]
    public void Threads_share_whole_rows_of_tiles(string layers)
    {
        ConvolutionOperation operation = First(Model(layers), training: false);
        int rows = WinogradTiling.UsedSizes(operation.ForwardShape(keepsArgmax: false))[0].Outputs / operation.Epilogue.Pool;
        Assert.InRange(rows, 2, 4);
        Assert.NotNull(operation.Sharing);
        Assert.Equal(0, operation.Sharing.Size % rows);
    }

    /// <summary>The tiles of a part may not fill a block, and every part reads all weights: then threads do not share the rows.</summary>
    [Theory]
    [InlineData("Input(12, 12, 96), Conv2D(96, 3, Padding = Padding.Same)", false)]
    [InlineData("Input(13, 13, 32), Conv2D(64, 3), MaxPool2D(2)", false)]
    [InlineData("Input(16, 16, 32), Conv2D(32, 3, Padding = Padding.Same)", true)]
    [InlineData("Input(24, 24, 16), Conv2D(32, 3, Padding = Padding.Same)", true)]
    [InlineData("Input(64, 64, 64), Conv2D(64, 3, Padding = Padding.Same)", true)]
    public void Threads_share_rows_where_parts_cost_little_more(string layers, bool shared) =>
        Assert.Equal(shared, First(Model(layers), training: false).Sharing is { SharesPanels: false });

    /// <summary>A block of few channels is tiles of one row, and stays in the L1 cache; others take any tiles.</summary>
    [Theory]
    [InlineData("Input(14, 14, 6), Conv2D(16, 5)", true)]
    [InlineData("Input(20, 28, 8), Conv2D(16, 3, Padding = Padding.Same)", true)]
    [InlineData("Input(28, 28, 9), Conv2D(16, 3, Padding = Padding.Same)", false)]
    [InlineData("Input(14, 14, 16), Conv2D(32, 5, Padding = Padding.Same)", false)]
    public void Few_channels_take_blocks_in_one_row(string layers, bool inRow)
    {
        ConvolutionShape shape = First(Model(layers), training: false).ForwardShape(keepsArgmax: false);
        foreach (VectorWidth width in VectorWidth.All)
        {
            WinogradTile tile = WinogradTiling.Choose(shape, width)!;
            Assert.Equal(inRow, tile.InRow);
            if (inRow)
                Assert.InRange(tile.WorkspaceLength(shape.Channels, shape.Columns), 1, 10_240);
        }
    }

    /// <summary>A block in one row has no room for many filters: each of its few tiles would read all weights.</summary>
    [Theory]
    [InlineData("Input(28, 28, 8), Conv2D(128, 3, Padding = Padding.Same)")]
    [InlineData("Input(28, 28, 8), Conv2D(128, 5, Padding = Padding.Same)")]
    public void Few_channels_and_many_filters_take_other_blocks(string layers)
    {
        ConvolutionShape shape = First(Model(layers), training: false).ForwardShape(keepsArgmax: false);
        WinogradTile tile = WinogradTiling.Choose(shape, VectorWidth.All[0])!;
        Assert.False(tile.InRow);
        Assert.InRange(tile.Block, 5, 32);
    }

    /// <summary>Weights are prepared, memory is allotted and rows are divided by what the choice is for one of these; it must be the same for all. Where the transforms are chosen, they are what is computed.</summary>
    [Fact]
    public void What_is_kept_and_shared_does_not_change_the_choice()
    {
        int chosen = 0, shared = 0;
        foreach ((int height, int width) in new[] { (6, 8), (8, 6), (14, 8), (16, 6), (32, 6), (48, 40) })
        foreach (int channels in new[] { 4, 5, 6, 8 })
        foreach (int filters in new[] { 6, 7, 11, 13, 15 })
        foreach (int filter in new[] { 3, 5 })
        {
            ConvolutionOperation operation = First(Model($"Input({height}, {width}, {channels}), Conv2D({filters}, {filter}, Padding = Padding.Same), MaxPool2D(2)"), training: false);
            ConvolutionShape plain = operation.ForwardShape(keepsArgmax: false);
            foreach (VectorWidth vectors in VectorWidth.All)
            {
                WinogradSize? size = WinogradTiling.Choose(plain, vectors)?.Size;
                ConvolutionAlgorithm algorithm = ConvolutionTiling.Choose(plain, vectors);
                Assert.Equal(size is not null, algorithm == ConvolutionAlgorithm.Winograd);
                foreach (ConvolutionShape other in new[] { plain with { KeepsArgmax = true }, plain with { Sharing = operation.Sharing } })
                {
                    Assert.Equal(size, WinogradTiling.Choose(other, vectors)?.Size);
                    Assert.Equal(algorithm, ConvolutionTiling.Choose(other, vectors));
                }

                chosen += size is null ? 0 : 1;
                shared += operation.Sharing is null ? 0 : 1;
            }
        }

        Assert.InRange(chosen, 100, 700);
        Assert.InRange(shared, 3, 720);
    }

    /// <summary>A network of <c>WinogradTests</c>: the last block of a row is one tile, which is shifted back.</summary>
    [Fact]
    public void A_tested_network_has_a_last_block_of_one_shifted_tile()
    {
        ConvolutionShape shape = First(Model("Input(6, 25, 6), Conv2D(32, 5, Padding = Padding.Same), Tanh"), training: false).ForwardShape(keepsArgmax: false) with { Winograd = WinogradMode.SmallTiles };
        int tiles = (shape.Width + 1) / 2;
        Assert.Equal(1, shape.Width % 2);
        Assert.All(VectorWidth.All, width => Assert.True(WinogradTiling.Choose(shape, width)!.InRow));
        Assert.Contains(VectorWidth.All, width => tiles % WinogradTiling.Choose(shape, width)!.Block == 1);
    }

    [Fact]
    public void Register_tiles_fit_and_divide_the_block()
    {
        foreach (VectorWidth width in VectorWidth.All)
        {
            WinogradTile tile = WinogradTiling.Choose(First(Model("Input(20, 18, 48), Conv2D(40, 3)"), training: false).ForwardShape(keepsArgmax: false), width)!;
            Assert.Equal(0, tile.Block % tile.Positions);
            Assert.InRange(tile.Positions * tile.Vectors, 4, width.Accumulators);
        }
    }

    private static int[] Sizes(ConvolutionShape shape) => [.. VectorWidth.All.Select(width => WinogradTiling.Choose(shape, width)?.Outputs ?? 0)];

    private static ConvolutionOperation First(NetworkModel model, bool training) => NetworkGraph.Of(model, training).Operations.OfType<ConvolutionOperation>().First();

    private static NetworkModel Model(string layers, string settings = "") =>
        GeneratorRun.Of($"using NetGen;\n[Network({settings}), {layers}, Flatten, Dense(2)]\npartial class Net;").Models.Single();
}
