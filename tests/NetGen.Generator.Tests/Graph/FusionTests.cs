using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Memory;
using NetGen.Generator.Model;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>What moves into which kernel, at inference and in training, and what memory a network takes.</summary>
public class FusionTests
{
    // A word for each operation: its layers joined by +.
    [Theory]
    [InlineData("Input(8), Dense(4), ReLU, Dropout(0.5), Dense(2)", "dense1+relu1 dense2", "dense1+relu1+dropout1 dense2")]
    [InlineData("Input(8), Dense(4), Dropout(0.5), ReLU, Dense(2)", "dense1+relu1 dense2", "dense1+dropout1+relu1 dense2")]
    [InlineData("Input(8), Dense(4), Tanh, Dropout(0.5), Dense(2)", "dense1+tanh1 dense2", "dense1+tanh1 dropout1 dense2")]
    [InlineData("Input(8), Dense(4), SiLU, Dropout(0.5), Dense(2)", "dense1+silu1 dense2", "dense1 silu1+dropout1 dense2")]
    [InlineData("Input(8, 8, 2), Conv2D(4, 3), Sigmoid, MaxPool2D(2), Flatten, Dense(2)", "conv1+sigmoid1+pool1 dense1", "conv1+sigmoid1+pool1 dense1")]
    [InlineData("Input(8, 8, 2), Conv2D(4, 3), GELU, MaxPool2D(2), Flatten, Dense(2)", "conv1+gelu1 pool1 dense1", "conv1 gelu1 pool1 dense1")]
    [InlineData("Input(8), Dense(4, Name = \"a\"), Dense(4), HardSwish, Add(\"a\"), Dense(2)", "a dense2+hardswish1+add1 dense3", "a dense2 hardswish1+add1 dense3")]
    [InlineData("Input(8), Dense(4, Name = \"a\"), Dense(4), Tanh, Add(\"a\"), Dense(2)", "a dense2+tanh1 add1 dense3", "a dense2+tanh1 add1 dense3")]
    [InlineData("Input(8), Dense(4), LeakyReLU(0.1), Dropout(0.5), Dense(2)", "dense1+leakyrelu1 dense2", "dense1+leakyrelu1+dropout1 dense2")]
    [InlineData("Input(8), Dense(4), Dropout(0.5), Dropout(0.5), Dense(2)", "dense1 dense2", "dense1+dropout1 dropout2 dense2")]
    [InlineData("Input(8), Dense(4), ReLU, SpatialDropout(0.5), Dense(2)", "dense1+relu1 dense2", "dense1+relu1+spatialdropout1 dense2")]
    [InlineData("Input(8), Dense(4), SpatialDropout(0.5), ReLU, Dense(2)", "dense1+relu1 dense2", "dense1+spatialdropout1+relu1 dense2")]
    [InlineData("Input(8), Dense(4), ReLU, AlphaDropout(0.5), Dense(2)", "dense1+relu1 dense2", "dense1+relu1 alphadropout1 dense2")]
    [InlineData("Input(8), Dense(4), AlphaDropout(0.5), ReLU, Dense(2)", "dense1+relu1 dense2", "dense1+alphadropout1 relu1 dense2")]
    [InlineData("Input(8), Dense(4), ReLU, GaussianDropout(0.5), Dense(2)", "dense1+relu1 dense2", "dense1+relu1 gaussiandropout1 dense2")]
    [InlineData("Input(8), Dense(4), GaussianDropout(0.5), ReLU, Dense(2)", "dense1+relu1 dense2", "dense1+gaussiandropout1 relu1 dense2")]
    [InlineData("Input(8), Dense(4), ReLU, ReLU, Dense(2)", "dense1+relu1+relu2 dense2", "dense1+relu1+relu2 dense2")]
    [InlineData("Input(8), Dense(4), ReLU, LeakyReLU(0.1), Dense(2)", "dense1+relu1+leakyrelu1 dense2", "dense1+relu1 leakyrelu1 dense2")]
    [InlineData("Input(9, 9, 1), Conv2D(4, 3), ReLU, MaxPool2D(2), Flatten, Dense(2)", "conv1+relu1+pool1 dense1", "conv1+relu1+pool1 dense1")]
    [InlineData("Input(9, 9, 1), Conv2D(4, 3), MaxPool2D(2, Stride = 1), ReLU, Flatten, Dense(2)", "conv1 pool1+relu1 dense1", "conv1 pool1+relu1 dense1")]
    [InlineData("Input(9, 9, 1), Conv2D(4, 3), Dropout(0.5), MaxPool2D(2), Flatten, Dense(2)", "conv1+pool1 dense1", "conv1+dropout1 pool1 dense1")]
    [InlineData("Input(8, 8, 1), Conv2D(4, 3), ReLU, MaxPool2D(2, Padding = Padding.Same), Flatten, Dense(2)", "conv1+relu1+pool1 dense1", "conv1+relu1+pool1 dense1")]
    [InlineData("Input(9, 9, 1), Conv2D(4, 3), MaxPool2D(2, Padding = Padding.Same), ReLU, Flatten, Dense(2)", "conv1 pool1+relu1 dense1", "conv1 pool1+relu1 dense1")]
    [InlineData("Input(9, 9, 1), Conv2D(4, 3), ReLU, GlobalAveragePool, ReLU, Dropout(0.5), Dense(2)", "conv1+relu1 pool1+relu2 dense1", "conv1+relu1 pool1+relu2+dropout1 dense1")]
    [InlineData("Input(9, 2), MaxPool1D(2), ReLU, AveragePool1D(2), BatchNorm, GlobalMaxPool, Dense(2)", "pool1+relu1 pool2+batchnorm1 pool3 dense1", "pool1+relu1 pool2 batchnorm1 pool3 dense1")]
    [InlineData("Input(9, 9, 1), Conv2D(4, 3), ReLU, AveragePool2D(2), ReLU, Flatten, Dense(2)", "conv1+relu1 pool1+relu2 dense1", "conv1+relu1 pool1+relu2 dense1")]
    [InlineData("Input(9, 9, 1), Conv2D(4, 3), Flatten, ReLU, Dense(2)", "conv1+relu1 dense1", "conv1+relu1 dense1")]
    [InlineData("Input(4), Dense(4, Name = \"a\"), ReLU, Dense(4), Add(\"a\"), ReLU", "a relu1 dense2+add1+relu2", "a relu1 dense2+add1+relu2")]
    [InlineData("Input(4), Dense(4, Name = \"a\"), ReLU, Dense(4), ReLU, Add(\"a\")", "a relu1 dense2+relu2+add1", "a relu1 dense2+relu2 add1")]
    [InlineData("Input(4), Dense(4, Name = \"a\"), Dense(4), Dropout(0.5), Add(\"a\")", "a dense2+add1", "a dense2+dropout1 add1")]
    [InlineData("Input(4), Dense(4, Name = \"a\"), Add(\"a\")", "a add1", "a add1")]
    [InlineData("Input(4, 4, 1), Conv2D(2, 1, Name = \"a\"), Conv2D(2, 1), Add(\"a\"), MaxPool2D(2), Flatten, Dense(2)", "a conv2+add1 pool1 dense1", "a conv2+add1 pool1 dense1")]
    [InlineData("Input(9, 9, 1), Conv2D(4, 3), BatchNorm, ReLU, Flatten, Dense(2), BatchNorm", "conv1+batchnorm1+relu1 dense1+batchnorm2", "conv1 batchnorm1+relu1 dense1 batchnorm2")]
    [InlineData("Input(9, 9, 1), Conv2D(4, 3, Padding = Padding.Same, Name = \"a\"), Conv2D(4, 3, Padding = Padding.Same), BatchNorm, Add(\"a\"), ReLU, Dropout(0.5), Flatten, Dense(2)", "a conv2+batchnorm1+add1+relu1 dense1", "a conv2 batchnorm1+add1+relu1+dropout1 dense1")]
    [InlineData("Input(9, 9, 1), Conv2D(4, 3), BatchNorm, MaxPool2D(2), BatchNorm, Flatten, BatchNorm, Dense(2)", "conv1+batchnorm1 pool1+batchnorm2 batchnorm3 dense1", "conv1 batchnorm1 pool1 batchnorm2 batchnorm3 dense1")]
    [InlineData("Input(9, 9, 1), Conv2D(4, 3), BatchNorm(Trainable = false), ReLU, BatchNorm(Trainable = false), Flatten, Dense(2)", "conv1+batchnorm1+relu1+batchnorm2 dense1", "conv1+batchnorm1+relu1 batchnorm2 dense1")]
    [InlineData("Input(9, 9, 1), Conv2D(4, 3, Name = \"a\"), ReLU, Conv2D(4, 3, Padding = Padding.Same, Name = \"b\"), Conv2D(4, 1, From = \"a\"), Add(\"b\"), Flatten, Dense(2)", "a relu1 b conv3+add1 dense1", "a relu1 b conv3+add1 dense1")]
    [InlineData("Input(9, 9, 1), Conv2D(4, 3, Name = \"a\"), ReLU, Conv2D(4, 1, Name = \"b\"), ReLU(Name = \"c\"), Conv2D(4, 1, From = \"a\"), ReLU, Concat(\"c\"), ReLU, Flatten, Dense(2)", "a relu1 b+c conv3+relu3 concat1 relu4 dense1", "a relu1 b+c conv3+relu3 concat1 relu4 dense1")]
    [InlineData("Input(9, 9, 1), Conv2D(4, 3), LayerNorm, ReLU, Dropout(0.5), Flatten, Dense(2)", "conv1 layernorm1+relu1 dense1", "conv1 layernorm1+relu1+dropout1 dense1")]
    [InlineData("Input(4), Dense(4), Reshape(2, 2), ReLU, Reshape(4), Dense(2)", "dense1 reshape1+relu1 dense2", "dense1 reshape1+relu1 dense2")]
    public void Layers_become_operations(string layers, string inference, string training)
    {
        NetworkModel model = Model(layers);
        Assert.Equal(inference, Operations(NetworkGraph.Of(model, training: false)));
        Assert.Equal(training, Operations(NetworkGraph.Of(model, training: true)));
    }

