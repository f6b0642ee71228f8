namespace NetGen.Tests.Parity;

/// <summary>Finds the loss of each step. A training reports the mean over the epoch so far, in double precision.</summary>
/// <param name="batchWeight">The sum of the weights of a batch, by epoch and step, both counted from 1.</param>
internal sealed class StepLosses(Func<int, int, double> batchWeight) : TrainingCallback
{
    private readonly List<double> _losses = [];
    private double _sum;
    private double _weight;

    public IReadOnlyList<double> Losses => _losses;

    public override void EpochStarted(TrainingContext training) => _sum = _weight = 0;

    public override void StepCompleted(TrainingContext training)
    {
        double weight = batchWeight(training.Epoch, training.Step);
        _weight += weight;
        double sum = training.LastStep.Loss * _weight;
        _losses.Add((sum - _sum) / weight);
        _sum = sum;
    }
}
