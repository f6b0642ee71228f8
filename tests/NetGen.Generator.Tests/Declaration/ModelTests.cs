using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Declaration;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Declaration;

/// <summary>What a declaration means: names, shapes, parameters, costs; and when two models are equal.</summary>
public class ModelTests
{
    [Fact]
    public void The_reference_network()
    {
        NetworkModel model = Parse(
            "Input(28, 28, 1), Conv2D(32, 3), ReLU, MaxPool2D(2), Conv2D(64, 3), ReLU, MaxPool2D(2), Flatten, Dropout(0.5), Dense(10), Softmax");
        Assert.Equal(
            ["conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten1", "dropout1", "dense1", "softmax1"],
            model.Layers.Select(layer => layer.Name));
        Assert.Equal(
            ["(26, 26, 32)", "(26, 26, 32)", "(13, 13, 32)", "(11, 11, 64)", "(11, 11, 64)", "(5, 5, 64)", "(1600)", "(1600)", "(10)", "(10)"],
            model.Layers.Select(layer => layer.Output.ToString()));
        Assert.Equal(34826, model.ParameterCount);
        Assert.Equal((2L * 9 * 32 * 26 * 26) + (2L * 9 * 32 * 64 * 11 * 11) + (2L * 1600 * 10), model.Flops);
        Assert.Equal(LossKind.CrossEntropy, model.Loss.Kind);
    }

    [Theory]
    [InlineData("Dense(3), Dense(3, Name = \"head\"), Dense(3)", "dense1 head dense3")]
    [InlineData("ReLU(Name = \"dense2\"), Dense(3)", "dense2 dense1")]
    [InlineData("Dense(3, Name = null)", "dense1")]
    public void Names_count_the_layers_of_a_kind(string layers, string names) =>
        Assert.Equal(names, string.Join(' ', Parse("Input(4), " + layers).Layers.Select(layer => layer.Name)));

    [Theory]
    [InlineData(7, 3, 1, "Valid", 5, 0, 0)]
    [InlineData(7, 3, 2, "Valid", 3, 0, 0)]
    [InlineData(8, 3, 2, "Valid", 3, 0, 0)]
    [InlineData(7, 3, 1, "Same", 7, 1, 1)]
    [InlineData(7, 4, 1, "Same", 7, 1, 2)]
    [InlineData(7, 2, 1, "Same", 7, 0, 1)]
    [InlineData(8, 3, 2, "Same", 4, 0, 1)]
    [InlineData(7, 3, 2, "Same", 4, 1, 1)]
    [InlineData(7, 1, 3, "Same", 3, 0, 0)]
    [InlineData(1, 5, 1, "Same", 1, 2, 2)]
    [InlineData(5, 5, 9, "Valid", 1, 0, 0)]
    public void Convolution_positions_and_padding(int size, int kernel, int stride, string padding, int positions, int before, int after)
    {
        Conv2DLayer layer = (Conv2DLayer)Parse($"Input({size}, {size}, 2), Conv2D(3, {kernel}, Stride = {stride}, Padding = Padding.{padding})").Layers[0];
        Assert.Equal($"({positions}, {positions}, 3)", layer.Output.ToString());
        Assert.Equal((before, after, before, after), (layer.Vertical.Before, layer.Vertical.After, layer.Horizontal.Before, layer.Horizontal.After));
        Assert.Equal((kernel * kernel * 2 * 3) + 3, layer.ParameterCount);
    }

    /// <summary>Padding.Same as Keras computes it, and explicit padding as PyTorch does, for kernels with dilation.</summary>
    [Theory]
    [InlineData(10, 3, 2, 1, "", 6, 0, 0)]
    [InlineData(10, 3, 2, 2, "", 3, 0, 0)]
    [InlineData(10, 3, 2, 1, "Padding = Padding.Same", 10, 2, 2)]
    [InlineData(10, 2, 3, 1, "Padding = Padding.Same", 10, 1, 2)]
    [InlineData(10, 3, 3, 3, "Padding = Padding.Same", 4, 3, 3)]
    [InlineData(3, 4, 4, 1, "Padding = Padding.Same", 3, 6, 6)]
    [InlineData(10, 3, 1, 1, "PaddingLength = 1", 10, 1, 1)]
    [InlineData(10, 3, 2, 2, "PaddingLength = 3", 6, 3, 3)]
    [InlineData(4, 5, 1, 1, "PaddingLength = 2", 4, 2, 2)]
    [InlineData(4, 1, 1, 3, "PaddingLength = 4", 4, 4, 4)]
    public void Dilation_and_explicit_padding(int size, int kernel, int dilation, int stride, string padding, int positions, int before, int after)
    {
        string separator = padding.Length > 0 ? ", " : "";
        Conv1DLayer layer = (Conv1DLayer)Parse($"Input({size}, 2), Conv1D(3, {kernel}, Dilation = {dilation}, Stride = {stride}{separator}{padding})").Layers[0];
        Assert.Equal($"({positions}, 3)", layer.Output.ToString());
        Assert.Equal((before, after), (layer.Window.Before, layer.Window.After));
        Conv2DLayer image = (Conv2DLayer)Parse(
            $"Input({size}, {size}, 2), Conv2D(3, 1, {kernel}, Dilation = {dilation}, Stride = {stride}{separator}{padding.Replace("PaddingLength", "PaddingWidth", StringComparison.Ordinal)})").Layers[0];
        Assert.Equal(layer.Window, image.Horizontal);
    }

