namespace NetGen;

/// <summary>
/// The harmonic mean of precision and recall of a class. It equals scikit-learn's <c>f1_score</c>.
/// </summary>
/// <remarks>
/// The F1 score of a class that has no samples and is never predicted counts as 0 (<c>zero_division=0</c>).
/// A sample with a NaN among its outputs has no prediction.
/// </remarks>
public sealed class F1Score : ClassMetric
{
    /// <summary>The average over the classes, with the name <c>f1</c>, <c>f1_micro</c> or <c>f1_weighted</c>.</summary>
    /// <param name="averaging">How to average.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such average.</exception>
    public F1Score(Averaging averaging = Averaging.Macro) : base("f1", ClassScore.F1, averaging)
    {
    }

    /// <summary>The F1 score of one class, with the name <c>f1_class_1</c> for class 1.</summary>
    /// <param name="classIndex">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is negative.</exception>
    public F1Score(int classIndex) : base("f1", ClassScore.F1, classIndex)
    {
    }
}
