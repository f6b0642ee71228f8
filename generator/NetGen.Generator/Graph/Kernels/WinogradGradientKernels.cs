using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits weight gradients of convolutions with Winograd's transforms (Lavin and Gray 2016): a gradient is a convolution, too, of the inputs with the gradients with
/// respect to the outputs as filters. The inputs and the gradients of a tile are transformed, and their products are summed for each place of a tile. The
/// sums of all samples of a shard are transformed to the gradients of the weights once.
/// </summary>
/// <remarks>
/// The kernel is called for each sample of a shard in their order. A block may gather the tiles of several samples, so that each sum is loaded and stored less often.
/// </remarks>
internal sealed class WinogradGradientKernels(KernelWriter kernel)
{
    private readonly CodeWriter _code = kernel.Code;

    /// <summary>The kernel's body.</summary>
    public void Write(ConvolutionOperation operation, WinogradGradientTile tile)
    {
        int channels = operation.GroupChannels;
        int filters = operation.Filters.Count;
        int tiles = operation.WinogradGradient.Tiles(tile.Outputs);
        _code.Line(Invariant($"// A tile of {tile.Outputs}×{tile.Outputs} outputs takes {tile.Matrices} products for each channel and filter, instead of {tile.Size.DirectProducts}."));
        _code.Together(
            "ref float inputs = ref workspace;",
            $"ref float outputs = {KernelWriter.At("workspace", tile.SecondOffset(channels))};",
            $"ref float scratch = {KernelWriter.At("workspace", tile.ScratchOffset(channels, filters))};");
        using (_code.Open("if (sample == 0)"))
            kernel.Vectors(tile.SumsLength(channels, filters), "element", lanes => kernel.Store("Simd.Zero", "products", "element", lanes), alone: true);

        if (tile.Samples > 1)
        {
            _code.Gap();
            _code.Line(Invariant($"// A block is the tiles of {tile.Samples} samples."));
            _code.Line(Invariant($"nint first = {KernelWriter.Index((Invariant($"(sample % {tile.Samples})"), tiles))};"));
            Transforms(operation, tile, Invariant($"{tiles}"), "tile", "(first + tile)");
            using (_code.Open(Invariant($"if (first == {(tile.Samples - 1) * tiles} || sample == samples - 1)")))
            {
                _code.Line(Invariant($"nint tiles = first + {tiles};"));
                Products(operation, tile);
            }
        }
        else if (tiles <= tile.Block)
        {
            _code.Line(Invariant($"const int tiles = {tiles};"));
            Transforms(operation, tile, "tiles", "tile", "tile");
            Products(operation, tile);
        }
        else
        {
            using (_code.Open(Invariant($"for (nint block = 0; block < {tiles}; block += {tile.Block})")))
            {
                _code.Line(tiles % tile.Block == 0 ? Invariant($"const int tiles = {tile.Block};") : Invariant($"nint tiles = Math.Min({tile.Block}, {tiles} - block);"));
                Transforms(operation, tile, "tiles", "(block + tile)", "tile");
                Products(operation, tile);
            }
        }

        _code.Gap();
        _code.Line("if (sample == samples - 1)");
        using (_code.Indent())
            _code.Statement(Invariant($"WinogradWeights.AddGradients(ref products, {tile.Size.Filter}, {tile.Outputs}, {channels}, {filters}, ref dw);"));
    }

    /// <summary>Writes the transforms of some tiles.</summary>
    /// <param name="operation">The convolution.</param>
    /// <param name="tile">The tiles.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="number">The number of a tile among all of the image.</param>
    /// <param name="place">Its number in the block.</param>
    private void Transforms(ConvolutionOperation operation, WinogradGradientTile tile, string count, string number, string place)
    {
        int channels = operation.GroupChannels;
        int filters = operation.Filters.Count;
        BufferLayout from = operation.SourceLayout;
        BufferLayout gradient = operation.GradientLayout;
        _code.Gap();
        _code.Line("// The inputs of each tile, and the gradients with respect to its outputs, transformed.");
        if (operation.Computed.Height % tile.Outputs > 0 || operation.Computed.Width % tile.Outputs > 0)
            _code.Line("// The last tile of a row or column is shifted back; the gradients that it shares with the one before count as 0 there.");
        using (_code.Open($"for (nint tile = 0; tile < {count}; tile++)"))
        {
            int columns = (operation.Computed.Width + tile.Outputs - 1) / tile.Outputs;
            string sharedRows = Place("row", columns == 1 ? number : Invariant($"({number} / {columns})"), operation.Computed.Height);
            string sharedColumns = Place("column", columns == 1 ? "0" : Invariant($"({number} % {columns})"), operation.Computed.Width);
            string x = KernelWriter.At("x", KernelWriter.Index(("row", from.RowStride), ("column", from.PixelStride)));
            string dz = KernelWriter.At("dz", KernelWriter.Index(("row", gradient.RowStride), ("column", gradient.PixelStride)));
            _code.Statement(Invariant(
                $"{WinogradTileTransforms.OfInputs(kernel, tile.Size)}({x}, {from.RowStride}, {from.PixelStride}, {channels}, {Target("inputs", channels)}, {tile.MatrixStride(channels)}, ref scratch);"));
            _code.Statement(Invariant(
                $"{WinogradTileTransforms.OfGradients(kernel, tile.Size)}({dz}, {gradient.RowStride}, {gradient.PixelStride}, {filters}, {sharedRows}, {sharedColumns}, {Target("outputs", filters)}, {tile.MatrixStride(filters)}, ref scratch);"));
        }

        string Target(string matrices, int values) => KernelWriter.At(matrices, KernelWriter.Index((place, WinogradBlock.TileStride(values))));

        // Declares the first row or column of a tile; the result is how many it shares with the tile before.
        string Place(string name, string index, int size)
        {
            string first = KernelWriter.Index((index, tile.Outputs));
            if (size % tile.Outputs == 0)
            {
                _code.Line($"nint {name} = {first};");
                return "0";
            }

            _code.Line(Invariant($"nint {name}Begin = {first}, {name} = Math.Min({name}Begin, {size - tile.Outputs});"));
            return $"{name}Begin - {name}";
        }
    }

    private void Products(ConvolutionOperation operation, WinogradGradientTile tile)
    {
        int channels = operation.GroupChannels;
        int filters = operation.Filters.Count;
        _code.Gap();
        _code.Line(Invariant($"// Their products, summed over the tiles for each of {tile.Matrices} places."));
        using (_code.Open(Invariant($"for (nint place = 0; place < {tile.Matrices}; place++)")))
        {
            _code.Together(
                $"ref float left = {KernelWriter.At("inputs", KernelWriter.Index(("place", tile.MatrixStride(channels))))};",
                $"ref float right = {KernelWriter.At("outputs", KernelWriter.Index(("place", tile.MatrixStride(filters))))};",
                $"ref float matrix = {KernelWriter.At("products", KernelWriter.Index(("place", channels * filters)))};");
            ColumnGroup[] groups = [.. RegisterTile.Groups(filters, kernel.Width)];
            foreach (ColumnGroup group in groups)
            {
                using (kernel.Columns(group, channels, "matrix", alone: groups.Length == 1))
                    new WeightGradientKernels(kernel).Sums(channels, WinogradBlock.TileStride(channels), WinogradBlock.TileStride(filters), group);
            }
        }
    }
}
