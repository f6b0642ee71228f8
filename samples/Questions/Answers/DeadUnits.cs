using NetGen;
using Questions.Networks;

namespace Questions.Answers;

/// <summary>Counts the dead units of a training with several learning rates, and tries the remedies.</summary>
internal sealed class DeadUnits : IQuestion
{
    private const int Epochs = 10;

    private static readonly float[] Rates = [0.001f, 0.01f, 0.03f, 0.1f];

    public string Title => "Will all units of ReLU get stuck at zero?";

    public void Answer(Page page, DigitSets data)
    {
        page.Text(
            "Three hidden layers of 64 units, trained for 10 epochs with Adam at several learning rates. A unit is dead in an epoch if it is positive for none of the "
            + "4,000 digits; dropout plays no part. The last column says how many of all units that were ever dead are alive in the last epoch.");
        Course[][] courses = [.. Rates.Select(rate => DigitSets.ForEachSeed(seed => Train(data, seed, rate)))];
        page.Table(
            ["learning rate", "dead after 1 epoch, %", "after 3, %", "after 10, %", "test accuracy, %", "of these back, %"],
            [.. Rates.Zip(courses, (rate, seeds) => new[]
            {
                rate.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Spread.Of(seeds.Select(course => course.First)).Percent,
                Spread.Of(seeds.Select(course => course.Third)).Percent,
                Spread.Of(seeds.Select(course => course.Last)).Percent,
                Spread.Of(seeds.Select(course => course.Accuracy)).Percent,
                Spread.Of(seeds.Select(course => course.Back)).Percent,
            })]);

        page.Text("The remedies, at the highest of these rates:");
        double[] leaky = DigitSets.ForEachSeed(seed => Accuracy(data, new LeakyStack(seed), seed));
        double[] elu = DigitSets.ForEachSeed(seed => Accuracy(data, new EluStack(seed), seed));
        page.Table(
            ["remedy", "test accuracy, %"],
            ["none: ReLU", Spread.Of(courses[^1].Select(course => course.Accuracy)).Percent],
            ["LeakyReLU(0.1)", Spread.Of(leaky).Percent],
            ["ELU", Spread.Of(elu).Percent],
            ["ReLU with a hundredth of the learning rate", Spread.Of(courses[0].Select(course => course.Accuracy)).Percent]);

        page.Check("At a usual learning rate, 0.001, fewer than a tenth of the units are dead after 10 epochs.", courses[0].All(course => course.Last < 0.1));
        page.Check("At 0.1 more than half of them are.", courses[^1].All(course => course.Last > 0.5));
        page.Check("More units die at the highest learning rate than at the lowest, for all seeds.", courses[0].Zip(courses[^1]).All(pair => pair.First.Last < pair.Second.Last));
        page.Check("The lower learning rate mends it.", courses[0].Zip(courses[^1]).All(pair => pair.First.Accuracy > pair.Second.Accuracy));
        page.Answer(
            "Not at a usual learning rate. Steps that are far too large throw units to where they are negative for every input; then their gradient is 0. "
            + "Some come back, because the layers below them and Adam's moments still move; most do not. Other activations have a gradient for negative values, "
            + "so their units do not die, but with steps as large as that the training suffers all the same: the learning rate is the cause, and lowering it is the mend.");
    }

    private static Course Train(DigitSets data, ulong seed, float rate)
    {
        var net = new ReluStack(seed);
        TrainingHistory history = data.Fit(net, seed, Epochs, rate);
        HashSet<(string, int)> ever = [.. history.SelectMany(Dead)];
        HashSet<(string, int)> last = [.. Dead(history[^1])];
        double back = ever.Count == 0 ? 0 : (double)ever.Count(unit => !last.Contains(unit)) / ever.Count;
        return new Course(history[0].DeadUnits!.Share, history[2].DeadUnits!.Share, history[^1].DeadUnits!.Share, data.Accuracy(net), back);
    }

    private static IEnumerable<(string Layer, int Unit)> Dead(EpochResult epoch) =>
        epoch.DeadUnits!.Layers.SelectMany(layer => layer.Dead.Select(unit => (layer.Layer, unit)));

    private static double Accuracy(DigitSets data, INetwork net, ulong seed)
    {
        data.Fit(net, seed, Epochs, Rates[^1]);
        return data.Accuracy(net);
    }

    private sealed record Course(double First, double Third, double Last, double Accuracy, double Back);
}
