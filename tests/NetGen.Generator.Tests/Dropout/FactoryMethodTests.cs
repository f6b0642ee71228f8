using NetGen.CodeFixes;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>NG0201 and NG0202 where a method of the same file begins the pass.</summary>
public sealed class FactoryMethodTests
{
    private const string Reported = """
        var pass = Begin();
        pass.Forward(x, labels);
        Show([|pass.Outputs|][0]);

        DigitNet.TrainingPass Begin() => net.BeginTraining(1);
        """;

    [Theory]
    [InlineData(Reported)]
    [InlineData("""
        foreach (float[] sample in samples)
        {
            ITrainingPass pass = flag ? Begin(1) : net.BeginTraining(2);
            pass.Forward(sample, labels);
            Show([|pass.Outputs|].ToArray());
        }

        ITrainingPass Begin(int batch)
        {
            return net.BeginTraining(batch, seed: 3);
        }
        """)]
    [InlineData("""
        var pass = Begin();
        pass.Forward(x, labels);
        pass.Backward();
        pass.Forward(samples[0], labels);
        Show([|pass.Outputs|][0]);

        DigitNet.TrainingPass Begin() => net.BeginTraining(labels.Length);
        """)]
    public Task ReportsAPassThatALocalFunctionBegins(string body) =>
        DropoutPrograms.VerifyAsync<DropoutAtInferenceAnalyzer>("NG0201", DropoutPrograms.Method(body));

    [Theory]
    [InlineData("""
        var pass = Begin();
        pass.Forward(x, labels);
        Show(pass.Outputs[0]);
        pass.Backward();

        DigitNet.TrainingPass Begin() => net.BeginTraining(1);
        """)]
    [InlineData("""
        var pass = Begin();
        pass.Forward(x, labels);
        Show(pass.Outputs[0]);

        PlainNet.TrainingPass Begin() => plain.BeginTraining(1);
        """)]
    [InlineData("""
        var pass = Begin(plain);
        pass.Forward(x, labels);
        Show(pass.Outputs[0]);

        static ITrainingPass Begin(INetwork any) => any.BeginTraining(1);
        """)]
    [InlineData("""
        var pass = Begin((ulong)labels.Length);
        pass.Forward(x, labels);
        Show(pass.Outputs[0]);

        DigitNet.TrainingPass Begin(ulong seed) => net.BeginTraining(1, seed);
        """)]
    [InlineData("""
        ITrainingPass? kept = null;
        var pass = Begin();
        pass.Forward(x, labels);
        Show(pass.Outputs[0]);
        Train(kept!);

        ITrainingPass Begin() => kept ??= net.BeginTraining(1);
        """)]
    [InlineData("""
        var pass = Begin();
        pass.Forward(x, labels);
        Show(pass.Outputs[0]);

        ITrainingPass Begin()
        {
            var begun = net.BeginTraining(1);
            Train(begun);
            return begun;
        }
        """)]
    public Task IsSilent(string body) => DropoutPrograms.VerifyAsync<DropoutAtInferenceAnalyzer>("NG0201", DropoutPrograms.Method(body));

    /// <summary>An override may give a pass that others train.</summary>
    [Fact]
    public Task IsSilentOnVirtualMethods() => DropoutPrograms.VerifyAsync<DropoutAtInferenceAnalyzer>("NG0201", """
        namespace Sample;

        public class Reader(DigitNet net)
        {
            public float Read(float[] x, int[] labels)
            {
                var pass = Begin();
                pass.Forward(x, labels);
                return pass.Outputs[0];
            }

            protected virtual ITrainingPass Begin() => net.BeginTraining(1);
        }
        """);

    [Fact]
    public Task ReportsAFieldThatAMethodFills() => DropoutPrograms.VerifyAsync<UntrainedMemberAnalyzer>("NG0202", """
        namespace Sample;

        public sealed class Reader
        {
            private readonly ITrainingPass _pass;

            public Reader(DigitNet net) => _pass = Passes.Begin(net);

            public float Read(float[] x, int[] labels)
            {
                _pass.Forward(x, labels);
                return [|_pass.Outputs|][0];
            }
        }

        public static class Passes
        {
            public static ITrainingPass Begin(DigitNet net) => net.BeginTraining(1);
        }
        """);

    /// <summary>Whose network to ask is only known inside the method.</summary>
    [Fact]
    public Task OffersNoFix() => new CodeFixTest<DropoutAtInferenceAnalyzer, DropoutAtInferenceFix>(StubNetwork.Documents)
        .NoFixAsync(DropoutPrograms.Method(Reported.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)));
}
