using NetGen;
using Questions.Networks;

namespace Questions.Answers;

/// <summary>Lets thinned networks vote.</summary>
internal sealed class VotingNetworks : IQuestion
{
    private const int Voters = 50;

    public string Title => "How do fifty thinned networks that vote compare with the whole one?";

    public void Answer(Page page, DigitSets data)
    {
        Result[] results = DigitSets.ForEachSeed(seed => Measure(data, seed));
        double[] differences = DigitSets.ForEachSeed(seed => GeometricMean(data, seed));
        page.Text(
            "A network with 64 hidden units and dropout of rate 0.5 is trained for 10 epochs. Fifty thinned networks are made of it: each keeps about half of the hidden units, "
            + "twice as large, the same for all digits. They are tested alone, by majority vote, and by the mean of their probabilities.");
        page.Table(
            ["network", "test accuracy, %"],
            ["one thinned network, mean of 50", Spread.Of(results.Select(r => r.Single)).Percent],
            ["50 by majority", Spread.Of(results.Select(r => r.Majority)).Percent],
            ["50 by the mean of probabilities", Spread.Of(results.Select(r => r.Mean)).Percent],
            ["the whole network", Spread.Of(results.Select(r => r.Whole)).Percent]);
        page.Text(
            "With ten hidden units there are only 1,024 thinned networks. The geometric mean of all their probabilities, divided by its sum, differs from the whole network by at most "
            + $"{Spread.Of(differences).Text("0.0E+0")}.");
        page.Check("The vote reads better than one thinned network.", results.All(r => r.Majority > r.Single && r.Mean > r.Single));
        page.Check("The whole network is within a point of both votes.", results.All(r => Math.Abs(r.Whole - r.Majority) <= 0.01 && Math.Abs(r.Whole - r.Mean) <= 0.01));
        page.Check("The geometric mean of all thinned networks is the whole network, but for rounding (1e-5).", differences.All(difference => difference < 1e-5));
        page.Answer(
            "The whole network does in one pass what the vote does in fifty. With one hidden layer and a softmax that is exact for the geometric mean: its logits are the mean "
            + "of theirs. A majority or an arithmetic mean is another average, and comes out about the same.");
    }

    private static Result Measure(DigitSets data, ulong seed)
    {
        var net = new DropoutNet(seed);
        data.Fit(net, seed, epochs: 10);
        int[] labels = DigitSets.Labels(data.Test);
        double whole = data.Accuracy(net);
        float[] weights = net.Dense2Weight.ToArray();
        int units = net.Dense1Bias.Length;
        float[] means = new float[labels.Length * DropoutNet.OutputLength];
        float[] votes = new float[means.Length];
        var singles = new List<double>();
        var random = new Random((int)seed);
        for (int voter = 0; voter < Voters; voter++)
        {
            bool[] kept = [.. Enumerable.Range(0, units).Select(_ => random.NextDouble() < 0.5)];
            net.Dense2Weight.CopyFrom(Thinned(weights, kept));
            float[] probabilities = net.Predict(data.Test);
            singles.Add(Accuracy(probabilities, labels));
            for (int sample = 0; sample < labels.Length; sample++)
                votes[(sample * DropoutNet.OutputLength) + Classes.Of(probabilities, sample)]++;
            for (int i = 0; i < means.Length; i++)
                means[i] += probabilities[i] / Voters;
        }

        return new Result(singles.Average(), Accuracy(votes, labels), Accuracy(means, labels), whole);
    }

    /// <summary>How far the normalised geometric mean of all thinned networks is from the whole network.</summary>
    private static double GeometricMean(DigitSets data, ulong seed)
    {
        const int Samples = 100;
        var net = new SmallDropoutNet(seed);
        data.Fit(net, seed, epochs: 3);
        Dataset digits = data.Test.Take(Samples);
        float[] whole = net.Predict(digits);
        float[] weights = net.Dense2Weight.ToArray();
        int units = net.Dense1Bias.Length;
        int networks = 1 << units;
        double[] logarithms = new double[whole.Length];
        for (int mask = 0; mask < networks; mask++)
        {
            net.Dense2Weight.CopyFrom(Thinned(weights, [.. Enumerable.Range(0, units).Select(unit => (mask >> unit & 1) == 1)]));
            float[] probabilities = net.Predict(digits);
            for (int i = 0; i < whole.Length; i++)
                logarithms[i] += Math.Log(probabilities[i]) / networks;
        }

        return logarithms.Chunk(SmallDropoutNet.OutputLength).Zip(whole.Chunk(SmallDropoutNet.OutputLength), (sample, expected) =>
        {
            double sum = sample.Sum(Math.Exp);
            return sample.Zip(expected, (logarithm, probability) => Math.Abs((Math.Exp(logarithm) / sum) - probability)).Max();
        }).Max();
    }

    /// <summary>The outgoing weights of the units: 0 for those that are left out, twice as large for the others.</summary>
    private static float[] Thinned(float[] weights, bool[] kept) => [.. weights.Select((weight, i) => kept[i % kept.Length] ? 2 * weight : 0)];

    private static double Accuracy(float[] scores, int[] labels) => Enumerable.Range(0, labels.Length).Average(i => Classes.Of(scores, i) == labels[i] ? 1.0 : 0);

    private sealed record Result(double Single, double Majority, double Mean, double Whole);
}
