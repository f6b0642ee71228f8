using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits convolutions with Winograd's transforms (Lavin and Gray 2016). A tile of m×m outputs has (m + 2)² inputs, which are transformed to as many values;
/// each is multiplied with the weights that were transformed to the same place, a product of matrices with tiles as rows; and the
/// results are transformed back. Lanes hold channels in all steps. A block of tiles goes through all of them while it is in the L2 cache.
/// </summary>
/// <remarks>
/// The bits of a tile do not depend on its block, so they do not on the thread. The last tile of a row or column is shifted back; where it overlaps the
/// one before, its outputs are the ones that stay. Both are in the same part of the rows, so that holds for any number of threads.
/// </remarks>
internal sealed class WinogradKernels(KernelWriter kernel, ConvolutionKernels convolutions)
{
    private readonly CodeWriter _code = kernel.Code;
    private readonly ProductTile _product = new(kernel);

    /// <summary>The name of the kernel's parameter with the weights that are transformed for tiles of a size.</summary>
    public static string WeightsOf(int outputs) => Invariant($"transformed{outputs}");

    /// <summary>A convolution of one sample.</summary>
    public void Write(ConvolutionShape conv, WinogradTile tile)
    {
        int outputs = tile.Outputs;
        string columns = Invariant($"{TilesOf(conv.Width, outputs)}");
        int rows = outputs / conv.Epilogue.Pool;
        int count = TilesOf(conv.Height, outputs) * TilesOf(conv.Width, outputs);
        _code.Line(Invariant($"// A tile of {outputs}×{outputs} outputs takes {tile.Matrices} products for each channel and filter, instead of {9 * outputs * outputs}."));
        _code.Together(
            "ref float inputs = ref workspace;",
            $"ref float products = {KernelWriter.At("workspace", tile.SecondOffset(conv.Channels))};",
            $"ref float scratch = {KernelWriter.At("workspace", tile.ScratchOffset(conv.Channels, conv.Columns))};");
        if (conv.PartRows > 0)
        {
            using (_code.Open(Invariant($"for (nint block = {InTiles("rowBegin", 0)}, end = {InTiles("rowEnd", rows - 1)}; block < end; block += {tile.Block})")))
            {
                _code.Line(Invariant($"nint tiles = Math.Min({tile.Block}, end - block);"));
                Block(conv, tile, "(block + tile)");
            }
        }
        else if (count <= tile.Block)
        {
            _code.Line(Invariant($"const int tiles = {count};"));
            Block(conv, tile, "tile");
        }
        else
        {
            using (_code.Open(Invariant($"for (nint block = 0; block < {count}; block += {tile.Block})")))
            {
                _code.Line(count % tile.Block == 0 ? Invariant($"const int tiles = {tile.Block};") : Invariant($"nint tiles = Math.Min({tile.Block}, {count} - block);"));
                Block(conv, tile, "(block + tile)");
            }
        }

        // The number of tiles in the rows before a row.
        string InTiles(string row, int roundUp) =>
            rows == 1 ? $"{columns} * {row}"
            : roundUp == 0 ? Invariant($"{columns} * ({row} / {rows})")
            : Invariant($"{columns} * (({row} + {roundUp}) / {rows})");
    }

    /// <summary>Writes the three steps for a block of tiles.</summary>
    /// <param name="conv">The convolution.</param>
    /// <param name="tile">The tiles.</param>
    /// <param name="number">The number of a tile among all of the image.</param>
    private void Block(ConvolutionShape conv, WinogradTile tile, string number)
    {
        _code.Gap();
        _code.Line("// The inputs of each tile, transformed.");
        using (_code.Open("for (nint tile = 0; tile < tiles; tile++)"))
        {
            Place(conv, tile, number, "row");
            int pool = conv.Epilogue.Pool;
            string source = KernelWriter.Index(("row", pool * conv.InputRowStride), ("column", pool * conv.InputPixelStride));
            _code.Statement(Invariant(
                $"{WinogradTileTransforms.OfInputs(kernel, tile.Outputs)}({KernelWriter.At("x", source)}, {conv.InputLineStride}, {conv.InputPixelStride}, {conv.Channels}, {KernelWriter.At("inputs", KernelWriter.Index(("tile", WinogradBlock.TileStride(conv.Channels))))}, {tile.MatrixStride(conv.Channels)}, ref scratch);"));
        }

        _code.Gap();
        _code.Line(Invariant($"// Inputs times weights, a product of matrices for each of {tile.Matrices} places; a register tile is {tile.Positions} tiles by {KernelWriter.Count(tile.Vectors, "vector")}."));
        using (_code.Open(Invariant($"for (nint place = 0; place < {tile.Matrices}; place++)")))
            Products(conv, tile);

        _code.Gap();
        _code.Line("// The products, transformed to outputs.");
        using (_code.Open("for (nint tile = 0; tile < tiles; tile++)"))
            Outputs(conv, tile, number);
    }

