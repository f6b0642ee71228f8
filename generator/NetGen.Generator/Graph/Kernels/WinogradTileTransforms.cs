using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>
/// The methods of generated code that transform a tile, first down its columns, then along its rows: the value of each place goes to the matrix of that place.
/// For few channels, one method does the first step for all tiles of a row, another one the second step for one of them. Kernels share them.
/// </summary>
internal static class WinogradTileTransforms
{
    /// <summary>Adds the method that transforms the inputs of a tile, and returns its name.</summary>
    /// <param name="kernel">The writer of the kernel that calls it.</param>
    /// <param name="size">The sizes of a tile.</param>
    public static string OfInputs(KernelWriter kernel, WinogradSize size)
    {
        string name = "WinogradInputs" + size.Suffix;
        kernel.Shared.Add(name, writer => WriteOfInputs(writer, size, name));
        return SharedMethods.Type + "." + name;
    }

    /// <summary>
    /// Adds the method that transforms the gradients with respect to the outputs of a tile, and returns its name. It takes the first rows and columns that
    /// count as 0: a tile that is shifted back shares them with the one before.
    /// </summary>
    /// <inheritdoc cref="OfInputs"/>
    public static string OfGradients(KernelWriter kernel, WinogradSize size)
    {
        string name = "WinogradGradients" + size.Suffix;
        kernel.Shared.Add(name, writer => WriteOfGradients(writer, size, name));
        return SharedMethods.Type + "." + name;
    }

    private static void WriteOfInputs(KernelWriter writer, WinogradSize size, string name)
    {
        int inputs = size.Inputs;
        VectorNames names = VectorNames.Of(writer.Width);
        CodeWriter code = writer.Code;
        string summary = Invariant($"Transforms the {inputs}×{inputs} inputs of a tile, first down its columns, then along its rows: the value of each place goes to the matrix of that place.");
        using (writer.SharedMethod(summary, name, "ref float x, nint lineStride, nint pixelStride, nint channels, ref float matrices, nint matrixStride, ref float scratch"))
        using (code.Open($"for (nint c = 0; c < channels; {KernelWriter.Next("c", writer.Lanes)})"))
        {
            using (code.Open(Invariant($"for (nint column = 0; column < {inputs}; column++)")))
            {
                code.Line("ref float pixel = ref Unsafe.Add(ref x, (pixelStride * column) + c);");
                code.Statement(names.Loads("d", "pixel", Enumerable.Range(0, inputs).Select(i => KernelWriter.Index(("lineStride", i)))));

                // Backward reads inputs that have left the caches since forward; those of the tile after the next one in the row are on their way now.
                code.Rows(Enumerable.Range(0, inputs).Select(i => Invariant($"Simd.Prefetch(ref pixel, {KernelWriter.Index(("pixelStride", 2 * size.Outputs), ("lineStride", i))});")));
                WinogradTransforms.OfInputs(code, inputs, names);
                StoreColumn(writer, inputs, inputs);
            }

            Rows(writer, "d", inputs, inputs, "c", () => WinogradTransforms.OfInputs(code, inputs, names));
        }
    }

    private static void WriteOfGradients(KernelWriter writer, WinogradSize size, string name)
    {
        int inputs = size.Inputs;
        int outputs = size.Outputs;
        VectorNames names = VectorNames.Of(writer.Width);
        CodeWriter code = writer.Code;
        string summary = Invariant($"Transforms the gradients with respect to the {outputs}×{outputs} outputs of a tile to {inputs}×{inputs} values, first down its columns, then along its rows.")
            + "\nThe first rows and columns that a tile shares with the one before count as 0.";
        using (writer.SharedMethod(
            summary, name, "ref float dz, nint lineStride, nint pixelStride, nint filters, nint sharedRows, nint sharedColumns, ref float matrices, nint matrixStride, ref float scratch"))
        using (code.Open($"for (nint n = 0; n < filters; {KernelWriter.Next("n", writer.Lanes)})"))
        {
            using (code.Open(Invariant($"for (nint column = 0; column < {outputs}; column++)")))
            {
                code.Line("ref float pixel = ref Unsafe.Add(ref dz, (pixelStride * column) + n);");
                code.Line(Invariant($"nint shared = column < sharedColumns ? {outputs} : sharedRows;"));
                code.Rows(Enumerable.Range(0, outputs).Select(i =>
                    Invariant($"Floats z{i} = shared > {i} ? Simd.Zero : {KernelWriter.Load("pixel", KernelWriter.Index(("lineStride", i)))};")));
                WinogradTransforms.OfGradients(code, size, names);
                StoreColumn(writer, inputs, outputs);
            }

            Rows(writer, "z", inputs, outputs, "n", () => WinogradTransforms.OfGradients(code, size, names));
        }
    }