    [Theory]
    [InlineData("Input(9, 2), Conv1D(6, 3)", "[6, 2, 3]", "kernel 3, 6 filters, valid", 2 * 7 * 6 * 3 * 2)]
    [InlineData("Input(9, 4), Conv1D(6, 3, Groups = 2, Stride = 2, PaddingLength = 1)", "[6, 2, 3]", "kernel 3, 6 filters, 2 groups, stride 2, padding 1", 2 * 5 * 6 * 3 * 2)]
    [InlineData("Input(9, 4), Conv1D(4, 3, Groups = 4, Dilation = 4)", "[4, 1, 3]", "kernel 3, 4 filters, 4 groups, dilation 4, valid", 2 * 1 * 4 * 3)]
    [InlineData("Input(9, 8, 4), Conv2D(6, 3, 2, Groups = 2, PaddingWidth = 1)", "[6, 2, 3, 2]", "3×2, 6 filters, 2 groups, padding 0×1", 2 * 7 * 9 * 6 * 3 * 2 * 2)]
    [InlineData("Input(9, 8, 4), Conv2D(8, 3, Groups = 4, PaddingHeight = 1, PaddingWidth = 1)", "[8, 1, 3, 3]", "3×3, 8 filters, 4 groups, padding 1", 2 * 9 * 8 * 8 * 9)]
    [InlineData("Input(9, 8, 4), DepthwiseConv2D(3, Padding = Padding.Same)", "[4, 1, 3, 3]", "3×3, same", 2 * 9 * 8 * 4 * 9)]
    [InlineData("Input(9, 8, 4), DepthwiseConv2D(3, 1, Stride = 2, Dilation = 2)", "[4, 1, 3, 1]", "3×1, stride 2, dilation 2, valid", 2 * 3 * 4 * 4 * 3)]
    public void The_weight_words_and_operations_of_a_convolution(string layers, string weight, string words, long flops)
    {
        Layer layer = Parse(layers).Layers[0];
        ParameterModel parameter = layer.Parameters[0];
        WeightLayout layout = (WeightLayout)typeof(WeightLayout).GetMethod(parameter.Layout.ToString())!.Invoke(null, [.. parameter.Arguments.Items.Cast<object>()])!;
        Assert.Equal((weight, words, flops), (layout.ToString(), layer.Description, layer.Flops));
        Assert.Equal(layout.Length, parameter.Length);
    }

    [Theory]
    [InlineData("Input(2, 3, 4), Flatten, Dense(5)", LayoutKind.DenseAfterFlatten, "2 3 4 5")]
    [InlineData("Input(2, 3, 4), ReLU, Flatten, Dropout(0.5), ReLU, Flatten, Dense(5)", LayoutKind.DenseAfterFlatten, "2 3 4 5")]
    [InlineData("Input(6, 4), Flatten, Dense(5)", LayoutKind.DenseAfterFlatten, "6 1 4 5")]
    [InlineData("Input(2, 3, 1), Flatten, Dense(5)", LayoutKind.Dense, "6 5")]
    [InlineData("Input(1, 1, 4), Flatten, Dense(5)", LayoutKind.Dense, "4 5")]
    [InlineData("Input(2, 3, 4), Flatten, Dense(7), Dense(5)", LayoutKind.Dense, "7 5")]
    [InlineData("Input(4), Dense(5)", LayoutKind.Dense, "4 5")]
    public void The_layout_of_a_dense_weight(string layers, object layout, string arguments)
    {
        ParameterModel weight = Parse(layers).Layers.Items.Last().Parameters[0];
        Assert.Equal((LayoutKind)layout, weight.Layout);
        Assert.Equal(arguments, string.Join(' ', weight.Arguments));
    }

