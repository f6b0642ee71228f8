using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>The dropout rules on what the generator really emits.</summary>
public sealed class GeneratedNetworkTests
{
    [Theory]
    [InlineData("Dropout(0.5)", 2)]
    [InlineData("Dropout(0)", 0)]
    [InlineData("ReLU", 0)]
    public void PassesOfGeneratedNetworksAreKnown(string layer, int expected)
    {
        GeneratorRun run = GeneratorRun.Of($$"""
            namespace Sample;

            [Network, Input(4)]
            [Dense(8), ReLU, {{layer}}]
            [Dense(3), Softmax]
            internal partial class Net;

            internal sealed class Misuse
            {
                private readonly Net.TrainingPass _pass = new Net().BeginTraining(1);

                public float OfMember(float[] x, int[] labels)
                {
                    _pass.Forward(x, labels);
                    return _pass.Outputs[0];
                }

                public static float OfLocal(Net net, float[] x, int[] labels)
                {
                    var pass = net.BeginTraining(batchSize: 1);
                    pass.Forward(x, labels);
                    return pass.Outputs[0];
                }

                public static float ByMode(Net net, float[] x, int[] labels, bool samples)
                {
                    float[] mean = new float[3], variance = new float[3];
                    if (samples)
                    {
                        net.PredictMonteCarlo(x, 30, 1, mean, variance);
                        return mean[0];
                    }

                    var pass = net.BeginTraining(1);
                    pass.Forward(x, labels);
                    return pass.Outputs[0];
                }

                public static float WhileTraining(Net net, float[] x, float[] targets)
                {
                    var pass = net.BeginTraining(1);
                    pass.Forward(x, targets);
                    float first = pass.Outputs[0];
                    pass.Backward();
                    return first;
                }
            }
            """);
        ImmutableArray<Diagnostic> found =
            run.AnalyzerDiagnostics(new DropoutAtInferenceAnalyzer(), new UntrainedMemberAnalyzer());
        Assert.Empty(run.CompilerDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
        Assert.Equal(expected, found.Length);
        Assert.Equal(expected == 0 ? [] : ["NG0202", "NG0201"], found.Select(static d => d.Id));
    }
}
