using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Analysis.Accuracy;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>NG0208: hits that are counted while training, and what becomes of the count.</summary>
public sealed class TrainingAccuracyTests
{
    private const string Hit = "if (ArgMax([|pass.Outputs|]) == labels[i]) count++;";
    private const string Uncounted = "if (ArgMax(pass.Outputs) == labels[i]) count++;";

    [Theory]
    [InlineData(Hit, "Console.WriteLine(count);")]
    [InlineData(Hit, "Console.WriteLine(count / 3.0);")]
    [InlineData(Hit, "Show(\"hits: \" + count.ToString());")]
    [InlineData(Hit, "Show($\"hits: {Math.Round(100.0 * count / labels.Length)}\");")]
    [InlineData(Hit, "double share = count; share /= labels.Length; Show(share);")]
    [InlineData(Hit, "int all = 0; all += count; Show(all);")]
    [InlineData(Hit, "float best = 0; if (count > best) net.Save(\"best\");")]
    [InlineData("int said = ArgMax([|pass.Outputs|]); bool right = said == labels[i]; if (flag && right) { count++; }", "Show(count);")]
    [InlineData("if (ArgMax([|pass.Outputs|]) != labels[i]) { Show(i); } else { count += 1; }", "Show(count);")]
    [InlineData("var o = [|pass.Outputs|]; int label = labels[i]; count += o[label] > o[(label + 1) % 3] ? 1 : 0;", "Show(count);")]
    [InlineData("for (int k = 0; k < 3; k++) if (([|pass.Outputs|][k] > 0.5f) == (labels[i] == k)) count++;", "Show(count);")]
    [InlineData(Hit + " if (count > 100) break;", "")]
    public Task Reports(string step, string end) =>
        DropoutPrograms.VerifyAsync<TrainingAccuracyAnalyzer>("NG0208", Loop(step, end));

    [Theory]
    [InlineData(Uncounted, "")]
    [InlineData(Uncounted, "if (count > 0) Show(x);")]
    [InlineData(Uncounted, "samples[0][0] = count;")]
    [InlineData(Uncounted, "Show(count); labels[0] = count;")]
    [InlineData(Uncounted, "Show(count); Action later = () => Measure(net); later(); void Measure(INetwork network) => network.Predict(x, x);")]
    [InlineData(Uncounted, "Show(count); System.Threading.Interlocked.Increment(ref count);")]
    [InlineData(Uncounted, "while (count-- > 0) pass.Backward(); Show(new[] { count });")]
    [InlineData("if (ArgMax(pass.Outputs) == i) count++;", "Show(count);")]
    [InlineData("if (ArgMax(x) == labels[i]) count++;", "Show(count);")]
    [InlineData("if (ArgMax(pass.Outputs) == labels[i]) { count++; if (flag) continue; }", "Show(count);")]
    [InlineData("if (ArgMax(pass.Outputs) == labels[i]) count++; else pass.Backward();", "Show(count);")]
    [InlineData("if (ArgMax(pass.Outputs) == labels[i]) count *= 2;", "Show(count);")]
    [InlineData("Show(ArgMax(pass.Outputs) == labels[i]);", "Show(count);")]
    [InlineData("Train(pass); " + Uncounted, "Show(count);")]
    [InlineData("pass = net.BeginTraining(2); pass.Forward(x, labels); " + Uncounted, "net.Save(\"it\"); Show(count); net.Evaluate(null!);")]
    public Task StaysSilent(string step, string end) =>
        DropoutPrograms.VerifyAsync<TrainingAccuracyAnalyzer>("NG0208", Loop(step, end));

    [Fact]
    public async Task SaysWhatDiffers()
    {
        Diagnostic only = Assert.Single(await DropoutPrograms.VerifyAsync<TrainingAccuracyAnalyzer>("NG0208", Loop(Hit, "Show(count);")));
        Assert.Equal(DiagnosticSeverity.Info, only.Severity);
        Assert.Equal(
            "The accuracy that is counted from the outputs of 'pass' is one with dropout, and of weights that change from batch to batch, so it " +
            "differs from that of 'DigitNet' after the training; Evaluate or Predict measures the network itself",
            only.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task ANetworkWithoutDropoutHasNoOther() => Assert.Empty(
        await DropoutPrograms.VerifyAsync<TrainingAccuracyAnalyzer>("NG0208", Loop(Uncounted, "Show(count);").Replace("net.Begin", "plain.Begin", StringComparison.Ordinal)));

    [Fact]
    public async Task EachCountIsReportedOnce()
    {
        ImmutableArray<Diagnostic> found = await DropoutPrograms.VerifyAsync<TrainingAccuracyAnalyzer>("NG0208", Loop(
            "int confident = 0; " + Hit + " if ([|pass.Outputs|][labels[i]] > 0.9f) confident++; Show(confident);", "Show(count);"));
        Assert.Equal(2, found.Length);
    }

    private static string Loop(string step, string end) => DropoutPrograms.Method($$"""
        var pass = net.BeginTraining(1);
        int count = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            pass.Forward(samples[i], labels.AsSpan(i, 1));
            {{step}}
            pass.Backward();
        }

        {{end}}
        """);
}
