using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Declaration;
using NetGen.Generator.Model;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>
/// The output compiles without a word from the compiler: warning level 9999, nullable, checked arithmetic, documentation checked, no
/// unsafe code, C# 13.
/// </summary>
public class CompileTests
{
    [Theory]
    [InlineData("Input(1), Dense(1)")]
    [InlineData("Input(8), Dense(16), ReLU, Dense(16), ReLU, Dense(1)")]
    [InlineData("Input(20), Dropout(0.2), Dense(33), ReLU, Dropout(0.5), Dense(7), Softmax")]
    [InlineData("Input(784), Dense(128), ReLU, Dropout(0.5), Dense(64), ReLU, Dropout(0.5), Dense(10), Softmax")]
    [InlineData("Input(28, 28, 1), Conv2D(32, 3), ReLU, MaxPool2D(2), Conv2D(64, 3), ReLU, MaxPool2D(2), Flatten, Dropout(0.5), Dense(10), Softmax")]
    [InlineData("Input(9, 7, 3), Conv2D(5, 3, Stride = 2, Padding = Padding.Same), ReLU, Dropout(0.25), MaxPool2D(2, Stride = 1), Flatten, Dense(3)")]
    [InlineData("Input(5, 5, 2), Conv2D(3, 2, 4), ReLU")]
    [InlineData("Input(30, 2), Conv1D(6, 5, Stride = 2, PaddingLength = 2), BatchNorm, ReLU, Dropout(0.2), Conv1D(6, 3, Groups = 6, Dilation = 2), ReLU, Conv1D(4, 3, Groups = 2), Flatten, Dense(3), Softmax")]
    [InlineData("Input(12, 11, 6), Conv2D(8, 3, Groups = 2, Dilation = 2, PaddingWidth = 1), ReLU, Dropout(0.1), DepthwiseConv2D(3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2), Flatten, Dense(3)")]
    [InlineData("Input(6, 6, 1), MaxPool2D(3), ReLU, Flatten, Dense(2), Softmax")]
    [InlineData("Input(6, 6, 1), ReLU, Dropout(0.1), Conv2D(2, 1), Dropout(0.3), MaxPool2D(2), Flatten, Flatten, Dense(2), Dropout(0.9)")]
    [InlineData("Input(4, 3), Flatten, Dense(4), Dense(4), ReLU, ReLU, Dropout(0), Dense(2)")]
    [InlineData("Input(1, 1, 1), Conv2D(2, 3, Padding = Padding.Same), MaxPool2D(1), Flatten, Softmax")]
    [InlineData("Input(100, 100, 1), Conv2D(1, 1), MaxPool2D(100), Flatten, Dense(2)")]
    [InlineData("Input(1000, 1000, 1), MaxPool2D(1000), Flatten, Dense(2)")]
    [InlineData("Input(12, 10, 1), ELU, Conv2D(4, 3), Sigmoid, MaxPool2D(2), GELU, Conv2D(20, 2), SiLU, Softplus, Dropout(0.1), Flatten, SELU, Dense(40), Tanh, HardSwish, Dense(3), GELU(Approximate = true)")]
    [InlineData("Input(4), Dense(16), Tanh, Dense(5), Sigmoid, Dense(1)")]
    [InlineData("Input(12, 10, 1), LeakyReLU(0.3), Conv2D(4, 3), LeakyReLU(0), MaxPool2D(2), Dropout(0.1), Flatten, LeakyReLU(0.999), Dense(3), LeakyReLU(1e-30)")]
    [InlineData("Input(9, 8, 3), AveragePool2D(2, Padding = Padding.Same), Conv2D(5, 2), ReLU, AveragePool2D(3, Stride = 1, Padding = Padding.Same), Flatten, Dense(3), Softmax")]
    [InlineData("Input(9, 8, 3), MaxPool2D(3, Stride = 2, Padding = Padding.Same), Conv2D(5, 2), ReLU, GlobalAveragePool, Dense(3), Softmax")]
    [InlineData("Input(6, 6, 3), Conv2D(4, 1), ReLU(Name = \"entry\"), Conv2D(5, 1, Name = \"a\"), MaxPool2D(3, Stride = 1, Padding = Padding.Same, From = \"entry\"), Conv2D(19, 1), Concat(\"a\", \"entry\"), Conv2D(3, 3, Padding = Padding.Same), GlobalAveragePool, Dense(2), Softmax")]
    [InlineData("Input(6), Dense(4, Name = \"a\"), ReLU(Name = \"b\"), Dense(3), Concat(\"a\", \"b\", \"a\"), Dense(2)")]
    [InlineData("Input(6), Dense(8), ReLU(Name = \"entry\"), Dense(5, Name = \"a\"), Dense(3, From = \"entry\"), Concat(\"a\"), LayerNorm, Dropout(0.2), Dense(4)")]
    [InlineData("Input(48), LayerNorm, Reshape(4, 4, 3), LayerNorm, Conv2D(17, 3), Reshape(2, 34), LayerNorm(Trainable = false), ReLU, Reshape(68), Dense(3)")]
    [InlineData("Input(9, 19), MaxPool1D(2, Stride = 1), ReLU, AveragePool1D(3, Padding = Padding.Same), Dropout(0.2), GlobalMaxPool, Dense(3)")]
    [InlineData("Input(8, 8, 2), Conv2D(4, 3), ReLU(Name = \"entry\"), Conv2D(4, 3, Padding = Padding.Same), ReLU, Dropout(0.2), Conv2D(4, 3, Padding = Padding.Same), Add(\"entry\"), ReLU, MaxPool2D(2), Flatten, Dense(3), Softmax")]
    [InlineData("Input(8), Dense(8, Name = \"a\"), Add(\"a\", Name = \"b\"), Dense(8), Add(\"a\", \"b\")")]
    [InlineData("Input(6, 5, 2), Conv2D(3, 3), Add(\"conv1\"), Flatten, Dense(5), Add(\"dense1\"), Add(\"add2\")")]
    [InlineData("Input(6, 5, 2), Conv2D(4, 3, Initializer = Initializer.Orthogonal, BiasInitializer = Initializer.Constant, BiasInitialValue = -1e-7), ReLU, Flatten, Dense(3, Initializer = Initializer.Uniform, InitializerScale = 1e30, BiasInitializer = Initializer.Ones)")]
    public void A_network(string layers) => VerifyClean(GeneratorRun.Of(
        $"""
        /// <summary>A network.</summary>
        [Network, {layers}] public partial class Net;
        """));

