using NetGen.CodeFixes;
using NetGen.Generator.Analysis;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Declaration;

/// <summary>The fix of NG0108.</summary>
public sealed class InsertFlattenFixTests
{
    private static readonly CodeFixTest<DeclarationAnalyzer, InsertFlattenFix> Fix = new();

    [Theory]
    [InlineData(
        "[Network, Input(4, 4, 1)] [Dense(2), Softmax] partial class Net;",
        "[Network, Input(4, 4, 1)] [Flatten, Dense(2), Softmax] partial class Net;")]
    [InlineData(
        "[Network, Input(4, 4, 1), Conv2D(3, 3), Dense(2)] partial class Net;",
        "[Network, Input(4, 4, 1), Conv2D(3, 3), Flatten, Dense(2)] partial class Net;")]
    [InlineData(
        "[Network, Input(4, 4, 1)]\n[\n    // The head.\n    NetGen.Dense(2)]\npartial class Net;",
        "[Network, Input(4, 4, 1)]\n[\n    // The head.\n    NetGen.Flatten, NetGen.Dense(2)]\npartial class Net;")]
    [InlineData(
        "[Network, Input(4, 4, 1), Conv2D(3, 3), Softmax] partial class Net;",
        "[Network, Input(4, 4, 1), Conv2D(3, 3), Flatten, Softmax] partial class Net;")]
    [InlineData(
        "[Network, Input(4, 4, 1), Conv2D(3, 3, Name = \"a\"), Flatten, Dense(12, Name = \"b\"), Dense(12, From = \"a\"), Add(\"b\")] partial class Net;",
        "[Network, Input(4, 4, 1), Conv2D(3, 3, Name = \"a\"), Flatten, Dense(12, Name = \"b\"), Flatten(From = \"a\"), Dense(12), Add(\"b\")] partial class Net;")]
    [InlineData(
        "[Network, Input(4, 4, 1), Conv2D(3, 3, Name = \"a\"), Softmax(From = \"a\")] partial class Net;",
        "[Network, Input(4, 4, 1), Conv2D(3, 3, Name = \"a\"), Flatten(From = \"a\"), Softmax] partial class Net;")]
    public Task Puts_Flatten_before_the_layer(string before, string after) => Fix.FixFirstAsync(before, after);

    [Fact]
    public Task Offers_the_mean_over_all_positions_too() => Fix.FixFirstAsync(
        "[Network, Input(4, 4, 1), Conv2D(3, 3), NetGen.Dense(2)] partial class Net;",
        "[Network, Input(4, 4, 1), Conv2D(3, 3), NetGen.GlobalAveragePool, NetGen.Dense(2)] partial class Net;",
        "Insert [GlobalAveragePool]");

    [Fact]
    public Task Inserts_nothing_that_would_take_the_name_of_another_layer() => Fix.NoFixAsync(
        "using NetGen;\n[Network, Input(4, 4, 1), Conv2D(3, 3, Name = \"a\"), Dense(12, Name = \"b\"), Flatten(From = \"a\"), GlobalAveragePool(From = \"a\"), Concat(\"flatten1\", \"pool1\")] partial class Net;");

    [Fact]
    public Task Fixes_all_at_once() => Fix.FixAllAsync(
        """
        [Network, Input(4, 4, 1), Dense(2)] partial class First;
        [Network, Input(4, 4, 1), Dense(2)] partial class Second;
        """,
        """
        [Network, Input(4, 4, 1), Flatten, Dense(2)] partial class First;
        [Network, Input(4, 4, 1), Flatten, Dense(2)] partial class Second;
        """);
}
