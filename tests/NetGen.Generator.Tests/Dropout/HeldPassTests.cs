using NetGen.Generator.Analysis.Dropout;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>NG0202: passes in a <c>Lazy</c> or <c>ThreadLocal</c> field.</summary>
public sealed class HeldPassTests
{
    private const string Lazy = "private readonly System.Lazy<DigitNet.TrainingPass> _pass = new(() => new DigitNet(1).BeginTraining(1));\n";

    private const string Read = """

        public float First(float[] x, int[] labels)
        {
            _pass.Value!.Forward(x, labels);
            return [|_pass.Value!.Outputs|][0];
        }
        """;

    private const string SilentRead = """

        public float First(float[] x, int[] labels)
        {
            _pass.Value!.Forward(x, labels);
            return _pass.Value!.Outputs[0];
        }
        """;

    [Theory]
    [InlineData(Lazy + Read)]
    [InlineData("private readonly System.Threading.ThreadLocal<DigitNet.TrainingPass> _pass = new(() => new DigitNet(1).BeginTraining(1));\n" + Read)]
    [InlineData(Lazy + "public bool HasBegun => _pass.IsValueCreated;\n" + Read)]
    [InlineData("""
        private readonly System.Lazy<ITrainingPass> _pass;

        public Sut(DigitNet net) => _pass = new System.Lazy<ITrainingPass>(() => { return net.BeginTraining(1); }, true);

        """ + Read)]
    [InlineData(Lazy + """

        public float First(float[] x, int[] labels)
        {
            DigitNet.TrainingPass pass = _pass.Value;
            pass.Forward(x, labels);
            return [|pass.Outputs|][0];
        }
        """)]
    public Task Reports(string members) => VerifyAsync(members);

    [Theory]
    [InlineData(Lazy + SilentRead + "\npublic void Learn() => _pass.Value.Backward();")]
    [InlineData(Lazy + SilentRead + "\npublic void Learn() { var pass = _pass.Value; pass.Backward(); }")]
    [InlineData(Lazy + SilentRead + "\npublic System.Lazy<DigitNet.TrainingPass> Shared => _pass;")]
    [InlineData(Lazy + SilentRead + "\npublic DigitNet.TrainingPass Shared => _pass.Value;")]
    [InlineData("private System.Threading.ThreadLocal<DigitNet.TrainingPass> _pass = new(() => new DigitNet(1).BeginTraining(1), true);\n" + SilentRead
        + "\npublic void Learn() { foreach (var pass in _pass.Values) pass.Backward(); }")]
    [InlineData("private int _seed; private System.Lazy<DigitNet.TrainingPass> _pass = new(() => new DigitNet(1).BeginTraining(1)); public void Again() => _pass = new(() => new DigitNet(1).BeginTraining(1, (ulong)_seed++));\n"
        + SilentRead)]
    [InlineData("private readonly System.Lazy<DigitNet.TrainingPass> _pass = new(Begin); private static DigitNet.TrainingPass Begin() => new DigitNet(1).BeginTraining(1);\n"
        + SilentRead)]
    [InlineData("private readonly Lazy<DigitNet.TrainingPass> _pass = new(() => new DigitNet(1).BeginTraining(1));\n" + SilentRead
        + "\nprivate sealed class Lazy<T>(Func<T> make) { public T Value => make(); }")]
    public Task StaysSilent(string members) => VerifyAsync(members);

    private static Task VerifyAsync(string members) => DropoutPrograms.VerifyAsync<UntrainedMemberAnalyzer>("NG0202", $$"""
        using System;
        namespace Sample;

        public class Sut
        {
            {{members.ReplaceLineEndings("\n    ")}}
        }
        """);
}
