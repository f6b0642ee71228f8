using System.Runtime.InteropServices;
using System.Text;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Reporting;
using static System.FormattableString;

namespace NetGen.Benchmarks.Accuracy;

/// <summary>Accuracies by variant, epoch and seed, and the differences of the first gradients, as Markdown.</summary>
internal static class AccuracyReport
{
    /// <summary>The caption, the tables, and what follows from the numbers.</summary>
    /// <param name="options">What was trained.</param>
    /// <param name="testImages">How many images the accuracy counts.</param>
    /// <param name="variants">All variants; the first is without the transforms, the second has those of the default.</param>
    /// <param name="gradients">What the transforms change in gradients, for every seed.</param>
    public static string Text(
        AccuracyOptions options,
        int testImages,
        IReadOnlyList<VariantResults> variants,
        IReadOnlyList<GradientDifferences> gradients)
    {
        StringBuilder text = new();
        text.Append(Invariant($"{ProcessorName.Get()}, {RuntimeInformation.FrameworkDescription}, vectors of {FmaLoop.VectorBits} bits. The first {options.Images:N0} training images of MNIST and its {testImages:N0} test images,\n"));
        text.Append("28×28×1, with two pixels of zeros on each side and the grey value in all three channels: 32×32×3.\n");
        text.Append(Invariant($"Adam with a learning rate of {Training.LearningRate}, {Training.BatchSize} samples in a step; epochs: {options.Epochs}; seeds: {options.Seeds}. Each seed gives all variants the same initial weights, order of the images and dropout.\n\n"));
        AppendVariants(text, variants);
        AppendEpochs(text, variants);
        AppendSeeds(text, variants);
        foreach (VariantResults variant in variants.Skip(1))
            text.Append(Verdict(variants[0], variant));
        AppendFirstLosses(text, variants[0], variants[1]);
        AppendGradients(text, gradients);
        return text.ToString();
    }

    private static void AppendVariants(StringBuilder text, IReadOnlyList<VariantResults> variants)
    {
        text.Append("| `Winograd` | test accuracy, mean | smallest | largest | standard deviation over the seeds, points | training loss of the last epoch, mean |\n|---|--:|--:|--:|--:|--:|\n");
        foreach (VariantResults variant in variants)
            text.Append(Invariant($"| {variant.Name} | {Percent(variant.Accuracy)} | {Percent(variant.Accuracies.Min())} | {Percent(variant.Accuracies.Max())} | {(variant.Trainings.Count > 1 ? Points(variant.Deviation) : "")} | {Loss(variant, ^1):F4} |\n"));
        text.Append('\n');
    }

    private static void AppendEpochs(StringBuilder text, IReadOnlyList<VariantResults> variants)
    {
        text.Append(Invariant($"| test accuracy, mean (training loss, mean) | {string.Join(" | ", variants.Select(variant => variant.Name))} |\n|---|{Columns(variants.Count)}\n"));
        for (int epoch = 0; epoch < variants[0].Trainings[0].Epochs.Count; epoch++)
        {
            text.Append(Invariant($"| epoch {epoch + 1} |"));
            foreach (VariantResults variant in variants)
                text.Append(Invariant($" {Percent(variant.Trainings.Average(training => training.Epochs[epoch].ValidationAccuracy!.Value))} ({Loss(variant, epoch):F4}) |"));
            text.Append('\n');
        }

        text.Append('\n');
    }

    private static void AppendSeeds(StringBuilder text, IReadOnlyList<VariantResults> variants)
    {
        VariantResults off = variants[0];
        text.Append(Invariant($"| test accuracy | {off.Name} |{string.Concat(variants.Skip(1).Select(variant => Invariant($" {variant.Name}, points above {off.Name} |")))}\n|---|{Columns(variants.Count)}\n"));
        double[][] above = [.. variants.Skip(1).Select(variant => variant.Above(off).ToArray())];
        for (int seed = 0; seed < off.Trainings.Count; seed++)
            text.Append(Invariant($"| seed {seed + 1} | {Percent(off.Trainings[seed].Accuracy)} |{string.Concat(above.Select(differences => Invariant($" {SignedPoints(differences[seed])} |")))}\n"));
        text.Append('\n');
    }

