using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>
/// Hundreds of malformed declarations: each of the faults in each of the places. Nothing throws, and each has one error that says what is
/// wrong: the compiler's where the compiler has one, otherwise NetGen's.
/// </summary>
public class HostileDeclarationTests
{
    /// <summary>Where a declaration can be; <c>$</c> stands for its attributes, which flat features come into and go out of.</summary>
    private static readonly string[] Places =
    [
        "[Network, Input(4), Dense(3), ReLU, $, Dense(2)] public partial class Net;",
        "[Network] [Input(4)] [Dense(3)] [$] [Dense(2), Softmax] public partial class Net { public int Mine; }",
        "namespace @class { [Network, Input(4), Dense(3, Name = \"dense1\"), $, Dense(2)] internal sealed partial class @event; }",
        "partial struct A { partial interface B { [Network, Input(2, 2, 1), Flatten, Dense(3), Dropout(0.5), $, Dense(2), Softmax] private partial class Net; } }",
        "[Network] public partial class Net; [Input(4), Dense(3) /* here */, $ /* there */, Dense(2)] public partial class Net;",
        "[Network, Input(1, 1, 4), Conv2D(2, 1), Flatten, Dense(3),\n\n    $,\n    Dense(2)] public partial class Net : System.IDisposable { public void Dispose() { } }",
    ];

