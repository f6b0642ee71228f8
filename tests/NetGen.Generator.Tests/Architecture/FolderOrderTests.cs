using Xunit;

namespace NetGen.Generator.Tests.Architecture;

public sealed class FolderOrderTests
{
    private static readonly (string Path, string Text) Tool = ("Low/Tool.cs", "class Tool { }");

    private static readonly (string Path, string Text) House = ("High/House.cs", "class House { Tool _tool = new(); public int this[int room] => room; }");

    [Fact]
    public void Arrows_in_the_order_are_none() => Assert.Empty(new FolderOrder("Low", "High").Faults(Sources(Tool, House)));

    [Fact]
    public void An_arrow_back_is_named_with_file_and_symbol() => Assert.Equal(
        ["High/House.cs(1) uses Tool of Low/Tool.cs: High → Low, but High may use only itself.",
         "High/House.cs(1) uses Tool.Tool of Low/Tool.cs: High → Low, but High may use only itself."],
        new FolderOrder("High", "Low").Faults(Sources(("Low/Tool.cs", "class Tool { public Tool() { } }"), House)));

    [Theory]
    [InlineData("class Tool\n{\n    int Rooms(dynamic any) { var house = Maker.Make(); return 0; } }\nclass Maker { public static dynamic Make() => new House(); }", "House")]
    [InlineData("class Tool : House { }", "House")]
    [InlineData("class Tool { int _rooms = nameof(House).Length; }", "House")]
    [InlineData("using Dwelling = House; class Tool { Dwelling _house; }", "House")]
    [InlineData("class Tool { int Rooms => Middle.House[0]; }", "House.this")]
    [InlineData("class Tool { int Rooms => Middle.Number.Doubled(); }", "Extensions.Doubled")]
    [InlineData("[Mark] class Tool { }", "MarkAttribute")]
    public void Whatever_a_use_looks_like(string tool, string symbol)
    {
        ProjectSources sources = Sources(
            ("Low/Tool.cs", tool),
            ("Low/Middle.cs", "partial class Middle { }"),
            ("High/Middle.cs", "partial class Middle { public static House House => new(); public static int Number => 1; }"),
            ("High/Extensions.cs", "static class Extensions { public static int Doubled(this int value) => 2 * value; }"),
            ("High/Mark.cs", "class MarkAttribute : System.Attribute { }"),
            ("High/House.cs", "class House { public int this[int room] => room; }"));
        Assert.Contains(
            new FolderOrder("Low", "High").Faults(sources),
            fault => fault.StartsWith("Low/Tool.cs(", StringComparison.Ordinal) && fault.Contains($" uses {symbol} of High/", StringComparison.Ordinal));
    }

    [Fact]
    public void Documentation_uses_nothing() => Assert.Empty(
        new FolderOrder("Low", "High").Faults(Sources(("Low/Tool.cs", "/// <summary>For a <see cref=\"House\"/>.</summary>\nclass Tool { }"), House)));

    [Fact]
    public void A_file_belongs_to_the_longest_name_that_fits()
    {
        ProjectSources sources = Sources(Tool, ("High/Cellar/Shelf.cs", "class Shelf { House _house; }"), House, ("Program.cs", "class Program { Shelf _shelf; }"));
        Assert.Empty(new FolderOrder("Low", "High", FolderOrder.Root).Faults(sources));
        Assert.Empty(new FolderOrder("Low", "High", "High/Cellar", FolderOrder.Root).Faults(sources));
        Assert.Equal(
            ["High/Cellar/Shelf.cs(1) uses House of High/House.cs: High/Cellar → High, but High/Cellar may use only Low."],
            new FolderOrder("Low", "High/Cellar", "High", FolderOrder.Root).Faults(sources));
    }

    [Fact]
    public void Order_and_folders_say_the_same() => Assert.Equal(
        ["High/House.cs lies in a folder that has no place in the order.", "The order names the folder Garden, which has no files."],
        new FolderOrder("Low", "Garden").Faults(Sources(Tool, House)));

    [Fact]
    public void An_exception_is_an_arrow_that_is_needed()
    {
        ProjectSources sources = Sources(Tool, House);
        Assert.Empty(new FolderOrder("High", "Low") { Exceptions = [("High", "Low")] }.Faults(sources));
        Assert.Equal(
            ["The exception High → Low is not needed."],
            new FolderOrder("Low", "High") { Exceptions = [("High", "Low")] }.Faults(sources));
    }

    [Fact]
    public void A_name_that_is_not_found_is_no_silence() => Assert.Contains(
        "CS0246", Assert.Throws<InvalidOperationException>(() => Sources(("Low/Tool.cs", "class Tool { Hoose _house; }"))).Message, StringComparison.Ordinal);

    private static ProjectSources Sources(params (string Path, string Text)[] files) => new("InMemory", files);
}