    /// <summary>Whether the means differ by less than the seeds do, and what so few seeds cannot show.</summary>
    private static string Verdict(VariantResults off, VariantResults variant)
    {
        double difference = variant.Accuracy - off.Accuracy;
        string means = Invariant($"**{variant.Name}**: the mean is {Points(Math.Abs(difference))} percentage points {(difference < 0 ? "below" : "above")} that of {off.Name}");
        int seeds = off.Trainings.Count;
        if (seeds == 1)
            return means + "; one seed says nothing about the spread.\n\n";
        double spread = Math.Min(off.Deviation, variant.Deviation);
        string compared = Math.Abs(difference) < spread ? "less than" : "not less than";
        double error = Statistics.StandardDeviation(variant.Above(off)) / Math.Sqrt(seeds);
        string chance = Math.Abs(difference) <= 2 * error ? "within" : "**more than**";
        return Invariant($"{means}, which is {compared} the standard deviation over the seeds ({Points(spread)}, the smaller one of the two).\n")
            + Invariant($"It is {chance} two standard errors of the differences by seed, ±{Points(2 * error)}: what is smaller than that, {seeds} seeds do not show.\n\n");
    }

    private static void AppendFirstLosses(StringBuilder text, VariantResults off, VariantResults inference)
    {
        int equal = off.Trainings.Zip(inference.Trainings, (one, other) => one.FirstLoss.Equals(other.FirstLoss)).Count(same => same);
        int seeds = off.Trainings.Count;
        text.Append(equal == seeds
            ? Invariant($"The first steps of {off.Name} and {inference.Name} have the same loss to the bit with every seed, as the direct forward computation of both must.\n\n")
            : Invariant($"**The first steps of {off.Name} and {inference.Name} have the same loss with {equal} of {seeds} seeds only, although both compute forward directly.**\n\n"));
    }

    private static void AppendGradients(StringBuilder text, IReadOnlyList<GradientDifferences> gradients)
    {
        text.Append("The gradients of the weights, beside those of direct sums: for the first images as one batch, with the weights that Off has before and after its training.\n");
        text.Append("The values are the largest of all seeds; *difference* and *largest of these* are relative to the largest gradient of the layer.\n");
        text.Append("*Another update* are the weights that the first step of a new Adam moves differently, by more than a hundredth of the learning rate.\n\n");
        text.Append("| | difference | 0 only directly | largest of these | another update |\n|---|--:|--:|--:|--:|\n");
        foreach (IGrouping<(WinogradUse Use, string Weights), GradientDifferences> group in gradients.GroupBy(one => (one.Use, one.Weights)).OrderBy(group => group.Key.Use))
        {
            GradientDifference[] differences = [.. group.SelectMany(one => one.Layers)];
            if (group.Key.Use == WinogradUse.Training)
            {
                AppendRow(GradientDifference.Worst("all layers", differences));
                continue;
            }

            foreach (IGrouping<string, GradientDifference> layer in differences.GroupBy(one => one.Layer))
                AppendRow(GradientDifference.Worst(layer.Key, [.. layer]));

            void AppendRow(GradientDifference row)
            {
                string difference = row.Largest == 0 ? "none" : Invariant($"{row.Largest:0.0e+0}");
                string zeros = row.NoLongerZero == 0 ? "none | |" : Invariant($"{100 * row.NoLongerZero:G2} % | {row.LargestOfThese:0.0e+0} |");
                string updates = row.OtherUpdate == 0 ? "none" : Invariant($"{100 * row.OtherUpdate:G2} %");
                text.Append(Invariant($"| {group.Key.Use}, {group.Key.Weights}, {row.Layer} | {difference} | {zeros} {updates} |\n"));
            }
        }
    }

    private static string Columns(int count) => string.Concat(Enumerable.Repeat("--:|", count));

    private static double Loss(VariantResults variant, Index epoch) => variant.Trainings.Average(training => training.Epochs[epoch].Loss);

    private static string Percent(double share) => Invariant($"{100 * share:F2} %");

    private static string Points(double share) => Invariant($"{100 * share:F3}");

    private static string SignedPoints(double share) => Invariant($"{100 * share:+0.00;−0.00;0.00}");
}