    /// <summary>Declares the first row and column of a tile, after pooling.</summary>
    private void Place(ConvolutionShape conv, WinogradTile tile, string tileNumber, string row)
    {
        int pool = conv.Epilogue.Pool;
        int columns = TilesOf(conv.Width, tile.Outputs);
        _code.Line(Invariant($"nint {row} = {First("/", conv.Height)}, column = {First("%", conv.Width)};"));

        string First(string operation, int size)
        {
            int step = tile.Outputs / pool;
            string number = operation == "/" && columns == 1 ? tileNumber : Invariant($"({tileNumber} {operation} {columns})");
            string first = KernelWriter.Index((number, step));
            return size % tile.Outputs == 0 ? first : Invariant($"Math.Min({first}, {(size / pool) - step})");
        }
    }

    private void Products(ConvolutionShape conv, WinogradTile tile)
    {
        _code.Together(
            $"ref float ofPlace = {KernelWriter.At("inputs", KernelWriter.Index(("place", tile.MatrixStride(conv.Channels))))};",
            $"ref float matrix = {KernelWriter.At(WeightsOf(tile.Outputs), KernelWriter.Index(("place", conv.Channels * conv.Columns)))};",
            $"ref float sums = {KernelWriter.At("products", KernelWriter.Index(("place", tile.MatrixStride(conv.Columns))))};");
        ColumnGroup[] groups = [.. RegisterTile.Groups(conv.Columns, kernel.Width, tile.Vectors)];
        int inputStride = WinogradBlock.TileStride(conv.Channels);
        int outputStride = WinogradBlock.TileStride(conv.Columns);
        foreach (ColumnGroup group in groups)
        {
            using (kernel.Columns(group, conv.Channels, "matrix", alone: groups.Length == 1, conv.SharesFilters))
            using (_code.Open($"for (nint tile = 0; tile < tiles; {KernelWriter.Next("tile", tile.Positions)})"))
            {
                TilePosition[] positions = [.. Enumerable.Range(0, tile.Positions).Select(p => new TilePosition(p * inputStride))];
                _code.Line($"ref float source = {KernelWriter.At("ofPlace", KernelWriter.Index(("tile", inputStride)))};");
                _product.Accumulators(positions.Length, group.Vectors, 1, bias: false);
                _product.Sum(positions, group, 1, 0, [TermRun.Of(conv.Channels, [.. Enumerable.Range(0, positions.Length)])], 1, ConvolutionTiling.MaxUnrolledTerms);
                _code.Line($"ref float target = {KernelWriter.At("sums", KernelWriter.Index(("tile", outputStride), ("n", 1)))};");
                _code.Rows(positions.Select((_, p) => Enumerable.Range(0, group.Vectors)
                    .Select(v => Invariant($"Simd.Store(a{p}_{v}, ref target, {(p * outputStride) + (v * kernel.Lanes)});")).ToArray()));
            }
        }
    }

