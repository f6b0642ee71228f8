using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Accuracy;

/// <summary>The trainings of a variant, by seed.</summary>
/// <param name="Name">Its use of Winograd's transforms.</param>
/// <param name="Trainings">One for each seed, in their order.</param>
internal sealed record VariantResults(string Name, IReadOnlyList<Training> Trainings)
{
    /// <summary>The share of the test images that is classified rightly after the last epoch, for each seed.</summary>
    public IEnumerable<double> Accuracies => Trainings.Select(training => training.Accuracy);

    /// <summary>The mean of these.</summary>
    public double Accuracy => Accuracies.Average();

    /// <summary>How far they spread.</summary>
    public double Deviation => Statistics.StandardDeviation(Accuracies);

    /// <summary>The accuracy that another variant has with the same seed is subtracted.</summary>
    public IEnumerable<double> Above(VariantResults other) => Accuracies.Zip(other.Accuracies, (own, others) => own - others);
}
