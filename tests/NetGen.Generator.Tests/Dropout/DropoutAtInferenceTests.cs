using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.CompilerServices;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>NG0201: what it reports.</summary>
public sealed class DropoutAtInferenceTests
{
    [Theory]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        var scores = [|pass.Outputs|];
        Show(ArgMax(scores));
        """)]
    [InlineData("""
        DigitNet.TrainingPass pass = net.BeginTraining(batchSize: 32, seed: 7);
        float loss = pass.Forward(x, labels);
        Show(loss + ArgMax([|pass.Outputs|]));
        """)]
    [InlineData("""
        ITrainingPass pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        Show([|pass.Outputs|].ToArray());
        """)]
    [InlineData("""
        var pass = ((INetwork<DigitNet>)net).BeginTraining(1, 0, 0);
        pass.Forward(x, labels);
        Show([|pass.Outputs|].ToArray());
        """)]
    [InlineData("""
        var pass = new DigitNet(seed: 3).BeginTraining(1);
        pass.Forward(x, labels);
        Show([|((ITrainingPass)pass).Outputs|][0]);
        """)]
    [InlineData("""
        Show([|net.BeginTraining(1).Outputs|].ToArray());
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        int right = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            pass.Forward(samples[i], labels.AsSpan(i, 1));
            if (ArgMax([|pass.Outputs|]) == labels[i]) right++;
        }

        Show(right);
        """)]
    [InlineData("""
        foreach (float[] sample in samples)
        {
            var pass = net.BeginTraining(1);
            pass.Forward(sample, labels);
            foreach (float value in [|pass.Outputs|]) Show(value);
        }
        """)]
    [InlineData("""
        DigitNet.TrainingPass pass;
        pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        if (pass.Outputs.Length == 3) Show([|pass.Outputs|][0]);
        """)]
    [InlineData("""
        Func<float[], float> first = sample =>
        {
            var pass = net.BeginTraining(1);
            pass.Forward(sample, labels);
            return [|pass.Outputs|][0];
        };
        Show(first(x));
        """)]
    [InlineData("""
        Show(First(x));

        float First(float[] sample)
        {
            var pass = net.BeginTraining(1);
            pass.Forward(sample, labels);
            return [|pass.Outputs|][0];
        }
        """)]
    [InlineData("""
        Func<float> outer = () =>
        {
            return Inner();

            float Inner()
            {
                var pass = net.BeginTraining(1);
                pass.Forward(x, labels);
                return [|pass.Outputs|][0];
            }
        };
        Show(outer());
        """)]
    [InlineData("""
        try
        {
            var pass = net.BeginTraining(1);
            pass.Forward(x, labels);
            Show([|pass.Outputs|][0]);
        }
        catch (ArgumentException fault)
        {
            Show(fault);
        }
        """)]
    public Task Reports(string body) =>
        DropoutPrograms.VerifyAsync<DropoutAtInferenceAnalyzer>("NG0201", DropoutPrograms.Method(body));

    /// <summary>A pass that has done its training is no predictor either.</summary>
    [Theory]
    [InlineData("""
        var pass = net.BeginTraining(1);
        for (int epoch = 0; epoch < 5; epoch++)
        {
            pass.Forward(x, labels);
            pass.Backward();
        }

        pass.Forward(samples[0], labels);
        Show(ArgMax([|pass.Outputs|]));
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        pass.Backward();
        foreach (float[] sample in samples)
        {
            pass.Forward(sample, labels);
            Show(ArgMax([|pass.Outputs|]));
        }
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        if (flag)
        {
            pass.Forward(x, labels);
            pass.Backward();
        }
        else
        {
            pass.Forward(x, labels);
            Show(ArgMax([|pass.Outputs|]));
        }
        """)]
    [InlineData("""
        float[] output = new float[3];
        foreach (float[] sample in samples) net.Predict(sample, output);
        var pass = net.BeginTraining(1);
        foreach (float[] sample in samples)
        {
            pass.Forward(sample, labels);
            Show(ArgMax([|pass.Outputs|]));
        }

        for (int epoch = 0; epoch < 2; epoch++)
        {
            foreach (float[] sample in samples) net.Predict(sample, output);
            foreach (float[] sample in samples)
            {
                pass.Forward(sample, labels);
                Show(ArgMax([|pass.Outputs|]));
            }
        }
        """)]
    public Task ReportsAfterTraining(string body) =>
        DropoutPrograms.VerifyAsync<DropoutAtInferenceAnalyzer>("NG0201", DropoutPrograms.Method(body));

    [Fact]
    public Task ReportsInGenericCode() => DropoutPrograms.VerifyAsync<DropoutAtInferenceAnalyzer>("NG0201", """
        namespace Sample;

        public static class Evaluation
        {
            public static float First<TNet>(TNet net, float[] x, int[] labels) where TNet : class, INetwork<TNet>
            {
                var pass = net.BeginTraining(1, 0, 0);
                pass.Forward(x, labels);
                return [|pass.Outputs|][0];
            }
        }
        """);

    [Fact]
    public Task ReportsInTheNetworksOwnClass() => DropoutPrograms.VerifyAsync<DropoutAtInferenceAnalyzer>("NG0201", """
        namespace Sample;

        partial class DigitNet
        {
            public float First(float[] x, int[] labels)
            {
                var pass = BeginTraining(1);
                pass.Forward(x, labels);
                return [|pass.Outputs|][0];
            }

            public float Second(float[] x, int[] labels)
            {
                var pass = new TrainingPass(1);
                pass.Forward(x, labels);
                return [|pass.Outputs|][1];
            }
        }
        """);

    /// <summary>A wrapper of one's own counts when it carries the mark of the interface.</summary>
    [Fact]
    public Task ReportsMarkedMembersOfOtherNames() => AnalyzerTest.VerifyAsync<DropoutAtInferenceAnalyzer>("NG0201", """
        using NetGen.CompilerServices;

        namespace Sample;

        [TrainingPass]
        public sealed class Lesson
        {
            [NetworkMember(NetworkMemberRole.Forward)]
            public void Listen(float[] x) => Answer = x[0];

            [NetworkMember(NetworkMemberRole.Outputs)]
            public float Answer { get; private set; }

            [NetworkMember(NetworkMemberRole.Backward)]
            public void Learn() { }
        }

        public static class Program
        {
            public static float Run(float[] x)
            {
                var lesson = new Lesson();
                lesson.Listen(x);
                return [|lesson.Answer|];
            }

            public static float Train(float[] x)
            {
                var lesson = new Lesson();
                lesson.Listen(x);
                lesson.Learn();
                return lesson.Answer;
            }
        }
        """);

    [Fact]
    public async Task ReportsInTopLevelStatements()
    {
        const string Program = """
            using Sample;

            var net = new DigitNet();
            var pass = net.BeginTraining(1);
            pass.Forward(new float[4], new int[1]);
            Console.WriteLine(pass.Outputs[0]);
            """;
        Compilation compilation = await TestSolution
            .Create([("Program.cs", Program), .. StubNetwork.Documents]).AsProgram().CompileAsync();
        ImmutableArray<Diagnostic> found = await compilation.AnalyzeAsync(new DropoutAtInferenceAnalyzer());
        Assert.Equal(Program.IndexOf("pass.Outputs", StringComparison.Ordinal), Assert.Single(found).Location.SourceSpan.Start);
    }

    [Fact]
    public async Task NamesThePassAndTheNetwork()
    {
        ImmutableArray<Diagnostic> found = await DropoutPrograms.VerifyAsync<DropoutAtInferenceAnalyzer>(
            "NG0201",
            DropoutPrograms.Method("""
                ITrainingPass trained = net.BeginTraining(1);
                trained.Forward(x, labels);
                Show([|trained.Outputs|][0]);
                """));
        Diagnostic only = Assert.Single(found);
        Assert.Equal(DiagnosticSeverity.Warning, only.Severity);
        Assert.Equal(
            "The outputs of training pass 'trained' are read as predictions, but dropout is active in them: this forward " +
            "pass never reaches Backward; call Predict of 'DigitNet' instead",
            only.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void RolesAreThoseOfTheRuntimeLibrary() =>
        Assert.Equal(
            Enum.GetValues<NetworkMemberRole>().Select(static role => (role.ToString(), (int)role)),
            Enum.GetValues<MemberRole>().Select(static role => (role.ToString(), (int)role)));
}
