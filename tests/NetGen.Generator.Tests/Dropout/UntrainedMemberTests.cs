using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Analysis.Dropout;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>NG0202: passes in fields and properties.</summary>
public sealed class UntrainedMemberTests
{
    [Theory]
    [InlineData("""
        private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(1);

        public float First(float[] x, int[] labels)
        {
            _pass.Forward(x, labels);
            return [|_pass.Outputs|][0];
        }
        """)]
    [InlineData("""
        private readonly ITrainingPass _pass;

        public Sut(DigitNet net) => _pass = net.BeginTraining(1);

        public float First(float[] x, int[] labels)
        {
            this._pass.Forward(x, labels);
            return [|this._pass.Outputs|][0];
        }
        """)]
    [InlineData("""
        private DigitNet.TrainingPass? _pass;

        public float First(DigitNet net, float[] x, int[] labels)
        {
            _pass ??= net.BeginTraining(1);
            if (_pass is null || _pass == null || _pass.BatchSize < 1) return 0;
            _pass.Forward(x, labels);
            float first = [|_pass.Outputs|][0];
            _pass = null;
            return first;
        }
        """)]
    [InlineData("""
        private static ITrainingPass Pass { get; } = new DigitNet(1).BeginTraining(1);

        public static void Copy(float[] x, int[] labels, float[] to)
        {
            Pass.Forward(x, labels);
            [|Pass.Outputs|].CopyTo(to);
        }
        """)]
    [InlineData("""
        private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(1);

        public void Feed(float[] x, int[] labels) => _pass.Forward(x, labels);

        public float First => [|_pass.Outputs|][0];

        public Func<float> Second => () => [|_pass.Outputs|][1];
        """)]
    [InlineData("""
        private readonly DigitNet.TrainingPass _trained = new DigitNet(1).BeginTraining(1);
        private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(1);

        public float First(float[] x, int[] labels)
        {
            _trained.Forward(x, labels);
            _trained.Backward();
            _pass.Forward(x, labels);
            return _trained.Outputs[0] + [|_pass.Outputs|][0];
        }
        """)]
    [InlineData("""
        private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(1);

        public float First(float[] x, int[] labels)
        {
            var pass = _pass;
            pass.Forward(x, labels);
            return [|pass.Outputs|][0];
        }
        """)]
    [InlineData("""
        private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(1);

        public void Step(float[] x, int[] labels, Optimizer optimizer)
        {
            _pass.Forward(x, labels);
            _pass.Backward();
            optimizer.Step(_pass);
        }

        public float First(float[] x, int[] labels)
        {
            _pass.Forward(x, labels);
            return [|_pass.Outputs|][0];
        }
        """)]
    public Task Reports(string members) => VerifyAsync(members);

    [Theory]
    [InlineData("""
        private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(1);

        public void Step(float[] x, int[] labels)
        {
            _pass.Forward(x, labels);
            _pass.Backward();
        }

        public float First => _pass.Outputs[0];
        """)]
    [InlineData("""
        private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(1);

        public float First => _pass.Outputs[0];

        private sealed class Trainer(Sut sut)
        {
            public void Step() => sut._pass.Backward();
        }

        public object Make() => new Trainer(this);
        """)]
    [InlineData("""
        private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(1);

        public float First => _pass.Outputs[0];

        public ITrainingPass Share() => _pass;
        """)]
    [InlineData("""
        private readonly DigitNet.TrainingPass _pass;

        public Sut(DigitNet.TrainingPass pass) => _pass = pass;

        public float First => _pass.Outputs[0];
        """)]
    [InlineData("""
        internal readonly DigitNet.TrainingPass Pass = new DigitNet(1).BeginTraining(1);

        public float First => Pass.Outputs[0];
        """)]
    [InlineData("""
        public DigitNet.TrainingPass Pass { get; } = new DigitNet(1).BeginTraining(1);

        public float First => Pass.Outputs[0];
        """)]
    [InlineData("""
        private readonly PlainNet.TrainingPass _pass = new PlainNet(1).BeginTraining(1);

        public float First => _pass.Outputs[0];
        """)]
    [InlineData("""
        private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(1);

        public int Length => _pass.Outputs.Length;

        public float Loss(float[] x, int[] labels) => _pass.Forward(x, labels);
        """)]
    [InlineData("""
        private readonly DigitNet _net = new(1);
        private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(1);

        public void Run(float[] x, int[] labels, float[] output, bool thinned)
        {
            if (!thinned)
            {
                _net.Predict(x, output);
                return;
            }

            _pass.Forward(x, labels);
            _pass.Outputs.CopyTo(output);
        }
        """)]
    [InlineData("""
        private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(1);

        public float[] Votes(float[] x, int[] labels)
        {
            var votes = new float[3];
            for (int k = 0; k < 100; k++)
            {
                _pass.Forward(x, labels);
                for (int i = 0; i < 3; i++) votes[i] += _pass.Outputs[i];
            }

            return votes;
        }
        """)]
    [InlineData("""
        private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(1);

        public float First(float[] x, int[] labels)
        {
            _pass.Forward(x, labels);
            return _pass.Outputs[0];
        }

        public void Learn() => _pass.Backward();
        """)]
    [InlineData("""
        private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(1);

        public float[][] Draw(float[] x, int[] labels) => [.. Enumerable.Range(0, 9).Select(_ => Once(x, labels))];

        private float[] Once(float[] x, int[] labels)
        {
            _pass.Forward(x, labels);
            return _pass.Outputs.ToArray();
        }
        """)]
    [InlineData("""
        private readonly DigitNet.TrainingPass _pass;

        public Sut(DigitNet net, ulong seed) => _pass = net.BeginTraining(1, seed);

        public float First(float[] x, int[] labels)
        {
            _pass.Forward(x, labels);
            return _pass.Outputs[0];
        }
        """)]
    public Task StaysSilent(string members) => VerifyAsync(members);

    /// <summary>The parts of a type are looked at together.</summary>
    [Fact]
    public Task StaysSilentWhereAnotherPartTrains() => VerifyAsync("""
            private readonly DigitNet.TrainingPass _pass = new DigitNet(1).BeginTraining(1);

            public float First => _pass.Outputs[0];
        }

        public partial class Sut
        {
            public void Step() => _pass.Backward();
        """);

    [Fact]
    public async Task NamesMemberTypeAndNetwork()
    {
        Diagnostic only = Assert.Single(await VerifyAsync("""
            private readonly ITrainingPass _pass = new DigitNet(1).BeginTraining(1);

            public float First => [|_pass.Outputs|][0];
            """));
        Assert.Equal(DiagnosticSeverity.Warning, only.Severity);
        Assert.Equal(
            "The outputs of training pass '_pass' are read as predictions, but dropout is active in them: 'Sut' never calls " +
            "Backward on it; call Predict of 'DigitNet' instead",
            only.GetMessage(CultureInfo.InvariantCulture));
    }

    private static Task<ImmutableArray<Diagnostic>> VerifyAsync(string members) =>
        DropoutPrograms.VerifyAsync<UntrainedMemberAnalyzer>("NG0202", $$"""
            namespace Sample;

            public partial class Sut
            {
                {{members.ReplaceLineEndings("\n    ")}}
            }
            """);
}
