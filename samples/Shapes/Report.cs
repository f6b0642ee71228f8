using System.Text;
using NetGen;
using static System.FormattableString;

namespace Shapes;

/// <summary>What the sample prints.</summary>
internal static class Report
{
    private const int ScoreWidth = 20;

    /// <summary>Images side by side; the darker a pixel, the denser its character.</summary>
    public static string Images(Dataset data, IEnumerable<int> indices)
    {
        const string Shades = " .:-=+*#%@";
        var text = new StringBuilder();
        for (int row = 0; row < ShapePainter.Side; row++)
        {
            var line = new StringBuilder();
            foreach (int index in indices)
            {
                foreach (float pixel in data.Input(index).Slice(row * ShapePainter.Side, ShapePainter.Side))
                    line.Append(Shades[(int)(Math.Clamp(pixel, 0, 1) * (Shades.Length - 1))], 2);
                line.Append("   ");
            }

            text.Append(line.ToString().TrimEnd()).AppendLine();
        }

        return text.ToString();
    }

    /// <summary>A row for each setting with the intervals of its scores.</summary>
    public static string Table(IReadOnlyList<IReadOnlyDictionary<TrialSetting, Scores>> trials)
    {
        var text = new StringBuilder(Header("order        dropout  class weights"));
        foreach (TrialSetting setting in TrialSetting.All)
        {
            text.Append(Invariant($"{setting.Order.ToString().ToLowerInvariant(),-13}{YesNo(setting.Dropout),-9}{YesNo(setting.ClassWeights),-13}"));
            foreach ((_, Func<Scores, double> score) in Scores.Measures)
                text.Append(Cell(Interval.Of([.. trials.Select(trial => score(trial[setting]))]).ToString()));
            text.AppendLine();
        }

        return text.ToString();
    }

    /// <summary>A row for each effect with the intervals of the differences that it makes.</summary>
    public static string Effects(IReadOnlyList<IReadOnlyDictionary<TrialSetting, Scores>> trials)
    {
        var text = new StringBuilder(Header(""));
        foreach (Effect effect in Effect.All)
        {
            text.Append(Invariant($"{effect.Name,-35}"));
            foreach ((_, Func<Scores, double> score) in Scores.Measures)
                text.Append(Cell(effect.On(trials, score).ToSignedString()));
            text.AppendLine();
        }

        return text.ToString();
    }

    /// <summary>A sentence on what an effect does to each score.</summary>
    public static string InWords(Effect effect, IReadOnlyList<IReadOnlyDictionary<TrialSetting, Scores>> trials)
    {
        IEnumerable<string> parts =
            from measure in Scores.Measures
            group measure.Name by Verdict(effect.On(trials, measure.Of)) into names
            select $"{names.Key} {string.Join(", ", names)}";
        return $"{effect.Name}: {string.Join("; ", parts)}.";
    }

    private static string Verdict(Interval change) =>
        change.IsPositive ? "higher" : change.IsNegative ? "lower" : "no clear difference in";

    private static string Header(string first)
    {
        var text = new StringBuilder(Invariant($"{first,-35}"));
        foreach ((string name, _) in Scores.Measures)
            text.Append(Cell(name));
        return text.AppendLine().ToString();
    }

    private static string Cell(string text) => text.PadLeft(ScoreWidth);

    private static string YesNo(bool value) => value ? "yes" : "no";
}
