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
    [InlineData("""
        var pass = flag ? net.BeginTraining(1) : null;
        if (pass is not null)
        {
            pass.Forward(x, labels);
            Show([|pass.Outputs|][0]);
        }
        """)]
    [InlineData("""
        var (pass, other) = (net.BeginTraining(1), 0);
        pass.Forward(x, labels);
        Show([|pass.Outputs|][other]);
        """)]
    [InlineData("""
        (ITrainingPass pass, int other) = (net.BeginTraining(1), 0);
        pass.Forward(x, labels);
        Show([|pass.Outputs|][other]);
        """)]
    [InlineData("""
        DigitNet? maybe = flag ? net : null;
        if (maybe?.BeginTraining(1) is not { } pass) return;
        pass.Forward(x, labels);
        Show([|pass.Outputs|][0]);
        """)]
    [InlineData("""
        DigitNet? maybe = flag ? net : null;
        var pass = maybe?.BeginTraining(1) ?? throw new InvalidOperationException();
        pass.Forward(x, labels);
        Show([|pass.Outputs|][0]);
        """)]
    [InlineData("""
        DigitNet.TrainingPass? pass = flag ? net.BeginTraining(1) : null;
        pass?.Forward(x, labels);
        Show(pass?{|NG0201:.Outputs|}[0] ?? 0);
        """)]
    [InlineData("""
        var pass = labels[0] switch { 0 => net.BeginTraining(1), 1 => net.BeginTraining(2), _ => throw new InvalidOperationException() };
        pass.Forward(x, labels);
        Show([|pass.Outputs|][0]);
        """)]
    [InlineData("""
        ITrainingPass first = net.BeginTraining(1);
        if (first is DigitNet.TrainingPass second)
        {
            ITrainingPass third = second;
            third.Forward(x, labels);
        }

        Show([|first.Outputs|][0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        pass.Gradients.Clear();
        Show([|pass.Outputs|][0] + pass.Step + pass.Threads);
        Show(pass.Network);
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
        var optimizer = new Adam(1e-3f);
        for (int epoch = 0; epoch < 5; epoch++)
        {
            pass.Forward(x, labels);
            pass.Backward();
            optimizer.Step(pass);
            pass.Forward(samples[0], labels);
            Show(ArgMax([|pass.Outputs|]));
        }
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        for (int epoch = 0; epoch < 5; epoch++)
        {
            pass.Forward(x, labels);
            pass.Backward();
            Show(Accuracy());
        }

        int Accuracy()
        {
            pass.Forward(samples[0], labels);
            return ArgMax([|pass.Outputs|]);
        }
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

    /// <summary>A wrapper of one's own counts when it carries the marks of the interface, whatever the names of its methods.</summary>
    [Fact]
    public Task ReportsMarkedMembers() => AnalyzerTest.VerifyAsync<DropoutAtInferenceAnalyzer>("NG0201", """
        using NetGen.CompilerServices;

        namespace Sample;

        [TrainingPass]
        public sealed class Lesson
        {
            [NetworkMember(NetworkMemberRole.Forward)]
            public void Listen(float[] x) => Outputs = x[0];

            [NetworkMember(NetworkMemberRole.Outputs)]
            public float Outputs { get; private set; }

            [NetworkMember(NetworkMemberRole.Backward)]
            public void Learn() { }
        }

        public static class Program
        {
            public static float Run(float[] x)
            {
                var lesson = new Lesson();
                lesson.Listen(x);
                return [|lesson.Outputs|];
            }

            public static float Train(float[] x)
            {
                var lesson = new Lesson();
                lesson.Listen(x);
                lesson.Learn();
                return lesson.Outputs;
            }
        }
        """);

    /// <summary>Members may be declared by a base class, whatever its name, and overridden.</summary>
    [Fact]
    public Task ReportsInheritedMembers() => AnalyzerTest.VerifyAsync<DropoutAtInferenceAnalyzer>("NG0201", """
        using NetGen.CompilerServices;

        namespace Sample;

        public abstract class Shared<TNet>
        {
            [NetworkMember(NetworkMemberRole.Forward)]
            public abstract float Run(ReadOnlySpan<float> x);

            [NetworkMember(NetworkMemberRole.Outputs)]
            public virtual ReadOnlySpan<float> Outputs => new float[1];

            [NetworkMember(NetworkMemberRole.Backward)]
            public void Learn() { }
        }

        [TrainingPass]
        public class Lesson : Shared<string>
        {
            public override float Run(ReadOnlySpan<float> x) => 0;
        }

        [TrainingPass(HasDropout = false)]
        public sealed class Lecture : Lesson
        {
            public override ReadOnlySpan<float> Outputs => new float[2];
        }

        public static class Program
        {
            public static float Dropping(float[] x)
            {
                var lesson = new Lesson();
                lesson.Run(x);
                return [|lesson.Outputs|][0];
            }

            public static float Training(float[] x)
            {
                var lesson = new Lesson();
                lesson.Run(x);
                lesson.Learn();
                return lesson.Outputs[0];
            }

            public static float Plain(float[] x)
            {
                var lecture = new Lecture();
                lecture.Run(x);
                return lecture.Outputs[0];
            }
        }
        """);

    /// <summary>One walk and one flow graph serve all reads of a method.</summary>
    [Fact]
    public async Task ReportsEachOfManyReads()
    {
        string steps = string.Concat(Enumerable.Range(0, 800).Select(static i => $"""
            pass.Forward(samples[{i}], labels);
            if (ArgMax(pass.Outputs) == {i}) Show(i);

            """.Replace("(i)", $"({i})", StringComparison.Ordinal)));
        ImmutableArray<Diagnostic> found = await (await TestSolution
            .Create([("Program.cs", DropoutPrograms.Method("var pass = net.BeginTraining(1);\n" + steps)), .. StubNetwork.Documents])
            .CompileAsync()).AnalyzeAsync(new DropoutAtInferenceAnalyzer());
        Assert.Equal(800, found.Length);
    }

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
