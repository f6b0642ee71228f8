using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Analysis.Advice;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Rules are suppressed in the usual ways, for a line, a member, a type or a project.</summary>
public sealed class SuppressionTests
{
    private const string Code = """
        using System.Diagnostics.CodeAnalysis;

        namespace Sample;

        /*class*/
        public sealed class Reader(DigitNet net)
        {
            private readonly DigitNet.TrainingPass _pass = net.BeginTraining(1);

            /*method*/
            public float Local(float[] x, int[] labels)
            {
                var pass = net.BeginTraining(1);
                pass.Forward(x, labels);
                /*line*/
                return pass.Outputs[0];
            }

            public float Member(float[] x, int[] labels)
            {
                _pass.Forward(x, labels);
                return _pass.Outputs[0];
            }
        }

        /*layers*/
        [Network, Input(4), Dense(8), ReLU, Dropout(0), Dense(3)]
        public partial class Net;
        """;

    [Theory]
    [InlineData("", "", "NG0201 NG0202 NG0205")]
    [InlineData("/*line*/", "\n#pragma warning disable NG0201\n", "NG0202 NG0205")]
    [InlineData("/*method*/", "[SuppressMessage(\"NetGen.Dropout\", \"NG0201\")]", "NG0202 NG0205")]
    [InlineData("/*class*/", "[SuppressMessage(\"NetGen.Dropout\", \"NG0201\"), SuppressMessage(\"NetGen.Dropout\", \"NG0202\")]", "NG0205")]
    [InlineData("/*layers*/", "[SuppressMessage(\"NetGen.Dropout\", \"NG0205\")]", "NG0201 NG0202")]
    [InlineData("/*layers*/", "\n#pragma warning disable NG0205\n", "NG0201 NG0202")]
    public async Task In_the_source(string place, string suppression, string left)
    {
        string code = place.Length == 0 ? Code : Code.Replace(place, suppression, StringComparison.Ordinal);
        Assert.Equal(left, await FoundAsync(code, static compilation => compilation));
    }

    [Fact]
    public async Task In_the_options_of_a_project() => Assert.Equal("NG0201", await FoundAsync(Code, static compilation =>
        compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(ImmutableDictionary<string, ReportDiagnostic>.Empty
            .Add("NG0202", ReportDiagnostic.Suppress)
            .Add("NG0205", ReportDiagnostic.Suppress)))));

    private static async Task<string> FoundAsync(string code, Func<Compilation, Compilation> change)
    {
        Compilation compilation = await TestSolution.Create([("Program.cs", code), .. StubNetwork.Documents]).CompileAsync();
        ImmutableArray<Diagnostic> found = await change(compilation).AnalyzeAsync(
            new DropoutAtInferenceAnalyzer(), new UntrainedMemberAnalyzer(), new LayerAdviceAnalyzer());
        return string.Join(' ', found.Select(static diagnostic => diagnostic.Id));
    }
}
