using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>
/// NG0208 on programs as users write them, beside the rules on inference, which must not report the same place. As there, verdicts were
/// decided before the rule saw the programs.
/// </summary>
public sealed class TrainingAccuracyCorpusTests
{
    /// <summary>Programs with an accuracy that is not reported.</summary>
    private static readonly string[] Missed = [];

    /// <summary>Programs that are reported and should not be.</summary>
    private static readonly string[] Wrong = [];

    public static TheoryData<string> Names => [.. Programs().Select(static program => program.Name)];

    public static TheoryData<string> Others => [.. Corpus.Programs().Select(static program => program.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_program_is_judged_as_its_reason_says(string name)
    {
        CorpusProgram program = Programs().Single(program => program.Name == name);
        string[] found = await Corpus.ReportedAsync(program, "NG0201", "NG0202", "NG0208");
        if (Missed.Contains(name)) Assert.NotEmpty(program.Expected.Except(found));
        else if (Wrong.Contains(name)) Assert.NotEmpty(found.Except(program.Expected));
        else Assert.Equal(program.Expected, found);
    }

    /// <summary>Of the programs on inference, one counts hits while it trains, shows them and measures nothing else.</summary>
    [Theory]
    [MemberData(nameof(Others))]
    public async Task Programs_about_inference_are_left_to_the_other_rules(string name)
    {
        CorpusProgram program = Corpus.Programs().Single(program => program.Name == name);
        Assert.Equal(name == "script-training-monitor" ? ["13: NG0208"] : [], await Corpus.ReportedAsync(program, "NG0208"));
    }

    [Fact]
    public void The_documentation_has_the_counts()
    {
        CorpusProgram[] programs = [.. Programs()];
        int counting = programs.Count(static program => program.Expected.Any(static line => line.EndsWith("NG0208", StringComparison.Ordinal)));
        Assert.True(programs.Length >= 16);
        Assert.InRange(counting, programs.Length / 3, programs.Length / 2);
        Assert.Contains(
            $"it reports {counting - Missed.Length} of the {counting} that should hear of it, and {Wrong.Length} of the {programs.Length - counting} others",
            Corpus.Index());
    }

    private static IEnumerable<CorpusProgram> Programs() => Corpus.Programs("Accuracy");
}
