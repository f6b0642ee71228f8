namespace NetGen.Generator.Graph;

/// <summary>
/// Leaves out the last rows and columns of images that nobody reads: pooling whose windows do not cover the image, and strides, drop them, and then the operations
/// before need not compute them either.
/// </summary>
internal static class Cropping
{
    /// <summary>Crops the outputs of operations, the last one first, because a cropped reader reads less.</summary>
    public static void Run(IReadOnlyList<Operation> operations)
    {
        foreach (Operation operation in operations.Reverse())
        {
            if (operation.CanBeCropped && operation.Output.Readers.Count > 0 && operation.Output.Readers.All(reader => IsInput(operation.Output, reader)))
                Crop(operation.Output);
        }
    }

    /// <summary>Whether a reader has a tensor as an input, in the shape in which it is written, and as nothing else.</summary>
    private static bool IsInput(Tensor tensor, Operation reader) =>
        reader.Inputs.All(view => view.Tensor != tensor || view.Shape == tensor.Shape) && reader.Epilogue.Operands.All(operand => operand.Tensor != tensor);

    private static void Crop(Tensor tensor)
    {
        SampleShape[] parts = [.. from reader in tensor.Readers from view in reader.Inputs where view.Tensor == tensor select reader.PartRead(view)];
        int multiple = tensor.Producer!.WidthMultiple;
        int width = (parts.Max(part => part.Width) + multiple - 1) / multiple * multiple;
        SampleShape shape = tensor.Shape with { Height = parts.Max(part => part.Height), Width = Math.Min(width, tensor.Shape.Width) };
        if (shape == tensor.Shape)
            return;
        tensor.Crop(shape);
        foreach (Operation reader in tensor.Readers.Distinct())
            reader.CropInput(tensor);
    }
}
