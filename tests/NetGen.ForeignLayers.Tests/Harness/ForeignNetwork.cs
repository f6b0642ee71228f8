using System.Collections.Concurrent;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.ForeignLayers.Harness;

/// <summary>Networks that are declared as text, generated and compiled in memory, and loaded.</summary>
internal static class ForeignNetwork
{
    private const string Using = "global using NetGen.ForeignLayers;";

    // By declaration: several tests run over one network.
    private static readonly ConcurrentDictionary<(string Layers, string Settings), Lazy<Type>> Compiled = [];

    /// <summary>Runs the generator over a network whose attributes after <c>[Network]</c> are given, and the arguments of that.</summary>
    public static GeneratorRun Generate(string layers, string settings = "") => GeneratorRun.Of(TestCompilation
        .Create(
            Using,
            $"""
            /// <summary>A network.</summary>
            [Network({settings}), {layers}] public partial class Net;
            """)
        .AddReferences(MetadataReference.CreateFromFile(typeof(ForeignNetwork).Assembly.Location)));

    /// <summary>The class of a network, after its code was compiled without a word from the compiler.</summary>
    public static Type Compile(string layers, string settings = "") =>
        Compiled.GetOrAdd((layers, settings), key => new Lazy<Type>(() => Load(key.Layers, key.Settings))).Value;

    /// <summary>A network with initial weights.</summary>
    public static INetwork Create(string layers, ulong seed, string settings = "") => (INetwork)Activator.CreateInstance(Compile(layers, settings), seed)!;

    /// <summary>A network with the weights of a stream.</summary>
    public static INetwork Load(string layers, Stream stream) =>
        (INetwork)Compile(layers).GetMethod("Load", [typeof(Stream)])!.Invoke(null, [stream])!;

    private static Type Load(string layers, string settings)
    {
        GeneratorRun run = Generate(layers, settings);
        Assert.Empty(run.Diagnostics);
        return EmittedNetwork.Load(run, new AssemblyLoadContext(layers));
    }
}
