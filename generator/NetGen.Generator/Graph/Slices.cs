namespace NetGen.Generator.Graph;

/// <summary>Some of the channels of a larger tensor, in whose memory they lie.</summary>
/// <param name="Whole">The larger tensor.</param>
/// <param name="Channel">The first of the channels.</param>
internal sealed record Slice(Tensor Whole, int Channel);

/// <summary>
/// Decides which tensors are slices of the tensor that a concatenation writes: their producers write there, so nothing is copied. A tensor that
/// others read as well is not: their kernels read contiguous pixels. Nor is the network's input, nor a flattened image, nor the output of a
/// kernel that cannot leave out the channels of the others.
/// </summary>
internal static class Slices
{
    /// <summary>Sets <see cref="Tensor.Slice"/>.</summary>
    public static void Assign(IEnumerable<Operation> operations)
    {
        foreach (Operation operation in operations)
        {
            for (int i = 0; i < operation.Inputs.Count; i++)
            {
                (Tensor tensor, SampleShape shape) = operation.Inputs[i];
                if (operation.ChannelOf(i) is { } channel && tensor is { Producer.WritesSlices: true, Readers.Count: 1 } && tensor.Shape == shape)
                    tensor.Slice = new(operation.Output, channel);
            }
        }
    }
}
