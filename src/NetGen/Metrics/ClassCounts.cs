namespace NetGen;

/// <summary>For each class, how many samples belong to it, were predicted as it, and both.</summary>
internal sealed class ClassCounts(int classes)
{
    private readonly int[] _actual = new int[classes];
    private readonly int[] _predicted = new int[classes];
    private readonly int[] _correct = new int[classes];

    /// <summary>Number of samples of a class.</summary>
    public int Support(int actual) => _actual[actual];

    /// <summary>Counts a sample.</summary>
    /// <param name="actual">Its class.</param>
    /// <param name="predicted">The predicted class, or −1 for no prediction.</param>
    public void Add(int actual, int predicted)
    {
        _actual[actual]++;
        if (predicted >= 0)
            _predicted[predicted]++;
        if (predicted == actual)
            _correct[actual]++;
    }

    /// <summary>Removes all samples.</summary>
    public void Clear()
    {
        Array.Clear(_actual);
        Array.Clear(_predicted);
        Array.Clear(_correct);
    }

    /// <summary>The score of one class; NaN for a share of no samples.</summary>
    /// <summary>Writes the counts into a checkpoint, or reads them back.</summary>
    public void Exchange(StateExchange values)
    {
        values.Values(_actual.AsSpan());
        values.Values(_predicted.AsSpan());
        values.Values(_correct.AsSpan());
    }

    public double Of(ClassScore score, int @class) => Share(score, _actual[@class], _predicted[@class], _correct[@class]);

    /// <summary>The average over the classes; shares of no samples count as 0. NaN without samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such average.</exception>
    public double Average(ClassScore score, Averaging averaging)
    {
        if (!Enum.IsDefined(averaging))
            throw new ArgumentOutOfRangeException(nameof(averaging), averaging, "There is no such average.");
        double sum = 0, weights = 0;
        long actual = 0, predicted = 0, correct = 0;
        for (int i = 0; i < _actual.Length; i++)
        {
            actual += _actual[i];
            predicted += _predicted[i];
            correct += _correct[i];
            int weight = averaging == Averaging.Weighted ? _actual[i] : _actual[i] > 0 || _predicted[i] > 0 ? 1 : 0;
            sum += weight * OrZero(Of(score, i));
            weights += weight;
        }

        return averaging == Averaging.Micro && actual > 0 ? OrZero(Share(score, actual, predicted, correct)) : sum / weights;
    }

    /// <summary>The share, or 0 for NaN: scikit-learn's <c>zero_division=0</c>.</summary>
    public static double OrZero(double share) => double.IsNaN(share) ? 0 : share;

    private static double Share(ClassScore score, long actual, long predicted, long correct) => score switch
    {
        ClassScore.Precision => (double)correct / predicted,
        ClassScore.Recall => (double)correct / actual,
        _ => 2.0 * correct / (actual + predicted),
    };
}
