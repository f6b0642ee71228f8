using Microsoft.CodeAnalysis;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>NG0201: where it must stay silent.</summary>
public sealed class DropoutAtInferenceSilenceTests
{
    [Theory]
    [InlineData("""
        var pass = net.BeginTraining(32);
        pass.Forward(x, labels);
        Show(ArgMax(pass.Outputs));
        pass.Backward();
        """)]
    [InlineData("""
        var pass = net.BeginTraining(32);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            float loss = pass.Forward(x, labels);
            pass.Backward();
            Show(loss + ArgMax(pass.Outputs));
        }

        Show(ArgMax(pass.Outputs));
        """)]
    [InlineData("""
        var pass = net.BeginTraining(32);
        pass.Forward(x, labels);
        if (flag) pass.Backward();
        else Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(32);
        do
        {
            pass.Forward(x, labels);
            if (pass.Outputs[0] > 0.9f) break;
            pass.Backward();
        }
        while (flag);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(32);
        ReadOnlySpan<float> outputs = pass.Outputs;
        pass.Forward(x, labels);
        Show(outputs[0]);
        pass.Backward();
        """)]
    [InlineData("""
        var pass = net.BeginTraining(32);
        foreach (float[] sample in samples)
        {
            bool training = sample[0] > 0;
            pass.Forward(sample, labels);
            if (training) pass.Backward();
            Show(ArgMax(pass.Outputs));
        }
        """)]
    public Task WhereTheForwardReachesBackward(string body) => SilentAsync(body);

    [Theory]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        Train(pass);
        Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        Action learn = () => pass.Backward();
        learn();
        Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        Action learn = pass.Backward;
        learn();
        Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        Step();
        Show(pass.Outputs[0]);

        void Step()
        {
            pass.Forward(x, labels);
            pass.Backward();
        }
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        ITrainingPass alias = pass;
        alias.Backward();
        Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        ref var alias = ref pass;
        pass.Forward(x, labels);
        alias.Backward();
        Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        foreach (ITrainingPass each in new ITrainingPass[] { pass }) each.Backward();
        Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        foreach (var pass in new[] { net.BeginTraining(1) })
        {
            pass.Forward(x, labels);
            Show(pass.Outputs[0]);
        }
        """)]
    [InlineData("""
        var pass = labels.Length > 1 ? net.BeginTraining(1) : Elsewhere();
        pass.Forward(x, labels);
        Show(pass.Outputs[0]);

        DigitNet.TrainingPass Elsewhere()
        {
            var begun = net.BeginTraining(2);
            Train(begun);
            return begun;
        }
        """)]
    [InlineData("""
        var (pass, other) = Pair();
        pass.Forward(x, labels);
        Show(pass.Outputs[other]);

        (ITrainingPass, int) Pair() => (net.BeginTraining(1), 0);
        """)]
    [InlineData("""
        if (Elsewhere() is DigitNet.TrainingPass pass)
        {
            pass.Forward(x, labels);
            Show(pass.Outputs[0]);
        }

        object Elsewhere() => net.BeginTraining(1);
        """)]
    [InlineData("""
        var first = net.BeginTraining(1);
        var second = net.BeginTraining(1);
        ITrainingPass pass = first;
        pass.Forward(x, labels);
        pass = second;
        Show(first.Outputs[0]);
        pass.Backward();
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        pass.InputGradients(x);
        Show(pass.Outputs[0]);
        """)]
    public Task WhereThePassEscapesOrComesFromElsewhere(string body) => SilentAsync(body);

    [Fact]
    public Task WhereACallerHoldsThePass() => DropoutPrograms.VerifyAsync<DropoutAtInferenceAnalyzer>("NG0201", """
        namespace Sample;

        public sealed class Lab(ITrainingPass shared)
        {
            public static float Parameter(ITrainingPass pass, float[] x, int[] labels)
            {
                pass.Forward(x, labels);
                return pass.Outputs[0];
            }

            public static ITrainingPass Returned(DigitNet net, float[] x, int[] labels)
            {
                var pass = net.BeginTraining(1);
                pass.Forward(x, labels);
                Console.WriteLine(pass.Outputs[0]);
                return pass;
            }

