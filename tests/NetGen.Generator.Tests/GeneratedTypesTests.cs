using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Model;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The types that generated code names are known, so that a user's type of the same name does not get in the way.</summary>
public class GeneratedTypesTests
{
    private const string Layers =
        "Input(28, 28, 1), Conv2D(32, 3), ReLU, Dropout(0.1), MaxPool2D(2), Conv2D(64, 3, Padding = Padding.Same), ReLU, MaxPool2D(2, Stride = 3), "
        + "ReLU, Flatten, Dropout(0.2), Dense(300), ReLU, Dense(10), Softmax";

    [Fact]
    public void Types_of_these_names_are_not_in_the_way()
    {
        string taken = string.Join(' ', GeneratedTypes.Namespaces.Keys.Select(name => $"class {name};"));
        GeneratorRun run = GeneratorRun.Of($$"""
            namespace Own
            {
                {{taken}}
                [Network, {{Layers}}] public partial class Net;
            }
            """);
        Diagnostic[] diagnostics = [.. run.CompilerDiagnostics().Where(d => d.Severity > DiagnosticSeverity.Hidden && d.Id != "CS1591")];
        Assert.True(diagnostics.Length == 0, string.Join('\n', diagnostics.Take(10)));
    }

    [Theory]
    [InlineData("public partial class Net { public int Math => 1; public int Loss; public class Unsafe; }", "Loss", "Math", "Unsafe")]
    [InlineData("class Parent { public int Simd => 1; } partial class Net : Parent;", "Simd")]
    [InlineData("namespace Math { class Foo; }", "Math")]
    [InlineData("namespace Other { class Loss; class Span; }")]
    [InlineData("class Outer { int Math = 1; }")]
    public void A_name_is_shadowed(string other, params string[] shadowed) => Assert.Equal(
        shadowed,
        GeneratorRun.Of("[Network, Input(2), Dense(2)] partial class Net;", other).Models.Single().Shadowed);

    [Fact]
    public void A_global_using_makes_a_name_ambiguous() => Assert.Equal(
        ["Loss"],
        GeneratorRun.Of("global using Other; [Network, Input(2), Dense(2)] partial class Net;", "namespace Other { class Loss; }").Models.Single().Shadowed);

    [Theory]
    [InlineData("Input(6), Dropout(0.2), Dense(3), ReLU, Dropout(0.3), Dense(2)")]
    [InlineData(Layers)]
    public void Every_type_in_generated_code_is_known(string layers)
    {
        GeneratorRun run = GeneratorRun.Of($"[Network, {layers}] public partial class Net;");
        HashSet<string> unknown = [];
        foreach (SyntaxTree tree in run.Output.SyntaxTrees.Where(tree => tree.FilePath.Contains(nameof(NetworkGenerator), StringComparison.Ordinal)))
        {
            SemanticModel model = run.Output.GetSemanticModel(tree);
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>())
            {
                if (name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is not null || name.FirstAncestorOrSelf<QualifiedCrefSyntax>() is not null || name.Parent is QualifiedNameSyntax or AliasQualifiedNameSyntax)
                    continue;
                ISymbol? symbol = model.GetSymbolInfo(name).Symbol ?? model.GetTypeInfo(name).Type;
                if ((symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? symbol.ContainingType : symbol) is INamedTypeSymbol { ContainingType: null } type
                    && type.Name != "Net" && model.GetAliasInfo(name) is null && type.Name.StartsWith(name.Identifier.ValueText, StringComparison.Ordinal)
                    && !(GeneratedTypes.Namespaces.TryGetValue(type.Name, out string? space) && space == type.ContainingNamespace.ToDisplayString()))
                    unknown.Add($"{type.ContainingNamespace}.{type.Name}");
            }
        }

        Assert.True(unknown.Count == 0, string.Join('\n', unknown.Order(StringComparer.Ordinal)));
    }
}
