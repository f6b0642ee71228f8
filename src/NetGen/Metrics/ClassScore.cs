namespace NetGen;

/// <summary>A share that is computed for each class.</summary>
internal enum ClassScore
{
    /// <summary>Of the samples predicted as the class, the share that belongs to it.</summary>
    Precision,

    /// <summary>Of the samples of the class, the share predicted as it.</summary>
    Recall,

    /// <summary>The harmonic mean of precision and recall.</summary>
    F1,
}
