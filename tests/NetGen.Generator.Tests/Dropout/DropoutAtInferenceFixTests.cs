using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using NetGen.CodeFixes;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>The fix of NG0201: its text, that it compiles, and that what it computes is a prediction.</summary>
public sealed class DropoutAtInferenceFixTests
{
    private static readonly CodeFixTest<DropoutAtInferenceAnalyzer, DropoutAtInferenceFix> Fix = new(StubNetwork.Documents);

    [Fact]
    public Task GivesTheArrayTheNameOfTheOutputs() => FixAsync(
        """
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        var scores = pass.Outputs;
        Show(ArgMax(scores) + scores[1] + scores[^1] + scores.Length);
        foreach (float score in scores) Show(score);
        """,
        """
        float[] scores = new float[DigitNet.OutputLength];
        net.Predict(x, scores);
        Show(ArgMax(scores) + scores[1] + scores[^1] + scores.Length);
        foreach (float score in scores) Show(score);
        """);

    [Fact]
    public Task SizesTheArrayByTheInputOfABatch() => FixAsync(
        """
        Classify();
        void Classify()
        {
            DigitNet.TrainingPass pass = net.BeginTraining(64, seed: 1);
            _ = pass.Forward(labels: labels, inputs: x);
            ReadOnlySpan<float> scores = pass.Outputs;
            Show(ArgMax(scores));
        }
        """,
        """
        Classify();
        void Classify()
        {
            float[] scores = new float[x.Length / DigitNet.InputLength * DigitNet.OutputLength];
            net.Predict(x, scores);
            Show(ArgMax(scores));
        }
        """);

    [Fact]
    public Task EvaluatesTheInputOnce() => FixAsync(
        """
        var pass = net.BeginTraining(labels.Length);
        for (int i = 0; i < samples.Length; i++)
        {
            pass.Forward(samples[i].AsSpan(0, 4), labels);
            Show(ArgMax(pass.Outputs));
        }
        """,
        """
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<float> inputs = samples[i].AsSpan(0, 4);
            float[] outputs = new float[inputs.Length / DigitNet.InputLength * DigitNet.OutputLength];
            net.Predict(inputs, outputs);
            Show(ArgMax(outputs));
        }
        """);

    [Fact]
    public Task NamesTheArrayWhereNothingElseDoes() => FixAsync(
        """
        int outputs = 0;
        var pass = net.BeginTraining(1);
        foreach (float[] sample in samples)
        {
            pass.Forward(sample, labels);
            if (ArgMax(pass.Outputs) == labels[0]) outputs++;
        }

        Show(outputs);
        """,
        """
        int outputs = 0;
        foreach (float[] sample in samples)
        {
            float[] outputs2 = new float[DigitNet.OutputLength];
            net.Predict(sample, outputs2);
            if (ArgMax(outputs2) == labels[0]) outputs++;
        }

        Show(outputs);
        """);

    [Fact]
    public Task KeepsTheSpanWhereAnArrayWouldMeanSomethingElse() => FixAsync(
        """
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        var scores = pass.Outputs;
        Show(scores[1..].ToArray());
        Show(pass.Outputs.IndexOf(3f));
        """,
        """
        float[] outputs = new float[DigitNet.OutputLength];
        net.Predict(x, outputs);
        var scores = new ReadOnlySpan<float>(outputs);
        Show(scores[1..].ToArray());
        Show(new ReadOnlySpan<float>(outputs).IndexOf(3f));
        """);

    [Fact]
    public Task NeedsNoCopyOfItsOwnArray() => FixAsync(
        """
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        float[] scores = pass.Outputs.ToArray();
        Action later = () => Show(scores);
        later();
        """,
        """
        float[] scores = new float[DigitNet.OutputLength];
        net.Predict(x, scores);
        Action later = () => Show(scores);
        later();
        """);

    [Fact]
    public Task ReplacesACopyThatIsHandedOn() => FixAsync(
        """
        var pass = ((INetwork<DigitNet>)net).BeginTraining(1, 0, 0);
        pass.Forward(x, labels);
        Show(pass.Outputs.ToArray());
        """,
        """
        float[] outputs = new float[DigitNet.OutputLength];
        ((INetwork<DigitNet>)net).Predict(x, outputs);
        Show(outputs);
        """);

