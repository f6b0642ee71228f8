using System.Runtime.CompilerServices;
using NetGen.Benchmarks.Generators;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Graph;

/// <summary>The networks of the benchmark, and those with 20 layers.</summary>
internal static class ReferenceDeclarations
{
    private static readonly Lazy<GeneratorRun> Cached = new(() => GeneratorRun.Of(
    [
        Benchmark,
        .. DeepNetworks.All.Select(network => $"namespace Deep; {network.Declaration} public partial class {network.Name.Replace("-", "", StringComparison.Ordinal)};"),
    ]));

    private static readonly Lazy<GeneratorRun> Direct = new(() => GeneratorRun.Of(DirectBenchmark));

    /// <summary>The generator run over all of them.</summary>
    public static GeneratorRun Run => Cached.Value;

    /// <summary>The generator run over those of the benchmark, without Winograd's transforms: their products are others than those of the direct algorithm.</summary>
    public static GeneratorRun DirectRun => Direct.Value;

    /// <summary>Those of the benchmark.</summary>
    public static string Benchmark => File.ReadAllText(Path.Combine(Folder(), "..", "..", "NetGen.Benchmarks", "Networks", "Networks.cs"));

    /// <summary>The same without Winograd's transforms.</summary>
    public static string DirectBenchmark => Benchmark.Replace("[Network]", "[Network(Winograd = WinogradUse.Off)]", StringComparison.Ordinal);

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
