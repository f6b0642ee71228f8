using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Analysis.Accuracy;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>Programs as users write them, on networks that the generator made, with what rules report in them.</summary>
internal static class Corpus
{
    // All programs extend the same project, so that the networks are parsed once.
    private static readonly Lazy<Project> Networks = new(static () => TestSolution.Create(
        [.. GeneratorRun.Of(File.ReadAllText(Path.Combine(Folder(), "Networks.cs"))).Output.SyntaxTrees.Select(
            static (tree, i) => ($"Networks{i}.g.cs", tree.ToString())).Skip(1)]));

    // By program: several tests look at what is reported in one.
    private static readonly ConcurrentDictionary<CorpusProgram, Lazy<Task<ImmutableArray<Diagnostic>>>> Analyzed = [];

    /// <summary>The programs of one folder below that of the corpus, or of itself.</summary>
    public static IEnumerable<CorpusProgram> Programs(string folder = "") => CorpusProgram.All(Path.Combine(Folder(), folder));

    /// <summary>The documentation that has the counts.</summary>
    public static string Index() => File.ReadAllText(Path.Combine(Folder(), "..", "..", "..", "..", "docs", "rules", "README.md"));

    /// <summary>What the rules on inference and that on accuracies report together: the line, counted from 1, and the rule.</summary>
    /// <param name="program">The program.</param>
    /// <param name="rules">The rules that are asked for.</param>
    public static async Task<string[]> ReportedAsync(CorpusProgram program, params string[] rules)
    {
        ImmutableArray<Diagnostic> found = await Analyzed.GetOrAdd(program, new Lazy<Task<ImmutableArray<Diagnostic>>>(() => AnalyzeAsync(program))).Value;
        return
        [
            .. found.Where(diagnostic => rules.Contains(diagnostic.Id))
                .Select(static diagnostic => $"{diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}: {diagnostic.Id}"),
        ];
    }

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CorpusProgram program)
    {
        Project project = Networks.Value.AddDocument("Program.cs", program.Text).Project;
        bool isScript = CSharpSyntaxTree.ParseText(program.Text).GetCompilationUnitRoot().Members.Any(static member => member is GlobalStatementSyntax);
        Compilation compilation = await (isScript ? project.AsProgram() : project).CompileAsync();
        return await compilation.AnalyzeAsync(new TrainingAccuracyAnalyzer(), new DropoutAtInferenceAnalyzer(), new UntrainedMemberAnalyzer());
    }

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Corpus");
}