    [Fact]
    public Task RemovesWhatOnlyServedTheForwardPass() => FixAsync(
        """
        Show(1);

        // Labels are needed for the call.
        var invented = new int[1];
        var pass = net.BeginTraining(1); // one sample

        // The network looks at x.
        pass.Forward(x, invented); // with dropout!

        // What it says:
        var scores = pass.Outputs; // three of them

        Show(ArgMax(scores));
        """,
        """
        Show(1);

        // Labels are needed for the call.
        // one sample
        // The network looks at x.
        float[] scores = new float[DigitNet.OutputLength]; // three of them
        // What it says:
        net.Predict(x, scores); // with dropout!

        Show(ArgMax(scores));
        """);

    [Fact]
    public Task KeepsAPassThatAlsoTrains() => FixAsync(
        """
        var pass = net.BeginTraining(1);
        for (int epoch = 0; epoch < 5; epoch++)
        {
            pass.Forward(x, labels);
            pass.Backward();
        }

        pass.Forward(samples[0], labels);
        Show(ArgMax(pass.Outputs));
        """,
        """
        var pass = net.BeginTraining(1);
        for (int epoch = 0; epoch < 5; epoch++)
        {
            pass.Forward(x, labels);
            pass.Backward();
        }

        float[] outputs = new float[DigitNet.OutputLength];
        net.Predict(samples[0], outputs);
        Show(ArgMax(outputs));
        """);

    [Fact]
    public Task KeepsTheLineEndings() => Fix.FixFirstAsync(
        DropoutPrograms.Method("""
            // One sample.
            var pass = net.BeginTraining(1);

            pass.Forward(x, labels);
            var scores = pass.Outputs;

            Show(ArgMax(scores));
            """).ReplaceLineEndings("\r\n"),
        DropoutPrograms.Method("""
            // One sample.
            float[] scores = new float[DigitNet.OutputLength];
            net.Predict(x, scores);

            Show(ArgMax(scores));
            """).ReplaceLineEndings("\r\n"));

    [Fact]
    public Task WorksInALocalFunctionThatSharesThePass() => FixAsync(
        """
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        pass.Backward();
        Show(First());

        float First()
        {
            pass.Forward(samples[0], labels);
            return pass.Outputs[0];
        }
        """,
        """
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        pass.Backward();
        Show(First());

        float First()
        {
            float[] outputs = new float[DigitNet.OutputLength];
            net.Predict(samples[0], outputs);
            return outputs[0];
        }
        """);

    [Fact]
    public Task KeepsOneLineBlocks() => FixAsync(
        """
        Func<float> first = () => { var pass = net.BeginTraining(1); pass.Forward(x, labels); return pass.Outputs[0]; };
        if (flag) { var pass = net.BeginTraining(1); pass.Forward(x, labels); var scores = pass.Outputs; Show(scores[0]); }
        Show(first());
        """,
        """
        Func<float> first = () => { float[] outputs = new float[DigitNet.OutputLength]; net.Predict(x, outputs); return outputs[0]; };
        if (flag) { var pass = net.BeginTraining(1); pass.Forward(x, labels); var scores = pass.Outputs; Show(scores[0]); }
        Show(first());
        """);

    [Fact]
    public Task KeepsStatementsThatShareALine() => FixAsync(
        """
        int k = 2; var pass = net.BeginTraining(1);
        pass.Forward(x, labels); var scores = pass.Outputs;
        Show(scores[k]);
        """,
        """
        int k = 2;
        float[] scores = new float[DigitNet.OutputLength]; net.Predict(x, scores);
        Show(scores[k]);
        """);

    [Fact]
    public Task ClosesUpTheBeginningOfALine() => FixAsync(
        """
        Show(0);
        var pass = net.BeginTraining(1); pass.Forward(x, labels);
        var scores = pass.Outputs; Show(scores[0]);
        """,
        """
        Show(0);
        float[] scores = new float[DigitNet.OutputLength]; net.Predict(x, scores);
        Show(scores[0]);
        """);

