namespace NetGen;

/// <summary>The number of samples for each pair of an actual and a predicted class.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[] _counts;

    /// <summary>An empty matrix.</summary>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1.</exception>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Classes = classes;
        _counts = new int[checked(classes * classes)];
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
        Total++;
        if (actual == predicted)
            Correct++;
    }

    /// <summary>Share of the samples of a class that were predicted correctly; NaN when there are none.</summary>
    public double Recall(int actual)
    {
        int samples = 0;
        for (int predicted = 0; predicted < Classes; predicted++)
            samples += this[actual, predicted];
        return (double)this[actual, actual] / samples;
    }

    /// <summary>Share of the samples predicted as a class that belong to it; NaN when there are none.</summary>
    public double Precision(int predicted)
    {
        int samples = 0;
        for (int actual = 0; actual < Classes; actual++)
            samples += this[actual, predicted];
        return (double)this[predicted, predicted] / samples;
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

    private int Index(int actual, int predicted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(actual);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(actual, Classes);
        ArgumentOutOfRangeException.ThrowIfNegative(predicted);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(predicted, Classes);
        return actual * Classes + predicted;
    }
}
