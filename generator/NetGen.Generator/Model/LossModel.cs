namespace NetGen.Generator.Model;

/// <summary>The loss, after the runtime's enum of that name.</summary>
internal enum LossKind
{
    CrossEntropy,
    MeanSquaredError,
    BinaryCrossEntropy,
    MeanAbsoluteError,
    Huber,
}

/// <summary>The loss with its settings.</summary>
/// <param name="Kind">What training minimises.</param>
internal sealed record LossModel(LossKind Kind)
{
    /// <summary>The largest error that Huber counts with its square.</summary>
    public double Delta { get; init; } = 1;

    /// <summary>The share of the target that is spread evenly over all classes.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The label of samples that do not count; null if all do.</summary>
    public int? IgnoreLabel { get; init; }

    /// <summary>The weight of each class; empty if all classes count the same.</summary>
    public EquatableArray<double> ClassWeights { get; init; } = [];
}