    [Fact]
    public Task WorksInASwitchSection() => FixAsync(
        """
        switch (labels[0])
        {
            case 0:
                var pass = net.BeginTraining(1);
                pass.Forward(x, labels);
                Show(ArgMax(pass.Outputs));
                break;
        }
        """,
        """
        switch (labels[0])
        {
            case 0:
                float[] outputs = new float[DigitNet.OutputLength];
                net.Predict(x, outputs);
                Show(ArgMax(outputs));
                break;
        }
        """);

    [Fact]
    public Task WorksInGenericCode() => Fix.FixFirstAsync(
        """
        namespace Sample;

        public static class Evaluation
        {
            public static float First<TNet>(TNet net, float[] x, int[] labels) where TNet : class, INetwork<TNet>
            {
                var pass = net.BeginTraining(8, 0, 0);
                pass.Forward(x, labels);
                return pass.Outputs[0];
            }
        }
        """,
        """
        namespace Sample;

        public static class Evaluation
        {
            public static float First<TNet>(TNet net, float[] x, int[] labels) where TNet : class, INetwork<TNet>
            {
                float[] outputs = new float[x.Length / TNet.InputLength * TNet.OutputLength];
                net.Predict(x, outputs);
                return outputs[0];
            }
        }
        """);

    [Fact]
    public Task WorksInTheNetworksOwnClass() => Fix.FixFirstAsync(
        """
        namespace Sample
        {
            partial class DigitNet
            {
                private readonly int[] _none = new int[1];

                public float First(float[] x)
                {
                    var pass = BeginTraining(1);
                    pass.Forward(x, _none);
                    return pass.Outputs[0];
                }
            }
        }
        """,
        """
        namespace Sample
        {
            partial class DigitNet
            {
                private readonly int[] _none = new int[1];

                public float First(float[] x)
                {
                    float[] outputs = new float[DigitNet.OutputLength];
                    Predict(x, outputs);
                    return outputs[0];
                }
            }
        }
        """);

    [Fact]
    public Task QualifiesTheNetworkWhereItMust() => Fix.FixFirstAsync(
        """
        namespace Elsewhere
        {
            public static class Program
            {
                public static float[] Copy(float[] outputs) => [.. outputs];

                public static float Run(Sample.DigitNet net, float[] x, int[] labels)
                {
                    var pass = net.BeginTraining(1);
                    pass.Forward(x, labels);
                    return pass.Outputs[0];
                }
            }
        }
        """,
        """
        namespace Elsewhere
        {
            public static class Program
            {
                public static float[] Copy(float[] outputs) => [.. outputs];

                public static float Run(Sample.DigitNet net, float[] x, int[] labels)
                {
                    float[] outputs = new float[Sample.DigitNet.OutputLength];
                    net.Predict(x, outputs);
                    return outputs[0];
                }
            }
        }
        """);

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public Task FixesAll(FixAllScope scope) => Fix.FixAllAsync(
        DropoutPrograms.Method("""
            var pass = net.BeginTraining(1);
            pass.Forward(x, labels);
            int first = ArgMax(pass.Outputs);
            float best = pass.Outputs[first];
            pass.Forward(samples[1], labels);
            Show(best + ArgMax(pass.Outputs));

            var other = net.BeginTraining(1);
            foreach (float[] sample in samples)
            {
                other.Forward(sample, labels);
                var scores = other.Outputs;
                Show(ArgMax(scores));
            }
            """),
        DropoutPrograms.Method("""
            float[] outputs = new float[DigitNet.OutputLength];
            net.Predict(x, outputs);
            int first = ArgMax(outputs);
            float best = outputs[first];
            float[] outputs2 = new float[DigitNet.OutputLength];
            net.Predict(samples[1], outputs2);
            Show(best + ArgMax(outputs2));

            foreach (float[] sample in samples)
            {
                float[] scores = new float[DigitNet.OutputLength];
                net.Predict(sample, scores);
                Show(ArgMax(scores));
            }
            """),
        scope);

