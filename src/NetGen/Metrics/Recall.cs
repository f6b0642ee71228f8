namespace NetGen;

/// <summary>
/// Of the samples of a class, the share that the network predicts as it. It equals scikit-learn's <c>recall_score</c>.
/// </summary>
/// <remarks>
/// The recall of a class without samples counts as 0 (<c>zero_division=0</c>).
/// A sample with a NaN among its outputs has no prediction.
/// </remarks>
public sealed class Recall : ClassMetric
{
    /// <summary>The average over the classes, with the name <c>recall</c>, <c>recall_micro</c> or <c>recall_weighted</c>.</summary>
    /// <param name="averaging">How to average.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such average.</exception>
    public Recall(Averaging averaging = Averaging.Macro) : base("recall", ClassScore.Recall, averaging)
    {
    }

    /// <summary>The recall of one class, with the name <c>recall_class_1</c> for class 1.</summary>
    /// <param name="classIndex">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is negative.</exception>
    public Recall(int classIndex) : base("recall", ClassScore.Recall, classIndex)
    {
    }
}
