using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Declaration;

/// <summary>The rules about the class: what each reports, where, in which words, and what they leave alone.</summary>
public class TypeRuleTests
{
    [Theory]
    [InlineData("[Network, Input(4), Dense(2)] public partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2)] internal sealed partial class Net;")]
    [InlineData("public partial struct Outer { public partial record Inner { [Network, Input(4), Dense(2)] private partial class Net; } }")]
    [InlineData("public partial record struct Outer { [Network, Input(4), Dense(2)] public partial class Net; }")]
    [InlineData("public partial interface IOuter { [Network, Input(4), Dense(2)] public partial class Net; }")]
    [InlineData("public static partial class Outer { [Network, Input(4), Dense(2)] public partial class Net; }")]
    [InlineData("namespace @namespace.@class { [Network, Input(4), Dense(2)] public partial class @class; }")]
    [InlineData("public class Parent(int seed = 0) { public int Seed => seed; } [Network, Input(4), Dense(2)] public partial class Net : Parent;")]
    [InlineData("[Network] public partial class Net; [Input(4), Dense(2)] public partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2), Loss(Loss.MeanSquaredError)] public partial class Net;")]
    [InlineData("namespace Own { public class DenseAttribute : Attribute; [Network, Input(4), NetGen.Dense(2), Own.Dense] public partial class Net; }")]
    public void Silent(string source) => DeclarationDiagnostics.Verify(source);

    [Theory]
    [InlineData(
        "The network 'Net' must be partial: its code is generated into another part of the class",
        "[Network, Input(4), Dense(2)] public class {|NG0101:Net|};")]
    [InlineData(
        "The network 'Net' is nested in 'Outer', which must be partial too",
        "public class {|NG0112:Outer|} { [Network, Input(4), Dense(2)] public partial class Net; }")]
    [InlineData(
        "The network 'Net' is nested in 'Outer', which must be partial too",
        "public struct {|NG0112:Outer|} { public partial class Inner { [Network, Input(4), Dense(2)] public partial class Net; } }")]
    [InlineData(
        "The network 'Net' is generic, which is not supported: a network is one concrete type",
        "[Network, Input(4), Dense(2)] public partial class Net{|NG0111:<T>|};")]
    [InlineData(
        "The network 'Net' is nested in a generic type, which is not supported: a network is one concrete type",
        "public partial class Outer<T> { [Network, Input(4), Dense(2)] public partial class {|NG0111:Net|}; }")]
    [InlineData(
        "The network 'Net' is abstract, which is not supported: the generated code creates instances",
        "[Network, Input(4), Dense(2)] public {|NG0111:abstract|} partial class Net;")]
    [InlineData(
        "The network 'Net' is static, which is not supported: a network has instances",
        "[Network, Input(4), Dense(2)] public {|NG0111:static|} partial class Net;")]
    [InlineData(
        "The network 'Net' is a record, which is not supported: a copy made by 'with' would share its weights",
        "[Network, Input(4), Dense(2)] public partial {|NG0111:record|} Net;")]
    [InlineData(
        "The network 'Net' is a record, which is not supported: a copy made by 'with' would share its weights",
        "[Network, Input(4), Dense(2)] public sealed partial {|NG0111:record|} class Net;")]
    [InlineData(
        "The network 'Net' is local to its file, which is not supported: the generated part is in another one",
        "[Network, Input(4), Dense(2)] {|NG0111:file|} partial class Net;")]
    [InlineData(
        "The network 'Net' is local to its file, which is not supported: the generated part is in another one",
        "file partial class Outer { [Network, Input(4), Dense(2)] public partial class {|NG0111:Net|}; }")]
    [InlineData(
        "The network 'Net' is derived from the network 'Other', which is not supported: the members of the two would hide each other",
        "[Network, Input(4), Dense(2)] public partial class Other; [Network, Input(4), Dense(2)] public partial class Net {|NG0111:: Other|};",
        false)]
    public void Form(string message, string source, bool alone = true)
    {
        IReadOnlyList<string> messages = alone
            ? DeclarationDiagnostics.Verify(source)
            : DeclarationDiagnostics.Verify(source, otherNetworks: 1);
        Assert.Equal([message], messages);
    }

