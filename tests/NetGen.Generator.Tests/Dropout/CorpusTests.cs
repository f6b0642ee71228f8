using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>
/// NG0201 and NG0202 on programs as users write them. What must be reported was decided before the rules saw them, and is not
/// changed to suit them: where they are wrong, the program is listed here, and the counts in the documentation say so.
/// </summary>
public sealed class CorpusTests
{
    /// <summary>Programs with a mistake that is not reported.</summary>
    private static readonly string[] Missed = ["loop-factory-method", "service-pool-of-passes"];

    /// <summary>Programs without a mistake that are reported.</summary>
    private static readonly string[] Wrong = [];

    private static readonly Lazy<ImmutableArray<(string Name, string Text)>> Networks = new(static () =>
        [.. GeneratorRun.Of(File.ReadAllText(Path.Combine(Folder(), "Networks.cs"))).Output.SyntaxTrees.Select(
            static (tree, i) => ($"Networks{i}.g.cs", tree.ToString())).Skip(1)]);

    public static TheoryData<string> Names => [.. CorpusProgram.All(Folder()).Select(static program => program.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_program_is_judged_as_its_reason_says(string name)
    {
        CorpusProgram program = CorpusProgram.All(Folder()).Single(program => program.Name == name);
        string[] found = await ReportedAsync(program);
        if (Missed.Contains(name)) Assert.NotEmpty(program.Expected.Except(found));
        else if (Wrong.Contains(name)) Assert.NotEmpty(found.Except(program.Expected));
        else Assert.Equal(program.Expected, found);
    }

    [Fact]
    public void The_documentation_has_the_counts()
    {
        CorpusProgram[] programs = [.. CorpusProgram.All(Folder())];
        int mistaken = programs.Count(static program => program.Expected.Length != 0);
        string index = File.ReadAllText(Path.Combine(Folder(), "..", "..", "..", "..", "docs", "rules", "README.md"));
        Assert.Contains($"{mistaken - Missed.Length} of the {mistaken} programs with the mistake", index);
        Assert.Contains($"{Wrong.Length} of the {programs.Length - mistaken} without it", index);
    }

    [Fact]
    public void There_are_enough_programs_of_both_kinds()
    {
        CorpusProgram[] programs = [.. CorpusProgram.All(Folder())];
        Assert.True(programs.Length >= 80);
        Assert.InRange(programs.Count(static program => program.Expected.Length == 0), programs.Length * 2 / 5, programs.Length * 3 / 5);
        Assert.All(programs, static program => Assert.False(string.IsNullOrWhiteSpace(program.Reason)));
    }

    private static async Task<string[]> ReportedAsync(CorpusProgram program)
    {
        Project project = TestSolution.Create([("Program.cs", program.Text), .. Networks.Value]);
        bool isScript = CSharpSyntaxTree.ParseText(program.Text).GetCompilationUnitRoot().Members.Any(static member => member is GlobalStatementSyntax);
        Compilation compilation = await (isScript ? project.AsProgram() : project).CompileAsync();
        ImmutableArray<Diagnostic> found = await compilation.AnalyzeAsync(new DropoutAtInferenceAnalyzer(), new UntrainedMemberAnalyzer());
        return [.. found.Select(static diagnostic => $"{diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}: {diagnostic.Id}")];
    }

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Corpus");
}
