namespace NetGen.Generator.Graph.Memory;

/// <summary>Where the values of a pass lie: what kernels must know of it.</summary>
internal abstract class PassMemory
{
    /// <summary>Whether gradients follow, so that a kernel keeps what they need.</summary>
    public abstract bool IsTraining { get; }

    /// <summary>Floats from a tensor of one sample to that of the next one, where both exist at once.</summary>
    public abstract int SampleStride(Tensor tensor);

    /// <summary>The least number of samples in a shard; 0 where there are none.</summary>
    public virtual int ShardSize => 0;

    /// <summary>
    /// The distance of two samples: a whole number of cache lines, but no multiple of a kilobyte, because the rows of a tile would
    /// then compete for the same lines of the first-level cache.
    /// </summary>
    protected static int Spread(int length)
    {
        int lines = (length + 15) / 16;
        return 16 * (lines % 16 == 0 ? lines + 1 : lines);
    }
}

/// <summary>Memory of an operation's own that training needs beside tensors and their gradients.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Suffix">Its name in generated code, behind that of the operation.</param>
/// <param name="Layout">What one sample needs.</param>
/// <param name="Written">The part of it that is written for every sample; the rest stays 0.</param>
/// <param name="InBackward">Whether only backward uses it; otherwise forward writes it for backward.</param>
/// <param name="Comment">What it is, for the plan in generated code.</param>
internal sealed record TrainingBuffer(Operation Operation, string Suffix, BufferLayout Layout, SampleShape Written, bool InBackward, string Comment)
{
    public string Name => Operation.Name + Suffix;
}
