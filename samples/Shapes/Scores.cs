using NetGen;

namespace Shapes;

/// <summary>How well a network does on test images, half of them squares; in per cent.</summary>
/// <param name="BalancedAccuracy">The mean of the recalls of circles and squares.</param>
/// <param name="SquareRecall">The share of the squares that are recognised.</param>
/// <param name="SquareF1">The harmonic mean of precision and recall of squares.</param>
internal sealed record Scores(double BalancedAccuracy, double SquareRecall, double SquareF1)
{
    /// <summary>The scores with their names.</summary>
    public static IReadOnlyList<(string Name, Func<Scores, double> Of)> Measures { get; } =
    [
        ("balanced accuracy", scores => scores.BalancedAccuracy),
        ("recall of squares", scores => scores.SquareRecall),
        ("F1 of squares", scores => scores.SquareF1),
    ];

    /// <summary>The scores of an evaluation.</summary>
    public static Scores Of(ConfusionMatrix matrix) => new(
        100 * matrix.Recall(Averaging.Macro),
        100 * matrix.Recall(ShapePainter.Square),
        100 * matrix.F1(ShapePainter.Square));
}
