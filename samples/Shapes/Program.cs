using NetGen;
using Shapes;
using static System.FormattableString;

Dataset examples = ShapePainter.Draw(Trial.Circles + 1, Trial.Circles, seed: 2);
Console.WriteLine("Circles and squares, in the order in which they are drawn: ten circles, then a square. The last three of eleven:");
Console.WriteLine();
Console.Write(Report.Images(examples, [Trial.Circles - 2, Trial.Circles - 1, Trial.Circles]));

// Seeds 1 to 20. Each thread trains a network of its own, so the results do not depend on the number of threads.
var trials = new IReadOnlyDictionary<TrialSetting, Scores>[Interval.Values];
Parallel.For(0, trials.Length, i => trials[i] = Trial.Run(seed: (ulong)i + 1, TrialSetting.All));

Console.WriteLine();
Console.WriteLine(Invariant($"{Trial.TrainingImages} images to learn from, {Trial.TestImages} to be tested on, half of them squares; seeds 1 to {trials.Length}."));
Console.WriteLine("Means in per cent with 95 % confidence intervals (Student's t):");
Console.WriteLine();
Console.Write(Report.Table(trials));

Console.WriteLine();
Console.WriteLine("Differences in points between trainings of one seed, averaged over the settings that a line does not name. The sorted order");
Console.WriteLine("counts only where it is named:");
Console.WriteLine();
Console.Write(Report.Effects(trials));

Console.WriteLine();
Console.WriteLine("In words, where an interval without 0 counts as clear:");
foreach (Effect effect in Effect.All)
    Console.WriteLine(Report.InWords(effect, trials));
int intervals = Effect.All.Count * Scores.Measures.Count;
Console.WriteLine(Invariant($"Of {intervals} such intervals, about {0.05 * intervals:0.0} miss the true difference by chance."));

foreach (Effect effect in new[] { Effect.WeightsWithoutDropout, Effect.WeightsWithDropout })
{
    if (!effect.On(trials, scores => scores.SquareRecall).IsPositive)
    {
        Console.Error.WriteLine($"The recall of squares is not clearly higher with {effect.Name}.");
        return 1;
    }
}

return 0;
