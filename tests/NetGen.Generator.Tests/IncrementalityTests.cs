using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>
/// What the generator does again after an edit. Its speed is the speed of the IDE, so an edit that leaves a declaration
/// alone must leave every later step alone.
/// </summary>
public class IncrementalityTests
{
    private const string Network = "[Network, Input(6, 6, 1), Conv2D(4, 3), ReLU, Flatten, Dense(10), Softmax] public partial class Net;";
    private const string Faulty = "[Network, Input(4), Dense(0)] public partial class Faulty;";
    private const string Other = "[Network, Input(4), Dense(2)] public partial class Other;";
    private const string Use = "public static class Use { public static int Length => Net.InputLength; }";

    [Fact]
    public void The_first_run_makes_everything()
    {
        GeneratorRun run = GeneratorRun.Of(Network, Use);
        Assert.Equal([IncrementalStepRunReason.New], Reasons(run, NetworkGenerator.DeclarationStep));
        Assert.Equal([IncrementalStepRunReason.New], Reasons(run, NetworkGenerator.ModelStep));
        Assert.Equal([IncrementalStepRunReason.New], OutputReasons(run).Distinct());
    }

    [Theory]
    [InlineData("public static class Use { public static int Length => Net.InputLength + 1; }")]
    [InlineData("")]
    [InlineData("public static class Use { this does not parse")]
    public void An_edit_elsewhere_leaves_everything(string edited)
    {
        GeneratorRun run = Edit(1, edited, Network, Use);
        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(run, NetworkGenerator.DeclarationStep));
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(run, NetworkGenerator.ModelStep));
        Assert.Equal([IncrementalStepRunReason.Cached], OutputReasons(run).Distinct());
    }

    [Theory]
    [InlineData("// A comment.\n\n" + Network)]
    [InlineData("[Network] [Input(6, 6, channels: 1)] [Conv2D(filters: 2 + 2, 3)] [ReLU] [Flatten] [Dense(10)] [Softmax] public partial class Net;")]
    [InlineData(Network + " public partial class Net { public int Mine => 1; public void Say() { } }")]
    public void An_edit_that_means_the_same_leaves_what_follows_the_parser(string edited)
    {
        GeneratorRun run = Edit(0, edited, Network, Use);
        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(run, NetworkGenerator.DeclarationStep));
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(run, NetworkGenerator.ModelStep));
        Assert.Equal([IncrementalStepRunReason.Cached], OutputReasons(run).Distinct());
    }

    /// <summary>What the user writes about the network is not what it is: only the place of the table depends on it.</summary>
    [Theory]
    [InlineData("/// <summary>Reads digits.</summary>", "/// <summary>Reads digits, badly.</summary>", false)]
    [InlineData("/// <summary>Reads digits.</summary>", "/// <summary>Reads digits.</summary>\n/// <remarks>Badly.</remarks>", true)]
    public void A_comment_matters_by_its_elements(string old, string edited, bool matters)
    {
        GeneratorRun run = Edit(0, edited + "\n" + Network, old + "\n" + Network, Use);
        Assert.Equal(matters, Reasons(run, NetworkGenerator.ModelStep).Contains(IncrementalStepRunReason.Modified));
    }

    [Theory]
    [InlineData("Dense(10)", "Dense(11)")]
    [InlineData("ReLU, ", "")]
    [InlineData("ReLU, ", "ReLU, Dropout(0.5), ")]
    [InlineData("Conv2D(4, 3)", "Conv2D(4, 3, Name = \"first\")")]
    [InlineData("Conv2D(4, 3)", "Conv2D(4, 3, Padding = Padding.Same)")]
    public void An_edit_of_the_declaration_makes_everything_again(string old, string edited)
    {
        GeneratorRun run = Edit(0, Network.Replace(old, edited, StringComparison.Ordinal), Network, Use);
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(run, NetworkGenerator.DeclarationStep));
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(run, NetworkGenerator.ModelStep));
        Assert.Contains(IncrementalStepRunReason.Modified, OutputReasons(run));
    }

    [Fact]
    public void A_second_network_leaves_the_first()
    {
        GeneratorRun run = Edit(1, Other, Network, Use);
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.New], Reasons(run, NetworkGenerator.DeclarationStep));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.New], Reasons(run, NetworkGenerator.ModelStep));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.New], OutputReasons(run).Distinct());
        Assert.Equal(2, run.NetworkCount);
    }

    [Fact]
    public void An_error_in_one_network_leaves_the_other()
    {
        GeneratorRun run = Edit(0, Network.Replace("Flatten, ", "", StringComparison.Ordinal), Network, Other);
        Assert.Equal(1, run.NetworkCount);
        Assert.Contains(IncrementalStepRunReason.Cached, Reasons(run, NetworkGenerator.ModelStep));
        Assert.DoesNotContain(IncrementalStepRunReason.Modified, Reasons(run, NetworkGenerator.ModelStep));
    }

    [Theory]
    [InlineData("public static class Use { public static int Length => 1; }", IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached)]
    [InlineData("", IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached)]
    public void Errors_stay_as_they_are_through_an_edit_elsewhere(string edited, IncrementalStepRunReason declaration, IncrementalStepRunReason error)
    {
        GeneratorRun run = Edit(1, edited, Faulty, Use);
        Assert.Equal([declaration], Reasons(run, NetworkGenerator.DeclarationStep));
        Assert.Equal([error], Reasons(run, NetworkGenerator.ErrorStep));
        Assert.Equal("NG0105", Assert.Single(run.Diagnostics).Id);
    }

    [Fact]
    public void Errors_move_with_their_place()
    {
        GeneratorRun run = Edit(0, "\n\n" + Faulty, Faulty, Network);
        Diagnostic error = Assert.Single(run.Diagnostics);
        Assert.Equal(2, error.Location.GetLineSpan().StartLinePosition.Line);
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(run, NetworkGenerator.ModelStep));
    }

    [Fact]
    public void A_place_is_no_part_of_what_is_known_of_a_valid_network()
    {
        GeneratorRun run = Edit(0, "\n\n" + Network, Network, Faulty);
        Assert.All(Reasons(run, NetworkGenerator.DeclarationStep), reason => Assert.Equal(IncrementalStepRunReason.Unchanged, reason));
    }

    [Fact]
    public void A_removed_network_takes_its_sources_along()
    {
        GeneratorRun run = Edit(1, "", Network, Other);
        Assert.All(run.Sources.Keys, hint => Assert.StartsWith("Net.", hint));
    }

    [Fact]
    public void An_edit_elsewhere_costs_little_more_than_the_compiler_takes_for_itself()
    {
        double compiler = BytesOfAnEdit(new NoGenerator());
        double own = BytesOfAnEdit(new NetworkGenerator()) - compiler;
        Assert.True(own < 0.6 * compiler, FormattableString.Invariant($"{own:N0} bytes beside the compiler's {compiler:N0}; at most 0.6 of them."));
    }

    /// <summary>The bytes that an edit allocates where twenty networks stand among many classes, in the middle of several edits.</summary>
    private static double BytesOfAnEdit(IIncrementalGenerator generator)
    {
        string classes = string.Join(' ', Enumerable.Range(0, 200).Select(i => $"class Class{i} {{ int A; int B() => A; }}"));
        string networks = string.Join(' ', Enumerable.Range(0, 20).Select(i => Network.Replace("class Net", $"class Net{i}", StringComparison.Ordinal)));
        CSharpCompilation compilation = TestCompilation.Create(networks, classes, Use);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGenerators(compilation);
        List<long> bytes = [];
        for (int edit = 0; edit < 9; edit++)
        {
            SyntaxTree use = compilation.SyntaxTrees[^1];
            compilation = compilation.ReplaceSyntaxTree(use, use.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From($"class Use {{ int Value => {edit}; }}")));
            long before = GC.GetAllocatedBytesForCurrentThread();
            driver = driver.RunGenerators(compilation);
            bytes.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return bytes.Order().ElementAt(4);
    }

    private static GeneratorRun Edit(int file, string edited, params string[] sources)
    {
        CSharpCompilation compilation = TestCompilation.Create(sources);
        SyntaxTree tree = compilation.SyntaxTrees[file + 1];
        return GeneratorRun.Of(compilation)
            .Again(compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(edited))));
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRun run, string step) =>
        run.Result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(output => output.Reason);

    private static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorRun run) =>
        run.Result.TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(s => s.Outputs).Select(output => output.Reason);

    /// <summary>Asks for the networks as the generator does, and makes nothing of them.</summary>
    private sealed class NoGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName("NetGen.NetworkAttribute", static (_, _) => true, static (_, _) => 1),
            static (_, _) => { });
    }
}
