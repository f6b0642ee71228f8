using NetGen.CodeFixes;
using NetGen.Generator.Analysis;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Declaration;

/// <summary>The fix of NG0101 and NG0112.</summary>
public sealed class MakePartialFixTests
{
    private static readonly CodeFixTest<DeclarationAnalyzer, MakePartialFix> Fix = new();

    [Theory]
    [InlineData(
        "[Network, Input(4), Dense(2)] public class Net;",
        "[Network, Input(4), Dense(2)] public partial class Net;")]
    [InlineData(
        "[Network, Input(4), Dense(2)]\n// The network.\nclass Net { }",
        "[Network, Input(4), Dense(2)]\n// The network.\npartial class Net { }")]
    [InlineData(
        "/// <summary>The network.</summary>\n[Network, Input(4), Dense(2)]\nsealed record Net;",
        "/// <summary>The network.</summary>\n[Network, Input(4), Dense(2)]\nsealed partial record Net;")]
    [InlineData(
        "readonly struct Outer { [Network, Input(4), Dense(2)] private partial class Net; }",
        "readonly partial struct Outer { [Network, Input(4), Dense(2)] private partial class Net; }")]
    [InlineData(
        "// Outer.\ninterface IOuter { [Network, Input(4), Dense(2)] private partial class Net; }",
        "// Outer.\npartial interface IOuter { [Network, Input(4), Dense(2)] private partial class Net; }")]
    public Task Adds_the_modifier(string before, string after) => Fix.FixFirstAsync(before, after);

    [Fact]
    public Task Fixes_all_at_once() => Fix.FixAllAsync(
        """
        [Network, Input(4), Dense(2)] class First;
        [Network, Input(4), Dense(2)] class Second;
        """,
        """
        [Network, Input(4), Dense(2)] partial class First;
        [Network, Input(4), Dense(2)] partial class Second;
        """);
}
