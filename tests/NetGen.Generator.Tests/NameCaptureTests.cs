using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Model;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>
/// No name in generated code comes to mean something of the user's project. Each test takes all the identifiers that generated code is made of and
/// declares them anew, in every place where the compiler could find them.
/// </summary>
public class NameCaptureTests
{
    // Between them the networks have every kind of kernel: unrolled; shared, in panels of the whole batch; pairs, held lines, filter dots,
    // strides, halos; pooling and pointwise operations alone; the copy of bytes.
    private const string Networks = """
        namespace Some.Place
        {
            using global::NetGen;

            [global::NetGen.Network, Input(8), Dense(16), ReLU, Dense(1)] public partial class Tiny : Parent;

            [global::NetGen.Network, Input(784), Dropout(0.1), Dense(1024), ReLU, Dropout(0.5), Dense(300), Dense(10), Softmax] public partial class Large : Parent;

            [global::NetGen.Network, Input(28, 28, 1), Conv2D(6, 5, Padding = Padding.Same), ReLU, MaxPool2D(2), Conv2D(16, 5), ReLU, MaxPool2D(2), Flatten, Dense(10), Softmax]
            public partial class Grey : Parent;

            [global::NetGen.Network, Input(32, 32, 3), Conv2D(32, 3), ReLU, Dropout(0.2), Conv2D(8, 3, Stride = 2), MaxPool2D(3, Stride = 1), ReLU, Dropout(0.2), Flatten, Dense(4)]
            public partial class Colour : Parent;

            [global::NetGen.Network, Input(6, 6, 1, Type = global::NetGen.InputType.UInt8), global::NetGen.Rescale(1 / 255.0), Conv2D(4, 3), Flatten, Dense(2)]
            public partial class Pixels : Parent;

            public partial class Outer { [global::NetGen.Network, Input(6, 6, 2), ReLU, Dropout(0.1), Conv2D(64, 3), MaxPool2D(2), Flatten, Dense(2)] public partial class Inner : Parent; }
        }

        [global::NetGen.Network, global::NetGen.Input(4, 4, 1), global::NetGen.Conv2D(2, 1), global::NetGen.MaxPool2D(2), global::NetGen.Flatten, global::NetGen.Dense(2), global::NetGen.Softmax]
        public partial class InGlobalNamespace : Some.Place.Parent;
        """;

    // What all full names begin with. A type of such a name in the global namespace would be in the way of the project itself.
    private static readonly string[] Roots = ["System", "NetGen", "NetGen__Generated"];