    [Theory]
    [InlineData("is declared here", "Parameters", "public float[] {|NG0113:Parameters|} = [];")]
    [InlineData("is declared here", "Summary", "public static string {|NG0113:Summary|} => \"\";")]
    [InlineData("is declared here", "InputLength", "public const int {|NG0113:InputLength|} = 3;")]
    [InlineData("is declared here", "OutputLength", "public void {|NG0113:OutputLength|}() { }")]
    [InlineData("is declared here", "ParameterCount", "public event Action? {|NG0113:ParameterCount|};")]
    [InlineData("is declared here", "TrainingPass", "public sealed class {|NG0113:TrainingPass|};")]
    [InlineData("is declared here", "Dense1Weight", "public float {|NG0113:Dense1Weight|};")]
    [InlineData("is declared here", "HeadBias", "public float {|NG0113:HeadBias|} { get; set; }")]
    [InlineData("is declared here", "Predict", "public void {|NG0113:Predict|}(ReadOnlySpan<float> a, Span<float> b) { }")]
    [InlineData("is declared here", "Predict", "public void {|NG0113:Predict|}(ReadOnlySpan<float> a, Span<float> b, int c) { }")]
    [InlineData("is declared here", "Predict", "public Func<int> {|NG0113:Predict|} = () => 1;")]
    [InlineData("is declared here", "Classify", "public int {|NG0113:Classify|}(System.ReadOnlySpan<float> a) => 1;")]
    [InlineData("is declared here", "Load", "public static int {|NG0113:Load|}(string a) => 1;")]
    [InlineData("is declared here", "Save", "public int {|NG0113:Save|}(string a) => 1;")]
    [InlineData("is declared here", "BeginTraining", "public int {|NG0113:BeginTraining|}(int a, ulong b, int c) => 1;")]
    [InlineData("is declared here", "Load", "public static int {|NG0113:Load|}(string? a) => 1;")]
    [InlineData("is declared here", "Load", "public static int {|NG0113:Load|}(System.IO.Stream? a) => 1;")]
    [InlineData("is declared here", "Load", "public static int {|NG0113:Load|}(scoped System.ReadOnlySpan<byte> a) => 1;")]
    [InlineData("is declared here", "Save", "public void {|NG0113:Save|}(System.IO.Stream a) { }")]
    [InlineData("is declared here", "CreatePredictor", "public int {|NG0113:CreatePredictor|}(System.Int32 a, int b = 0) => 1;")]
    [InlineData("is declared here", "EditParameters", "public int {|NG0113:EditParameters|}() => 1;")]
    [InlineData("is declared here", "ParameterVersion", "public event Action? {|NG0113:ParameterVersion|} { add { } remove { } }")]
    [InlineData("is declared here", "TrainingPass", "public void {|NG0113:TrainingPass|}() { }")]
    [InlineData("is declared here", "Predict", "public class {|NG0113:Predict|}<T>;")]
    [InlineData("is declared here", "get_Summary", "public int {|NG0113:get_Summary|}() => 1;")]
    [InlineData("is declared here", "set_HeadBias", "public void {|NG0113:set_HeadBias|}(ParameterView a) { }")]
    [InlineData("is declared here", "NetGen.CompilerServices.ILogits.PredictLogits", "void NetGen.CompilerServices.ILogits.{|NG0113:PredictLogits|}(ReadOnlySpan<float> a, Span<float> b, int c) { }")]
    [InlineData("is declared here", "NetGen.INetwork<Net>.InputLength", "static int INetwork<Net>.{|NG0113:InputLength|} => 4;")]
    public void A_generated_member_is_taken(string why, string member, string body)
    {
        string source = "[Network, Input(4), Dense(3), ReLU, Dense(2, Name = \"head\"), Softmax] public partial class Net { " + body + " }";
        Assert.Equal(
            [$"The network 'Net' cannot be generated: '{member}' {why}, but a generated member has that name"],
            DeclarationDiagnostics.Verify(source));
    }

