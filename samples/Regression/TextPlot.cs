using System.Text;
using static System.FormattableString;

namespace Regression;

/// <summary>A plot of characters, with the ranges of its points at its edges.</summary>
/// <param name="horizontal">What the x axis shows.</param>
/// <param name="vertical">What the y axis shows.</param>
/// <param name="logarithmic">Whether equal steps of the y axis are equal factors; all y are above 0 then.</param>
internal sealed class TextPlot(string horizontal, string vertical, bool logarithmic = false)
{
    private const int Columns = 60;
    private const int Rows = 16;
    private const int Margin = 9;

    private readonly List<(double X, double Y, char Mark)> _points = [];

    /// <summary>Adds a point; where several share a place, the last one is seen.</summary>
    public void Add(double x, double y, char mark) => _points.Add((x, logarithmic ? Math.Log(y) : y, mark));

    /// <summary>The plot. Its points must not all have the same x or the same y.</summary>
    public override string ToString()
    {
        (double left, double right) = (_points.Min(point => point.X), _points.Max(point => point.X));
        (double bottom, double top) = (_points.Min(point => point.Y), _points.Max(point => point.Y));
        var rows = new char[Rows][];
        for (int row = 0; row < Rows; row++)
            rows[row] = [.. Enumerable.Repeat(' ', Columns)];
        foreach ((double x, double y, char mark) in _points)
            rows[Place(top - y, top - bottom, Rows)][Place(x - left, right - left, Columns)] = mark;

        var text = new StringBuilder().Append(' ', Margin).AppendLine(vertical);
        for (int row = 0; row < Rows; row++)
        {
            string label = row == 0 ? Label(top) : row == Rows - 1 ? Label(bottom) : "";
            text.AppendLine($"{label.PadLeft(Margin - 2)} |{new string(rows[row]).TrimEnd()}");
        }

        string last = Invariant($"{right:G4}  {horizontal}");
        return text.Append(' ', Margin - 1).Append('+').Append('-', Columns).AppendLine()
            .Append(' ', Margin).Append(Invariant($"{left:G4}").PadRight(Columns - last.Length)).AppendLine(last)
            .ToString();
    }

    private string Label(double y) => Invariant($"{(logarithmic ? Math.Exp(y) : y):G4}");

    private static int Place(double distance, double range, int places) => (int)Math.Round(distance / range * (places - 1));
}
