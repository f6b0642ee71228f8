using Xunit;

namespace NetGen.Tests.Display;

/// <summary>What holds for everything that is written in lines.</summary>
internal static class Lines
{
    /// <summary>Checks that no line of a text is longer than the width, and returns the lines.</summary>
    public static string[] Fit(string text, int width)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        string[] lines = text[..^1].Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        return lines;
    }
}