    /// <summary>Twenty blocks take no more memory than two: at one time there are the entry of a block, its middle and its end.</summary>
    [Fact]
    public void A_deep_residual_network_takes_what_lives_at_once()
    {
        Assert.Equal(SampleLength(2), SampleLength(20));
        Assert.Equal(3 * Buffer(10 * 10 * 8), SampleLength(20) - Buffer(10 * 10 * 3));

        static int SampleLength(int blocks) => new InferenceMemory(NetworkGraph.Of(Model(Residual(blocks)), training: false)).SampleValuesLength;

        static int Buffer(int floats) => (floats + 15) / 16 * 16;
    }

    /// <summary>In training the values stay for backward, but their gradients share. So do the sums of transformed weight gradients, where there are phases.</summary>
    [Theory]
    [InlineData("Winograd = WinogradUse.Off", "")]
    [InlineData("", ", BatchNorm")]
    public void The_gradients_of_a_deep_residual_network_take_what_lives_at_once(string settings, string normalization) =>
        Assert.Equal(Workspace(2, settings, normalization), Workspace(20, settings, normalization));

    /// <summary>Branches are written into the tensor that joins them, unless another layer reads them as well.</summary>
    [Theory]
    [InlineData("Input(6, 6, 2), Conv2D(4, 1), ReLU(Name = \"e\"), Conv2D(3, 1, Name = \"a\"), MaxPool2D(3, Stride = 1, Padding = Padding.Same, From = \"e\"), Concat(\"a\"), Conv2D(2, 3)", "a pool1")]
    [InlineData("Input(6, 6, 2), Conv2D(4, 1), ReLU(Name = \"e\"), Conv2D(3, 1), Concat(\"e\"), Conv2D(2, 3)", "conv2")]
    [InlineData("Input(6), Dense(4), ReLU(Name = \"e\"), Dense(3, Name = \"a\"), Dense(2, From = \"e\"), Concat(\"a\", \"a\"), Dense(2)", "dense3")]
    [InlineData("Input(6, 2), LayerNorm(Name = \"a\"), Concat(\"a\", \"a\"), Flatten, Dense(2)", "")]
    public void Branches_are_written_in_place(string layers, string inPlace)
    {
        foreach (bool training in new[] { false, true })
        {
            NetworkGraph graph = NetworkGraph.Of(Model(layers), training);
            Assert.Equal(inPlace, string.Join(" ", graph.Tensors.Where(tensor => tensor.Slice is not null).Select(tensor => tensor.Producer!.Layers[0])));
        }
    }

