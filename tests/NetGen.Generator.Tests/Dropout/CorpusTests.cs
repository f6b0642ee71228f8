using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>
/// NG0201 and NG0202 on programs as users write them. What must be reported was decided before the rules saw them, and is not
/// changed to suit them: where they are wrong, the program is listed here, and the counts in the documentation say so.
/// </summary>
public sealed class CorpusTests
{
    /// <summary>Programs with a mistake that is not reported.</summary>
    private static readonly string[] Missed = ["service-pool-of-passes", "service-pass-for-each-customer", "app-pass-for-each-thread"];

    /// <summary>Programs without a mistake that are reported.</summary>
    private static readonly string[] Wrong = [];

    public static TheoryData<string> Names => [.. Corpus.Programs().Select(static program => program.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_program_is_judged_as_its_reason_says(string name)
    {
        CorpusProgram program = Corpus.Programs().Single(program => program.Name == name);
        string[] found = await Corpus.ReportedAsync(program, "NG0201", "NG0202");
        if (Missed.Contains(name)) Assert.NotEmpty(program.Expected.Except(found));
        else if (Wrong.Contains(name)) Assert.NotEmpty(found.Except(program.Expected));
        else Assert.Equal(program.Expected, found);
    }

    [Fact]
    public void The_documentation_has_the_counts()
    {
        CorpusProgram[] programs = [.. Corpus.Programs()];
        int mistaken = programs.Count(static program => program.Expected.Length != 0);
        string index = Corpus.Index();
        Assert.Contains($"{mistaken - Missed.Length} of the {mistaken} programs with the mistake", index);
        Assert.Contains($"{Wrong.Length} of the {programs.Length - mistaken} without it", index);
    }

    [Fact]
    public void There_are_enough_programs_of_both_kinds()
    {
        CorpusProgram[] programs = [.. Corpus.Programs()];
        Assert.True(programs.Length >= 80);
        Assert.InRange(programs.Count(static program => program.Expected.Length == 0), programs.Length * 2 / 5, programs.Length * 3 / 5);
        Assert.All(programs, static program => Assert.False(string.IsNullOrWhiteSpace(program.Reason)));
    }
}
