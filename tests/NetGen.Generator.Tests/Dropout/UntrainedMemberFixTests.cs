using Microsoft.CodeAnalysis.CodeFixes;
using NetGen.CodeFixes;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>The fix of NG0202: the network predicts, and the pass goes with its last use where nothing is lost.</summary>
public sealed class UntrainedMemberFixTests
{
    private static readonly CodeFixTest<UntrainedMemberAnalyzer, DropoutAtInferenceFix> Fix = new(
        [.. StubNetwork.Documents.Select(static document => (document.Name, document.Text.Replace(
            "public global::NetGen.INetwork Network => throw new global::System.NotSupportedException();",
            $"public {document.Name[..^5]} Network => throw new global::System.NotSupportedException(); global::NetGen.INetwork global::NetGen.ITrainingPass.Network => Network;",
            StringComparison.Ordinal)))]);

    [Fact]
    public Task CallsTheNetworkThatBeganThePass() => FixAsync(
        """
        public sealed class Reader(DigitNet net)
        {
            private readonly DigitNet.TrainingPass _pass = net.BeginTraining(1);

            public float First(float[] x, int[] labels)
            {
                _pass.Forward(x, labels);
                return _pass.Outputs[0];
            }
        }
        """,
        """
        public sealed class Reader(DigitNet net)
        {
            public float First(float[] x, int[] labels)
            {
                float[] outputs = new float[DigitNet.OutputLength];
                net.Predict(x, outputs);
                return outputs[0];
            }
        }
        """);

    [Fact]
    public Task CallsTheNetworkOfThePassWhereTheOtherIsOutOfSight() => FixAsync(
        """
        public sealed class Reader
        {
            private readonly DigitNet.TrainingPass _pass;

            public Reader(DigitNet net) => _pass = net.BeginTraining(8);

            public float First(float[] x, int[] labels)
            {
                this._pass.Forward(x, labels);
                var scores = this._pass.Outputs;
                return scores[0];
            }
        }
        """,
        """
        public sealed class Reader
        {
            private readonly DigitNet.TrainingPass _pass;

            public Reader(DigitNet net) => _pass = net.BeginTraining(8);

            public float First(float[] x, int[] labels)
            {
                float[] scores = new float[x.Length / DigitNet.InputLength * DigitNet.OutputLength];
                this._pass.Network.Predict(x, scores);
                return scores[0];
            }
        }
        """);

    [Fact]
    public Task KeepsAPassThatTrains() => FixAsync(
        """
        public sealed class Trainer(DigitNet net)
        {
            private readonly DigitNet.TrainingPass _pass = net.BeginTraining(32, seed: 1);

            public void Step(float[] x, int[] labels)
            {
                _pass.Forward(x, labels);
                _pass.Backward();
            }

            public float First(float[] x, int[] labels)
            {
                _pass.Forward(x, labels);
                return _pass.Outputs[0];
            }
        }
        """,
        """
        public sealed class Trainer(DigitNet net)
        {
            private readonly DigitNet.TrainingPass _pass = net.BeginTraining(32, seed: 1);

            public void Step(float[] x, int[] labels)
            {
                _pass.Forward(x, labels);
                _pass.Backward();
            }

            public float First(float[] x, int[] labels)
            {
                float[] outputs = new float[x.Length / DigitNet.InputLength * DigitNet.OutputLength];
                net.Predict(x, outputs);
                return outputs[0];
            }
        }
        """);

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public Task FixesAll(FixAllScope scope) => Fix.FixAllAsync(
        Program("""
            public static class Reader
            {
                private static readonly DigitNet Net = new(1);

                private static DigitNet.TrainingPass Pass { get; } = Net.BeginTraining(1);

                public static float First(float[] x)
                {
                    Pass.Forward(x, new int[1]);
                    return Pass.Outputs[0];
                }

                public static float Second(float[] x)
                {
                    Pass.Forward(x, new int[1]);
                    return Pass.Outputs[1] - Pass.Outputs[0];
                }
            }
            """),
        Program("""
            public static class Reader
            {
                private static readonly DigitNet Net = new(1);

                public static float First(float[] x)
                {
                    float[] outputs = new float[DigitNet.OutputLength];
                    Net.Predict(x, outputs);
                    return outputs[0];
                }

                public static float Second(float[] x)
                {
                    float[] outputs = new float[DigitNet.OutputLength];
                    Net.Predict(x, outputs);
                    return outputs[1] - outputs[0];
                }
            }
            """),
        scope);

    [Theory]
    [InlineData("""
        public sealed class Reader(DigitNet net)
        {
            private readonly DigitNet.TrainingPass _pass = net.BeginTraining(1);

            public void Feed(float[] x, int[] labels) => _pass.Forward(x, labels);

            public float First => _pass.Outputs[0];
        }
        """)]
    [InlineData("""
        public sealed class Reader(DigitNet net)
        {
            private readonly ITrainingPass _pass = ((INetwork)net).BeginTraining(1);

            public float First(float[] x, int[] labels)
            {
                _pass.Forward(x, labels);
                return _pass.Outputs[0];
            }
        }
        """)]
    [InlineData("""
        public sealed class Reader(DigitNet net)
        {
            private readonly DigitNet.TrainingPass _pass = net.BeginTraining(1);

            public float First(float[] x, int[] labels)
            {
                float loss = _pass.Forward(x, labels);
                return loss + _pass.Outputs[0];
            }
        }
        """)]
    [InlineData("""
        public sealed class Reader(DigitNet net)
        {
            private readonly DigitNet.TrainingPass _pass = net.BeginTraining(1);

            public float Last(float[] x, int[] labels)
            {
                _pass.Forward(x, labels);
                return _pass.Outputs[_pass.Outputs.Length - 1];
            }
        }
        """)]
    public Task OffersNothingWhereTheShapeIsNotMechanical(string program) => Fix.NoFixAsync(Program(program));

    private static Task FixAsync(string before, string after) => Fix.FixFirstAsync(Program(before), Program(after));

    private static string Program(string types) => $"namespace Sample;\n\n{types}\n";
}