    [Theory]
    [InlineData("Dense(3), ReLU, Dense(2)", "HeNormal GlorotUniform")]
    [InlineData("Dense(3), Dropout(0.5), ReLU, Dense(2), Softmax", "HeNormal GlorotUniform")]
    [InlineData("Dense(3), Dense(2), ReLU", "GlorotUniform HeNormal")]
    [InlineData("Dense(3), Tanh, BatchNorm, ReLU, Dense(2)", "GlorotUniform Ones GlorotUniform")]
    [InlineData("Dense(3), SiLU, ReLU, Dense(2), Sigmoid, SELU", "GlorotUniform GlorotUniform")]
    [InlineData("Dense(3), LayerNorm, SELU, Dense(2), BatchNorm, ELU", "LeCunNormal Ones HeNormal Ones")]
    [InlineData("Dense(3, Initializer = Initializer.LeCunNormal), ReLU, Dense(2, Initializer = Initializer.Default)", "LeCunNormal GlorotUniform")]
    public void Weights_begin_as_what_follows_asks(string layers, string initializers) => Assert.Equal(
        initializers,
        string.Join(' ', Parse("Input(4), " + layers).Layers.Where(layer => layer.Parameters.Count > 0).Select(layer => layer.Parameters[0].Initializer)));

    /// <summary>
    /// As torch.nn.init counts them: features and units, or channels and filters times the pixels of the kernel. Of filters in groups, an input
    /// reaches only those of its group (PyTorch counts all).
    /// </summary>
    [Theory]
    [InlineData("Input(4), Dense(3), Dense(5)", 3, 5)]
    [InlineData("Input(2, 3, 4), Flatten, Dense(5)", 24, 5)]
    [InlineData("Input(9, 9, 2), Conv2D(6, 3, Stride = 2)", 18, 54)]
    [InlineData("Input(9, 9, 2), Conv2D(6, 3, 1)", 6, 18)]
    [InlineData("Input(9, 9, 4), Conv2D(6, 3, Groups = 2, Dilation = 2)", 18, 27)]
    [InlineData("Input(9, 9, 4), DepthwiseConv2D(3)", 9, 9)]
    [InlineData("Input(9, 2), Conv1D(6, 3)", 6, 18)]
    [InlineData("Input(9, 4), Conv1D(8, 5, Groups = 4)", 5, 10)]
    public void The_fans_of_a_weight(string layers, int fanIn, int fanOut)
    {
        ParameterModel weight = Parse(layers).Layers.Items.Last().Parameters[0];
        Assert.Equal((fanIn, fanOut), (weight.FanIn, weight.FanOut));
    }

