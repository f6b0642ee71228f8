using NetGen;
using Questions.Networks;
using static System.FormattableString;

namespace Questions.Answers;

/// <summary>Compares means over passes with dropout with the prediction of the whole network.</summary>
internal sealed class MonteCarlo : IQuestion
{
    private const int Count = 500;

    private static readonly int[] Passes = [2, 10, 50, 400];

    public string Title => "Do fifty Monte Carlo passes agree with the whole network?";

    public void Answer(Page page, DigitSets data)
    {
        Result[] results = DigitSets.ForEachSeed(seed => Measure(data, seed));
        page.Text(
            "A network with 64 hidden units and dropout of rate 0.5 is trained for 10 epochs. For 500 test digits the mean of several passes with dropout (`PredictMonteCarlo`) "
            + "is compared with `Predict`, the whole network without dropout.");
        page.Table(
            ["passes", "accuracy, %", "same class as the whole network, %", "mean difference of a probability"],
            [.. Passes.Select((passes, i) => new[]
            {
                Invariant($"{passes}"),
                Spread.Of(results.Select(r => r.Means[i].Accuracy)).Percent,
                Spread.Of(results.Select(r => r.Means[i].SameClass)).Percent,
                Spread.Of(results.Select(r => r.Means[i].Difference)).Text("0.0000"),
            })]);
        page.Text(Invariant($"The whole network: {Spread.Of(results.Select(r => r.Whole)).Percent} %. ")
            + "Its probability of the class it chooses is "
            + $"{Spread.Of(results.Select(r => r.Confidence)).Percent} %, that of the mean of 400 passes {Spread.Of(results.Select(r => r.MeanConfidence)).Percent} %.");
        page.Check("With 50 passes the accuracy differs from the whole network's by less than 3 standard errors (of the digits that one of both gets right), for all seeds.", results.All(r => Math.Abs(r.Means[2].Accuracy - r.Whole) < 3 * r.Means[2].StandardError));
        page.Check("With 50 passes the mean accuracy over the seeds is within a point of the whole network's.", Math.Abs(results.Average(r => r.Means[2].Accuracy - r.Whole)) < 0.01);
        page.Check("The classes agree for at least 97 of 100 digits.", results.All(r => r.Means[2].SameClass >= 0.97));
        page.Check("50 passes are nearer to the whole network than two.", results.All(r => r.Means[2].Difference < r.Means[0].Difference));
        page.Check("400 are not much nearer: a difference remains.", results.All(r => r.Means[3].Difference > r.Means[2].Difference / 2));
        page.Answer(
            "In classes and accuracy, yes, as Srivastava et al. (2014) found. In probabilities, only nearly: more passes do not bring the mean to the whole network, "
            + "because the mean of softmaxes is not the softmax of the mean. The mean is less sure, and that is what it is used for.");
    }

    private static Result Measure(DigitSets data, ulong seed)
    {
        var net = new DropoutNet(seed);
        data.Fit(net, seed, epochs: 10);
        float[] pixels = DigitSets.Pixels(data.Test.Take(Count));
        int[] labels = DigitSets.Labels(data.Test.Take(Count));
        float[] whole = net.Predict(data.Test.Take(Count));
        float[] mean = new float[whole.Length], variance = new float[whole.Length];
        var means = new List<Mean>();
        foreach (int passes in Passes)
        {
            for (int i = 0; i < Count; i++)
            {
                Range outputs = (i * DropoutNet.OutputLength)..((i + 1) * DropoutNet.OutputLength);
                net.PredictMonteCarlo(pixels.AsSpan(i * DropoutNet.InputLength, DropoutNet.InputLength), passes, seed + (ulong)i, mean.AsSpan(outputs), variance.AsSpan(outputs));
            }

            means.Add(new Mean(
                Share(i => Classes.Of(mean, i) == labels[i]),
                Share(i => Classes.Of(mean, i) == Classes.Of(whole, i)),
                mean.Zip(whole, (a, b) => Math.Abs((double)a - b)).Average(),
                Math.Sqrt(Math.Max(1, Count * Share(i => Classes.Of(mean, i) == labels[i] ^ Classes.Of(whole, i) == labels[i]))) / Count));
        }

        return new Result(
            means,
            Share(i => Classes.Of(whole, i) == labels[i]),
            Enumerable.Range(0, labels.Length).Average(i => Classes.Largest(whole, i)),
            Enumerable.Range(0, labels.Length).Average(i => Classes.Largest(mean, i)));

        double Share(Func<int, bool> holds) => Enumerable.Range(0, labels.Length).Average(i => holds(i) ? 1.0 : 0);
    }

    private sealed record Mean(double Accuracy, double SameClass, double Difference, double StandardError);

    private sealed record Result(IReadOnlyList<Mean> Means, double Whole, double Confidence, double MeanConfidence);
}
