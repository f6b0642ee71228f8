using NetGen.Benchmarks.Reporting;
using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Benchmarks;

/// <summary>The benchmark program writes its tables into a document and leaves the rest of it alone.</summary>
public sealed class MarkedFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Document => Path.Combine(_directory.Path, "document.md");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ReplacesOnlyWhatIsBetweenItsMarks()
    {
        File.WriteAllText(Document, "Text about `<!-- a -->`.\n<!-- a -->\nold\n<!-- end of a -->\n<!-- b -->\nother\n<!-- end of b -->\nThe end.\n");

        MarkedFile.Replace(Document, "a", "new\nlines\n");

        Assert.Equal(
            "Text about `<!-- a -->`.\n<!-- a -->\nnew\nlines\n<!-- end of a -->\n<!-- b -->\nother\n<!-- end of b -->\nThe end.\n",
            File.ReadAllText(Document));
    }

    [Fact]
    public void AddsASectionThatIsMissing()
    {
        MarkedFile.Replace(Document, "a", "first\n");
        MarkedFile.Replace(Document, "b", "second\n");

        Assert.Equal("<!-- a -->\nfirst\n<!-- end of a -->\n<!-- b -->\nsecond\n<!-- end of b -->\n", File.ReadAllText(Document));
    }

    [Theory]
    [InlineData("<!-- a -->\nold\n")]
    [InlineData("old\n<!-- end of a -->\n")]
    [InlineData("<!-- end of a -->\nold\n<!-- a -->\n")]
    [InlineData("<!-- a -->\n<!-- a -->\nold\n<!-- end of a -->\n")]
    public void RefusesMarksThatDoNotBelongTogether(string document)
    {
        File.WriteAllText(Document, document);

        var exception = Assert.Throws<InvalidDataException>(() => MarkedFile.Replace(Document, "a", "new\n"));

        Assert.Contains(Document, exception.Message, StringComparison.Ordinal);
        Assert.Equal(document, File.ReadAllText(Document));
    }
}
