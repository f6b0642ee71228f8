using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.RandomNetworks.Checks;

/// <summary>A network that is generated and compiled in memory, and unloaded afterwards.</summary>
internal sealed class LoadedNetwork : IDisposable
{
    private readonly AssemblyLoadContext _context = new(null, isCollectible: true);

    /// <summary>Compiles a network; the compiler must not say a word.</summary>
    /// <param name="layers">The attributes after <c>[Network]</c>.</param>
    /// <param name="settings">The arguments of <c>[Network]</c>.</param>
    /// <param name="winogradTiles">The rows of the tiles in which all convolutions that can use Winograd's transforms; 0 where the cost model chooses.</param>
    public LoadedNetwork(string layers, string settings, int winogradTiles = 0)
    {
        GeneratorRun run = Generate(layers, settings, winogradTiles);
        Diagnostic[] errors = [.. run.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        Assert.True(errors.Length == 0, string.Join<Diagnostic>('\n', errors));
        Type = EmittedNetwork.Load(run, _context);
    }

    public Type Type { get; }

    /// <summary>Runs the generator.</summary>
    /// <param name="layers">The attributes after <c>[Network]</c>.</param>
    /// <param name="settings">The arguments of <c>[Network]</c>.</param>
    /// <param name="winogradTiles">The rows of the tiles in which all convolutions that can use Winograd's transforms; 0 where the cost model chooses.</param>
    public static GeneratorRun Generate(string layers, string settings = "", int winogradTiles = 0) => GeneratorRun.Of(
        TestCompilation.Create(
            $"""
            /// <summary>A network.</summary>
            [Network({settings}), {layers}] public partial class Net;
            """),
        HostOptions.WithWinograd(winogradTiles));

    public void Dispose() => _context.Unload();
}
