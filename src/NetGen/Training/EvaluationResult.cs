using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>How well a network does on a data set, without dropout.</summary>
/// <param name="Samples">Number of samples.</param>
/// <param name="Loss">Mean loss over the samples.</param>
/// <param name="Accuracy">
/// Share of the samples whose largest output is their class; outputs with a NaN are no prediction, so they count as wrong; <see langword="null"/> for a network that is no classifier.
/// </param>
/// <param name="ConfusionMatrix">
/// Which classes were taken for which, without the samples whose outputs hold a NaN; <see langword="null"/> for a network that is no classifier.
/// </param>
public sealed record EvaluationResult(int Samples, double Loss, double? Accuracy, ConfusionMatrix? ConfusionMatrix)
{
    /// <summary>Loss, accuracy and number of samples on a line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"loss: {Loss:F4}");
        if (Accuracy is { } accuracy)
            text.Append(CultureInfo.InvariantCulture, $" - accuracy: {accuracy:F4}");
        return text.Append(CultureInfo.InvariantCulture, $" ({Samples} samples)").ToString();
    }
}