    [Theory]
    [InlineData("Dense(0)", "NG0105")]
    [InlineData("Dense(-1)", "NG0105")]
    [InlineData("Dense(int.MinValue)", "NG0105")]
    [InlineData("Dense(units: 0, Name = \"x\")", "NG0105")]
    [InlineData("Dropout(1)", "NG0105")]
    [InlineData("Dropout(-0.0001)", "NG0105")]
    [InlineData("Dropout(double.NaN)", "NG0105")]
    [InlineData("Dropout(double.NegativeInfinity)", "NG0105")]
    [InlineData("Dropout(1f)", "NG0105")]
    [InlineData("Dropout(int.MaxValue)", "NG0105")]
    [InlineData("Conv2D(0, 3)", "NG0105")]
    [InlineData("Conv2D(1, -3, 0)", "NG0105")]
    [InlineData("Conv2D(1, 1, Stride = 0, Padding = (Padding)(-1))", "NG0105")]
    [InlineData("MaxPool2D(2, Stride = 0)", "NG0105")]
    [InlineData("MaxPool2D(0)", "NG0105")]
    [InlineData("ELU(0)", "NG0105")]
    [InlineData("ELU(-1)", "NG0105")]
    [InlineData("ELU(1e300)", "NG0105")]
    [InlineData("ELU(double.NaN)", "NG0105")]
    [InlineData("LeakyReLU(1)", "NG0105")]
    [InlineData("LeakyReLU(-1e-300)", "NG0105")]
    [InlineData("LeakyReLU(double.NaN)", "NG0105")]
    [InlineData("LeakyReLU(double.PositiveInfinity)", "NG0105")]
    [InlineData("AveragePool2D(0)", "NG0105")]
    [InlineData("AveragePool2D(2, Stride = 0, Padding = (Padding)(-1))", "NG0105")]
    [InlineData("Dense(3, Initializer = (Initializer)(-1))", "NG0105")]
    [InlineData("Dense(3, Initializer = Initializer.Uniform, InitializerScale = double.NegativeInfinity)", "NG0105")]
    [InlineData("Dense(3, BiasInitializer = Initializer.GlorotNormal)", "NG0105")]
    [InlineData("Dense(3, Initializer = Initializer.Constant)", "NG0129")]
    [InlineData("Dense(3, BiasInitialValue = double.Epsilon)", "NG0129")]
    [InlineData("Conv2D(1, 1, Groups = 0, Dilation = -1, PaddingHeight = int.MinValue)", "NG0105")]
    [InlineData("DepthwiseConv2D(int.MinValue, Dilation = 0)", "NG0105")]
    [InlineData("Conv1D(0, 0, Groups = int.MinValue)", "NG0105")]
    [InlineData("Conv2D(1, 1)", "NG0107")]
    [InlineData("Conv1D(1, 1)", "NG0107")]
    [InlineData("AveragePool2D(1)", "NG0107")]
    [InlineData("LayerNorm(Epsilon = double.NaN)", "NG0105")]
    [InlineData("Reshape(0)", "NG0105")]
    [InlineData("Reshape(int.MaxValue, int.MaxValue, int.MaxValue)", "NG0126")]
    [InlineData("AveragePool1D(1)", "NG0107")]
    [InlineData("MaxPool1D(1)", "NG0107")]
    [InlineData("GlobalAveragePool", "NG0107")]
    [InlineData("GlobalMaxPool", "NG0107")]
    [InlineData("MaxPool2D(1)", "NG0107")]
    [InlineData("AlphaDropout(1)", "NG0105")]
    [InlineData("GaussianDropout(-0.5)", "NG0105")]
    [InlineData("SpatialDropout(double.NaN)", "NG0105")]
    [InlineData("BatchNorm(Momentum = 1.5)", "NG0105")]
    [InlineData("BatchNorm(Epsilon = -1)", "NG0105")]
    [InlineData("LayerNorm(Epsilon = 1e300)", "NG0105")]
    [InlineData("MaxPool1D(0)", "NG0105")]
    [InlineData("MaxPool1D(3, PaddingLength = -1)", "NG0105")]
    [InlineData("AveragePool1D(3, PaddingLength = 2)", "NG0105")]
    [InlineData("MaxPool2D(3, PaddingHeight = 1, Padding = Padding.Same)", "NG0105")]
    [InlineData("AveragePool2D(3, PaddingWidth = int.MaxValue)", "NG0105")]
    [InlineData("Conv1D(1, 1, PaddingLength = 1, Padding = Padding.Valid)", "NG0105")]
    [InlineData("Conv1D(1, 1, Dilation = int.MinValue)", "NG0105")]
    [InlineData("DepthwiseConv2D(1, PaddingWidth = -1)", "NG0105")]
    [InlineData("Dense(3, Initializer = Initializer.Constant, InitialValue = double.NaN)", "NG0105")]
    [InlineData("Dense(3, BiasInitializer = Initializer.Uniform)", "NG0129")]
    [InlineData("DepthwiseConv2D(1)", "NG0107")]
    [InlineData("Add", "NG0127")]
    [InlineData("Add(\"nope\")", "NG0127")]
    [InlineData("Concat", "NG0127")]
    [InlineData("Concat(\"dense1\", \"nope\")", "NG0127")]
    [InlineData("ReLU(From = \"nope\")", "NG0127")]
    [InlineData("LogSoftmax", "NG0119")]
    [InlineData("Dense(2, Name = \"dense1\")", "NG0109")]
    [InlineData("Dense(2, Name = \"Dense1\")", "NG0109")]
    [InlineData("Dense(2, Name = \"\")", "NG0110")]
    [InlineData("ReLU(Name = \" \")", "NG0110")]
    [InlineData("Flatten(Name = \"\\0\")", "NG0110")]
    [InlineData("Dropout(0.5, Name = \"a/b\")", "NG0110")]
    [InlineData("Dense(int.MaxValue)", "NG0118")]
    [InlineData("Dense(1000000000), Dense(1000000000)", "NG0118")]
    [InlineData("Softmax", "NG0119")]
    [InlineData("Softmax, Softmax", "NG0119")]
    [InlineData("Input(4)", "NG0103")]
    [InlineData("Input(28, 28, 1), Input(4)", "NG0103")]
    [InlineData("Loss((Loss)9)", "NG0105")]
    [InlineData("Loss((Loss)int.MinValue)", "NG0105")]
    [InlineData("Network", "CS0579")]
    [InlineData("Loss(Loss.CrossEntropy), Loss(Loss.MeanSquaredError)", "CS0579")]
    [InlineData("Dense", "CS7036")]
    [InlineData("Dense()", "CS7036")]
    [InlineData("Dropout(Name = \"x\")", "CS7036")]
    [InlineData("Sigmoid(1)", "CS1729")]
    [InlineData("Tanh(1)", "CS1729")]
    [InlineData("Softplus(1)", "CS1729")]
    [InlineData("SELU(1)", "CS1729")]
    [InlineData("SiLU(1)", "CS1729")]
    [InlineData("HardSwish(1)", "CS1729")]
    [InlineData("GELU(true)", "CS1729")]
    [InlineData("LeakyReLU", "CS7036")]
    [InlineData("PReLU(0.25)", "CS1729")]
    [InlineData("Rescale", "CS7036")]
    [InlineData("Rescale(0)", "NG0105")]
    [InlineData("Rescale(1, double.NaN)", "NG0105")]
    [InlineData("Rescale(1e-60)", "NG0105")]
    [InlineData("Normalization(0.5)", "CS1729")]
    [InlineData("Loss", "CS7036")]
    [InlineData("Loss(Loss.Huber, Delta = \"1\")", "CS0029")]
    [InlineData("Loss(Loss.CrossEntropy, IgnoreLabel = null)", "CS0037")]
    [InlineData("Loss(Loss.CrossEntropy, ClassWeights = 1)", "CS0029")]
    [InlineData("ELU(\"1\")", "CS1503")]
    [InlineData("Flatten(1)", "CS1729")]
    [InlineData("BatchNorm(0.1)", "CS1729")]
    [InlineData("LayerNorm(1e-5)", "CS1729")]
    [InlineData("GlobalAveragePool(2)", "CS1729")]
    [InlineData("GlobalMaxPool(2)", "CS1729")]
    [InlineData("Reshape", "CS1729")]
    [InlineData("Reshape(1, 2, 3, 4)", "CS1729")]
    [InlineData("Conv2D(1)", "CS1729")]
    [InlineData("Conv1D(1)", "CS7036")]
    [InlineData("DepthwiseConv2D", "CS1729")]
    [InlineData("MaxPool1D", "CS7036")]
    [InlineData("AveragePool1D", "CS7036")]
    [InlineData("AlphaDropout", "CS7036")]
    [InlineData("GaussianDropout", "CS7036")]
    [InlineData("SpatialDropout", "CS7036")]
    [InlineData("Activation", "CS0305")]
    [InlineData("Activation<int>", "NG0135")]
    [InlineData("PReLU(Shared = 1)", "CS0029")]
    [InlineData("GELU(Approximate = null)", "CS0037")]
    [InlineData("Dense(1, Trainable = 1)", "CS0029")]
    [InlineData("Dense(1, From = 1)", "CS0029")]
    [InlineData("Dense(1, InitialValue = \"1\")", "CS0029")]
    [InlineData("Add(1)", "CS1503")]
    [InlineData("Concat(1)", "CS1503")]
    [InlineData("Dense(\"2\")", "CS1503")]
    [InlineData("Dense(1.5)", "CS1503")]
    [InlineData("Dense(null)", "CS1503")]
    [InlineData("Dense(2147483648)", "CS1503")]
    [InlineData("Dense(1, 2)", "CS1729")]
    [InlineData("ReLU(1)", "CS1729")]
    [InlineData("Input(1, 2, 3, 4)", "CS1729")]
    [InlineData("Dense(unit: 1)", "CS1739")]
    [InlineData("Dense(1, Nam = \"x\")", "CS0246")]
    [InlineData("Dense(1, Name = 3)", "CS0029")]
    [InlineData("Dense(1, Units = 3)", "CS0617")]
    [InlineData("Dense(1, Name = \"a\", Name = \"b\")", "CS0643")]
    [InlineData("Dense(1 / 0)", "CS0020")]
    [InlineData("Dense(int.MaxValue + 1)", "CS0220")]
    [InlineData("Dense(nothing)", "CS0103")]
    [InlineData("Dense(System.Environment.ProcessorCount)", "CS0182")]
    [InlineData("Dens(3)", "CS0246")]
    [InlineData("Layer", "CS0653")]
    [InlineData("WeightedLayer", "CS0653")]
    [InlineData("Padding", "CS0616")]
    public void A_fault_among_the_layers(string fault, string id)
    {
        foreach (string place in Places)
            VerifyOneError(place.Replace("$", fault, StringComparison.Ordinal), id);
    }

