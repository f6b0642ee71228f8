namespace NetGen;

/// <summary>
/// Of the samples that the network predicts as a class, the share that belongs to it. It equals scikit-learn's <c>precision_score</c>.
/// </summary>
/// <remarks>
/// The precision of a class that is never predicted counts as 0 (<c>zero_division=0</c>).
/// A sample with a NaN among its outputs has no prediction.
/// </remarks>
public sealed class Precision : ClassMetric
{
    /// <summary>The average over the classes, with the name <c>precision</c>, <c>precision_micro</c> or <c>precision_weighted</c>.</summary>
    /// <param name="averaging">How to average.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such average.</exception>
    public Precision(Averaging averaging = Averaging.Macro) : base("precision", ClassScore.Precision, averaging)
    {
    }

    /// <summary>The precision of one class, with the name <c>precision_class_1</c> for class 1.</summary>
    /// <param name="classIndex">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is negative.</exception>
    public Precision(int classIndex) : base("precision", ClassScore.Precision, classIndex)
    {
    }
}
