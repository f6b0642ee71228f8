using Xunit;

namespace NetGen.Tests.Display;

public class TextLinesTests
{
    [Theory]
    [InlineData("", 10, 0, new[] { "" })]
    [InlineData("one two three", 13, 0, new[] { "one two three" })]
    [InlineData("one two three", 12, 0, new[] { "one two", "three" })]
    [InlineData("one two three", 9, 2, new[] { "one two", "  three" })]
    [InlineData("one two three", 6, 2, new[] { "one", "  two", "  three" })]
    [InlineData("it is 1234567890 now", 5, 0, new[] { "it is", "1234567890", "now" })]
    public void LinesAreBrokenBetweenWords(string text, int width, int indent, string[] lines) =>
        Assert.Equal(lines, TextLines.Wrap(text, width, indent));

    [Theory]
    [InlineData("name", 4, "name")]
    [InlineData("names", 4, "nam…")]
    [InlineData("names", 0, "…")]
    public void NamesGiveWayAtTheirEnd(string name, int width, string text) => Assert.Equal(text, TextLines.Shorten(name, width));
}
