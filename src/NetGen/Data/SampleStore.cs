namespace NetGen;

/// <summary>The samples in memory that a <see cref="Dataset"/> and all its views read.</summary>
/// <param name="Inputs">The inputs of all samples.</param>
/// <param name="InputLength">Number of values of one sample.</param>
internal sealed record SampleStore(InputStore Inputs, int InputLength)
{
    /// <summary>The class of each sample, if they have classes.</summary>
    public ReadOnlyMemory<int>? Labels { get; init; }

    /// <summary>Number of classes; 0 if the samples have targets.</summary>
    public int ClassCount { get; init; }

    /// <summary>The targets of all samples, if they have targets.</summary>
    public ReadOnlyMemory<float>? Targets { get; init; }

    /// <summary>Number of targets of one sample; 0 if the samples have labels.</summary>
    public int TargetLength { get; init; }

    /// <summary>The weight of each sample; without it, all have the weight 1.</summary>
    public ReadOnlyMemory<float>? Weights { get; init; }
}
