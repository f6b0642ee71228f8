using NetGen;
using Questions.Networks;

namespace Questions.Answers;

/// <summary>Compares the patterns of zeros that ReLU and dropout make.</summary>
internal sealed class RandomSwitches : IQuestion
{
    private const int Passes = 50;

    public string Title => "Does ReLU switch units at random, as dropout does?";

    public void Answer(Page page, DigitSets data)
    {
        Changes[] changes = DigitSets.ForEachSeed(seed => Measure(data, seed));
        page.Text(
            "A network with 64 hidden units is trained, once with ReLU alone and once with dropout of rate 0.5 behind it. Then its hidden layer looks at 1,000 test digits. "
            + "For each, the pattern says which units are 0. The table shows the share of a pattern that changes. For dropout only units count that ReLU lets through.");
        page.Table(
            ["what is compared", "units that change, %"],
            ["ReLU: the same digit again, 50 times", Spread.Of(changes.Select(c => c.Again)).Percent],
            ["ReLU: with noise of deviation 0.05 on each pixel", Spread.Of(changes.Select(c => c.LittleNoise)).Percent],
            ["ReLU: with noise of deviation 0.2", Spread.Of(changes.Select(c => c.MuchNoise)).Percent],
            ["ReLU: another digit of the same class", Spread.Of(changes.Select(c => c.SameClass)).Percent],
            ["ReLU: a digit of another class", Spread.Of(changes.Select(c => c.OtherClass)).Percent],
            ["dropout: the same digit again", Spread.Of(changes.Select(c => c.Dropout)).Percent]);
        page.Check("ReLU makes the same pattern for the same digit each time, for all seeds.", changes.All(c => c.Again == 0));
        page.Check("A little noise changes fewer than a tenth of the units.", changes.All(c => c.LittleNoise < 0.1));
        page.Check("Digits of one class have patterns that are more alike than digits of two classes.", changes.All(c => c.SameClass < c.OtherClass));
        page.Check("Dropout changes half of the units each time: between 49 and 51 %.", changes.All(c => c.Dropout is > 0.49 and < 0.51));
        page.Answer(
            "No. Which units ReLU sets to 0 depends on the input and the weights alone; like inputs have like patterns, so a pattern says something about the input. "
            + "Dropout throws a die for each unit and each sample, and its pattern says nothing.");
    }

    private static Changes Measure(DigitSets data, ulong seed)
    {
        var plain = new PlainNet(seed);
        data.Fit(plain, seed, epochs: 3);
        PlainUnits units = PlainUnits.Of(plain);
        Dataset digits = data.Test.Take(1000);
        bool[] first = Pattern(units.Predict(digits));
        double again = Enumerable.Range(0, Passes).Max(_ => Difference(first, Pattern(units.Predict(digits))));
        int[] labels = DigitSets.Labels(digits);

        return new Changes(
            again,
            Difference(first, Pattern(units.Predict(Noisy(digits, 0.05, seed)))),
            Difference(first, Pattern(units.Predict(Noisy(digits, 0.2, seed)))),
            Between(first, labels, same: true),
            Between(first, labels, same: false),
            ChangesOfDropout(data, digits, seed));
    }

    private static double ChangesOfDropout(DigitSets data, Dataset digits, ulong seed)
    {
        var dropout = new DropoutNet(seed);
        data.Fit(dropout, seed, epochs: 3);
        DropoutUnits units = DropoutUnits.Of(dropout);
        float[] inputs = DigitSets.Pixels(digits);
        bool[] active = Pattern(units.Predict(digits));
        DropoutUnits.TrainingPass pass = units.BeginTraining(digits.Count, seed, threads: 1);
        float[] targets = new float[active.Length];
        pass.Forward(inputs, targets);
        bool[] first = Pattern(pass.Outputs);
        pass.Forward(inputs, targets);
        bool[] second = Pattern(pass.Outputs);
        return Enumerable.Range(0, active.Length).Where(i => active[i]).Average(i => first[i] == second[i] ? 0.0 : 1);
    }

    /// <summary>Which units are not 0, sample by sample.</summary>
    private static bool[] Pattern(ReadOnlySpan<float> units)
    {
        bool[] pattern = new bool[units.Length];
        for (int i = 0; i < pattern.Length; i++)
            pattern[i] = units[i] > 0;
        return pattern;
    }

    private static double Difference(ReadOnlySpan<bool> a, ReadOnlySpan<bool> b)
    {
        int different = 0;
        for (int i = 0; i < a.Length; i++)
            different += a[i] == b[i] ? 0 : 1;
        return (double)different / a.Length;
    }

    /// <summary>The mean difference of each digit's pattern from that of the next digit of the same or of another class.</summary>
    private static double Between(bool[] patterns, int[] labels, bool same)
    {
        var differences = new List<double>();
        for (int i = 0; i < labels.Length; i++)
        {
            int other = Array.FindIndex(labels, i + 1, label => (label == labels[i]) == same);
            if (other > 0)
                differences.Add(Difference(Units(patterns, i), Units(patterns, other)));
        }

        return differences.Average();
    }

    private static ReadOnlySpan<bool> Units(bool[] patterns, int sample) => patterns.AsSpan(sample * PlainUnits.OutputLength, PlainUnits.OutputLength);

    private static ISampleSource Noisy(Dataset digits, double deviation, ulong seed)
    {
        float[] noisy = DigitSets.Pixels(digits);
        var random = new Random((int)seed);
        for (int i = 0; i < noisy.Length; i++)
            noisy[i] += (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return Dataset.FromLabels(noisy, digits.InputLength, DigitSets.Labels(digits), digits.ClassCount);
    }

    private sealed record Changes(double Again, double LittleNoise, double MuchNoise, double SameClass, double OtherClass, double Dropout);
}
