namespace NetGen;

/// <summary>Loss and accuracy in the words of Keras.</summary>
internal static class MetricText
{
    /// <summary><c>loss: 0.1234 - accuracy: 0.9633</c>, without the accuracy where there is none.</summary>
    /// <param name="prefix">What stands before both words.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="accuracy">The accuracy, or <see langword="null"/>.</param>
    public static string Of(string prefix, double loss, double? accuracy)
    {
        string text = $"{prefix}loss: {NumberText.Loss(loss)}";
        return accuracy is { } share ? $"{text} - {prefix}accuracy: {NumberText.Share(share)}" : text;
    }

    /// <summary><c> - f1: 0.8123 - auc: 0.9633</c>, or nothing.</summary>
    /// <param name="prefix">What stands before each name.</param>
    /// <param name="values">The values by name.</param>
    public static string Of(string prefix, IReadOnlyDictionary<string, double> values) =>
        string.Concat(values.Select(value => $" - {prefix}{value.Key}: {NumberText.Loss(value.Value)}"));
}
