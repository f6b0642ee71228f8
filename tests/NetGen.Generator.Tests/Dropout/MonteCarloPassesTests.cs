using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>NG0203: how many passes <c>PredictMonteCarlo</c> is asked for.</summary>
public sealed class MonteCarloPassesTests
{
    private const string Mark =
        "[global::NetGen.CompilerServices.NetworkMember(global::NetGen.CompilerServices.NetworkMemberRole.PredictMonteCarlo)]";

    private const string Network = """
        namespace Sample;

        [Network, Input(4), Dense(8), ReLU, Dropout(0.5), Dense(3), Softmax]
        public partial class Net
        {
            public const int One = 1;
        }
        """;

    [Theory]
    [InlineData("net.PredictMonteCarlo(x, 1, 7, mean, variance)", "1", "1 pass")]
    [InlineData("net.PredictMonteCarlo(x, seed: 7, passes: Net.One, mean: mean, variance: variance)", "Net.One", "1 pass")]
    [InlineData("net.PredictMonteCarlo(x, -3, 7, mean, variance)", "-3", "-3 passes")]
    public void Reports(string call, string place, string number)
    {
        string source = Program(call);
        Diagnostic only = Assert.Single(Found(source));
        Assert.Equal(place, source.Substring(only.Location.SourceSpan.Start, only.Location.SourceSpan.Length));
        Assert.Equal(DiagnosticSeverity.Error, only.Severity);
        Assert.StartsWith($"PredictMonteCarlo is asked for {number},", only.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.EndsWith("there is Predict of 'Net'", only.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net.PredictMonteCarlo(x, 2, 1, mean, variance)")]
    [InlineData("net.PredictMonteCarlo(x, x.Length, 1, mean, variance)")]
    public void IsSilentOnPassesThatSuffice(string call) => Assert.Empty(Found(Program(call)));

    [Theory]
    [InlineData("new Other().PredictMonteCarlo(passes: 1)")]
    [InlineData("new Other().PredictMonteCarlo(x, 1, 7, mean, variance)")]
    [InlineData("net.PredictMonteCarlo(x, passes: 1)")]
    public void IsSilentOnOthersOfThatName(string call) => Assert.Empty(Found(Program(call)));

    [Fact]
    public void KnowsTheMemberByItsMark() =>
        Assert.Equal("NG0203", Assert.Single(Found(Program("new Other().PredictMonteCarlo(x, 1)"))).Id);

    /// <summary>A network of another assembly may come from a generator without the mark, or with one that these analyzers do not know.</summary>
    [Theory]
    [InlineData(Mark, 1)]
    [InlineData("", 0)]
    [InlineData("[global::NetGen.CompilerServices.NetworkMember((global::NetGen.CompilerServices.NetworkMemberRole)1000)]", 0)]
    public void ReadsTheMarksOfOtherVersions(string mark, int expected)
    {
        Compilation library = GeneratorRun.Of(Network).Output;
        SyntaxTree generated = library.SyntaxTrees.Single(static tree => tree.ToString().Contains(Mark, StringComparison.Ordinal));
        string older = generated.ToString().Replace(Mark, mark, StringComparison.Ordinal);
        library = library.ReplaceSyntaxTree(generated, CSharpSyntaxTree.ParseText(older, (CSharpParseOptions)generated.Options))
            .WithAssemblyName("Library");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        CSharpCompilation program = TestCompilation.Create(Program("net.PredictMonteCarlo(x, 1, 7, mean, variance)"))
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        Assert.Equal(expected, Found(GeneratorRun.Of(program)).Length);
    }

    private static Diagnostic[] Found(string program) => Found(GeneratorRun.Of(program, Network));

    private static Diagnostic[] Found(GeneratorRun run)
    {
        Assert.Empty(run.CompilerDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return [.. run.AnalyzerDiagnostics(new MonteCarloPassesAnalyzer())];
    }

    private static string Program(string call) => $$"""
        using NetGen.CompilerServices;

        namespace Sample;

        public static class Program
        {
            public static void Run(Net net, float[] x, float[] mean, float[] variance) => {{call}};

            public static void PredictMonteCarlo(this Net net, float[] input, int passes) => Console.WriteLine(passes + input.Length);
        }

        public sealed class Other
        {
            public void PredictMonteCarlo(int passes) => Console.WriteLine(passes);

            public void PredictMonteCarlo(ReadOnlySpan<float> input, int passes, ulong seed, Span<float> mean, Span<float> variance) => variance[0] = passes;

            [NetworkMember(NetworkMemberRole.PredictMonteCarlo)]
            public void PredictMonteCarlo(ReadOnlySpan<float> input, int passes) => Console.WriteLine(passes + input.Length);
        }
        """;
}
