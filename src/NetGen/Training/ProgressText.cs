using System.Text;

using static System.FormattableString;

namespace NetGen;

/// <summary>The lines of a <see cref="ProgressLine"/>, each with as much as fits.</summary>
internal static class ProgressText
{
    private const int BarWidth = 20;

    // From this stage of shortening on, commas separate the parts; the same stage for both kinds of line.
    private const int Commas = 5;

    private const int LastStage = 9;

    /// <summary>An epoch that is under way.</summary>
    /// <param name="step">Its last step.</param>
    /// <param name="title">What the line begins with, or nothing.</param>
    /// <param name="bar">Whether there is a bar.</param>
    /// <param name="width">
    /// The most characters. Where they are too few, the bar is left out, then "accuracy" becomes "acc", then commas replace
    /// dashes, then the remaining time is left out, then the accuracy, then the loss.
    /// </param>
    /// <returns>The line; empty if there is no room even for the steps.</returns>
    public static string Running(in StepResult step, string title, bool bar, int width)
    {
        string steps = Steps(step.Step, step.Steps);
        TimeSpan rest = step.Elapsed / step.Step * (step.Steps - step.Step);
        string line = Fit(
            [
                new(title),
                bar ? new(steps + Bar(step.Step, step.Steps)) { Short = steps, ShortFrom = 1 } : new(steps),
                new($"ETA: {NumberText.Duration(rest)}") { GoneFrom = 6 },
                Loss("", step.Loss, goneFrom: 8),
                Accuracy("", step.Accuracy, shortFrom: 2, goneFrom: 7),
            ],
            width);
        return line.Length <= width ? line : "";
    }

    /// <summary>An epoch that is complete.</summary>
    /// <param name="epoch">What it gave.</param>
    /// <param name="steps">Its number of steps.</param>
    /// <param name="title">What the line begins with, or nothing.</param>
    /// <param name="bar">Whether there is a bar.</param>
    /// <param name="width">
    /// The most characters. Where they are too few, the bar is left out, then the time of a step, then "accuracy" becomes
    /// "acc", then the number of steps is left out, then commas replace dashes, then the time of the epoch is left
    /// out, then the training accuracy, and of a line with validation the training loss and the validation accuracy.
    /// </param>
    /// <returns>The line; longer than asked for if the one loss that is left is.</returns>
    public static string Complete(EpochResult epoch, int steps, string title, bool bar, int width)
    {
        string count = Steps(steps, steps);
        string duration = NumberText.Duration(epoch.Duration);
        bool validated = epoch.ValidationLoss is not null;
        return Fit(
            [
                new(title),
                new(bar ? count + Bar(steps, steps) : count) { Short = count, ShortFrom = 1, GoneFrom = 4 },
                new($"{duration} {NumberText.StepDuration(epoch.StepDuration)}/step") { Short = duration, ShortFrom = 2, GoneFrom = 6 },
                Loss("", epoch.Loss, goneFrom: validated ? 8 : int.MaxValue),
                Accuracy("", epoch.Accuracy, shortFrom: 3, goneFrom: 7),
                Loss("val_", epoch.ValidationLoss, goneFrom: int.MaxValue),
                Accuracy("val_", epoch.ValidationAccuracy, shortFrom: 3, goneFrom: 9),
            ],
            width);
    }

    /// <summary><c>Epoch 3/12</c>.</summary>
    public static string Title(int epoch, int epochs) => Invariant($"Epoch {epoch}/{epochs}");

    private static string Steps(int step, int steps)
    {
        string all = NumberText.Integer(steps);
        return $"{NumberText.Integer(step).PadLeft(all.Length)}/{all}";
    }

    private static string Bar(int step, int steps)
    {
        int done = (int)((long)BarWidth * step / steps);
        var bar = new StringBuilder(" [");
        if (done > 0)
            bar.Append('=', done - 1).Append(step < steps ? '>' : '=');
        return bar.Append('.', BarWidth - done).Append(']').ToString();
    }

    private static Part Loss(string prefix, double? loss, int goneFrom) =>
        new(loss is { } value ? $"{prefix}loss: {NumberText.Loss(value)}" : "") { GoneFrom = goneFrom };

    private static Part Accuracy(string prefix, double? accuracy, int shortFrom, int goneFrom)
    {
        if (accuracy is not { } share)
            return new("");
        string number = NumberText.Share(share);
        return new($"{prefix}accuracy: {number}") { Short = $"{prefix}acc: {number}", ShortFrom = shortFrom, GoneFrom = goneFrom };
    }

    private static string Fit(ReadOnlySpan<Part> parts, int width)
    {
        string line = "";
        for (int stage = 0; stage <= LastStage; stage++)
        {
            line = Join(parts, stage);
            if (line.Length <= width)
                break;
        }

        return line;
    }

    private static string Join(ReadOnlySpan<Part> parts, int stage)
    {
        var line = new StringBuilder();
        foreach (Part part in parts)
        {
            string text = part.At(stage);
            if (text.Length > 0 && line.Length > 0)
                line.Append(stage >= Commas ? ", " : " - ");
            line.Append(text);
        }

        return line.ToString();
    }

    /// <summary>A part of a line, which the stages of shortening make shorter and then leave out.</summary>
    private readonly record struct Part(string Text)
    {
        public string Short { get; init; } = "";

        public int ShortFrom { get; init; } = int.MaxValue;

        public int GoneFrom { get; init; } = int.MaxValue;

        public string At(int stage) => stage >= GoneFrom ? "" : stage >= ShortFrom ? Short : Text;
    }
}