    [Theory]
    [InlineData("public int Classify(string file) => file.Length;")]
    [InlineData("public float[] Predict(float[] input) => input;")]
    [InlineData("public static int Load(string[] files) => 1; public static int Load(ref string file) => 1; public static int Load<T>(string file) => 1; public static int Load() => 1;")]
    [InlineData("public static int Load(string? file, bool strict) => 1; public void Save(System.IO.FileInfo file) { } public void Save(System.ReadOnlySpan<byte> bytes) { }")]
    [InlineData("public int EditParameters(int layer) => layer; public int CreatePredictor(int maxBatch) => maxBatch; public class TrainingPass<T>;")]
    [InlineData("public int get_Summary(int a) => a; public int get_Title() => 1; public void set_Summary(string a) { }")]
    [InlineData("public void Predict(in System.ReadOnlySpan<float> input, System.Span<float> output) { } public void Predict(System.Span<float> input, System.Span<float> output) { }")]
    [InlineData("public float Dense2Weight; public float Conv1Weight; private readonly int _summary = 1; public int S => _summary;")]
    public void Members_that_leave_room(string body) => DeclarationDiagnostics.Verify(
        "[Network, Input(4), Dense(3), ReLU, Dense(2, Name = \"head\"), Softmax] public partial class Net { " + body + " }");

    [Theory]
    [InlineData(
        "The network 'Net' cannot be generated: 'Parameters' is inherited from 'Parent', but a generated member has that name",
        "public class Parent { public int Parameters; } [Network, Input(4), Dense(2)] public partial class {|NG0113:Net|} : Parent;")]
    [InlineData(
        "The network 'Summary' cannot be generated: 'Summary' is the name of the class, but a generated member has that name",
        "[Network, Input(4), Dense(2)] public partial class {|NG0113:Summary|};")]
    [InlineData(
        "The network 'Dense1Bias' cannot be generated: 'Dense1Bias' is the name of the class, but a generated member has that name",
        "[Network, Input(4), Dense(2)] public partial class {|NG0113:Dense1Bias|};")]
    public void A_name_is_taken_from_elsewhere(string message, string source) =>
        Assert.Equal([message], DeclarationDiagnostics.Verify(source));

    [Theory]
    [InlineData("public class Parent { public static int Load(string file) => 1; } [Network, Input(4), Dense(2)] public partial class {|NG0113:Net|} : Parent;")]
    [InlineData("public class Parent { public static int Load(string[] files) => 1; internal Parent(ulong seed = 0) { } } [Network, Input(4), Dense(2)] public partial class Net : Parent;")]
    [InlineData("public class Parent { internal Parent(string file, ParameterTable table) { } protected Parent() { } } [Network, Input(4), Dense(2)] public partial class Net : Parent;")]
    public void Inherited_members_are_compared_by_their_signatures(string source) => DeclarationDiagnostics.Verify(source);

    [Fact]
    public void A_private_member_of_a_base_class_is_not_in_the_way() => DeclarationDiagnostics.Verify(
        "public class Parent { private int Parameters; public int P => Parameters++; } [Network, Input(4), Dense(2)] public partial class Net : Parent;");

    [Theory]
    [InlineData("declares a constructor without parameters or with one ulong: that one is generated, as (ulong seed = 0)", "public {|NG0114:Net|}() { }")]
    [InlineData("declares a constructor without parameters or with one ulong: that one is generated, as (ulong seed = 0)", "public {|NG0114:Net|}(ulong seed) { }")]
    [InlineData("declares a constructor (ParameterMemory?): a generated one has these parameters", "public {|NG0114:Net|}(NetGen.CompilerServices.ParameterMemory? m) : this(1UL) { }")]
    [InlineData("declares a constructor that does not call the generated one: add ': this(seed)', which creates the parameters", "public {|NG0114:Net|}(string s) { }")]
    [InlineData("declares a constructor that does not call the generated one: add ': this(seed)', which creates the parameters", "public {|NG0114:Net|}(string s) : base() { }")]
    [InlineData("has the required member 'Id': the generated code that creates a network cannot set it", "public required int {|NG0114:Id|} { get; init; }")]
    [InlineData("has the required member 'Id': the generated code that creates a network cannot set it", "public required int {|NG0114:Id|};")]
    public void A_network_is_created_by_its_generated_constructor(string what, string body) => Assert.Equal(
        [$"The network 'Net' {what}"],
        DeclarationDiagnostics.Verify("[Network, Input(4), Dense(2)] public partial class Net { " + body + " }"));

