using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace NetGen.Generator.Tests.Harness;

/// <summary>Compiles what a generator has written, and loads it.</summary>
internal static class EmittedNetwork
{
    /// <summary>Compiles the class <c>Net</c>; see <see cref="Compile"/>.</summary>
    /// <param name="run">What the generator has written.</param>
    /// <param name="context">Where the assembly is loaded.</param>
    public static Type Load(GeneratorRun run, AssemblyLoadContext context) => Load(Compile(run.Output), context).GetType("Net", throwOnError: true)!;

    /// <summary>Loads what <see cref="Compile"/> returns.</summary>
    public static Assembly Load(byte[] image, AssemblyLoadContext context)
    {
        using var stream = new MemoryStream(image);
        return context.LoadFromStream(stream);
    }

    /// <summary>Compiles as a release build does, so that the JIT optimizes it; the compiler must not say a word.</summary>
    /// <returns>The assembly.</returns>
    public static byte[] Compile(Compilation compilation)
    {
        compilation = compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release));
        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(image, xmlDocumentationStream: Stream.Null);
        string[] diagnostics =
        [
            .. result.Diagnostics.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden).Take(10).Select(diagnostic => diagnostic.ToString()),
        ];
        Assert.True(diagnostics.Length == 0, string.Join('\n', diagnostics));
        return image.ToArray();
    }
}
