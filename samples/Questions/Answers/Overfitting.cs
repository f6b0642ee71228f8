using NetGen;
using Questions.Networks;

namespace Questions.Answers;

/// <summary>Trains on few digits, with and without dropout.</summary>
internal sealed class Overfitting : IQuestion
{
    private const int Count = 1000;
    private const int Epochs = 40;

    public string Title => "Does dropout narrow the gap between training and test accuracy?";

    public void Answer(Page page, DigitSets data)
    {
        Result[] plain = DigitSets.ForEachSeed(seed => Measure(data, new LargeNet(seed), seed));
        Result[] dropout = DigitSets.ForEachSeed(seed => Measure(data, new LargeDropoutNet(seed), seed));
        page.Text(
            "256 hidden units are trained on 1,000 digits for 40 epochs, without dropout and with it (0.2 of the pixels, 0.5 of the hidden units). Both accuracies are measured "
            + "after the training, without dropout.");
        page.Table(
            ["", "training accuracy, %", "test accuracy, %", "gap, points", "test loss"],
            Row("without dropout", plain),
            Row("with dropout", dropout));
        page.Check("Without dropout the network knows all training digits.", plain.All(r => r.Train == 1));
        page.Check("The mean gap is narrower with dropout.", dropout.Average(r => r.Train - r.Test) < plain.Average(r => r.Train - r.Test));
        page.Check("The mean test accuracy is higher with dropout.", dropout.Average(r => r.Test) > plain.Average(r => r.Test));
        page.Check("The test loss is lower with dropout, for all seeds.", plain.Zip(dropout).All(pair => pair.Second.Loss < pair.First.Loss));
        page.Answer(
            "Yes, by a little: the test accuracy rises, while the network still learns nearly all training digits. The loss on test digits falls by more, "
            + "because the network is less sure of what it gets wrong.");
    }

    private static string[] Row(string name, Result[] seeds) =>
    [
        name,
        Spread.Of(seeds.Select(r => r.Train)).Percent,
        Spread.Of(seeds.Select(r => r.Test)).Percent,
        Spread.Of(seeds.Select(r => r.Train - r.Test)).Percent,
        Spread.Of(seeds.Select(r => r.Loss)).Text("0.000"),
    ];

    private static Result Measure(DigitSets data, INetwork net, ulong seed)
    {
        data.Fit(net, seed, Epochs, count: Count);
        EvaluationResult test = net.Evaluate(data.Test, threads: 1);
        return new Result(net.Evaluate(data.Train.Take(Count), threads: 1).Accuracy!.Value, test.Accuracy!.Value, test.Loss);
    }

    private sealed record Result(double Train, double Test, double Loss);
}