    private void Outputs(ConvolutionShape conv, WinogradTile tile, string number)
    {
        int pool = conv.Epilogue.Pool;
        int rows = tile.Outputs / pool;
        Place(conv, tile, number, rows == 1 ? "row" : "top");
        ColumnGroup[] groups = [.. RegisterTile.Groups(conv.Columns, kernel.Width, vectors: 1)];
        foreach (ColumnGroup group in groups)
        {
            using (conv.SharesFilters
                ? kernel.PanelLoop(kernel.Lanes)
                : kernel.Loop("n", group.FirstColumn, group.EndColumn(kernel.Width), kernel.Lanes, alone: groups.Length == 1))
            {
                if (conv.Bias)
                    _product.Biases(group);
                _code.Line(Invariant(
                    $"{OutputTransform(tile)}({KernelWriter.At("products", KernelWriter.Index(("tile", WinogradBlock.TileStride(conv.Columns)), ("n", 1)))}, {tile.MatrixStride(conv.Columns)}, ref scratch);"));
                if (rows == 1)
                {
                    Row(conv, tile, group, "0");
                }
                else
                {
                    using (_code.Open(Invariant($"for (nint tileRow = 0; tileRow < {rows}; tileRow++)")))
                    {
                        _code.Line("nint row = top + tileRow;");
                        Row(conv, tile, group, "tileRow");
                    }
                }
            }
        }
    }

    /// <summary>Writes a row of a tile's outputs, after pooling.</summary>
    private void Row(ConvolutionShape conv, WinogradTile tile, ColumnGroup group, string row)
    {
        int pool = conv.Epilogue.Pool;
        int outputs = tile.Outputs;
        _code.Line($"Floats {string.Join(", ", Enumerable.Range(0, pool * outputs).Select(Name))};");
        for (int line = 0; line < pool; line++)
        {
            using (pool == 1 ? default : _code.Open())
            {
                _code.Line($"ref float line = {KernelWriter.At("scratch", KernelWriter.Index((row, pool * tile.Inputs * kernel.Lanes), ("", line * tile.Inputs * kernel.Lanes)))};");
                _code.Statement(WinogradTransforms.Loads("t", tile.Inputs, i => KernelWriter.Load("line", i * kernel.Lanes)));
                WinogradTransforms.OfOutputs(_code, outputs, i => Name((line * outputs) + i), conv.Bias ? "bias0" : null);
            }
        }

        convolutions.StoreRow(conv, group, outputs / pool, pool);

        static string Name(int position) => Invariant($"a{position}_0");
    }

    /// <summary>Adds the method that transforms products down the columns of a tile, and returns its name.</summary>
    private string OutputTransform(WinogradTile tile)
    {
        string name = Invariant($"WinogradOutputs{tile.Outputs}");
        kernel.Shared.Add(name, writer => WriteOutputTransform(writer, tile, name));
        return SharedMethods.Type + "." + name;
    }

    private static void WriteOutputTransform(KernelWriter writer, WinogradTile tile, string name)
    {
        int inputs = tile.Inputs;
        CodeWriter code = writer.Code;
        string summary = Invariant($"Transforms the {inputs}×{inputs} products of a tile down its columns, to {tile.Outputs} lines of {inputs} vectors.");
        using (writer.SharedMethod(summary, name, "ref float products, nint matrixStride, ref float scratch"))
        using (code.Open(Invariant($"for (nint column = 0; column < {inputs}; column++)")))
        {
            code.Line("ref float product = ref Unsafe.Add(ref products, matrixStride * column);");
            code.Statement(WinogradTransforms.Loads("t", inputs, i => KernelWriter.Load("product", KernelWriter.Index(("matrixStride", i * inputs)))));
            code.Line($"Floats {string.Join(", ", Enumerable.Range(0, tile.Outputs).Select(i => Invariant($"y{i}")))};");
            WinogradTransforms.OfOutputs(code, tile.Outputs, i => Invariant($"y{i}"), bias: null);
            code.Line(Invariant($"ref float target = {KernelWriter.At("scratch", KernelWriter.Index(("column", writer.Lanes)))};"));
            code.Rows(Enumerable.Range(0, tile.Outputs).Select(i => Invariant($"Simd.Store(y{i}, ref target, {i * inputs * writer.Lanes});")));
        }
    }

    private static int TilesOf(int size, int outputs) => (size + outputs - 1) / outputs;
}