    [Theory]
    [InlineData("class", "NG0101")]
    [InlineData("sealed class", "NG0101")]
    [InlineData("sealed partial record", "NG0111")]
    [InlineData("abstract partial class", "NG0111")]
    [InlineData("static partial class", "NG0111")]
    [InlineData("file partial class", "NG0111")]
    [InlineData("partial struct", "CS0592")]
    [InlineData("partial interface", "CS0592")]
    [InlineData("partial record struct", "CS0592")]
    [InlineData("readonly ref partial struct", "CS0592")]
    [InlineData("enum", "CS0592")]
    public void A_fault_of_the_type(string type, string id)
    {
        foreach (string layers in new[] { "Input(4), Dense(2)", "Input(4), Dense(3), Softmax", "Input(4, 4, 1), Conv2D(2, 3), ReLU, Flatten, Dense(1), Loss(Loss.MeanSquaredError)" })
            VerifyOneError($"[Network, {layers}] {type} Net {{ }}", id);
    }

    /// <summary>
    /// A member that is missing in a signature would make the compiler leave out what analyzers report, and in method bodies bury it.
    /// </summary>
    [Theory]
    [InlineData("Input(4, 4, 1), Dense(2), Softmax", "NG0108")]
    [InlineData("Input(4), Dense(0)", "NG0105")]
    [InlineData("Input(4), Dense", "CS7036")]
    [InlineData("Input(4), Dens(3)", "CS0246")]
    [InlineData("Dense(3)", "NG0102")]
    public void Uses_of_a_network_with_faulty_layers_are_no_errors(string layers, string id) => VerifyOneError(
        $$"""
        public class Keeper : Base<N.Net>
        {
            private readonly N.Net.TrainingPass _pass = new N.Net(seed: 1).BeginTraining(8);

            public int Use(N.Net net, float[] input, float[] output)
            {
                net.Predict(input, output);
                net.Save("file");
                _pass.Forward(input, output);
                _pass.Backward();
                return net.Classify(input) + N.Net.InputLength / N.Net.OutputLength + N.Net.Load("file").Parameters.Length + _pass.Gradients.Length;
            }
        }

        public class Base<T> where T : class, INetwork<T>;

        namespace N { [Network, {{layers}}] public partial class Net; }
        """,
        id);

