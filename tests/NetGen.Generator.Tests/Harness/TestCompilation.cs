using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests.Harness;

/// <summary>Compiles sources against the runtime library, as strictly as a user's project can.</summary>
internal static class TestCompilation
{
    /// <summary>What every source of a test begins with.</summary>
    private const string GlobalUsings = "global using System; global using System.Linq; global using NetGen;";

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "netstandard.dll"))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
    ];

    /// <summary>A library: nullable, highest warning level, checked arithmetic, documentation checked, no unsafe code.</summary>
    public static CSharpCompilation Create(params string[] sources) => Create(LanguageVersion.CSharp13, sources);

    /// <summary>The same in another version of the language.</summary>
    public static CSharpCompilation Create(LanguageVersion language, params string[] sources)
    {
        CSharpParseOptions options = new(language, DocumentationMode.Diagnose);
        return CSharpCompilation.Create(
            "Tests",
            [
                CSharpSyntaxTree.ParseText(GlobalUsings, options, "/src/GlobalUsings.cs"),
                .. sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, options, $"/src/File{i}.cs")),
            ],
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                warningLevel: 9999,
                checkOverflow: true));
    }
}
