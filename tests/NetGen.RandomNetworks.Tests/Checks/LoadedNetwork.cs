using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.RandomNetworks.Checks;

/// <summary>A network that is generated and compiled in memory, and unloaded afterwards.</summary>
internal sealed class LoadedNetwork : IDisposable
{
    private readonly AssemblyLoadContext _context = new(null, isCollectible: true);

    /// <summary>Compiles a network; the compiler must not say a word.</summary>
    /// <param name="layers">The attributes after <c>[Network]</c>.</param>
    public LoadedNetwork(string layers)
    {
        GeneratorRun run = Generate(layers);
        MustBeEmpty(run.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        using var image = new MemoryStream();
        EmitResult result = run.Output.Emit(image, xmlDocumentationStream: Stream.Null);
        MustBeEmpty(result.Diagnostics.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden));
        image.Position = 0;
        Type = _context.LoadFromStream(image).GetType("Net", throwOnError: true)!;
    }

    public Type Type { get; }

    /// <summary>Runs the generator.</summary>
    /// <param name="layers">The attributes after <c>[Network]</c>.</param>
    public static GeneratorRun Generate(string layers) => GeneratorRun.Of(
        $"""
        /// <summary>A network.</summary>
        [Network, {layers}] public partial class Net;
        """);

    public void Dispose() => _context.Unload();

    private static void MustBeEmpty(IEnumerable<Diagnostic> diagnostics)
    {
        string[] lines = [.. diagnostics.Take(10).Select(diagnostic => diagnostic.ToString())];
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }
}
