using static System.FormattableString;

namespace NetGen;

/// <summary>The number of samples for each pair of an actual and a predicted class.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[] _counts;
    private readonly ClassCounts _classes;

    /// <summary>An empty matrix.</summary>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1.</exception>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Classes = classes;
        _counts = new int[checked(classes * classes)];
        _classes = new ClassCounts(classes);
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Number of samples counted.</summary>
    public int Total { get; private set; }

    /// <summary>Number of samples whose class was predicted correctly.</summary>
    public int Correct { get; private set; }

    /// <summary>Share of the samples whose class was predicted correctly; NaN while there are none.</summary>
    public double Accuracy => (double)Correct / Total;

    /// <summary>Number of samples of one class that were predicted as another class, or correctly as the same.</summary>
    /// <param name="actual">The class of the samples.</param>
    /// <param name="predicted">The predicted class.</param>
    public int this[int actual, int predicted] => _counts[Index(actual, predicted)];

    /// <summary>Counts one sample.</summary>
    /// <param name="actual">Its class.</param>
    /// <param name="predicted">The predicted class.</param>
    public void Add(int actual, int predicted)
    {
        _counts[Index(actual, predicted)]++;
        _classes.Add(actual, predicted);
        Total++;
        if (actual == predicted)
            Correct++;
    }

    /// <summary>Number of samples of a class.</summary>
    /// <param name="actual">The class.</param>
    public int Support(int actual) => _classes.Support(Checked(actual, nameof(actual)));

    /// <summary>Share of the samples of a class that were predicted correctly; NaN when there are none.</summary>
    /// <param name="actual">The class.</param>
    public double Recall(int actual) => _classes.Of(ClassScore.Recall, Checked(actual, nameof(actual)));

    /// <summary>Share of the samples predicted as a class that belong to it; NaN when there are none.</summary>
    /// <param name="predicted">The class.</param>
    public double Precision(int predicted) => _classes.Of(ClassScore.Precision, Checked(predicted, nameof(predicted)));

    /// <summary>
    /// The harmonic mean of precision and recall of a class; NaN when no sample belongs to it or was predicted as it.
    /// </summary>
    /// <param name="classIndex">The class.</param>
    public double F1(int classIndex) => _classes.Of(ClassScore.F1, Checked(classIndex, nameof(classIndex)));

    /// <summary>The recall averaged over the classes, that of a class without samples counted as 0; NaN without samples.</summary>
    /// <param name="averaging">How to average.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such average.</exception>
    public double Recall(Averaging averaging) => _classes.Average(ClassScore.Recall, averaging);

    /// <summary>
    /// The precision averaged over the classes, that of a class that was never predicted counted as 0; NaN without samples.
    /// </summary>
    /// <param name="averaging">How to average.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such average.</exception>
    public double Precision(Averaging averaging) => _classes.Average(ClassScore.Precision, averaging);

    /// <summary>The F1 score averaged over the classes; NaN without samples.</summary>
    /// <param name="averaging">How to average.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such average.</exception>
    public double F1(Averaging averaging) => _classes.Average(ClassScore.F1, averaging);

    /// <summary>
    /// Precision, recall, F1 score and number of samples of each class as a table, as scikit-learn's <c>classification_report</c>, with
    /// <c>\n</c> between its lines, as wide as the console's window; 80 columns where the output goes to a file or a pipe.
    /// </summary>
    /// <param name="classNames">The names of all classes in order; <see langword="null"/> for their numbers.</param>
    /// <exception cref="ArgumentException">The number of names is not that of the classes.</exception>
    public string ClassificationReport(IReadOnlyList<string>? classNames = null) =>
        ClassificationReport(TerminalWidth.OfConsole, classNames);

    /// <summary>
    /// Precision, recall, F1 score and number of samples of each class as a table, as scikit-learn's <c>classification_report</c>, with
    /// <c>\n</c> between its lines. A share of no samples is <c>-</c>, and counts as 0 in the averages; a class that neither occurs nor is
    /// predicted is left out of them.
    /// </summary>
    /// <param name="width">
    /// The most characters of a line, at least 1. Where that is too few, the numbers of samples are left out, then the precisions; then long
    /// names end in <c>…</c>, as those beyond 40 characters always do. Numbers are never shortened, so below 40 characters lines may be longer.
    /// </param>
    /// <param name="classNames">The names of all classes in order; <see langword="null"/> for their numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The number of names is not that of the classes.</exception>
    public string ClassificationReport(int width, IReadOnlyList<string>? classNames = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (classNames is not null && classNames.Count != Classes)
        {
            throw new ArgumentException(
                Invariant($"The matrix has {Classes} classes, but got {classNames.Count} names."), nameof(classNames));
        }

        return new ReportText(this, classNames).ToString(width);
    }

    /// <summary>
    /// The matrix as text, with <c>\n</c> between its lines, as wide as the console's window; 80 columns where the output
    /// goes to a file or a pipe.
    /// </summary>
    public override string ToString() => ToString(TerminalWidth.OfConsole);

    /// <summary>The matrix as text, with <c>\n</c> between its lines.</summary>
    /// <param name="width">
    /// The most characters of a line, at least 1. Of these forms the first that fits is taken: a framed table with a row for
    /// each class and its recall, a column for each prediction, and the precisions below; the same without frame, the
    /// precisions in a column; the counts alone; for each class its recall and, the most frequent first, as many of the
    /// classes that it was mistaken for as fit, each with its count. Numbers are never shortened, so that below about
    /// 40 characters lines may be longer.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is below 1.</exception>
    public string ToString(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return new ConfusionText(this).Fitting(width);
    }

    private int Index(int actual, int predicted) =>
        Checked(actual, nameof(actual)) * Classes + Checked(predicted, nameof(predicted));

    private int Checked(int classIndex, string argument)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(classIndex, argument);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(classIndex, Classes, argument);
        return classIndex;
    }
}
