using NetGen.Tests.Data;
using NetGen.Tests.Display;
using Xunit;

namespace NetGen.Tests.Metrics;

/// <summary>The shares of the confusion matrix, and their table.</summary>
public class ClassificationReportTests
{
    private static readonly string[] Names = ["cat", "dog", "domestic guinea pig"];

    [Fact]
    public void ItIsATable() => HostileCulture.Run(() => Assert.Equal(
        """
        ┏━━━━━━━━━━━━━━┳━━━━━━━━━━━┳━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━━┓
        ┃        Class ┃ Precision ┃ Recall ┃ F1-score ┃ Support ┃
        ┡━━━━━━━━━━━━━━╇━━━━━━━━━━━╇━━━━━━━━╇━━━━━━━━━━╇━━━━━━━━━┩
        │            0 │    0.7500 │ 0.6000 │   0.6667 │       5 │
        │            1 │    0.5000 │ 1.0000 │   0.6667 │       2 │
        │            2 │         - │ 0.0000 │   0.0000 │       1 │
        │            3 │         - │      - │        - │       0 │
        │     accuracy │           │        │   0.6250 │       8 │
        │    macro avg │    0.4167 │ 0.5333 │   0.4444 │       8 │
        │ weighted avg │    0.5938 │ 0.6250 │   0.5833 │       8 │
        └──────────────┴───────────┴────────┴──────────┴─────────┘

        """.ReplaceLineEndings("\n"),
        Matrix(4).ClassificationReport(80)));

    [Fact]
    public void ClassesHaveTheirNames()
    {
        string[] lines = Lines.Fit(Matrix(3).ClassificationReport(80, Names), 80);
        Assert.Equal("│                 dog │    0.5000 │ 1.0000 │   0.6667 │       2 │", lines[4]);
        Assert.Equal("│ domestic guinea pig │         - │ 0.0000 │   0.0000 │       1 │", lines[5]);
        Assert.Equal(Matrix(3).ClassificationReport(80, Names), Matrix(3).ClassificationReport(TerminalWidth.Unknown, Names));
        var fault = Assert.Throws<ArgumentException>("classNames", () => Matrix(4).ClassificationReport(80, Names));
        Assert.StartsWith("The matrix has 4 classes, but got 3 names.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InFewColumnsTheSupportIsLeftOutThenThePrecision()
    {
        Assert.Equal("┃               Class ┃ Precision ┃ Recall ┃ F1-score ┃", Header(60));
        Assert.Equal("┃               Class ┃ Recall ┃ F1-score ┃", Header(50));
        string[] lines = Lines.Fit(Matrix(3).ClassificationReport(40, Names), 40);
        Assert.Equal("┃            Class ┃ Recall ┃ F1-score ┃", lines[1]);
        Assert.Equal("│ domestic guinea… │ 0.0000 │   0.0000 │", lines[5]);
        Assert.Throws<ArgumentOutOfRangeException>("width", () => Matrix(3).ClassificationReport(0));

        static string Header(int width) => Lines.Fit(Matrix(3).ClassificationReport(width, Names), width)[1];
    }

    [Fact]
    public void NamesBeyond40CharactersAreShortened()
    {
        string[] lines = Lines.Fit(Matrix(3).ClassificationReport(200, ["short", new string('x', 41), new string('y', 40)]), 200);
        Assert.StartsWith($"│ {new string('x', 39)}… │", lines[4], StringComparison.Ordinal);
        Assert.StartsWith($"│ {new string('y', 40)} │", lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutSamplesThereAreNoShares()
    {
        var matrix = new ConfusionMatrix(2);
        foreach (Averaging averaging in Enum.GetValues<Averaging>())
            Assert.Equal([double.NaN, double.NaN, double.NaN], [matrix.Precision(averaging), matrix.Recall(averaging), matrix.F1(averaging)]);
        Assert.Equal(double.NaN, matrix.F1(1));
        Assert.Equal(0, matrix.Support(1));
        Assert.Contains("│ weighted avg │         - │      - │        - │       0 │", matrix.ClassificationReport(80));
    }

    [Fact]
    public void ArgumentsAreChecked()
    {
        ConfusionMatrix matrix = Matrix(3);
        Assert.Throws<ArgumentOutOfRangeException>("actual", () => matrix.Support(3));
        Assert.Throws<ArgumentOutOfRangeException>("actual", () => matrix.Recall(-1));
        Assert.Throws<ArgumentOutOfRangeException>("predicted", () => matrix.Precision(3));
        Assert.Throws<ArgumentOutOfRangeException>("classIndex", () => matrix.F1(-1));
        Assert.Throws<ArgumentOutOfRangeException>("averaging", () => matrix.F1((Averaging)3));
    }

    private static ConfusionMatrix Matrix(int classes)
    {
        var matrix = new ConfusionMatrix(classes);
        foreach ((int actual, int predicted) in new[] { (0, 0), (0, 0), (0, 0), (0, 1), (0, 1), (1, 1), (1, 1), (2, 0) })
            matrix.Add(actual, predicted);
        return matrix;
    }
}