    [Theory]
    [InlineData("", "N.Net")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Other;", "N.Net")]
    [InlineData("class net;", "N.Net")]
    [InlineData("[Network, Input(4), Dense(2)] partial class net;", "N.Net-")]
    [InlineData("[Network, Input(4), Dense(2), Flatten, MaxPool2D(2)] partial class net;", "N.Net-")]
    public void Hint_names_differ_in_more_than_case(string other, string prefix)
    {
        string[] hints = [.. GeneratorRun.Of($"namespace N {{ {other} [Network, Input(4), Dense(2)] partial class Net; }}").Sources.Keys];
        Assert.Equal(hints.Length, hints.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        string hint = hints.Single(hint => hint.StartsWith("N.Net", StringComparison.Ordinal) && hint.EndsWith(".Training.g.cs", StringComparison.Ordinal));
        Assert.StartsWith(prefix, hint);
        Assert.Equal(prefix.EndsWith('-'), hint.Length > (prefix + ".Training.g.cs").Length);
    }

    [Fact]
    public void Nested_networks_have_the_metadata_name() => Assert.Equal(
        "N.A+B+Net",
        Parse("namespace N { partial class A { partial struct B { [Network, Input(4), Dense(2)] partial class Net; } } }", "N.A+B+Net").MetadataName);

    [Theory]
    [InlineData("Input(4), Dense(3), ReLU, Dropout(0.5), Dense(2)", "Input(4)] [Dense(units: 1 + 2), ReLU] [Dropout(1 / 2.0)] [Dense(2, Name = \"dense2\")")]
    [InlineData("Input(8, 8, 1), Conv2D(4, 3), Flatten, Dense(2), Softmax", "Input(8, 8, 1), Conv2D(4, 3, 3, Stride = 1), Flatten, Dense(2), Softmax, Loss(Loss.CrossEntropy)")]
    [InlineData("Input(4), Dense(3), ReLU, Dense(2)", "Input(4), Dense(3, Initializer = Initializer.HeNormal), ReLU, Dense(2, Initializer = Initializer.GlorotUniform, BiasInitializer = Initializer.Default)")]
    [InlineData("Input(4), Dense(3, Initializer = Initializer.Orthogonal)", "Input(4), Dense(3, Initializer = Initializer.Orthogonal, InitializerScale = 1)")]
    public void Declarations_that_mean_the_same_are_equal_models(string layers, string same)
    {
        NetworkModel one = Parse(layers);
        NetworkModel other = Parse(same);
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Fact]
    public void Different_declarations_are_different_models()
    {
        NetworkModel[] models =
        [
            .. new[]
            {
                "Input(4), Dense(3)", "Input(5), Dense(3)", "Input(4), Dense(4)", "Input(4), Dense(3, Name = \"a\")", "Input(4), Dense(3), ReLU",
                "Input(4), Dense(3), Dropout(0.5)", "Input(4), Dense(3), Dropout(0.25)", "Input(4), Dense(3), Softmax",
                "Input(4, 4, 1), Conv2D(1, 3)", "Input(4, 4, 1), Conv2D(1, 3, Stride = 2)", "Input(4, 4, 1), Conv2D(1, 3, Padding = Padding.Same)",
                "Input(4, 4, 2), Conv2D(2, 2)", "Input(4, 4, 2), Conv2D(2, 2, Dilation = 2)", "Input(4, 4, 2), Conv2D(2, 2, Groups = 2)",
                "Input(4, 4, 2), Conv2D(2, 2, PaddingHeight = 1)", "Input(4, 4, 2), Conv2D(2, 2, PaddingWidth = 1)", "Input(4, 4, 2), DepthwiseConv2D(2)",
                "Input(4, 2), Conv1D(2, 2)", "Input(4, 2), Conv1D(2, 2, PaddingLength = 1)",
                "Input(4, 4, 1), Conv2D(1, 1), MaxPool2D(2)", "Input(4, 4, 1), Conv2D(1, 1), MaxPool2D(2, Stride = 1)",
                "Input(4, 4, 1), Conv2D(1, 1), AveragePool2D(2)", "Input(4, 4, 1), Conv2D(1, 1), AveragePool2D(2, Stride = 1)",
                "Input(4, 4, 1), Conv2D(1, 1), AveragePool2D(2, Stride = 1, Padding = Padding.Same)",
                "Input(4, 4, 1), Conv2D(1, 1), MaxPool2D(2, Stride = 1, Padding = Padding.Same)", "Input(4, 4, 1), Conv2D(1, 1), MaxPool2D(2, PaddingWidth = 1)", "Input(4, 4, 1), Conv2D(1, 1), MaxPool2D(2, PaddingHeight = 1)",
                "Input(4, 4, 1), Conv2D(1, 1), GlobalAveragePool", "Input(4, 4, 1), Conv2D(1, 1), GlobalMaxPool",
                "Input(4, 1), LayerNorm, MaxPool1D(2)", "Input(4, 1), LayerNorm, MaxPool1D(2, Stride = 1)", "Input(4, 1), LayerNorm, AveragePool1D(2)",
                "Input(4, 1), LayerNorm(Epsilon = 0.1), AveragePool1D(2)", "Input(4, 1), LayerNorm, Reshape(2, 2)", "Input(4, 1), LayerNorm, Reshape(4)",
                "Input(4), Dense(3, Name = \"a\"), ReLU(Name = \"b\"), Concat(\"a\")", "Input(4), Dense(3, Name = \"a\"), ReLU(Name = \"b\"), Concat(\"b\")",
                "Input(4), Dense(3, Initializer = Initializer.Normal, InitializerScale = 0.1)", "Input(4), Dense(3, Initializer = Initializer.Normal, InitializerScale = 0.2)",
                "Input(4), Dense(3, Initializer = Initializer.Uniform, InitializerScale = 0.1)", "Input(4), Dense(3, BiasInitializer = Initializer.Ones)",
                "Input(4), Dense(3), LeakyReLU(0.1)", "Input(4), Dense(3), LeakyReLU(0.2)",
                "Input(4), Dense(3, Name = \"a\"), ReLU(Name = \"b\"), Add(\"a\")", "Input(4), Dense(3, Name = \"a\"), ReLU(Name = \"b\"), Add(\"b\")",
                "Input(4), Dense(3, Name = \"a\"), ReLU(Name = \"b\"), Add(\"a\", \"b\")",
            }.Select(layers => Parse(layers)),
        ];
        Assert.Equal(models.Length, models.Distinct().Count());
    }

    [Fact]
    public void Every_layer_attribute_has_a_kind_and_the_other_way_round() => Assert.Equal(
        typeof(LayerAttribute).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract).Select(type => type.Name.Split('`')[0]).Order(StringComparer.Ordinal),
        LayerKind.All.Select(kind => kind.Name + "Attribute").Order(StringComparer.Ordinal));

    private static NetworkModel Parse(string layers) => Parse($"[Network] [{layers}] partial class Net;", "Net");

    private static NetworkModel Parse(string source, string type)
    {
        CSharpCompilation compilation = TestCompilation.Create(source);
        INamedTypeSymbol symbol = compilation.GetTypeByMetadataName(type)!;
        ParsedDeclaration parsed = DeclarationParser.Parse(symbol, CancellationToken.None);
        Assert.True(parsed.Model is not null, string.Join('\n', parsed.Faults.Select(fault => fault.ToDiagnostic(CancellationToken.None))));
        return parsed.Model;
    }
}
