using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Harness;
using NetGen.RandomNetworks.Declarations;
using Xunit;

namespace NetGen.RandomNetworks.Checks;

/// <summary>
/// Any declaration, most likely a wrong one: the generator must not throw, and what it accepts must compile. What it rejects must have an
/// error of its own; the compiler reports only what is no valid C#.
/// </summary>
internal static class AnyDeclarationCheck
{
    /// <returns>Whether the declaration was accepted.</returns>
    public static bool Run(Recipe recipe)
    {
        GeneratorRun run = LoadedNetwork.Generate(AnyDeclaration.Of(recipe));
        Diagnostic[] errors = [.. run.Reported().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0)
        {
            Assert.All(errors, error => Assert.StartsWith("NG", error.Id, StringComparison.Ordinal));
            return false;
        }

        Diagnostic[] compiled = [.. run.CompilerDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden)];
        Assert.True(compiled.Length == 0, string.Join('\n', compiled.Take(10)));
        return true;
    }
}
