using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Dropout;

/// <summary>Programs as users write them, on networks that the generator made, with what rules report in them.</summary>
internal static class Corpus
{
    private static readonly Lazy<ImmutableArray<(string Name, string Text)>> Networks = new(static () =>
        [.. GeneratorRun.Of(File.ReadAllText(Path.Combine(Folder(), "Networks.cs"))).Output.SyntaxTrees.Select(
            static (tree, i) => ($"Networks{i}.g.cs", tree.ToString())).Skip(1)]);

    /// <summary>The programs of one folder below that of the corpus, or of itself.</summary>
    public static IEnumerable<CorpusProgram> Programs(string folder = "") => CorpusProgram.All(Path.Combine(Folder(), folder));

    /// <summary>The documentation that has the counts.</summary>
    public static string Index() => File.ReadAllText(Path.Combine(Folder(), "..", "..", "..", "..", "docs", "rules", "README.md"));

    /// <summary>What is reported: the line, counted from 1, and the rule.</summary>
    public static async Task<string[]> ReportedAsync(CorpusProgram program, params DiagnosticAnalyzer[] analyzers)
    {
        Project project = TestSolution.Create([("Program.cs", program.Text), .. Networks.Value]);
        bool isScript = CSharpSyntaxTree.ParseText(program.Text).GetCompilationUnitRoot().Members.Any(static member => member is GlobalStatementSyntax);
        Compilation compilation = await (isScript ? project.AsProgram() : project).CompileAsync();
        ImmutableArray<Diagnostic> found = await compilation.AnalyzeAsync(analyzers);
        return [.. found.Select(static diagnostic => $"{diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}: {diagnostic.Id}")];
    }

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Corpus");
}
