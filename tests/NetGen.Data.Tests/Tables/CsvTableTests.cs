using System.Globalization;
using System.Text;
using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Data.Tests.Tables;

public sealed class CsvTableTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void AllOtherColumnsAreFeatures()
    {
        CsvTable table = CsvTable.FromLabels(Write("a,kind,b\n1,x,-2.5\n1e2,w,.5\n3,x, 4 \n"), "kind");
        Assert.Equal(["a", "b"], table.FeatureNames);
        Assert.Equal(["w", "x"], table.ClassNames);
        Assert.Empty(table.TargetNames);
        Assert.Equal((3, 2, 2), (table.Data.Count, table.Data.InputLength, table.Data.ClassCount));
        Assert.Equal([1, -2.5f, 100, 0.5f, 3, 4], Inputs(table));
        Assert.Equal([1, 0, 1], Labels(table));
    }

    [Fact]
    public void TargetsAndFeaturesHaveTheOrderThatIsAskedFor()
    {
        string path = Write("a,b,c,d\n1,2,3,4\n5,6,7,8\n");
        CsvTable table = CsvTable.FromTargets(path, ["d", "b"], new CsvOptions { Features = ["c", "a"] });
        Assert.Equal(["c", "a"], table.FeatureNames);
        Assert.Equal(["d", "b"], table.TargetNames);
        Assert.Empty(table.ClassNames);
        Assert.Equal([3, 1, 7, 5], Inputs(table));
        Assert.Equal([8, 6], table.Data.Target(1).ToArray());

        // What is not read need not be a number.
        CsvTable ignoring = CsvTable.FromTargets(Write("id,x,y\nfirst,1,2\n"), ["y"], new CsvOptions { Ignored = ["id", "none"] });
        Assert.Equal(["x"], ignoring.FeatureNames);
    }

    [Fact]
    public void QuotedFieldsHoldSeparatorsLineBreaksAndQuotes()
    {
        CsvTable table = CsvTable.FromLabels(Write("\"a, \"\"the\"\" first\",kind\r\n\"1\",\"two\nlines, and \"\"quotes\"\"\"\r\n\r\n2,b\r\n"), "kind");
        Assert.Equal(["a, \"the\" first"], table.FeatureNames);
        Assert.Equal(["b", "two\nlines, and \"quotes\""], table.ClassNames);
        Assert.Equal([1, 2], Inputs(table));
    }

    [Fact]
    public void ClassesAreSortedByCodeOrGivenOrNumbers()
    {
        string path = Write("x,kind\n1,b\n2,B\n3,ä\n4,10\n5,9\n");
        Assert.Equal(["10", "9", "B", "b", "ä"], CsvTable.FromLabels(path, "kind").ClassNames);

        CsvTable given = CsvTable.FromLabels(path, "kind", new CsvOptions { ClassNames = ["9", "10", "none", "b", "B", "ä"] });
        Assert.Equal([3, 4, 5, 1, 0], Labels(given));
        Assert.Equal((6, "none"), (given.Data.ClassCount, given.ClassNames[2]));

        CsvTable numbers = CsvTable.FromLabels(Write("x,kind\n1,10\n2, 9\n3,0\n"), "kind", new CsvOptions { ClassCount = 12 });
        Assert.Equal([10, 9, 0], Labels(numbers));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => i.ToString(CultureInfo.InvariantCulture)), numbers.ClassNames);
    }

    [Fact]
    public void AFileMayHaveNoHeader()
    {
        CsvTable table = CsvTable.FromLabels(Write("1,2,x\n3,4,y\n"), "kind", new CsvOptions { ColumnNames = ["a", "b", "kind"] });
        Assert.Equal([1, 2, 3, 4], Inputs(table));
    }

    [Fact]
    public void NumbersDoNotDependOnTheCurrentCultureButOnTheGivenOne() => HostileCulture.Run(() =>
    {
        Assert.Equal([-1.5f], Inputs(CsvTable.FromTargets(Write("a,y\n-1.5,1\n"), ["y"])));

        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CsvOptions options = new() { Separator = ';', Culture = comma };
        Assert.Equal([-1.5f], Inputs(CsvTable.FromTargets(Write("a;y\n-1,5;1\n"), ["y"], options)));
        AssertDamage(
            path => $"'{path}' has 1 fault:\nline 2, column 'a': '1.5' is no number", "a;y\n1.5;1\n", path => CsvTable.FromTargets(path, ["y"], options));
    });

    [Fact]
    public void AnEncodingMayBeGivenOrMarked()
    {
        string path = _directory.Write("latin", Encoding.Latin1.GetBytes("größe,y\n1,2\n"));
        Assert.Equal(["größe"], CsvTable.FromTargets(path, ["y"], new CsvOptions { Encoding = Encoding.Latin1 }).FeatureNames);
        string marked = _directory.Write("marked", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("größe,y\n1,2\n")]);
        Assert.Equal(["größe"], CsvTable.FromTargets(marked, ["y"]).FeatureNames);
        string utf8 = _directory.Write("utf8", [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes("größe,y\n1,2\n")]);
        Assert.Equal(["größe"], CsvTable.FromTargets(utf8, ["y"]).FeatureNames);
    }

    [Fact]
    public void EveryFaultIsNamedWithLineAndColumn() => AssertDamage(
        path => $"""
            '{path}' has 7 faults:
            line 2, column 'b': 'abc' is no number
            line 5, column 'b': the value is missing
            line 5, column 'kind': the class is missing
            line 6: 2 fields instead of 3
            line 7, column 'a': 'NaN' is not finite
            line 7, column 'b': '1e99' is not finite
            line 8, column 'a': 'with{'\uFFFD'}a line break, and longer than what …' is no number
            """,
        "a,b,kind\n1,abc,x\n2,3,\"two\nlines\"\n3,,\n4,5\nNaN,1e99,x\n\"with\na line break, and longer than what is shown\",6,x\n",
        path => CsvTable.FromLabels(path, "kind"));

    [Fact]
    public void ManyFaultsAreCounted()
    {
        string path = Write("a,y\n" + string.Concat(Enumerable.Repeat("x,1\n", 1000)));
        string message = Assert.Throws<InvalidDataException>(() => CsvTable.FromTargets(path, ["y"])).Message;
        Assert.StartsWith($"'{path}' has 1000 faults:\nline 2, column 'a'", message);
        Assert.EndsWith("line 21, column 'a': 'x' is no number\n… and 980 more", message);
    }

    [Fact]
    public void ClassesThatDoNotExistAreErrors()
    {
        AssertDamage(
            path => $"'{path}' has 1 fault:\nline 3, column 'kind': 'z' is none of the 2 classes", "x,kind\n1,a\n2,z\n",
            path => CsvTable.FromLabels(path, "kind", new CsvOptions { ClassNames = ["a", "b"] }));
        AssertDamage(
            path => $"""
                '{path}' has 3 faults:
                line 3, column 'kind': '2' is no class; classes are 0 to 1
                line 4, column 'kind': '-1' is no class; classes are 0 to 1
                line 5, column 'kind': '1.0' is no class; classes are 0 to 1
                """,
            "x,kind\n1,1\n2,2\n3,-1\n4,1.0\n",
            path => CsvTable.FromLabels(path, "kind", new CsvOptions { ClassCount = 2 }));
    }

    [Fact]
    public void FilesThatAreNoTablesAreErrors()
    {
        AssertDamage(path => $"'{path}' is empty; its first record should be the names of the columns.", "", path => CsvTable.FromLabels(path, "y"));
        AssertDamage(path => $"'{path}' has no records.", "x,y\n", path => CsvTable.FromLabels(path, "y"));
        AssertDamage(path => $"'{path}' has no column 'z'; there are 'x', 'y'.", "x,y\n1,2\n", path => CsvTable.FromLabels(path, "z"));
        AssertDamage(path => $"'{path}' has no column 'q'; there are 'x', 'y'.", "x,y\n1,2\n", path => CsvTable.FromLabels(path, "y", new CsvOptions { Features = ["q"] }));
        AssertDamage(path => $"'{path}': two columns are called 'x'.", "x,x,y\n1,2,3\n", path => CsvTable.FromLabels(path, "y"));
        AssertDamage(path => $"'{path}': no column is left for the inputs.", "y\n1\n", path => CsvTable.FromLabels(path, "y"));

        // A quote that is never closed would make the rest of the file one field.
        string open = Write("x,y\n1,\"2\n3,4\n");
        string message = Assert.Throws<InvalidDataException>(() => CsvTable.FromLabels(open, "y")).Message;
        Assert.StartsWith($"'{open}': ", message);
        Assert.Contains("line 2", message);
        Assert.Throws<FileNotFoundException>(() => CsvTable.FromLabels(_directory["none"], "y"));
    }

    [Fact]
    public void OptionsThatContradictEachOtherAreErrors()
    {
        string path = Write("x,y\n1,2\n");
        AssertMessage("The column 'y' is what the network is to predict; it cannot be a feature, too. (Parameter 'options')", new CsvOptions { Features = ["x", "y"] });
        AssertMessage("The classes of 'y' are either texts or numbers: ClassNames and ClassCount cannot both be set. (Parameter 'options')", new CsvOptions { ClassNames = ["2"], ClassCount = 3 });
        AssertMessage("The number of classes must be at least 1, but got 0. (Parameter 'options')", new CsvOptions { ClassCount = 0 });
        AssertMessage("There are no class names. (Parameter 'options')", new CsvOptions { ClassNames = [] });
        AssertMessage("The class '2' is named twice. (Parameter 'options')", new CsvOptions { ClassNames = ["2", "3", "2"] });
        Assert.Throws<ArgumentException>("targets", () => CsvTable.FromTargets(path, []));
        Assert.ThrowsAny<ArgumentException>(() => CsvTable.FromLabels(path, "y", new CsvOptions { Separator = '§' }));

        void AssertMessage(string message, CsvOptions options) =>
            Assert.Equal(message, Assert.Throws<ArgumentException>(() => CsvTable.FromLabels(path, "y", options)).Message);
    }

    private string Write(string text) => _directory.Write("table.csv", Encoding.UTF8.GetBytes(text));

    private void AssertDamage(Func<string, string> message, string text, Action<string> read)
    {
        string path = Write(text);
        Assert.Equal(message(path).ReplaceLineEndings("\n"), Assert.Throws<InvalidDataException>(() => read(path)).Message);
    }

    private static float[] Inputs(CsvTable table) => [.. Enumerable.Range(0, table.Data.Count).SelectMany(i => table.Data.Input(i).ToArray())];

    private static int[] Labels(CsvTable table) => [.. Enumerable.Range(0, table.Data.Count).Select(table.Data.Label)];
}