    // What the sources above are made of.
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal)
    {
        "Some", "Place", "Parent", "Tiny", "Large", "Grey", "Colour", "Pixels", "Outer", "Inner", "InGlobalNamespace",
        "Input", "Dense", "ReLU", "Dropout", "Softmax", "Conv2D", "MaxPool2D", "Flatten", "Padding",
    };

    private static readonly string[] Names = Collect();

    private static readonly Layer[] Layers = [.. Plain().Models.SelectMany(model => model.Layers)];

    // Where generated members are, members of these names are the user's fault: NG0113 and NG0114.
    private static readonly string[] FreeMembers = [.. Names.Where(name => !new GeneratedMembers(Layers, InputKind.UInt8).Named(name).Any())];

    [Fact]
    public void The_names_are_known() =>
        Assert.Superset(new HashSet<string>(["Floats", "Simd", "Unsafe", "Math", "nint", "MethodImpl", "Span", "FloatRef", "Dense1", "Conv2", "Kernels512"]), Names.ToHashSet());

    [Fact]
    public void Namespaces() => Verify(Every(Names, name => $"namespace {name} {{ public class Something; }}"));

    [Fact]
    public void Namespaces_inside_of_the_networks_one() => Verify(
        Every([.. Names, .. Roots], name => $"namespace Some.Place.{name} {{ public class Something; }} namespace Some.{name} {{ public class Something; }}"));

    [Fact]
    public void Types_in_the_global_namespace() => Verify(Every(Names, Type));

    [Fact]
    public void Types_in_the_networks_namespace() => Verify($"namespace Some.Place {{ {Every([.. Names, .. Roots], Type)} }}");

    [Fact]
    public void Types_in_namespaces_of_the_library() => Verify($"namespace NetGen.Something {{ {Every(Names, Type)} }} namespace NetGen.Generated {{ {Every(Names, Type)} }}");

    [Fact]
    public void Types_in_a_namespace_that_is_imported_everywhere() => Verify($"global using Elsewhere; namespace Elsewhere {{ {Every(Names, Type)} }}");

    [Fact]
    public void Nested_types() => Verify(InEveryNetwork(Every([.. FreeMembers, .. Roots], Type)));

    [Fact]
    public void Methods() => Verify(InEveryNetwork(Every([.. FreeMembers, .. Roots], name => $"private static int {name}(int a) => a;")));

    [Fact]
    public void Properties() => Verify(InEveryNetwork(Every([.. FreeMembers, .. Roots], name => $"private int {name} => 1;")));

    [Fact]
    public void Inherited_types() => VerifyParent(Every([.. FreeMembers, .. Roots, "Tiny", "Large", "Grey", "Colour", "Pixels", "Outer", "Inner", "InGlobalNamespace"], name => "public " + Type(name)));

    [Fact]
    public void Inherited_methods() => VerifyParent(Every([.. FreeMembers, .. Roots, "Tiny", "Large", "Grey", "Colour", "Pixels", "Outer", "Inner", "InGlobalNamespace"], name => $"public static int {name}(int a) => a;"));

    [Fact]
    public void Inherited_properties() => VerifyParent(Every([.. FreeMembers, .. Roots, "Tiny", "Large", "Grey", "Colour", "Pixels", "Outer", "Inner", "InGlobalNamespace"], name => $"public int {name} => 1;"));

    [Fact]
    public void Global_aliases() => Verify(Every(Names, name => $"global using {name} = System.Text.StringBuilder;"));

    [Fact]
    public void Locals_of_a_program() => Verify(
        Every(Names, name => $"int {name} = 1; System.Console.Write({name});"),
        compilation => compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication)));

    [Fact]
    public void Extension_methods() => Verify(
        $"namespace Some.Place {{ static class Extensions {{ {Every(Names, name => $"public static int {name}<T>(this T first) => 1; public static int {name}<T, U>(this T first, U a) => 1; public static int {name}<T, U, V>(this T first, U a, V b) => 1;")} }} }}");

    [Fact]
    public void Layers_may_have_any_of_the_names()
    {
        // Those of layers begin with a capital where they become names of kernels and offsets.
        string[] names = [.. Names.Where(name => char.IsUpper(name[0]) && !Layers.Any(layer => name.StartsWith(ParameterNames.Pascal(layer.Name), StringComparison.Ordinal)))];
        Assert.Contains("MethodImplOptions", names);
        string[] pools = [.. names.Select(name => $"MaxPool2D(2, Stride = 1, Name = \"{name}\")")];
        GeneratorRun run = GeneratorRun.Of(
            $"[Network, Input({names.Length + 1}, {names.Length + 1}, 1), {string.Join(", ", pools)}, Flatten, Dense(1)] public partial class Images;");
        Assert.Equal(1, run.NetworkCount);
        VerifyClean(run);
    }

    private static string Type(string name) => $"class {name} : global::System.Attribute;";

    private static string Every(IEnumerable<string> names, Func<string, string> declare) =>
        "\n#pragma warning disable\n" + string.Join('\n', names.Select(name => declare("@" + name)));

    private static string InEveryNetwork(string members) => $$"""
        namespace Some.Place
        {
            partial class Tiny { {{members}}
            }
            partial class Large { {{members}}
            }
            partial class Grey { {{members}}
            }
            partial class Colour { {{members}}
            }
            partial class Pixels { {{members}}
            }
            partial class Outer { partial class Inner { {{members}}
            } }
        }
        partial class InGlobalNamespace { {{members}}
        }
        """;

    private static void VerifyParent(string members) => VerifyClean(GeneratorRun.Of(Networks, $"namespace Some.Place {{ public class Parent {{ {members}\n}} }}"));

    private static void Verify(string hostile, Func<CSharpCompilation, CSharpCompilation>? change = null)
    {
        CSharpCompilation compilation = TestCompilation.Create(Networks, hostile, "namespace Some.Place { public class Parent; }");
        VerifyClean(GeneratorRun.Of(change is null ? compilation : change(compilation)));
    }

    private static void VerifyClean(GeneratorRun run)
    {
        Diagnostic[] diagnostics = [.. run.CompilerDiagnostics().Where(d => d.Severity > DiagnosticSeverity.Hidden && d.Id != "CS1591")];
        Assert.True(diagnostics.Length == 0, string.Join('\n', diagnostics.Take(10)));
        Assert.Empty(Captured(run));
    }

    /// <summary>Names that mean a type, a member or a local of the project beside the networks and what they derive from.</summary>
    private static IEnumerable<string> Captured(GeneratorRun run) =>
        from tree in Generated(run)
        let model = run.Output.GetSemanticModel(tree)
        from name in tree.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>()
        let symbol = model.GetSymbolInfo(name).Symbol?.OriginalDefinition
        where symbol is not null and not INamespaceSymbol && symbol.DeclaringSyntaxReferences.Length > 0
            && symbol.DeclaringSyntaxReferences.All(site => site.SyntaxTree.FilePath == "/src/File1.cs")
        select $"{name} in {Path.GetFileName(tree.FilePath)}: {symbol}";

    private static GeneratorRun Plain() => GeneratorRun.Of(Networks, "namespace Some.Place { public class Parent; }");

    private static string[] Collect() =>
    [
        .. Generated(Plain())
            .SelectMany(tree => tree.GetRoot().DescendantTokens(descendIntoTrivia: true))
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText.Length > 0)
            .SelectMany(token => token.Parent?.Parent is AttributeSyntax ? new[] { token.ValueText, token.ValueText + "Attribute" } : [token.ValueText])
            .Where(name => !Own.Contains(name) && !Roots.Contains(name))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<SyntaxTree> Generated(GeneratorRun run) =>
        run.Output.SyntaxTrees.Where(tree => tree.FilePath.Contains(nameof(NetworkGenerator), StringComparison.Ordinal));
}