    [Theory]
    [InlineData(
        "The network 'Net' has a primary constructor: declare a constructor that calls ': this(seed)'",
        "[Network, Input(4), Dense(2)] public partial class Net{|NG0114:(int x)|} { public int X => x; }")]
    [InlineData(
        "The network 'Net' derives from 'Parent', which has no accessible constructor without parameters: the generated constructor calls that one",
        "public class Parent { public Parent(int x) { } } [Network, Input(4), Dense(2)] public partial class Net {|NG0114:: Parent|};")]
    [InlineData(
        "The network 'Net' derives from 'Parent', which has no accessible constructor without parameters: the generated constructor calls that one",
        "public class Parent { private Parent() { } } [Network, Input(4), Dense(2)] public partial class Net {|NG0114:: Parent|};")]
    public void Nothing_in_the_way_of_the_generated_constructor(string message, string source) =>
        Assert.Equal([message], DeclarationDiagnostics.Verify(source));

    [Theory]
    [InlineData("public Net(string file) : this(42UL) { } public Net(int a, int b) : this(a.ToString()) { } static Net() { }")]
    [InlineData("public Net(ulong? seed) : this(seed ?? 1) { } public Net(ref ulong seed) : this(seed) { } public Net(string file, ParameterTable[] tables) : this(1UL) { }")]
    public void Constructors_that_leave_room(string body) =>
        DeclarationDiagnostics.Verify("[Network, Input(4), Dense(2)] public partial class Net { " + body + " }");

    [Fact]
    public void A_language_version_that_is_too_old()
    {
        Diagnostic diagnostic = GeneratorRun
            .Of(TestCompilation.Create(LanguageVersion.CSharp12, "[Network, Input(4), Dense(2)] public partial class Net;"))
            .Reported().Single();

        Assert.Equal("NG0115", diagnostic.Id);
        Assert.Equal(
            "The code of 'Net' needs C# 13.0, but the project is compiled as C# 12.0; remove LangVersion from the project or raise it",
            diagnostic.GetMessage(null));
    }

    [Theory]
    [InlineData("[Network, Input(4), Dense(2)] partial class { }")]
    [InlineData("[Network, Input(4), Dense(0)] partial class;")]
    [InlineData("[Network, Input(4), Dense(2)] partial class class { }")]
    [InlineData("namespace { [Network, Input(4), Dense(0)] partial class Net; }")]
    [InlineData("namespace Own. { [Network, Input(4), Dense(0)] partial class Net; }")]
    [InlineData("partial class { [Network, Input(4), Dense(0)] partial class Net; }")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net { extension(int x) { [Network, Input(4), Dense(0)] partial class Other; } }", "Net.")]
    public void While_a_name_is_missing_nothing_is_said_and_nothing_is_generated(string source, string? generated = null)
    {
        foreach (HostOptions host in new[] { HostOptions.Build, HostOptions.Ide })
        {
            GeneratorRun run = GeneratorRun.Of(TestCompilation.Create(LanguageVersion.Preview, source), host);
            Assert.DoesNotContain(run.Reported(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            Assert.All(run.Sources.Keys, hint => Assert.StartsWith(generated ?? "nothing", hint));
        }
    }

    [Theory]
    [InlineData("[Network, Input(4), Dense(0)] class Net;")]
    [InlineData("[Network] partial class Net;")]
    [InlineData("[Input(4)] partial class Net;")]
    public void Attributes_of_another_assembly_are_not_ours(string source)
    {
        const string own = """
            namespace NetGen
            {
                public class NetworkAttribute : System.Attribute;
                public class InputAttribute(int features) : System.Attribute { public int Features => features; }
                public class DenseAttribute(int units) : System.Attribute { public int Units => units; }
            }
            """;
        CSharpCompilation compilation = TestCompilation.Create(source, own);
        MetadataReference library = compilation.References.Single(reference => Path.GetFileName(reference.Display) == "NetGen.dll");
        foreach (CSharpCompilation used in new[] { compilation, (CSharpCompilation)compilation.RemoveReferences(library) })
        {
            GeneratorRun run = GeneratorRun.Of(used, HostOptions.Ide);
            Assert.Empty(run.Sources);
            Assert.Empty(run.Reported());
            Assert.Empty(GeneratorRun.Of(used).Reported());
        }
    }

    [Theory]
    [InlineData("[{|NG0123:Input(4)|}, Dense(2)] public partial class Net;")]
    [InlineData("[{|NG0123:Softmax|}] public class Net;")]
    public void Layers_without_a_network(string source) => Assert.Equal(
        ["The class 'Net' has layers but no [Network], so nothing is generated for it"],
        DeclarationDiagnostics.Verify(source, otherNetworks: 0, generates: false));
}