            public float Captured(float[] x, int[] labels)
            {
                shared.Forward(x, labels);
                return shared.Outputs[0];
            }
        }
        """);

    /// <summary>Only outputs are predictions; a loss without a backward pass also serves searches without gradients.</summary>
    [Theory]
    [InlineData("""
        var pass = net.BeginTraining(1);
        Show(pass.Forward(x, labels));
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        Show(nameof(pass.Outputs));
        Show(pass.Outputs.Length * pass.BatchSize);
        """)]
    public Task WhereNoOutputIsRead(string body) => SilentAsync(body);

    [Theory]
    [InlineData("""
        var output = new float[3];
        if (flag)
        {
            var pass = net.BeginTraining(1);
            pass.Forward(x, labels);
            pass.Outputs.CopyTo(output);
        }
        else
        {
            net.Predict(x, output);
        }
        """)]
    [InlineData("""
        var output = new float[3];
        if (!flag)
        {
            net.Predict(x, output);
            return;
        }

        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        pass.Outputs.CopyTo(output);
        """)]
    [InlineData("""
        var output = new float[3];
        var pass = net.BeginTraining(1);
        foreach (float[] sample in samples)
        {
            switch (labels[0])
            {
                case 0:
                    net.Predict(sample, output);
                    break;
                default:
                    pass.Forward(sample, labels);
                    pass.Outputs.CopyTo(output);
                    break;
            }
        }
        """)]
    public Task WhereTheModeIsChosenAtRunTime(string body) => SilentAsync(body);

    [Theory]
    [InlineData("""
        var pass = net.BeginTraining(1, seed: 5);
        var mean = new float[3];
        for (int k = 0; k < 50; k++)
        {
            pass.Forward(x, labels);
            for (int i = 0; i < mean.Length; i++) mean[i] += pass.Outputs[i] / 50;
        }
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        var votes = new int[3];
        for (int k = 0; k < 50; k++)
        {
            pass.Forward(x.AsSpan(0, 4), labels);
            votes[ArgMax(pass.Outputs)]++;
        }
        """)]
    [InlineData("""
        var mean = new float[3];
        foreach (float[] sample in samples)
        {
            for (ulong k = 0; k < 50; k++)
            {
                var pass = net.BeginTraining(1, k);
                pass.Forward(sample, labels);
                ReadOnlySpan<float> outputs = pass.Outputs;
                for (int i = 0; i < 3; i++) mean[i] += outputs[i] * 0.02f;
            }
        }
        """)]
    [InlineData("""
        var seen = new float[9];
        Parallel.For(0, 9, i =>
        {
            var pass = net.BeginTraining(1, (ulong)i);
            pass.Forward(x, labels);
            seen[i] = pass.Outputs[0];
        });
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        for (int i = 0; i < 9; i++) Show(Draw(x));

        float Draw(float[] sample)
        {
            pass.Forward(sample, labels);
            return pass.Outputs[0];
        }
        """)]
    [InlineData("""
        for (ulong i = 0; i < 9; i++)
        {
            var options = new TrainingOptions { BatchSize = 1, Seed = i };
            var pass = net.BeginTraining(options);
            pass.Forward(x, labels);
            Show(pass.Outputs[0]);
        }
        """)]
    public Task WhereDropoutIsSampledOnPurpose(string body) => SilentAsync(body);

    [Theory]
    [InlineData("""
        var pass = plain.BeginTraining(1);
        pass.Forward(x, labels);
        Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        ITrainingPass pass = plain.BeginTraining(1);
        pass.Forward(x, labels);
        Show(pass.Outputs[0]);
        """)]
    public Task WhereTheNetworkHasNoDropout(string body) => SilentAsync(body);

    [Fact]
    public Task InGeneratedCode() => AnalyzerTest.VerifyAsync<DropoutAtInferenceAnalyzer>(
        "NG0201",
        "namespace Sample;",
        [("More.g.cs", "// <auto-generated/>\n" + DropoutPrograms.Method("""
            var pass = net.BeginTraining(1);
            pass.Forward(x, labels);
            Show(pass.Outputs[0]);
            """)), .. StubNetwork.Documents]);

    /// <summary>The same names without the marks are somebody else's types.</summary>
    [Fact]
    public Task WhereOnlyTheNamesAreAlike() => AnalyzerTest.VerifyAsync<DropoutAtInferenceAnalyzer>("NG0201", """
        namespace Elsewhere;

        public interface ITrainingPass
        {
            float Outputs { get; }

            void Forward(float[] x);
        }

        public sealed class TrainingPass : ITrainingPass
        {
            public float Outputs => 1;

            public void Forward(float[] x) { }

            public void Backward() { }
        }

        public static class Program
        {
            public static float Run(float[] x)
            {
                var pass = new TrainingPass();
                pass.Forward(x);
                return pass.Outputs;
            }
        }
        """);

    [Fact]
    public async Task WhereNetGenIsNotReferenced()
    {
        Project project = TestSolution.CreateWithoutNetGen(
            ("Program.cs", "namespace NetGen { public interface INothing; }\nnamespace Sample { public class Empty; }"));
        Assert.Empty(await (await project.CompileAsync()).AnalyzeAsync(new DropoutAtInferenceAnalyzer()));
    }

    private static Task SilentAsync(string body) =>
        DropoutPrograms.VerifyAsync<DropoutAtInferenceAnalyzer>("NG0201", DropoutPrograms.Method(body));
}