    /// <summary>The last reader of a tensor stores its gradient, the others add to it.</summary>
    [Fact]
    public void Gradients_of_several_readers_add_up()
    {
        NetworkGraph graph = NetworkGraph.Of(Model("Input(4), Dense(4, Name = \"a\"), Dense(4), Add(\"a\", \"a\"), Dense(4), Add(\"a\")"), training: true);
        Tensor entry = graph.Tensors[1];
        Assert.Equal(4, entry.Readers.Count);
        Operation last = graph.Operations[2];
        Operation first = graph.Operations[1];
        Assert.False(graph.AddsGradient(last, 0));
        Assert.True(graph.AddsGradient(first, 0));
        Assert.True(graph.AddsGradient(first, 1));
        Assert.True(graph.AddsGradient(first, 2));
    }

    private static int Workspace(int blocks, string settings, string normalization) =>
        new TrainingMemory(NetworkGraph.Of(Model(Residual(blocks, normalization), settings), training: true)).WorkspaceLength;

    private static string Residual(int blocks, string normalization = "") =>
        "Input(8, 8, 3), Conv2D(8, 3, Padding = Padding.Same), ReLU(Name = \"block0\")"
        + string.Concat(Enumerable.Range(1, blocks).Select(i => FormattableString.Invariant(
            $", Conv2D(8, 3, Padding = Padding.Same){normalization}, ReLU, Conv2D(8, 3, Padding = Padding.Same){normalization}, Add(\"block{i - 1}\"), ReLU(Name = \"block{i}\")")))
        + ", Conv2D(8, 3, Padding = Padding.Same), Flatten, Dense(2)";

    private static NetworkModel Model(string layers, string settings = "") =>
        Assert.Single(GeneratorRun.Of($"[Network({settings}), {layers}] public partial class Net;").Models);

    private static string Operations(NetworkGraph graph) =>
        string.Join(' ', graph.Operations.Select(operation => string.Join('+', operation.Layers)));
}