    [Theory]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2)] internal sealed partial class Net;")]
    [InlineData("namespace N { [Network, Input(4), Dense(2), Softmax] public partial class Loss; }")]
    [InlineData("namespace N { [Network, Input(4), Dense(2), Softmax] public partial class Math; }")]
    [InlineData("namespace N { [Network, Input(4), Dense(2), Softmax] public partial class Vector128; }")]
    [InlineData("namespace N { [Network, Input(4), Dense(2), Softmax] public partial class Span; }")]
    [InlineData("namespace N { [Network, Input(4), Dense(2), Softmax] public partial class Unsafe; }")]
    [InlineData("namespace N { [Network, Input(4), Dense(2), Softmax] public partial class Heads; }")]
    [InlineData("[Network, Input(4), Dense(2), Softmax] public partial class Initializer;")]
    [InlineData("namespace @namespace.@class { [Network, Input(4), Dense(2)] partial class @event; }")]
    [InlineData("namespace N { partial struct A { partial interface B { partial record C { [Network, Input(4), Dense(2)] private partial class Net; } } } }")]
    [InlineData("readonly partial record struct A { [Network, Input(4), Dense(2)] private partial class Net; }")]
    [InlineData("static partial class A { [Network, Input(4), Dense(2)] internal partial class Net; }")]
    [InlineData("namespace A { [Network, Input(4), Dense(2)] partial class Net; } namespace B { [Network, Input(5), Dense(2)] partial class Net; }")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net; [Network, Input(5), Dense(2)] partial class net1; [Network, Input(5), Dense(2)] partial class Net1;")]
    [InlineData("namespace System { [Network, Input(4), Dense(2)] partial class Digits; }")]
    [InlineData("namespace NetGen { [Network, Input(4), Dense(2)] partial class Net; }")]
    [InlineData("namespace Own.NetGen { [Network, Input(4), Dense(2)] partial class Net; }")]
    [InlineData("namespace Own.System { [Network, Input(4), Dense(2)] partial class Net; }")]
    [InlineData("namespace Größe { [Network, Input(4), Dense(2, Name = \"schicht_ä\"), ReLU(Name = \"class\"), Dense(2, Name = \"_\")] partial class Netz; }")]
    [InlineData("namespace Own { class Span; class Math; class Loss; class Vector512; class Unsafe; class Initializer; [Network, Input(4), Dense(2)] partial class Net; }")]
    [InlineData("namespace A { [Network, Input(4), Dense(2)] partial class B_C; } namespace A_B { [Network, Input(5), Dense(2)] partial class C; } [Network, Input(6), Dense(2)] partial class A_B_C; [Network, Input(6), Dense(2)] partial class A_0B_0C;")]
    [InlineData("namespace A._B { [Network, Input(4), Dense(2)] partial class C; } namespace A_.B { [Network, Input(5), Dense(2)] partial class C; } partial class A__B { [Network, Input(5), Dense(2)] partial class C; }")]
    [InlineData("[Network, Input(4), Dense(2)] partial class @class; partial class Outer { [Network, Input(4), Dense(2)] partial class @class; [Network, Input(4), Dense(2)] partial class ǅ; }")]
    [InlineData("namespace MonteCarlo { [Network, Input(4), Dense(2)] partial class Net; } namespace Loss { [Network, Input(4), Dense(2)] partial class Net; } namespace Unsafe { [Network, Input(4), Dense(2)] partial class Net; }")]
    [InlineData("namespace NetGen.Something { [Network, Input(4), Dense(2)] partial class Net; } namespace NetGen { class Generated; } namespace A.System { [Network, Input(4), Dense(2)] partial class Net; }")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net { public void EditParameters(int a) { } public void Save(int a) { } public void Backward() { } }")]
    [InlineData("class Parent { public class Net; } [Network, Input(4), Dense(2)] partial class Net : Parent;")]
    [InlineData("class Parent { private int _parameters = 1; public int P => _parameters; } [Network, Input(4), Dense(2)] partial class Net : Parent;")]
    [InlineData("[Network, Input(4), Dense(3), ReLU, Dense(2), Softmax] partial class Net { public int Classify(string s) => s.Length; public Net(string file) : this(42UL) { } public Net(int a) : this(a.ToString()) { } public Net(string? file, ParameterTable table) : this(1UL) { } }")]
    public void A_place(string source) => VerifyClean(GeneratorRun.Of(source));

    [Theory]
    [InlineData("conv1", "conv1Gradient", "conv1Argmax")]
    [InlineData("chunk", "rowLength", "inferenceKernels")]
    [InlineData("networkInput", "equals", "toString")]
    [InlineData("vectorMath", "simd", "unsafe")]
    [InlineData("MethodImplOptions", "methodImpl", "math")]
    [InlineData("unrolled", "floats", "nint")]
    public void Names_of_layers(string first, string second, string third) => VerifyClean(GeneratorRun.Of(
        $"[Network, Input(4, 4, 1), Conv2D(2, 3, Name = \"{first}\"), MaxPool2D(2), Flatten, Dense(2, Name = \"{second}\"), Dropout(0.5), Dense(2, Name = \"{third}\")] partial class Net;"));

    // Kernels and offsets have the name of their layer and a suffix; another layer may have both for its name.
    [Theory]
    [InlineData("BiasGradient")]
    [InlineData("WeightGradient")]
    [InlineData("InputGradient")]
    [InlineData("PreActivationGradient")]
    [InlineData("Gradient")]
    [InlineData("Training")]
    [InlineData("Transposed")]
    public void Names_with_suffixes(string suffix) => VerifyClean(GeneratorRun.Of(
        $"[Network, Input(4), Dense(4, Name = \"a\"), Dense(4, Name = \"a{suffix}\"), ReLU, Dense(4, Name = \"b{suffix}\"), ReLU, Dense(4, Name = \"b\")] partial class Net;"));

    [Theory]
    [InlineData("Statistics")]
    [InlineData("ParameterGradient")]
    [InlineData("InputGradient")]
    public void Names_with_suffixes_of_a_normalisation(string suffix) => VerifyClean(GeneratorRun.Of(
        $"[Network, Input(4), Dense(4), BatchNorm(Name = \"a\"), ReLU, Dense(4, Name = \"a{suffix}\")] partial class Net;"));

    [Theory]
    [InlineData("public partial class Net")]
    [InlineData("internal partial class Net")]
    [InlineData("public partial class Net : Parent")]
    public void An_assembly_that_is_to_be_cls_compliant(string declaration) => VerifyClean(GeneratorRun.Of(
        "[assembly: CLSCompliant(true)]",
        "public class Parent;",
        $"[Network, Input(6, 6, 1), Conv2D(4, 3), ReLU, MaxPool2D(2), Dropout(0.5), Flatten, Dense(3), Softmax] {declaration};",
        "public partial class Outer { [Network, Input(6), Dense(3)] protected partial class Inner; }"));

    [Fact]
    public void Members_that_only_a_constructor_of_the_users_sets() => VerifyClean(GeneratorRun.Of(
        """
        [Network, Input(6), Dense(3)]
        public partial class Net
        {
            private readonly string _title;
            public Net(string title) : this(1UL) => (_title, Origin) = (title, title);
            public Uri? Place { get; }
            public string Origin { get; }
            public override string ToString() => _title;
        }
        """));

    [Fact]
    public void Warnings_about_members_that_nobody_sets_go_on_after_the_generated_constructors() => Assert.Contains(
        GeneratorRun.Of("[Network, Input(6), Dense(3)] public partial class Net;", "public class Other { public string Name { get; } }").CompilerDiagnostics(),
        diagnostic => diagnostic.Id == "CS8618");

    [Theory]
    [InlineData("Input(6, 6, 1), Conv2D(4, 3), ReLU, Dropout(0.5), Flatten, Dense(3), Softmax")]
    [InlineData("Input(4), Dense(2)")]
    [InlineData("Input(4, Type = InputType.UInt8), Dense(2), Softmax")]
    [InlineData("Input(64, 64, 3), Conv2D(64, 3), ReLU, Flatten, Dense(512), ReLU, Dense(10), Softmax")]
    public void Every_member_of_the_generated_part_is_reserved(string layers)
    {
        GeneratorRun run = GeneratorRun.Of($"[Network, {layers}] public partial class Net;");
        MemberCollisions collisions = new(new GeneratedMembers(run.Models.Single().Layers, run.Models.Single().InputType));
        string[] open = [.. run.Output.GetTypeByMetadataName("Net")!.GetMembers()
            .Where(member => !member.IsImplicitlyDeclared && member is not IMethodSymbol { AssociatedSymbol: not null } && !collisions.Has(member))
            .Select(member => member.ToDisplayString())];
        Assert.True(open.Length == 0, string.Join('\n', open));
    }

    [Fact]
    public void The_output_does_not_depend_on_the_culture()
    {
        const string source = "[Network, Input(6, 6, 1), Conv2D(4, 3), ReLU, Dropout(0.25), Flatten, Dense(3), Softmax] public partial class Net;";
        IReadOnlyDictionary<string, string> invariant = GeneratorRun.Of(source).Sources;
        Assert.Equal(invariant, Under(HostileCulture(), () => GeneratorRun.Of(source).Sources));
    }

    [Theory]
    [InlineData("Input(-1), Dense(2)", "Input has features = -1, but it must be at least 1")]
    [InlineData("Input(4), Dropout(-1.5), Dense(2)", "Dropout 'dropout1' has rate = -1.5, but it must be at least 0 and less than 1")]
    [InlineData("Input(4), Dense(1000), Loss((Loss)(-1))", "Loss has loss = -1, but it must be one of CrossEntropy, MeanSquaredError, BinaryCrossEntropy, MeanAbsoluteError, Huber")]
    public void Messages_do_not_depend_on_the_culture(string layers, string message) => Assert.Equal(
        [message],
        Under(HostileCulture(), () => GeneratorRun.Of($"[Network, {layers}] partial class Net;").Reported().Select(d => d.GetMessage()).ToArray()));

    private static void VerifyClean(GeneratorRun run)
    {
        Assert.Empty(run.Diagnostics);
        Assert.NotEmpty(run.Sources);
        Assert.All(run.Sources.Values, text => Assert.StartsWith("// <auto-generated", text));
        Assert.All(run.Sources.Values, text => Assert.DoesNotContain('\r', text));
        Diagnostic[] diagnostics = [.. run.CompilerDiagnostics().Where(d => d.Severity > DiagnosticSeverity.Hidden && d.Id != "CS1591")];
        Assert.True(diagnostics.Length == 0, string.Join('\n', diagnostics.Take(10)));
        Assert.DoesNotContain(run.CompilerDiagnostics(), d => d.Id == "CS1591" && d.Location.SourceTree!.FilePath.Contains("NetworkGenerator", StringComparison.Ordinal));
    }

    /// <summary>A comma in decimals, a space in thousands, and a minus that is not the ASCII one.</summary>
    private static CultureInfo HostileCulture()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = "\u00a0";
        culture.NumberFormat.NegativeSign = "\u2212";
        return culture;
    }

    private static T Under<T>(CultureInfo culture, Func<T> action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
