using NetGen.CodeFixes;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>NG0201: outputs that the lambda of a query reads, and passes that compute twice on the same input.</summary>
public sealed class QueriesAndRepetitionTests
{
    private const string Trained = """
        var pass = net.BeginTraining(4);
        pass.Forward(x, labels);
        pass.Backward();

        """;

    [Theory]
    [InlineData("""
        pass.Forward(samples[0], labels);
        Show(labels.Select((label, i) => [|pass.Outputs|][i] > 0.5f == (label == 1)).Count(hit => hit));
        """)]
    [InlineData("""
        pass.Forward(samples[0], labels);
        int[] answers = [.. Enumerable.Range(0, 4).Select(i => [|pass.Outputs|][i] > 0.5f ? 1 : 0)];
        Show(answers);
        """)]
    [InlineData("""
        pass.Forward(samples[0], labels);
        Show(string.Join(' ', Enumerable.Range(0, 4).Select(i => [|pass.Outputs|][i])));
        """)]
    public Task ReportsReadsOfAQueryThatIsRunInPlace(string body) => VerifyAsync(Trained + body);

    [Theory]
    [InlineData("""
        pass.Forward(samples[0], labels);
        var later = labels.Select(label => pass.Outputs[label]);
        pass.Forward(x, labels);
        pass.Backward();
        Show(later.Sum());
        """)]
    [InlineData("""
        pass.Forward(samples[0], labels);
        Show(labels.Sum(label => pass.Outputs[label]));
        pass.Backward();
        """)]
    [InlineData("""
        Show(labels.Sum(label => pass.Outputs[label]));
        """)]
    public Task IsSilentOnQueries(string body) => VerifyAsync(Trained + body);

    /// <summary>The lambda cannot capture a span over what <c>Predict</c> would write.</summary>
    [Fact]
    public Task OffersNoFixForAQuery() => new CodeFixTest<DropoutAtInferenceAnalyzer, DropoutAtInferenceFix>(StubNetwork.Documents).NoFixAsync(DropoutPrograms.Method(Trained + """
        pass.Forward(samples[0], labels);
        Show(pass.Outputs[0] + labels.Sum(label => pass.Outputs[label]));
        """));

    [Theory]
    [InlineData("""
        var pass = net.BeginTraining(1, seed: 9);
        pass.Forward(x, labels);
        float first = pass.Outputs[0];
        Show(first);
        pass.Forward(x, labels);
        Show(first == pass.Outputs[0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        float[] ones = [1, 1, 1, 1];
        pass.Forward(ones.AsSpan(), labels);
        var first = pass.Outputs.ToArray();
        pass.Forward(ones.AsSpan(), labels);
        Show(first.SequenceEqual(pass.Outputs.ToArray()));
        """)]
    public Task IsSilentWhereTheSameInputIsRepeated(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(x, labels);
        float first = [|pass.Outputs|][0];
        x[0]++;
        pass.Forward(x, labels);
        Show(first == [|pass.Outputs|][0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        pass.Forward(samples[0], labels);
        float first = [|pass.Outputs|][0];
        pass.Forward(samples[1], labels);
        Show(first == [|pass.Outputs|][0]);
        """)]
    [InlineData("""
        var pass = net.BeginTraining(1);
        if (flag) pass.Forward(x, labels);
        else pass.Forward(x, labels, [1f]);
        Show([|pass.Outputs|][0]);
        """)]
    public Task ReportsWhereTheInputIsAnother(string body) => VerifyAsync(body);

    private static Task VerifyAsync(string body) => DropoutPrograms.VerifyAsync<DropoutAtInferenceAnalyzer>("NG0201", DropoutPrograms.Method(body));
}
