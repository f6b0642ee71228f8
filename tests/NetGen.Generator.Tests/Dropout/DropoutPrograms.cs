using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>Small programs around the stub networks.</summary>
internal static class DropoutPrograms
{
    /// <summary>A method body with networks, data and helpers at hand.</summary>
    public static string Method(string body) => $$"""
        namespace Sample;

        public static partial class Program
        {
            public static void Run(DigitNet net, PlainNet plain, float[] x, float[][] samples, int[] labels, bool flag)
            {
                {{Indent(body)}}
            }
        }

        public static partial class Program
        {
            public static int ArgMax(ReadOnlySpan<float> values)
            {
                int best = 0;
                for (int i = 1; i < values.Length; i++)
                {
                    if (values[i] > values[best]) best = i;
                }

                return best;
            }

            public static void Show(object value) => Console.WriteLine(value);

            public static void Train(ITrainingPass pass) => pass.Backward();
        }
        """;

    /// <summary>Moves all lines but the first and the empty ones two levels to the right.</summary>
    private static string Indent(string body) =>
        string.Join('\n', body.Split('\n').Select(static (line, i) => i == 0 || line.Length == 0 ? line : "        " + line));

    public static Task<ImmutableArray<Diagnostic>> VerifyAsync<TAnalyzer>(string id, string program)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        AnalyzerTest.VerifyAsync<TAnalyzer>(id, program, StubNetwork.Documents);
}
