using NetGen;
using Questions.Networks;

namespace Questions.Answers;

/// <summary>Removes units after the training.</summary>
internal sealed class Redundancy : IQuestion
{
    private const int Choices = 10;

    private static readonly double[] Removed = [0, 0.25, 0.5, 0.75];

    public string Title => "Does dropout force a redundant representation?";

    public void Answer(Page page, DigitSets data)
    {
        page.Text(
            "Two networks of 64 hidden units are trained for 10 epochs, one with dropout of rate 0.5. Then hidden units are chosen at random and removed, ten times for each "
            + "share, without scaling the others. The table shows the test accuracy, a mean over the ten choices.");
        double[][] plain = DigitSets.ForEachSeed(seed => Without(data, new PlainNet(seed), seed, net => net.Dense2Weight));
        double[][] dropout = DigitSets.ForEachSeed(seed => Without(data, new DropoutNet(seed), seed, net => net.Dense2Weight));
        page.Table(
            ["units removed", "trained without dropout, %", "trained with dropout, %"],
            [.. Removed.Select((share, i) => new[]
            {
                share.ToString("0 %", System.Globalization.CultureInfo.InvariantCulture),
                Spread.Of(plain.Select(seed => seed[i])).Percent,
                Spread.Of(dropout.Select(seed => seed[i])).Percent,
            })]);
        page.Check("With half of the units removed, the network trained with dropout is better, for all seeds.", plain.Zip(dropout).All(pair => pair.Second[2] > pair.First[2]));
        page.Check("It then loses less than half of what the other loses.", plain.Zip(dropout).All(pair => pair.Second[0] - pair.Second[2] < (pair.First[0] - pair.First[2]) / 2));
        page.Answer(
            "Yes, in this sense: it loses far less when units are removed at random, because in training no unit could rely on another one being there. "
            + "That does not make the whole network better by itself: with as few units as these it reads a little worse.");
    }

    private static double[] Without<T>(DigitSets data, T net, ulong seed, Func<T, ParameterView> outgoing)
        where T : INetwork
    {
        data.Fit(net, seed, epochs: 10);
        float[] weights = outgoing(net).ToArray();
        int units = weights.Length / 10;
        var random = new Random((int)seed);
        return [.. Removed.Select(share => Enumerable.Range(0, Choices).Average(_ =>
        {
            bool[] removed = new bool[units];
            foreach (int unit in Shuffled(random, units).Take((int)(share * units)))
                removed[unit] = true;
            outgoing(net).CopyFrom([.. weights.Select((weight, i) => removed[i % units] ? 0 : weight)]);
            return data.Accuracy(net);
        }))];
    }

    private static int[] Shuffled(Random random, int count)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        random.Shuffle(all);
        return all;
    }
}
