using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// Emits convolutions with Winograd's transforms (Lavin and Gray 2016). A tile of m×m outputs of r×r filters has (m + r - 1)² inputs, which are transformed to as many values;
/// each is multiplied with the weights that were transformed to the same place, a product of matrices with tiles as rows; and the
/// results are transformed back. Lanes hold channels, but where these are few, neighbouring values of the input. A block of tiles goes through all steps while it is in the L2 cache, or the L1 cache.
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
    public static string WeightsOf(WinogradSize size) => "transformed" + size.Suffix;

    /// <summary>A convolution of one sample.</summary>
    public void Write(ConvolutionShape conv, WinogradTile tile)
    {
        int outputs = tile.Outputs;
        string columns = Invariant($"{TilesOf(conv.Width, outputs)}");
        int rows = outputs / conv.Epilogue.Pool;
        int count = TilesOf(conv.Height, outputs) * TilesOf(conv.Width, outputs);
        TileNumber inBlock = TileNumber.Of("(block + tile)", TilesOf(conv.Width, outputs));
        _code.Line(Invariant($"// A tile of {outputs}×{outputs} outputs takes {tile.Matrices} products for each channel and filter, instead of {tile.Size.DirectProducts}."));
        _code.Together(
            "ref float inputs = ref workspace;",
            $"ref float products = {KernelWriter.At("workspace", tile.SecondOffset(conv.Channels))};",
            $"ref float scratch = {KernelWriter.At("workspace", tile.ScratchOffset(conv.Channels, conv.Columns))};");
        if (tile.InRow)
        {
            WriteRows(conv, tile);
        }
        else if (conv.PartRows > 0)
        {
            using (_code.Open(Invariant($"for (nint block = {InTiles("rowBegin", 0)}, end = {InTiles("rowEnd", rows - 1)}; block < end; block += {tile.Block})")))
            {
                _code.Line(Invariant($"nint tiles = Math.Min({tile.Block}, end - block);"));
                Block(conv, tile, inBlock);
            }
        }
        else if (count <= tile.Block)
        {
            _code.Line(Invariant($"const int tiles = {count};"));
            Block(conv, tile, TileNumber.Of("tile", TilesOf(conv.Width, outputs)));
        }
        else
        {
            using (_code.Open(Invariant($"for (nint block = 0; block < {count}; block += {tile.Block})")))
            {
                _code.Line(count % tile.Block == 0 ? Invariant($"const int tiles = {tile.Block};") : Invariant($"nint tiles = Math.Min({tile.Block}, {count} - block);"));
                Block(conv, tile, inBlock);
            }
        }

        // The number of tiles in the rows before a row.
        string InTiles(string row, int roundUp) =>
            rows == 1 ? $"{columns} * {row}"
            : roundUp == 0 ? Invariant($"{columns} * ({row} / {rows})")
            : Invariant($"{columns} * (({row} + {roundUp}) / {rows})");
    }

    /// <summary>Writes the loop over the rows of tiles, each of one block or several.</summary>
    private void WriteRows(ConvolutionShape conv, WinogradTile tile)
    {
        int rows = tile.Outputs / conv.Epilogue.Pool;
        int columns = TilesOf(conv.Width, tile.Outputs);
        string begin = conv.PartRows == 0 ? "0" : rows == 1 ? "rowBegin" : Invariant($"rowBegin / {rows}");
        string end = conv.PartRows == 0 ? Invariant($"{TilesOf(conv.Height, tile.Outputs)}") : rows == 1 ? "rowEnd" : Invariant($"(rowEnd + {rows - 1}) / {rows}");
        using (_code.Open($"for (nint tileLine = {begin}; tileLine < {end}; tileLine++)"))
        {
            if (columns <= tile.Block)
            {
                _code.Line(Invariant($"const int tiles = {columns};"));
                Block(conv, tile, new("tileLine", "tile"));
                return;
            }

            using (_code.Open(Invariant($"for (nint block = 0; block < {columns}; block += {tile.Block})")))
            {
                _code.Line(columns % tile.Block == 0 ? Invariant($"const int tiles = {tile.Block};") : Invariant($"nint tiles = Math.Min({tile.Block}, {columns} - block);"));
                Block(conv, tile, new("tileLine", "(block + tile)"));
            }
        }
    }

    /// <summary>Writes the three steps for a block of tiles.</summary>
    /// <param name="conv">The convolution.</param>
    /// <param name="tile">The tiles.</param>
    /// <param name="number">The place of a tile among all of the image.</param>
    private void Block(ConvolutionShape conv, WinogradTile tile, TileNumber number)
    {
        _code.Gap();
        if (tile.InRow)
            InputsOfRow(conv, tile, number);
        else
            Inputs(conv, tile, number);

        _code.Gap();
        _code.Line(Invariant($"// Inputs times weights, a product of matrices for each of {tile.Matrices} places; a register tile is {tile.Positions} tiles by {KernelWriter.Count(tile.Vectors, "vector")}."));
        using (_code.Open(Invariant($"for (nint place = 0; place < {tile.Matrices}; place++)")))
            Products(conv, tile);

        _code.Gap();
        _code.Line("// The products, transformed to outputs.");
        using (_code.Open("for (nint tile = 0; tile < tiles; tile++)"))
            Outputs(conv, tile, number);
    }

    private void Inputs(ConvolutionShape conv, WinogradTile tile, TileNumber number)
    {
        _code.Line("// The inputs of each tile, transformed.");
        using (_code.Open("for (nint tile = 0; tile < tiles; tile++)"))
        {
            Place(conv, tile, number, "row");
            int pool = conv.Epilogue.Pool;
            string source = KernelWriter.Index(("row", pool * conv.InputRowStride), ("column", pool * conv.InputPixelStride));
            _code.Statement(Invariant(
                $"{WinogradTileTransforms.OfInputs(kernel, tile.Size)}({KernelWriter.At("x", source)}, {conv.InputLineStride}, {conv.InputPixelStride}, {conv.Channels}, {KernelWriter.At("inputs", KernelWriter.Index(("tile", tile.InputTileStride(conv.Channels))))}, {tile.InputMatrixStride(conv.Channels)}, ref scratch);"));
        }
    }

    /// <summary>Writes the transform of the inputs of a block in one row: down the columns of all tiles at once, then along the rows of each tile.</summary>
    private void InputsOfRow(ConvolutionShape conv, WinogradTile tile, TileNumber number)
    {
        int pool = conv.Epilogue.Pool;
        int channels = conv.Channels;
        int stride = tile.LineStride(channels);
        int all = (conv.Width + tile.Size.Filter - 1) * channels;
        bool isWhole = TilesOf(conv.Width, tile.Outputs) <= tile.Block;
        _code.Line("// The inputs of the tiles, transformed down their columns, then along their rows.");
        _code.Line($"nint top = {First(conv, tile, number.Row, conv.Height)};");
        if (!isWhole)
            _code.Line($"nint left = {First(conv, tile, "block", conv.Width)};");
        string source = KernelWriter.Index(("top", pool * conv.InputRowStride), (isWhole ? "0" : "left", pool * channels));
        string length = isWhole ? Invariant($"{all}") : Invariant($"Math.Min({tile.LineLength(channels)}, {all} - {KernelWriter.Product("left", pool * channels)})");
        _code.Statement(Invariant($"{WinogradTileTransforms.OfLines(kernel, tile.Size)}({KernelWriter.At("x", source)}, {conv.InputLineStride}, {length}, ref scratch, {stride});"));
        using (_code.Open("for (nint tile = 0; tile < tiles; tile++)"))
        {
            _code.Line($"nint column = {First(conv, tile, number.Column, conv.Width)};");
            string line = isWhole ? KernelWriter.Index(("column", pool * channels)) : KernelWriter.Index(("(column - left)", pool * channels));
            string target = KernelWriter.Index(("tile", tile.InputTileStride(channels)));
            _code.Statement(Invariant(
                $"{WinogradTileTransforms.OfRows(kernel, tile.Size)}({KernelWriter.At("scratch", line)}, {stride}, {channels}, {KernelWriter.At("inputs", target)}, {tile.InputMatrixStride(channels)});"));
        }
    }

    /// <summary>Declares the first row and column of a tile, after pooling.</summary>
    private void Place(ConvolutionShape conv, WinogradTile tile, TileNumber number, string row) =>
        _code.Line($"nint {row} = {First(conv, tile, number.Row, conv.Height)}, column = {First(conv, tile, number.Column, conv.Width)};");

    /// <summary>The first row or column of a tile, after pooling; the last tile is shifted back.</summary>
    private static string First(ConvolutionShape conv, WinogradTile tile, string number, int size)
    {
        int step = tile.Outputs / conv.Epilogue.Pool;
        string first = KernelWriter.Index((number, step));
        return size % tile.Outputs == 0 ? first : Invariant($"Math.Min({first}, {(size / conv.Epilogue.Pool) - step})");
    }

    private void Products(ConvolutionShape conv, WinogradTile tile)
    {
        _code.Together(
            $"ref float ofPlace = {KernelWriter.At("inputs", KernelWriter.Index(("place", tile.InputMatrixStride(conv.Channels))))};",
            $"ref float matrix = {KernelWriter.At(WeightsOf(tile.Size), KernelWriter.Index(("place", conv.Channels * conv.Columns)))};",
            $"ref float sums = {KernelWriter.At("products", KernelWriter.Index(("place", tile.MatrixStride(conv.Columns))))};");
        ColumnGroup[] groups = [.. RegisterTile.Groups(conv.Columns, kernel.Width, tile.Vectors)];
        int inputStride = tile.InputTileStride(conv.Channels);
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

    private void Outputs(ConvolutionShape conv, WinogradTile tile, TileNumber number)
    {
        int pool = conv.Epilogue.Pool;
        int rows = tile.Outputs / pool;
        if (!tile.InRow)
            Place(conv, tile, number, rows == 1 ? "row" : "top");
        else
            _code.Line($"nint {(rows == 1 ? "row = top, " : "")}column = {First(conv, tile, number.Column, conv.Width)};");
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
        if (IsTransformedAtOnce(tile))
        {
            string[] values = [.. Enumerable.Range(0, pool * outputs).Select(i => KernelWriter.Load("scratch", KernelWriter.Index((row, pool * outputs * kernel.Lanes), ("", i * kernel.Lanes))))];
            _code.Statement($"Floats {string.Join(", ", values.Select((value, i) => $"{Name(i)} = {(conv.Bias ? "bias0 + " : "")}{value}"))};");
            convolutions.StoreRow(conv, group, outputs / pool, pool);
            return;
        }

        VectorNames names = VectorNames.Of(kernel.Width);
        _code.Line($"Floats {string.Join(", ", Enumerable.Range(0, pool * outputs).Select(Name))};");
        for (int line = 0; line < pool; line++)
        {
            using (pool == 1 ? default : _code.Open())
            {
                _code.Line($"ref float line = {KernelWriter.At("scratch", KernelWriter.Index((row, pool * tile.Inputs * kernel.Lanes), ("", line * tile.Inputs * kernel.Lanes)))};");
                _code.Statement(names.Loads("t", "line", Enumerable.Range(0, tile.Inputs).Select(i => Invariant($"{i * kernel.Lanes}"))));
                WinogradTransforms.OfOutputs(_code, tile.Size, names, i => Name((line * outputs) + i), conv.Bias ? "bias0" : null);
            }
        }

        convolutions.StoreRow(conv, group, outputs / pool, pool);

        static string Name(int position) => Invariant($"a{position}_0");
    }

    /// <summary>Whether one method transforms products to outputs: two lines of all columns are so few values that they need no memory between the steps.</summary>
    private static bool IsTransformedAtOnce(WinogradTile tile) => tile.Outputs == 2;

    /// <summary>Adds the method that transforms products down the columns of a tile, or to outputs at once, and returns its name.</summary>
    private string OutputTransform(WinogradTile tile)
    {
        string name = "WinogradOutputs" + tile.Size.Suffix;
        kernel.Shared.Add(name, writer =>
        {
            if (IsTransformedAtOnce(tile))
                WriteWholeTransform(writer, tile.Size, name);
            else
                WriteOutputTransform(writer, tile, name);
        });
        return SharedMethods.Type + "." + name;
    }

    private static void WriteOutputTransform(KernelWriter writer, WinogradTile tile, string name)
    {
        int inputs = tile.Inputs;
        VectorNames names = VectorNames.Of(writer.Width);
        CodeWriter code = writer.Code;
        string summary = Invariant($"Transforms the {inputs}×{inputs} products of a tile down its columns, to {tile.Outputs} lines of {inputs} vectors.");
        using (writer.SharedMethod(summary, name, "ref float products, nint matrixStride, ref float scratch"))
        using (code.Open(Invariant($"for (nint column = 0; column < {inputs}; column++)")))
        {
            code.Line("ref float product = ref Unsafe.Add(ref products, matrixStride * column);");
            code.Statement(names.Loads("t", "product", Enumerable.Range(0, inputs).Select(i => KernelWriter.Index(("matrixStride", i * inputs)))));
            code.Line($"Floats {string.Join(", ", Enumerable.Range(0, tile.Outputs).Select(i => Invariant($"y{i}")))};");
            WinogradTransforms.OfOutputs(code, tile.Size, names, i => Invariant($"y{i}"), bias: null);
            code.Line(Invariant($"ref float target = {KernelWriter.At("scratch", KernelWriter.Index(("column", writer.Lanes)))};"));
            code.Rows(Enumerable.Range(0, tile.Outputs).Select(i => Invariant($"Simd.Store(y{i}, ref target, {i * inputs * writer.Lanes});")));
        }
    }

    private static void WriteWholeTransform(KernelWriter writer, WinogradSize size, string name)
    {
        VectorNames names = VectorNames.Of(writer.Width);
        CodeWriter code = writer.Code;
        string[] lines = ["u", "v"];
        string summary = Invariant($"Transforms the {size.Inputs}×{size.Inputs} products of a tile to its 2×2 outputs, first down its columns, then along its rows.");
        using (writer.SharedMethod(summary, name, "ref float products, nint matrixStride, ref float outputs"))
        {
            code.Statement($"Floats {string.Join(", ", lines.SelectMany(line => Enumerable.Range(0, size.Inputs).Select(column => Invariant($"{line}{column}"))))};");
            for (int column = 0; column < size.Inputs; column++)
            {
                using (code.Open())
                {
                    code.Line($"ref float product = {KernelWriter.At("products", KernelWriter.Index(("matrixStride", column)))};");
                    code.Statement(names.Loads("t", "product", Enumerable.Range(0, size.Inputs).Select(i => KernelWriter.Index(("matrixStride", i * size.Inputs)))));
                    WinogradTransforms.OfOutputs(code, size, names, i => Invariant($"{lines[i]}{column}"), bias: null);
                }
            }

            for (int line = 0; line < lines.Length; line++)
            {
                using (code.Open())
                {
                    code.Statement($"Floats {string.Join(", ", Enumerable.Range(0, size.Inputs).Select(i => Invariant($"t{i} = {lines[line]}{i}")))}, y0, y1;");
                    WinogradTransforms.OfOutputs(code, size, names, i => Invariant($"y{i}"), bias: null);
                    code.Rows(Enumerable.Range(0, 2).Select(i => Invariant($"Simd.Store(y{i}, ref outputs, {((2 * line) + i) * writer.Lanes});")));
                }
            }
        }
    }

    private static int TilesOf(int size, int outputs) => (size + outputs - 1) / outputs;

    /// <summary>Where a tile is among all of the image, as expressions.</summary>
    /// <param name="Row">The number of its row of tiles.</param>
    /// <param name="Column">Its number in this row.</param>
    private readonly record struct TileNumber(string Row, string Column)
    {
        /// <summary>The place of a tile with a number.</summary>
        /// <param name="number">Its number among all tiles.</param>
        /// <param name="columns">The tiles of a row.</param>
        public static TileNumber Of(string number, int columns) => new(columns == 1 ? number : Invariant($"({number} / {columns})"), Invariant($"({number} % {columns})"));
    }
}
