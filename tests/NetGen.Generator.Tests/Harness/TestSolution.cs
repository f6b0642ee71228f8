using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace NetGen.Generator.Tests.Harness;

/// <summary>
/// Projects in memory that reference the framework and NetGen's runtime library: what code fixes work on, where
/// <see cref="TestCompilation"/> serves the generator.
/// </summary>
internal static class TestSolution
{
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading.Tasks;
        global using NetGen;
        """;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "NetGen.dll" or "netstandard.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    // Projects are immutable: all tests extend the same one, and what the compiler learnt about its references stays.
    private static readonly Project Empty = CreateEmpty(References);

    /// <summary>A library of the given documents; those that end in <c>.g.cs</c> count as generated.</summary>
    public static Project Create(params ReadOnlySpan<(string Name, string Text)> documents) => Add(Empty, documents);

    /// <summary>The same without the runtime library.</summary>
    public static Project CreateWithoutNetGen(params ReadOnlySpan<(string Name, string Text)> documents) =>
        Add(CreateEmpty(References.Where(static reference => Path.GetFileName(reference.Display) != "NetGen.dll")), documents);

    /// <summary>Whole programs instead of a library.</summary>
    public static Project AsProgram(this Project project) =>
        project.WithCompilationOptions(project.CompilationOptions!.WithOutputKind(OutputKind.ConsoleApplication));

    /// <summary>The compilation, which must have neither errors nor warnings.</summary>
    public static async Task<Compilation> CompileAsync(this Project project)
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        ImmutableArray<Diagnostic> faults =
            [.. compilation.GetDiagnostics().Where(static d => d.Severity >= DiagnosticSeverity.Warning)];
        if (!faults.IsEmpty)
        {
            IEnumerable<string> texts = compilation.SyntaxTrees.Select(static tree => $"--- {tree.FilePath}\n{tree}");
            Assert.Fail(string.Join('\n', faults.Select(static fault => fault.ToString()).Concat(texts)));
        }

        return compilation;
    }

    /// <summary>What an analyzer reports, in source order; an exception in it is a failure.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(this Compilation compilation, params DiagnosticAnalyzer[] analyzers)
    {
        Exception? fault = null;
        var options = new CompilationWithAnalyzersOptions(
            HostOptions.Ide.ForAnalyzers(), (exception, _, _) => fault = exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> found =
            await compilation.WithAnalyzers([.. analyzers], options).GetAnalyzerDiagnosticsAsync();
        Assert.Null(fault);
        return [.. found.OrderBy(static d => d.Location.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(static d => d.Location.SourceSpan.Start)];
    }

    private static Project CreateEmpty(IEnumerable<MetadataReference> references)
    {
        ProjectInfo info = ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Sample",
            "Sample",
            LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Parse),
            metadataReferences: references);
        return new AdhocWorkspace().AddProject(info).AddDocument("GlobalUsings.cs", GlobalUsings).Project;
    }

    private static Project Add(Project project, ReadOnlySpan<(string Name, string Text)> documents)
    {
        foreach ((string name, string text) in documents) project = project.AddDocument(name, text).Project;
        return project;
    }
}
