using NetGen.Generator.Graph.Tuning;

namespace NetGen.Generator.Graph.Memory;

/// <summary>The memory of a pass, as far as kernels depend on it.</summary>
internal abstract class PassMemory
{
    /// <summary>Whether the pass is for training, so that forward kernels store what backward needs.</summary>
    public abstract bool IsTraining { get; }

    /// <summary>Floats from the tensor of one sample to that of the next sample, where all samples exist at once.</summary>
    public abstract int SampleStride(Tensor tensor);

    /// <summary>Whether the network is so small that its kernels are unrolled: they have no loops over inputs and outputs.</summary>
    public abstract bool IsUnrolled { get; }

    /// <summary>How threads share an operation forward, whose kernel then takes a range of rows or panels; null if they do not.</summary>
    public abstract Sharing? SharingOf(Operation operation);

    /// <summary>
    /// The stride of samples for a length: a whole number of cache lines, but not a multiple of a kilobyte. With such a stride, the rows of a
    /// tile would map to the same sets of the L1 cache.
    /// </summary>
    protected static int Spread(int length)
    {
        int lines = (length + 15) / 16;
        return 16 * (lines % 16 == 0 ? lines + 1 : lines);
    }
}

/// <summary>A buffer that an operation needs in training, in addition to tensors and their gradients.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Suffix">Its name in generated code, after that of the operation.</param>
/// <param name="Layout">The layout for one sample.</param>
/// <param name="InBackward">Whether only backward uses it; otherwise forward writes it for backward.</param>
/// <param name="Comment">A comment for the constant with its offset in generated code.</param>
internal sealed record TrainingBuffer(Operation Operation, string Suffix, BufferLayout Layout, bool InBackward, string Comment)
{
    public string Name => Operation.Name + Suffix;

    /// <summary>Whether backward keeps its values from one sample of a shard to the next.</summary>
    public bool IsOfShard { get; init; }
}
