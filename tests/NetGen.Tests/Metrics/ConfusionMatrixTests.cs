using NetGen.Tests.Data;
using NetGen.Tests.Display;

using Xunit;

namespace NetGen.Tests.Metrics;

/// <summary>The matrix as text.</summary>
public class ConfusionMatrixTests
{
    [Fact]
    public void TenClassesHaveTheirFrameWhereItFits()
    {
        string[] lines = Lines.Fit(Digits().ToString(121), 121);
        Assert.StartsWith("┃ Actual \\ predicted ┃", lines[1]);
        Assert.Equal(15, lines.Length);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void InFewerColumnsTheFrameIsLeftOut(int width) => HostileCulture.Run(() =>
    {
        string[] lines = Lines.Fit(Digits().ToString(width), width);
        Assert.Equal(
            [
                "       Predicted",
                "Actual    0    1    2    3    4    5    6    7    8    9 Recall Precision",
                "     0  991    0    0    3    0    0    0    1    0    0 0.9960    1.0000",
                "     1    0 1000    0    0    0    0    0    0    0    0 1.0000    1.0000",
            ],
            lines[..4]);
        Assert.Equal("     3    0    0    0 1000    0    0    0    0    0    0 1.0000    0.9970", lines[5]);
        Assert.Equal("Accuracy: 0.9995 (9991 of 9996)", lines[12]);
    });

    [Fact]
    public void At70ColumnsTheSharesAreLeftOut()
    {
        string[] lines = Lines.Fit(Digits().ToString(70), 70);
        Assert.Equal("Actual    0    1    2    3    4    5    6    7    8    9", lines[1]);
        Assert.Equal("     0  991    0    0    3    0    0    0    1    0    0", lines[2]);
        Assert.Equal("Accuracy: 0.9995 (9991 of 9996)", lines[12]);
    }

    [Fact]
    public void At40ColumnsTheMistakesAreLeft() => Assert.Equal(
        [
            "Class Samples Recall Taken for",
            "    0     995 0.9960 3 (3), 7 (1)",
            "    1    1000 1.0000",
            "    2    1001 0.9990 9 (1)",
        ],
        Lines.Fit(Digits().ToString(40), 40)[..4]);

    [Fact]
    public void MistakesThatDoNotFitAreHintedAt()
    {
        var matrix = new ConfusionMatrix(300);
        for (int i = 0; i < 300; i++)
        {
            for (int count = 0; count <= i; count++)
                matrix.Add(7, i);
        }
        string[] lines = Lines.Fit(matrix.ToString(80), 80);
        Assert.Equal("    7   45150 0.0002 299 (300), 298 (299), 297 (298), 296 (297), 295 (296) …", lines[8]);
        Assert.Equal("    8       0      -", lines[9]);
        Assert.Equal("    7   45150 0.0002 299 (300) …", Lines.Fit(matrix.ToString(32), 32)[8]);
        Assert.Equal("    7   45150 0.0002 …", Lines.Fit(matrix.ToString(31), 31)[8]);
        Assert.Equal("Accuracy: 0.0002 (8 of 45150)", lines[^1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(1000)]
    public void EveryWidthFrom40IsKept(int classes)
    {
        var matrix = new ConfusionMatrix(classes);
        for (int i = 0; i < 5000; i++)
            matrix.Add(i % classes, i * i % classes);
        foreach (int width in new[] { 40, 41, 79, 80, 81, 120, 200, 1000 })
            Lines.Fit(matrix.ToString(width), width);
        Assert.Throws<ArgumentOutOfRangeException>("width", () => matrix.ToString(0));
    }

    /// <summary>Ten thousand digits, nearly all of them right.</summary>
    private static ConfusionMatrix Digits()
    {
        var matrix = new ConfusionMatrix(10);
        for (int digit = 0; digit < 10; digit++)
        {
            for (int i = digit == 0 ? 9 : 0; i < 1000; i++)
                matrix.Add(digit, digit);
        }
        for (int i = 0; i < 3; i++)
            matrix.Add(0, 3);
        matrix.Add(0, 7);
        matrix.Add(2, 9);
        return matrix;
    }
}
