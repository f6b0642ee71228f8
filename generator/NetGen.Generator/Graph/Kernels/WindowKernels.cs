using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>Emits the loops over the windows of an image, forward and backward.</summary>
internal static class WindowKernels
{
    /// <summary>
    /// Writes the loops over the outputs. Declares the bounds of windows that reach beyond the image, <c>window</c>, the first value of the window, and
    /// <c>target</c>. The loop variables are <c>row</c>, <c>column</c> and <c>channel</c>.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="operation">The operation, with an image as its input.</param>
    /// <param name="pooling">The windows.</param>
    /// <param name="operands">The tensors that the epilogue reads.</param>
    /// <param name="needsUnit">Whether the window needs <c>unit</c>, the position of the output among those of the sample.</param>
    /// <param name="body">Writes the computation of a window, given the valid lanes; returns the name of the result.</param>
    public static void Forward(
        KernelWriter writer, Operation operation, PoolingWindow pooling, IReadOnlyList<OperandAccess> operands, bool needsUnit, Func<int, string> body)
    {
        SampleShape shape = operation.Output.Shape;
        BufferLayout from = operation.SourceLayout;
        BufferLayout to = operation.Output.Layout;
        Epilogue epilogue = operation.Epilogue;
        int before = (pooling.Top * from.RowStride) + (pooling.Left * from.PixelStride);
        using (writer.Nest(KernelWriter.Each("row", shape.Height), KernelWriter.Each("column", shape.Width)))
        {
            pooling.WriteBounds(writer, operation);
            writer.Vectors(shape.Channels, "channel", alone: true, body: lanes =>
            {
                writer.Code.Line($"ref float window = ref Unsafe.Add(ref x, {KernelWriter.Index(("row", pooling.VerticalStride * from.RowStride), ("column", pooling.HorizontalStride * from.PixelStride), ("channel", 1))}{Minus(before)});");
                writer.Code.Line($"ref float target = ref Unsafe.Add(ref y, {KernelWriter.Index(("row", to.RowStride), ("column", to.PixelStride), ("channel", 1))});");
                if (needsUnit || epilogue.Mask is not null)
                    writer.Code.Line($"nint unit = {KernelWriter.Index(("row", shape.Width * shape.Channels), ("column", shape.Channels), ("channel", 1))};");
                string value = body(lanes);
                FunctionPlace place = OperandAccess.Place(operands, operand => KernelWriter.Load(
                    operand.Name, KernelWriter.Index(("row", operand.Layout.RowStride), ("column", operand.Layout.PixelStride), ("channel", 1))));
                writer.Store(epilogue.ApplyAll(value, place, "unit"), "target", 0, lanes);
            });
        }
    }

    /// <summary>Sets a gradient with respect to an image, <c>dx</c>, to 0.</summary>
    public static void Clear(KernelWriter writer, SampleShape shape) => writer.Vectors(shape.Length, "element", lanes => writer.Store("Simd.Zero", "dx", "element", lanes));

    /// <summary>
    /// Writes the loops over the outputs' gradients. Declares the bounds of windows that reach beyond the image, <c>value</c>, the gradient before the
    /// epilogue, and <c>target</c>, the first value of the window in <c>dx</c>. The loop variables are <c>row</c>, <c>column</c> and <c>n</c>.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="operation">The operation, with an image as its input.</param>
    /// <param name="pooling">The windows.</param>
    /// <param name="needsUnit">Whether the sums need <c>unit</c>, the position of the output among those of the sample.</param>
    /// <param name="body">Writes the sums of a window, given the valid lanes.</param>
    public static void Scatter(KernelWriter writer, Operation operation, PoolingWindow pooling, bool needsUnit, Action<int> body)
    {
        BufferLayout to = new(operation.Source.Shape, default);
        int before = (pooling.Top * to.RowStride) + (pooling.Left * to.PixelStride);
        using (writer.Nest(KernelWriter.Each("row", operation.Output.Shape.Height), KernelWriter.Each("column", operation.Output.Shape.Width)))
        {
            pooling.WriteBounds(writer, operation);
            writer.Vectors(operation.Output.Shape.Channels, "n", alone: true, body: lanes =>
            {
                GradientLoad.Write(writer, operation, "n", needsUnit);
                writer.Code.Line($"ref float target = ref Unsafe.Add(ref dx, {KernelWriter.Index(("row", pooling.VerticalStride * to.RowStride), ("column", pooling.HorizontalStride * to.PixelStride), ("n", 1))}{Minus(before)});");
                body(lanes);
            });
        }
    }

    private static string Minus(int floats) => floats == 0 ? "" : Invariant($" - {floats}");
}