    /// <summary>Adds the method that transforms the inputs of a row of tiles down their columns, and returns its name. A vector holds neighbouring values of a line.</summary>
    /// <inheritdoc cref="OfInputs"/>
    public static string OfLines(KernelWriter kernel, WinogradSize size)
    {
        string name = "WinogradLines" + size.Suffix;
        kernel.Shared.Add(name, writer => WriteOfLines(writer, size, name));
        return SharedMethods.Type + "." + name;
    }

    /// <summary>Adds the method that transforms the values of a tile, which <see cref="OfLines"/> has transformed down its columns, along its rows, and returns its name.</summary>
    /// <inheritdoc cref="OfInputs"/>
    public static string OfRows(KernelWriter kernel, WinogradSize size)
    {
        string name = "WinogradRows" + size.Suffix;
        kernel.Shared.Add(name, writer => WriteOfRows(writer, size, name));
        return SharedMethods.Type + "." + name;
    }

    private static void WriteOfLines(KernelWriter writer, WinogradSize size, string name)
    {
        int inputs = size.Inputs;
        VectorNames names = VectorNames.Of(writer.Width);
        CodeWriter code = writer.Code;
        string summary = Invariant($"Transforms {inputs} lines of the inputs of a row of tiles down their columns; a vector holds neighbouring values of a line.");
        using (writer.SharedMethod(summary, name, "ref float x, nint lineStride, nint length, ref float lines, nint stride"))
        using (code.Open($"for (nint i = 0; i < length; {KernelWriter.Next("i", writer.Lanes)})"))
        {
            code.Line("ref float values = ref Unsafe.Add(ref x, i);");
            code.Statement(names.Loads("d", "values", Enumerable.Range(0, inputs).Select(i => KernelWriter.Index(("lineStride", i)))));
            WinogradTransforms.OfInputs(code, inputs, names);
            code.Line("ref float target = ref Unsafe.Add(ref lines, i);");
            code.Rows(names.Stores("target", Enumerable.Range(0, inputs).Select(i => KernelWriter.Index(("stride", i)))));
        }
    }

    private static void WriteOfRows(KernelWriter writer, WinogradSize size, string name)
    {
        int inputs = size.Inputs;
        VectorNames names = VectorNames.OfFew(writer.Width);
        CodeWriter code = writer.Code;
        string summary = Invariant($"Transforms the {inputs}×{inputs} values of a tile of few channels along its rows: the value of each place goes to the matrix of that place.");
        using (writer.SharedMethod(summary, name, "ref float lines, nint stride, nint channels, ref float matrices, nint matrixStride"))
        using (code.Open(Invariant($"for (nint row = 0; row < {inputs}; row++)")))
        using (code.Open($"for (nint c = 0; c < channels; {KernelWriter.Next("c", names.Lanes)})"))
        {
            code.Line("ref float line = ref Unsafe.Add(ref lines, (stride * row) + c);");
            code.Statement(names.Loads("d", "line", Enumerable.Range(0, inputs).Select(i => KernelWriter.Index(("channels", i)))));
            WinogradTransforms.OfInputs(code, inputs, names);
            code.Line(Invariant($"ref float target = ref Unsafe.Add(ref matrices, ({inputs} * matrixStride * row) + c);"));
            code.Rows(names.Stores("target", Enumerable.Range(0, inputs).Select(i => KernelWriter.Index(("matrixStride", i)))));
        }
    }

    /// <summary>Writes the store of a transformed column: a vector for each row of the memory in which a tile lies between the two steps.</summary>
    private static void StoreColumn(KernelWriter writer, int rows, int columns)
    {
        writer.Code.Line(Invariant($"ref float target = {KernelWriter.At("scratch", KernelWriter.Index(("column", writer.Lanes)))};"));
        writer.Code.Rows(Enumerable.Range(0, rows).Select(i => Invariant($"Simd.Store(t{i}, ref target, {i * columns * writer.Lanes});")));
    }

    /// <summary>Writes the transform of the rows, to the matrices.</summary>
    private static void Rows(KernelWriter writer, string name, int rows, int columns, string channel, Action transform)
    {
        CodeWriter code = writer.Code;
        using (code.Open(Invariant($"for (nint row = 0; row < {rows}; row++)")))
        {
            code.Line($"ref float line = {KernelWriter.At("scratch", KernelWriter.Index(("row", columns * writer.Lanes)))};");
            code.Statement(VectorNames.Of(writer.Width).Loads(name, "line", Enumerable.Range(0, columns).Select(i => Invariant($"{i * writer.Lanes}"))));
            transform();
            code.Line($"ref float target = ref Unsafe.Add(ref matrices, ({rows} * matrixStride * row) + {channel});");
            code.Rows(Enumerable.Range(0, rows).Select(i => $"Simd.Store(t{i}, ref target, {KernelWriter.Index(("matrixStride", i))});"));
        }
    }
}
