using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>NG0203: how many passes <c>PredictMonteCarlo</c> is asked for.</summary>
public sealed class MonteCarloPassesTests
{
    [Theory]
    [InlineData("net.PredictMonteCarlo(x, 1, 7, mean, variance)", "1", "1 pass")]
    [InlineData("net.PredictMonteCarlo(x, seed: 7, passes: One, mean: mean, variance: variance)", "One", "1 pass")]
    [InlineData("net.PredictMonteCarlo(x, -3, 7, mean, variance)", "-3", "-3 passes")]
    public void Reports(string call, string place, string number)
    {
        (Diagnostic[] found, string source) = Run(call);
        Diagnostic only = Assert.Single(found);
        Assert.Equal(place, source.Substring(only.Location.SourceSpan.Start, only.Location.SourceSpan.Length));
        Assert.Equal(DiagnosticSeverity.Error, only.Severity);
        Assert.StartsWith($"PredictMonteCarlo is asked for {number},", only.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net.PredictMonteCarlo(x, 2, 1, mean, variance)")]
    [InlineData("net.PredictMonteCarlo(x, x.Length, 1, mean, variance)")]
    [InlineData("new Other().PredictMonteCarlo(passes: 1)")]
    public void StaysSilent(string call) => Assert.Empty(Run(call).Found);

    private static (Diagnostic[] Found, string Source) Run(string call)
    {
        string source = $$"""
            namespace Sample;

            [Network, Input(4), Dense(8), ReLU, Dropout(0.5), Dense(3), Softmax]
            public partial class Net
            {
                private const int One = 1;

                public static void Run(Net net, float[] x, float[] mean, float[] variance) => {{call}};
            }

            public sealed class Other
            {
                public void PredictMonteCarlo(int passes) => System.Console.WriteLine(passes);
            }
            """;
        GeneratorRun run = GeneratorRun.Of(source);
        Assert.Empty(run.CompilerDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return ([.. run.AnalyzerDiagnostics(new MonteCarloPassesAnalyzer())], source);
    }
}
