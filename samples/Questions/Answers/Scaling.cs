using NetGen;
using Questions.Networks;
using static System.FormattableString;

namespace Questions.Answers;

/// <summary>Compares the hidden units in training and in prediction, and leaves the scale out.</summary>
internal sealed class Scaling : IQuestion
{
    private const int Passes = 400;

    public string Title => "Are the remaining activations scaled, and what if not?";

    public void Answer(Page page, DigitSets data)
    {
        Scales[] half = DigitSets.ForEachSeed(seed => Measure(data, seed));
        page.Text(
            Invariant($"The hidden units of a trained network with dropout of rate 0.5: the sum of all units over 64 digits in {Passes} passes with dropout, divided by the sum without. ")
            + "A unit that is kept is divided by 1 minus the rate, which is 2 times its value.");
        page.Table(
            ["what", "ratio to the sum without dropout"],
            ["with dropout, scaled", Spread.Of(half.Select(s => s.Scaled)).Text("0.000")],
            ["with dropout, without the scale", Spread.Of(half.Select(s => s.Scaled / 2)).Text("0.000")]);

        Losses[] one = DigitSets.ForEachSeed(seed => WithoutScale(data, new DropoutNet(seed), seed, net => [net.Dense2Weight]));
        Losses[] rectified = DigitSets.ForEachSeed(seed => WithoutScale(data, new DropoutStack(seed), seed, net => [net.Dense2Weight, net.Dense3Weight, net.Dense4Weight]));
        Losses[] tangents = DigitSets.ForEachSeed(seed => WithoutScale(data, new TanhDropoutStack(seed), seed, net => [net.Dense2Weight, net.Dense3Weight, net.Dense4Weight]));
        page.Text(
            "Without the scale in training, each layer behind a dropout would get values in prediction that are twice as large as those that it learned from. "
            + "The same happens if its weights are doubled after a training with the scale. The confidence is the mean probability of the class that the network chooses:");
        page.Table(
            ["network", "scale", "accuracy, %", "confidence, %", "loss"],
            [.. Rows("one hidden layer, ReLU", one), .. Rows("three hidden layers, ReLU", rectified), .. Rows("three hidden layers, Tanh", tangents)]);
        Losses[] all = [.. one, .. rectified, .. tangents];
        page.Check("The scaled mean is within 1 % of the value without dropout.", half.All(s => s.Scaled is > 0.99 and < 1.01));
        page.Check("Without the scale every network is more confident.", all.All(l => l.Without.Confidence > l.With.Confidence));
        page.Check("With three layers it claims more than it knows: the confidence is above the accuracy by 5 points or more.", rectified.Concat(tangents).All(l => l.Without.Confidence > l.Without.Accuracy + 0.05));
        page.Check("With three layers the loss is higher.", rectified.Concat(tangents).All(l => l.Without.Loss > l.With.Loss));
        page.Check(
            "The mean accuracy of each network changes by less than 4 points.",
            new[] { one, rectified, tangents }.All(seeds => Math.Abs(seeds.Average(l => l.With.Accuracy - l.Without.Accuracy)) < 0.04));
        page.Answer(
            "They are divided by 1 minus the rate in training, so that each unit has the same mean with and without dropout, and prediction has nothing to do. "
            + "That a network without the scale reads badly is not what comes out here: when all values of a layer double, the order of the classes hardly changes, so the accuracy "
            + "barely tells. What suffers is the probabilities: they claim too much, the more so the more layers there are. That is why the mistake goes unnoticed.");

        static string[][] Rows(string name, Losses[] seeds) =>
        [
            [name, "with", .. Cells(seeds.Select(l => l.With))],
            [name, "without", .. Cells(seeds.Select(l => l.Without))],
        ];

        static string[] Cells(IEnumerable<Tested> seeds) =>
            [Spread.Of(seeds.Select(t => t.Accuracy)).Percent, Spread.Of(seeds.Select(t => t.Confidence)).Percent, Spread.Of(seeds.Select(t => t.Loss)).Text("0.000")];
    }

    private static Scales Measure(DigitSets data, ulong seed)
    {
        const int Digits = 64;
        var net = new DropoutNet(seed);
        data.Fit(net, seed, epochs: 5);
        DropoutUnits units = DropoutUnits.Of(net);
        float[] pixels = DigitSets.Pixels(data.Test.Take(Digits));
        float[] targets = new float[Digits * DropoutUnits.OutputLength];
        DropoutUnits.TrainingPass pass = units.BeginTraining(Digits, seed, threads: 1);
        double sum = 0;
        for (int i = 0; i < Passes; i++)
        {
            pass.Forward(pixels, targets);
            sum += pass.Outputs.ToArray().Sum(unit => (double)unit);
        }

        return new Scales(sum / Passes / units.Predict(data.Test.Take(Digits)).Sum(unit => (double)unit));
    }

    private static Losses WithoutScale<T>(DigitSets data, T net, ulong seed, Func<T, IEnumerable<ParameterView>> behind)
        where T : INetwork
    {
        data.Fit(net, seed, epochs: 10);
        Tested with = Test(data, net);
        foreach (ParameterView weights in behind(net))
            weights.CopyFrom([.. weights.ToArray().Select(weight => 2 * weight)]);
        return new Losses(with, Test(data, net));
    }

    private static Tested Test(DigitSets data, INetwork net)
    {
        EvaluationResult result = net.Evaluate(data.Test, threads: 1);
        float[] probabilities = net.Predict(data.Test);
        return new Tested(result.Accuracy!.Value, Enumerable.Range(0, data.Test.Count).Average(i => Classes.Largest(probabilities, i)), result.Loss);
    }

    private sealed record Scales(double Scaled);

    private sealed record Tested(double Accuracy, double Confidence, double Loss);

    private sealed record Losses(Tested With, Tested Without);
}