    [Theory]
    [InlineData("[Network, Input(4), Dense(2)")]
    [InlineData("[Network, Input(4), Dense(2] partial class Net;")]
    [InlineData("[Network, Input(, Dense(2)] partial class Net;")]
    [InlineData("[Network, Input(4) Dense(2)] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2)] partial class")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net {")]
    [InlineData("[Network, Input(4), Dense(2)] partial class class;")]
    [InlineData("[Network, Input(4), Dense(2)] partial Net;")]
    [InlineData("[Network, Input(4), Dense(2,)] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(Name = \"a\", 2)] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2, Name = )] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2, Name = \"\\ud800\")] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net : ;")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net : Net;")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net : Missing;")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net; [Network, Input(4), Dense(2)] class Net;")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net<T> where T : Net<Net<T>>;")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net { partial Net(); public Net(int) : base(1) { } }")]
    [InlineData("[type: Network, type: Input(4), method: Dense(2)] partial class Net;")]
    [InlineData("[assembly: Network] [module: Dense(2)]")]
    [InlineData("[NetGen.Network.Network, Input(4), Dense(2)] partial class Net;")]
    [InlineData("namespace NetGen { class NetworkAttribute : System.Attribute; [Network, Input(4), Dense(2)] class Net; }")]
    public void What_does_not_even_parse_does_not_throw(string source)
    {
        GeneratorRun run = GeneratorRun.Of(source);
        Assert.Contains(
            run.CompilerDiagnostics().Concat(run.Reported()),
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Id.StartsWith("CS", StringComparison.Ordinal));
    }

    private static void VerifyOneError(string source, string id)
    {
        GeneratorRun run = GeneratorRun.Of(source);
        IEnumerable<string> errors = run.BuildDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Id)
            .Distinct();
        Assert.True(errors.SequenceEqual([id]), $"{source}\nexpected {id}, got {string.Join(", ", errors)}");
    }
}
