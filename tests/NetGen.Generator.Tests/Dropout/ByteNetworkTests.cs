using Microsoft.CodeAnalysis;
using NetGen.CodeFixes;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>The dropout rules where a network takes bytes: what they say and fix is the same as for floats.</summary>
public sealed class ByteNetworkTests
{
    private const string Declaration =
        """
        namespace Sample;

        [Network, Input(4, Type = InputType.UInt8)]
        [Dense(8), ReLU, Dropout(0.5)]
        [Dense(3), Softmax]
        public partial class DigitNet;
        """;

    private static readonly CodeFixTest<DropoutAtInferenceAnalyzer, DropoutAtInferenceFix> Fix =
        new([("DigitNet.cs", Declaration), .. GeneratorRun.Of(Declaration).Sources.Select(source => (source.Key, source.Value))]);

    /// <summary>Who chooses between a prediction and a pass wants the dropout.</summary>
    [Theory]
    [InlineData("float", "", 1)]
    [InlineData("byte", "", 1)]
    [InlineData("float", "if (flag) return net.Classify(x);", 0)]
    [InlineData("byte", "if (flag) return net.Classify(x);", 0)]
    public void OutputsOfAPassAreNoPrediction(string type, string choice, int expected)
    {
        GeneratorRun run = GeneratorRun.Of(Declaration, Method(
            type,
            $"""
            {choice}
            var pass = net.BeginTraining(1);
            pass.Forward(x, labels);
            return ArgMax(pass.Outputs);
            """));
        Assert.Empty(run.CompilerDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
        Assert.Equal(expected, run.AnalyzerDiagnostics(new DropoutAtInferenceAnalyzer()).Count(static d => d.Id == "NG0201"));
    }

    [Fact]
    public Task ASampleOfBytesIsPredicted() => Fix.FixFirstAsync(
        Method(
            "byte",
            """
            var pass = net.BeginTraining(1);
            pass.Forward(x, labels);
            return ArgMax(pass.Outputs);
            """),
        Method(
            "byte",
            """
            float[] outputs = new float[DigitNet.OutputLength];
            net.Predict(x, outputs);
            return ArgMax(outputs);
            """));

    [Fact]
    public Task ABatchOfBytesIsPredicted() => Fix.FixFirstAsync(
        Method(
            "byte",
            """
            var pass = net.BeginTraining(8);
            pass.Forward(x.AsSpan(4), labels);
            ReadOnlySpan<float> scores = pass.Outputs;
            return ArgMax(scores);
            """),
        Method(
            "byte",
            """
            ReadOnlySpan<byte> inputs = x.AsSpan(4);
            float[] scores = new float[inputs.Length / DigitNet.InputLength * DigitNet.OutputLength];
            net.Predict(inputs, scores);
            return ArgMax(scores);
            """));

    private static string Method(string type, string body) => $$"""
        namespace Sample;

        public static class Program
        {
            public static int Seen(DigitNet net, {{type}}[] x, int[] labels, bool flag)
            {
                {{body.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }

            private static int ArgMax(ReadOnlySpan<float> values) => values.IndexOf(values[0]);
        }
        """;
}
