using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using NetGen.CodeFixes;
using NetGen.Generator.Analysis.Accuracy;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>In an editor code is unfinished most of the time: neither the rules nor the fix may fail on it.</summary>
public sealed class UnfinishedCodeTests
{
    private const string Program = """
        namespace Sample;

        public sealed class Reader(DigitNet net)
        {
            private readonly ITrainingPass _pass = net.BeginTraining(1, 2UL);

            public float Read(float[] x, int[] labels)
            {
                var pass = net.BeginTraining(x.Length);
                for (int i = 0; i < 3; i++)
                {
                    _ = pass.Forward(x.AsSpan(i), labels);
                    var scores = pass.Outputs;
                    if (scores[0] > 0) return scores[^1];
                }

                Func<float> last = () => { var p = net.BeginTraining(1); p.Forward(x, labels); return p.Outputs[0]; };
                _pass?.Forward(x, labels);
                return pass.Outputs[0] + last() + _pass.Outputs[1];
            }

            public void Learn(float[][] samples, int[] labels)
            {
                var pass = net.BeginTraining(1);
                int right = 0;
                for (int i = 0; i < labels.Length; i++)
                {
                    pass.Forward(samples[i], [labels[i]]);
                    bool hit = (pass.Outputs[1] > 0.5f) == (labels[i] == 1);
                    right += hit ? 1 : 0;
                    pass.Backward();
                }

                Console.WriteLine($"{right} of {labels.Length}");
            }
        }
        """;

    [Fact]
    public async Task NothingFailsOnHalfAProgram()
    {
        for (int length = Program.IndexOf("_pass", StringComparison.Ordinal); length < Program.Length; length += 11)
        {
            await TryAsync(Program[..length]);
            await TryAsync(Program.Remove(length, Math.Min(11, Program.Length - length)));
        }
    }

    private static async Task TryAsync(string text)
    {
        Project project = TestSolution.Create([("Program.cs", text), .. StubNetwork.Documents]);
        Compilation compilation = (await project.GetCompilationAsync())!;
        ImmutableArray<Diagnostic> found =
            await compilation.AnalyzeAsync(new DropoutAtInferenceAnalyzer(), new UntrainedMemberAnalyzer(), new TrainingAccuracyAnalyzer());
        Document document = project.Documents.Single(static d => d.Name == "Program.cs");
        foreach (Diagnostic diagnostic in found.Where(static diagnostic => diagnostic.Id != "NG0208"))
        {
            var context = new CodeFixContext(document, diagnostic, static (_, _) => { }, CancellationToken.None);
            await new DropoutAtInferenceFix().RegisterCodeFixesAsync(context);
        }
    }
}
