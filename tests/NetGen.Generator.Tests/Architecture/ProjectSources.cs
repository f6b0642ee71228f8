using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Tests.Architecture;

/// <summary>The files of a project, compiled together so that every name in them is resolved.</summary>
internal sealed class ProjectSources
{
    // The names that the SDK imports into every file.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // A partial method without a body, which a generator of the SDK (LibraryImport) writes.
    private const string NoBody = "CS8795";

    private static readonly SymbolDisplayFormat SymbolName = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType);

    private readonly CSharpCompilation _compilation;

    /// <summary>Compiles the files.</summary>
    /// <param name="assembly">The name of their assembly; a compiled one of that name is not referred to.</param>
    /// <param name="files">Each file's path relative to the project, with <c>/</c> between its parts, and its text.</param>
    /// <exception cref="InvalidOperationException">They do not compile: an unresolved name would pass as no use at all.</exception>
    public ProjectSources(string assembly, IEnumerable<(string Path, string Text)> files)
    {
        CSharpParseOptions options = new(LanguageVersion.Preview);
        _compilation = CSharpCompilation.Create(
            assembly,
            [CSharpSyntaxTree.ParseText(ImplicitUsings, options), .. files.Select(file => CSharpSyntaxTree.ParseText(file.Text, options, file.Path))],
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        Diagnostic[] errors = [.. _compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != NoBody)];
        if (errors.Length > 0)
            throw new InvalidOperationException($"The files of {assembly} do not compile:\n{string.Join('\n', errors.Take(20))}");
    }

    /// <summary>The files of a project on disk, without what its builds wrote.</summary>
    /// <param name="root">The project's folder; its name is the assembly's.</param>
    public static ProjectSources Read(string root) => new(
        Path.GetFileName(root),
        Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(root, file).Replace('\\', '/'), File: file))
            .Where(file => !file.Path.StartsWith("obj/", StringComparison.Ordinal) && !file.Path.StartsWith("bin/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => (file.Path, File.ReadAllText(file.File))));

    /// <summary>The paths of all files.</summary>
    public IEnumerable<string> Files => _compilation.SyntaxTrees.Select(tree => tree.FilePath).Where(path => path.Length > 0);

    /// <summary>
    /// Every use of a type or member by another file, once for each file and symbol. Documentation comments use nothing. Of a type in several
    /// files all are used.
    /// </summary>
    public IEnumerable<FolderUse> Uses()
    {
        foreach (SyntaxTree tree in _compilation.SyntaxTrees)
        {
            SemanticModel model = _compilation.GetSemanticModel(tree);
            HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
            {
                if (Used(model, node) is not { } symbol || !seen.Add(symbol))
                    continue;

                int line = tree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
                foreach (string declaration in symbol.DeclaringSyntaxReferences.Select(part => part.SyntaxTree.FilePath).Distinct())
                {
                    if (declaration != tree.FilePath)
                        yield return new FolderUse(tree.FilePath, line, symbol.ToDisplayString(SymbolName), declaration);
                }
            }
        }
    }

    // Not names alone: new(), an indexer, an operator and a base constructor are used without one.
    private static ISymbol? Used(SemanticModel model, SyntaxNode node)
    {
        ISymbol? symbol = node switch
        {
            ExpressionSyntax or AttributeSyntax or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax => model.GetSymbolInfo(node).Symbol,
            _ => null,
        };
        return symbol switch
        {
            null or INamespaceSymbol or IParameterSymbol => null,
            IMethodSymbol { ReducedFrom: { } extension } => extension.OriginalDefinition,
            { IsImplicitlyDeclared: true, ContainingType: { } type } => type.OriginalDefinition,
            _ => symbol.OriginalDefinition,
        };
    }

    // Without the product's own assemblies, which the tests refer to, but its projects do not.
    private static ImmutableArray<MetadataReference> References() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("NetGen.", StringComparison.Ordinal))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
    ];
}