    [Fact]
    public Task FixesAllThatCanBeFixed() => Fix.FixAllAsync(
        DropoutPrograms.Method("""
            var pass = net.BeginTraining(1);
            float loss = pass.Forward(x, labels);
            Show(loss + pass.Outputs[0]);
            var other = net.BeginTraining(1);
            other.Forward(x, labels);
            Show(other.Outputs[0]);
            """),
        DropoutPrograms.Method("""
            var pass = net.BeginTraining(1);
            float loss = pass.Forward(x, labels);
            Show(loss + pass.Outputs[0]);
            float[] outputs = new float[DigitNet.OutputLength];
            net.Predict(x, outputs);
            Show(outputs[0]);
            """));

    [Fact]
    public async Task WorksInTopLevelStatementsAndPredicts()
    {
        const string Before = """
            using Sample;

            var net = new DigitNet();
            float[] x = [2, 0, 0, 0];

            // One sample.
            var pass = net.BeginTraining(1);
            pass.Forward(x, new int[1]);
            var scores = pass.Outputs;
            Result.Values = [.. scores];

            public static class Result
            {
                public static float[] Values { get; set; } = [];
            }
            """;
        const string After = """
            using Sample;

            var net = new DigitNet();
            float[] x = [2, 0, 0, 0];

            // One sample.
            float[] outputs = new float[DigitNet.OutputLength];
            net.Predict(x, outputs);
            var scores = new ReadOnlySpan<float>(outputs);
            Result.Values = [.. scores];

            public static class Result
            {
                public static float[] Values { get; set; } = [];
            }
            """;
        Assert.Equal(new float[] { -1, -1, -1 }, await RunAsync(TestSolution.Create([("Program.cs", Before), .. StubNetwork.Documents]).AsProgram()));
        Assert.Equal(new float[] { 2, 4, 6 }, await RunAsync(await Fix.AsPrograms().FixFirstAsync(Before, After)));
    }

    [Theory]
    [InlineData("""
        var pass = net.BeginTraining(1);
        float loss = pass.Forward(x, labels);
        Show(loss + pass.Outputs[0]);
        """)]
    [InlineData("""
        int size = 1;
        var pass = net.BeginTraining(size++);
        pass.Forward(x, labels);
        Show(pass.Outputs[size]);
        """)]
    [InlineData("""
        Show(net.BeginTraining(1).Outputs[0]);
        """)]
    [InlineData("""
        var pass = new DigitNet(seed: 3).BeginTraining(1);
        pass.Forward(x, labels);
        Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        if (flag) pass.Forward(x, labels);
        Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        if (flag) { pass.Forward(x, labels); } else { pass.Forward(samples[0], labels); }
        Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        pass = net.BeginTraining(2);
        pass.Forward(x, labels);
        Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        net = new DigitNet(2);
        pass.Forward(x, labels);
        Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(x, Next());
        Show(pass.Outputs[0]);

        int[] Next() => labels;
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        if (pass.Outputs.Length == 3) Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        DigitNet.TrainingPass? pass = net.BeginTraining(1);
        pass?.Forward(x, labels);
        Show(pass?.Outputs[0] ?? 0);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        ITrainingPass other = pass;
        other.Forward(x, labels);
        Show(pass.Outputs[0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        #pragma warning disable CS8321
        pass.Forward(x, labels);
        Show(pass.Outputs[0]);
        """)]
    public Task OffersNothingWhereTheShapeIsNotMechanical(string body) => Fix.NoFixAsync(DropoutPrograms.Method(body));

    private static Task FixAsync(string before, string after) =>
        Fix.FixFirstAsync(DropoutPrograms.Method(before), DropoutPrograms.Method(after));

    private static async Task<float[]> RunAsync(Project project)
    {
        using var image = new MemoryStream();
        Assert.True((await project.CompileAsync()).Emit(image).Success);
        Assembly program = Assembly.Load(image.ToArray());
        program.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        return (float[])program.GetType("Result")!.GetProperty("Values")!.GetValue(null)!;
    }
}
