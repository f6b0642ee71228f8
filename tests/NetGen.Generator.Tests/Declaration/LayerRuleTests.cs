using Xunit;
using static NetGen.Generator.Tests.Harness.DeclarationDiagnostics;

namespace NetGen.Generator.Tests.Declaration;

/// <summary>The rules about layers: what each reports, where, with which arithmetic, and what they leave alone.</summary>
public class LayerRuleTests
{
    [Theory]
    [InlineData("Input(28, 28, 1)], [Conv2D(32, 3), ReLU, MaxPool2D(2)], [Conv2D(64, 3), ReLU], [Flatten, Dropout(0.5)], [Dense(10), Softmax")]
    [InlineData("Input(5), Dense(7), ReLU, Dropout(0), Dense(1)")]
    [InlineData("Input(10, 4), ReLU, Flatten, Dense(3)")]
    [InlineData("Input(4, 4, 3), Conv2D(2, 4), Flatten, Flatten, Dense(1)")]
    [InlineData("Input(1, 1, 3), Conv2D(2, 3, Padding = Padding.Same), Conv2D(2, 1, 1, Padding = Padding.Valid), Flatten, Dense(1)")]
    [InlineData("Input(9, 9, 3), Conv2D(2, 3, Stride = 2), Conv2D(2, kernelWidth: 2, kernelHeight: 3)")]
    [InlineData("Input(7, 7, 3), Conv2D(2, 3, Stride = 2, Padding = Padding.Same), MaxPool2D(2, Stride = 1), MaxPool2D(3)")]
    [InlineData("Input(4), Dense(2, Name = null), Dense(2, Name = \"b\"), Dense(2, Name = \"größe\"), Dense(2, Name = \"class\")")]
    [InlineData("Input(4), Dense(2), Loss(Loss.MeanSquaredError)")]
    [InlineData("Loss(Loss.CrossEntropy), Input(4), Dense(2), Softmax")]
    [InlineData("Input(4), Dense(2, Name = \"dense2\"), Dense(2, Name = \"dense1\")")]
    [InlineData("Input(8, 8, 3), AveragePool2D(2), LeakyReLU(0.1), Conv2D(2, 3), AveragePool2D(3, Padding = Padding.Same), Flatten, LeakyReLU(0), Dense(1)")]
    [InlineData("Input(8, 8, 3), PReLU, Conv2D(2, 3, Trainable = false), PReLU(Shared = true, Trainable = false), Flatten, PReLU(Shared = false), Dropout(0.1, Trainable = false), Dense(1)")]
    [InlineData("Input(7, 7, 3), MaxPool2D(3, Stride = 2, PaddingHeight = 1, PaddingWidth = 1), Conv2D(2, 1), AveragePool2D(2, PaddingHeight = 1, PaddingWidth = 1), Flatten, Dense(1)")]
    [InlineData("Input(8, 8, 3), MaxPool2D(3, Stride = 2, Padding = Padding.Same), Conv2D(2, 3), GlobalAveragePool, Dense(1)")]
    [InlineData("Input(4, 4, 3), Conv2D(2, 1, Name = \"a\"), Conv2D(5, 3, Padding = Padding.Same, From = \"a\"), Concat(\"a\"), LayerNorm, Flatten, LayerNorm(Epsilon = 0.1, Trainable = false), Dense(1)")]
    [InlineData("Input(4), Dense(3, Name = \"a\"), Dense(5, Name = \"b\"), Dense(2), Concat(\"a\", \"b\", \"a\"), Dense(1)")]
    [InlineData("Input(12), Reshape(2, 3, 2), Conv2D(4, 1), Reshape(6, 4), MaxPool1D(2), Reshape(12), Dense(6, Name = \"a\"), Reshape(6), Dense(6), Concat(\"a\")")]
    [InlineData("Input(9, 3), MaxPool1D(3), AveragePool1D(2, Stride = 1, Padding = Padding.Same), GlobalMaxPool, Dense(1)")]
    [InlineData("Input(3, 2, 1), AveragePool2D(4, Padding = Padding.Same), Conv2D(2, 1)")]
    [InlineData("Input(6, 6, 3), Conv2D(3, 3, Padding = Padding.Same, Name = \"a\"), ReLU(Name = \"b\"), Add(\"a\", \"b\"), Flatten, Dense(1)")]
    [InlineData("Input(6), Dense(3, Name = \"a\"), Add(\"a\")")]
    [InlineData("Input(6), BatchNorm, Dense(3), BatchNorm(Momentum = 0, Epsilon = 1e-3, Name = \"n\"), ReLU, BatchNorm(Momentum = 1, Trainable = false), Dense(2), Softmax")]
    [InlineData("Input(6, 6, 3), BatchNorm, Conv2D(2, 3), BatchNorm, Flatten, BatchNorm, Dense(1)")]
    [InlineData("Input(6, 4), BatchNorm, Flatten, Dense(1)")]
    [InlineData("Input(8, 8, 1), Conv2D(2, 3, Name = \"a\"), ReLU(Name = \"b\"), Conv2D(2, 1, From = \"a\"), Add(\"b\"), Flatten, Dense(1)")]
    [InlineData("Input(8, 8, 1), Conv2D(2, 3, Name = \"a\"), ReLU(From = \"a\", Name = \"b\"), Conv2D(2, 1, From = null), Flatten, Dense(1)")]
    [InlineData("Input(9, 4), Conv1D(2, 3, PaddingLength = 1, Groups = 2), ReLU, Conv1D(4, 3, Dilation = 3), Flatten, Dense(1)")]
    [InlineData("Input(7, 7, 4), Conv2D(8, 3, PaddingHeight = 1, PaddingWidth = 0, Groups = 4, Dilation = 2), DepthwiseConv2D(3), Conv2D(2, 1), Flatten, Dense(1)")]
    public void Silent(string layers) => VerifyLayers(layers);

    [Theory]
    [InlineData("Dense 'dense1' has units = 0, but it must be at least 1", "Input(4), Dense({|NG0105:0|})")]
    [InlineData("Dense 'dense1' has units = -3, but it must be at least 1", "Input(4), Dense(units: {|NG0105:-3|}), Dense(4)")]
    [InlineData("Input has features = 0, but it must be at least 1", "Input({|NG0105:0|}), Dense(4)")]
    [InlineData("Input has channels = -1, but it must be at least 1", "Input(28, 28, {|NG0105:-1|}), Flatten, Dense(4)")]
    [InlineData("Conv2D 'conv1' has filters = 0, but it must be at least 1", "Input(9, 9, 1), Conv2D({|NG0105:0|}, 3)")]
    [InlineData("Conv2D 'conv1' has kernel = 0, but it must be at least 1", "Input(9, 9, 1), Conv2D(4, {|NG0105:0|})")]
    [InlineData("Conv2D 'conv1' has kernelHeight = 0, but it must be at least 1", "Input(9, 9, 1), Conv2D(4, {|NG0105:0|}, 3)")]
    [InlineData("Conv2D 'conv1' has kernelWidth = -2147483648, but it must be at least 1", "Input(9, 9, 1), Conv2D(4, 3, {|NG0105:int.MinValue|})")]
    [InlineData("Conv2D 'conv1' has Stride = 0, but it must be at least 1", "Input(9, 9, 1), Conv2D(4, 3, Stride = {|NG0105:0|})")]
    [InlineData("Conv2D 'conv1' has Padding = 7, but it must be one of Valid, Same", "Input(9, 9, 1), Conv2D(4, 3, Padding = {|NG0105:(Padding)7|})")]
    [InlineData("Conv1D 'conv1' has kernel = 0, but it must be at least 1", "Input(9, 1), Conv1D(4, {|NG0105:0|})")]
    [InlineData("Conv1D 'conv1' has Stride = -2, but it must be at least 1", "Input(9, 1), Conv1D(4, 3, Stride = {|NG0105:-2|})")]
    [InlineData("Conv1D 'conv1' has Dilation = 0, but it must be at least 1", "Input(9, 1), Conv1D(4, 3, Dilation = {|NG0105:0|})")]
    [InlineData("Conv1D 'conv1' has PaddingLength = -1, but it must be at least 0", "Input(9, 1), Conv1D(4, 3, PaddingLength = {|NG0105:-1|})")]
    [InlineData("Conv1D 'conv1' has PaddingLength = 1, but also Padding = Same; leave one of them out", "Input(9, 1), Conv1D(4, 3, PaddingLength = {|NG0105:1|}, Padding = Padding.Same)")]
    [InlineData("Conv2D 'conv1' has PaddingWidth = 0, but also Padding = Same; leave one of them out", "Input(9, 9, 1), Conv2D(4, 3, Padding = Padding.Same, PaddingWidth = {|NG0105:0|})")]
    [InlineData("DepthwiseConv2D 'depthwise1' has PaddingHeight = 2, but also Padding = Valid; leave one of them out", "Input(9, 9, 1), DepthwiseConv2D(3, Padding = Padding.Valid, PaddingHeight = {|NG0105:2|})")]
    [InlineData("Conv2D 'conv1' has Groups = 3, but it must divide its 8 input channels: 8 / 3 leaves 2", "Input(9, 9, 8), Conv2D(6, 3, Groups = {|NG0105:3|})")]
    [InlineData("Conv1D 'conv1' has Groups = 4, but it must divide its 6 filters: 6 / 4 leaves 2", "Input(9, 8), Conv1D(6, 3, Groups = {|NG0105:4|})")]
    [InlineData("DepthwiseConv2D 'depthwise1' has kernel = 0, but it must be at least 1", "Input(9, 9, 2), DepthwiseConv2D({|NG0105:0|})")]
    [InlineData("DepthwiseConv2D 'depthwise1' has kernelWidth = 0, but it must be at least 1", "Input(9, 9, 2), DepthwiseConv2D(3, {|NG0105:0|})")]
    [InlineData("MaxPool2D 'pool1' has size = 0, but it must be at least 1", "Input(9, 9, 1), MaxPool2D({|NG0105:0|}), Conv2D(2, 2)")]
    [InlineData("MaxPool2D 'pool1' has Stride = -1, but it must be at least 1", "Input(9, 9, 1), MaxPool2D(3, Stride = {|NG0105:-1|}), Conv2D(2, 2)")]
    [InlineData("Dropout 'dropout1' has rate = 1, but it must be at least 0 and less than 1", "Input(4), Dropout({|NG0105:1|}), Dense(4)")]
    [InlineData("SpatialDropout 'spatialdropout1' has rate = 1, but it must be at least 0 and less than 1", "Input(4, 4, 1), SpatialDropout({|NG0105:1|}), Flatten, Dense(4)")]
    [InlineData("AlphaDropout 'alphadropout1' has rate = -0.5, but it must be at least 0 and less than 1", "Input(4), AlphaDropout({|NG0105:-0.5|}), Dense(4)")]
    [InlineData("GaussianDropout 'gaussiandropout1' has rate = 1, but it must be at least 0 and less than 1", "Input(4), GaussianDropout({|NG0105:1|}), Dense(4)")]
    [InlineData("Dropout 'dropout1' has rate = 1.5, but it must be at least 0 and less than 1", "Input(4), Dense(4), Dropout({|NG0105:1.5|}), Dense(4)")]
    [InlineData("Dropout 'dropout1' has rate = -0.25, but it must be at least 0 and less than 1", "Input(4), Dropout(rate: {|NG0105:-0.25|}), Dense(4)")]
    [InlineData("Dropout 'dropout1' has rate = NaN, but it must be at least 0 and less than 1", "Input(4), Dropout({|NG0105:double.NaN|}), Dense(4)")]
    [InlineData("Dropout 'dropout1' has rate = Infinity, but it must be at least 0 and less than 1", "Input(4), Dropout({|NG0105:double.PositiveInfinity|}), Dense(4)")]
    [InlineData("ELU 'a' has alpha = 0, but it must be positive and within the range of a float", "Input(4), ELU({|NG0105:0|}, Name = \"a\"), Dense(4)")]
    [InlineData("ELU 'a' has alpha = -1, but it must be positive and within the range of a float", "Input(4), Dense(4), ELU(alpha: {|NG0105:-1|}, Name = \"a\")")]
    [InlineData("Rescale 'a' has scale = 0, but it must be within the range of a float and not 0", "Input(4), Rescale({|NG0105:0|}, Name = \"a\"), Dense(4)")]
    [InlineData("Rescale 'a' has offset = Infinity, but it must be within the range of a float", "Input(4), Rescale(1, {|NG0105:double.PositiveInfinity|}, Name = \"a\"), Dense(4)")]
    [InlineData("LeakyReLU 'a' has slope = 1, but it must be at least 0 and less than 1", "Input(4), LeakyReLU({|NG0105:1|}, Name = \"a\"), Dense(4)")]
    [InlineData("LeakyReLU 'a' has slope = -0.25, but it must be at least 0 and less than 1", "Input(4), Dense(4), LeakyReLU(slope: {|NG0105:-0.25|}, Name = \"a\")")]
    [InlineData("LeakyReLU 'a' has slope = NaN, but it must be at least 0 and less than 1", "Input(4), Dense(4), LeakyReLU({|NG0105:double.NaN|}, Name = \"a\")")]
    [InlineData("LeakyReLU 'a' has slope = Infinity, but it must be at least 0 and less than 1", "Input(4), Dense(4), LeakyReLU({|NG0105:double.PositiveInfinity|}, Name = \"a\")")]
    [InlineData("BatchNorm 'batchnorm1' has Momentum = -0.1, but it must be at least 0 and at most 1", "Input(4), BatchNorm(Momentum = {|NG0105:-0.1|}), Dense(4)")]
    [InlineData("BatchNorm 'n' has Momentum = 1.5, but it must be at least 0 and at most 1", "Input(4), Dense(4), BatchNorm(Name = \"n\", Momentum = {|NG0105:1.5|}), Dense(4)")]
    [InlineData("BatchNorm 'batchnorm1' has Momentum = NaN, but it must be at least 0 and at most 1", "Input(4), BatchNorm(Momentum = {|NG0105:double.NaN|}), Dense(4)")]
    [InlineData("BatchNorm 'batchnorm1' has Epsilon = 0, but it must be positive and within the range of a float", "Input(4), BatchNorm(Epsilon = {|NG0105:0|}), Dense(4)")]
    [InlineData("BatchNorm 'batchnorm1' has Epsilon = -1E-05, but it must be positive and within the range of a float", "Input(4), BatchNorm(Epsilon = {|NG0105:-1e-5|}), Dense(4)")]
    [InlineData("BatchNorm 'batchnorm1' has Epsilon = 1E-60, but it must be positive and within the range of a float", "Input(4), BatchNorm(Epsilon = {|NG0105:1e-60|}), Dense(4)")]
    [InlineData("BatchNorm 'batchnorm1' has Epsilon = Infinity, but it must be positive and within the range of a float", "Input(4), BatchNorm(Epsilon = {|NG0105:double.PositiveInfinity|}), Dense(4)")]
    [InlineData("AveragePool2D 'pool1' has size = 0, but it must be at least 1", "Input(9, 9, 1), AveragePool2D({|NG0105:0|}), Conv2D(2, 2)")]
    [InlineData("AveragePool2D 'pool1' has Stride = -1, but it must be at least 1", "Input(9, 9, 1), AveragePool2D(3, Stride = {|NG0105:-1|}), Conv2D(2, 2)")]
    [InlineData("AveragePool2D 'pool1' has Padding = 7, but it must be one of Valid, Same", "Input(9, 9, 1), AveragePool2D(3, Padding = {|NG0105:(Padding)7|}), Conv2D(2, 2)")]
    [InlineData("Loss has loss = 5, but it must be one of CrossEntropy, MeanSquaredError, BinaryCrossEntropy, MeanAbsoluteError, Huber", "Input(4), Dense(4), Loss({|NG0105:(Loss)5|})")]
    [InlineData("MaxPool2D 'pool1' has Padding = 7, but it must be one of Valid, Same", "Input(9, 9, 1), MaxPool2D(3, Padding = {|NG0105:(Padding)7|}), Conv2D(2, 2)")]
    [InlineData("MaxPool1D 'pool1' has size = 0, but it must be at least 1", "Input(9, 1), MaxPool1D({|NG0105:0|}), Flatten, Dense(2)")]
    [InlineData("AveragePool1D 'pool1' has Stride = 0, but it must be at least 1", "Input(9, 1), AveragePool1D(2, Stride = {|NG0105:0|}), Flatten, Dense(2)")]
    [InlineData("AveragePool1D 'pool1' has Padding = 7, but it must be one of Valid, Same", "Input(9, 1), AveragePool1D(2, Padding = {|NG0105:(Padding)7|}), Flatten, Dense(2)")]
    [InlineData("MaxPool2D 'pool1' has PaddingHeight = -1, but it must be at least 0", "Input(9, 9, 1), MaxPool2D(3, PaddingHeight = {|NG0105:-1|}), Conv2D(2, 2)")]
    [InlineData("AveragePool2D 'pool1' has PaddingWidth = 2, but it must be at most half of the window: 3 / 2 = 1", "Input(9, 9, 1), AveragePool2D(3, PaddingWidth = {|NG0105:2|}), Conv2D(2, 2)")]
    [InlineData("MaxPool1D 'pool1' has PaddingLength = 1, but also Padding = Same; leave one of them out", "Input(9, 1), MaxPool1D(2, Padding = Padding.Same, PaddingLength = {|NG0105:1|}), Flatten, Dense(2)")]
    [InlineData("LayerNorm 'layernorm1' has Epsilon = 0, but it must be positive and within the range of a float", "Input(4), LayerNorm(Epsilon = {|NG0105:0|}), Dense(4)")]
    [InlineData("Reshape 'reshape1' has width = 0, but it must be at least 1", "Input(4), Reshape(2, {|NG0105:0|}, 2), Flatten, Dense(4)")]
    [InlineData("Reshape 'reshape1' has features = -4, but it must be at least 1", "Input(4), Reshape({|NG0105:-4|}), Dense(4)")]
    public void Argument_out_of_range(string message, string layers) => Check(message, layers);

    [Theory]
    [InlineData(
        "Conv2D 'conv2' has a 5×5 kernel, which is larger than its 3×3 input (3, 3, 8): height 3 - 5 is negative",
        "Input(7, 7, 1), Conv2D(8, 5), Conv2D(4, {|NG0106:5|})")]
    [InlineData(
        "Conv2D 'conv1' has a 2×5 kernel, which is larger than its 4×4 input (4, 4, 1): width 4 - 5 is negative",
        "Input(4, 4, 1), Conv2D(4, 2, {|NG0106:5|})")]
    [InlineData(
        "Conv2D 'conv1' has a 5×5 kernel, which is larger than its 6×4 input (6, 4, 1): width 4 - 5 is negative",
        "Input(6, 4, 1), Conv2D(4, {|NG0106:5|})")]
    [InlineData(
        "Conv2D 'conv1' has a 3×3 kernel with dilation 4, which is larger than its 8×8 input (8, 8, 1): height 8 - ((3 - 1)·4 + 1) = -1 is negative",
        "Input(8, 8, 1), Conv2D(4, {|NG0106:3|}, Dilation = 4)")]
    [InlineData(
        "Conv2D 'conv1' has a 1×9 kernel, which is larger than its 9×4 input (9, 4, 1): width 4 + 2·2 - 9 is negative",
        "Input(9, 4, 1), Conv2D(4, 1, {|NG0106:9|}, PaddingWidth = 2)")]
    [InlineData(
        "DepthwiseConv2D 'depthwise1' has a 5×5 kernel, which is larger than its 4×9 input (4, 9, 3): height 4 - 5 is negative",
        "Input(4, 9, 3), DepthwiseConv2D({|NG0106:5|})")]
    [InlineData(
        "Conv1D 'conv2' has a kernel of 5, which is larger than its input (4, 2): length 4 - 5 is negative",
        "Input(6, 1), Conv1D(2, 3), ReLU, Conv1D(4, {|NG0106:5|})")]
    [InlineData(
        "Conv1D 'conv1' has a kernel of 2147483647 with dilation 2147483647, which is larger than its input (6, 1): length 6 + 2·1 - ((2147483647 - 1)·2147483647 + 1) = -4611686011984936955 is negative",
        "Input(6, 1), Conv1D(2, {|NG0106:int.MaxValue|}, Dilation = int.MaxValue, PaddingLength = 1)")]
    [InlineData(
        "MaxPool2D 'pool1' has a 3×3 window, which is larger than its 2×2 input (2, 2, 4): height 2 - 3 is negative",
        "Input(4, 4, 1), Conv2D(4, 3), MaxPool2D(size: {|NG0106:3|})")]
    [InlineData(
        "AveragePool2D 'pool2' has a 2×2 window, which is larger than its 4×1 input (4, 1, 1): width 1 - 2 is negative",
        "Input(8, 2, 1), MaxPool2D(2), AveragePool2D({|NG0106:2|}), Conv2D(2, 1)")]
    [InlineData(
        "MaxPool1D 'pool2' has a window of 5, which is larger than its input (4, 3): length 4 - 5 is negative",
        "Input(8, 3), AveragePool1D(2), MaxPool1D({|NG0106:5|}), Flatten, Dense(2)")]
    public void Window_larger_than_its_input(string message, string layers) => Check(message, layers);

    [Theory]
    [InlineData(
        "Conv2D 'conv1' needs an image (height, width, channels), but its input is (784); declare [Input(height, width, channels)]",
        "Input(784), {|NG0107:Conv2D(4, 3)|}")]
    [InlineData(
        "DepthwiseConv2D 'depthwise1' needs an image (height, width, channels), but its input is (20, 2); declare [Input(height, width, channels)]",
        "Input(20, 2), {|NG0107:DepthwiseConv2D(3)|}")]
    [InlineData(
        "Conv1D 'conv1' needs a sequence (length, channels), but its input is (784); declare [Input(length, channels)]",
        "Input(784), {|NG0107:Conv1D(4, 3)|}")]
    [InlineData(
        "Conv1D 'conv1' needs a sequence (length, channels), but its input is (8, 8, 1); for an image there is [Conv2D]",
        "Input(8, 8, 1), {|NG0107:Conv1D(4, 3)|}")]
    [InlineData(
        "MaxPool2D 'pool1' needs an image (height, width, channels), but its input is (10, 4); declare [Input(height, width, channels)]",
        "Input(10, 4), {|NG0107:MaxPool2D(2)|}, Flatten, Dense(1)")]
    [InlineData(
        "AveragePool2D 'pool1' needs an image (height, width, channels), but its input is (144); put it before the layer that flattens the image",
        "Input(8, 8, 1), Conv2D(4, 3), Flatten, {|NG0107:AveragePool2D(2)|}, Dense(1)")]
    [InlineData(
        "Conv2D 'conv2' needs an image (height, width, channels), but its input is (144); put it before the layer that flattens the image",
        "Input(8, 8, 1), Conv2D(4, 3), Flatten, {|NG0107:Conv2D(4, 3)|}")]
    [InlineData(
        "MaxPool1D 'pool1' needs a sequence (length, channels), but its input is (8, 8, 1); for an image there is [MaxPool2D]",
        "Input(8, 8, 1), {|NG0107:MaxPool1D(2)|}, Flatten, Dense(1)")]
    [InlineData(
        "AveragePool1D 'pool2' needs a sequence (length, channels), but its input is (12); put it before the layer that flattens the sequence",
        "Input(8, 3), MaxPool1D(2), Flatten, {|NG0107:AveragePool1D(2)|}, Dense(1)")]
    [InlineData(
        "AveragePool1D 'pool1' needs a sequence (length, channels), but its input is (12); declare [Input(length, channels)]",
        "Input(12), {|NG0107:AveragePool1D(2)|}, Dense(1)")]
    [InlineData(
        "GlobalAveragePool 'pool1' needs an image (height, width, channels) or a sequence (length, channels), but its input is (12); declare [Input(height, width, channels)] or [Input(length, channels)]",
        "Input(12), {|NG0107:GlobalAveragePool|}, Dense(1)")]
    [InlineData(
        "GlobalMaxPool 'pool2' needs an image (height, width, channels) or a sequence (length, channels), but its input is (3); put it before the layer that makes the features flat",
        "Input(8, 3), GlobalAveragePool, {|NG0107:GlobalMaxPool|}, Dense(1)")]
    public void Needs_an_image(string message, string layers) => Check(message, layers);

    [Theory]
    [InlineData(
        "Dense 'dense1' needs flat features, but its input is (6, 6, 4); put [Flatten] before it, which gives (144), or [GlobalAveragePool], which gives (4)",
        "Input(8, 8, 1), Conv2D(4, 3), {|NG0108:Dense(10)|}, Softmax")]
    [InlineData(
        "Softmax 'softmax1' needs flat features, but its input is (6, 6, 4); put [Flatten] before it, which gives (144), or [GlobalAveragePool], which gives (4)",
        "Input(8, 8, 1), Conv2D(4, 3), {|NG0108:Softmax|}")]
    public void Needs_flat_features(string message, string layers) => Check(message, layers);

    [Theory]
    [InlineData(
        "Dense cannot be called 'a': another layer is called 'a', and the members for their parameters would have the same names",
        "Input(4), Dense(4, Name = \"a\"), Dense(4, Name = {|NG0109:\"a\"|})")]
    [InlineData(
        "ReLU cannot be called 'dense2': another layer is called 'dense2', and the members for their parameters would have the same names",
        "Input(4), ReLU(Name = {|NG0109:\"dense2\"|}), Dense(4), Dense(4)")]
    [InlineData(
        "Dense cannot be called 'Dense2': another layer is called 'dense2', and the members for their parameters would have the same names",
        "Input(4), Dense(4, Name = {|NG0109:\"Dense2\"|}), Dense(4)")]
    public void Layer_name_repeated(string message, string layers) => Check(message, layers);

    [Theory]
    [InlineData("")]
    [InlineData("my layer")]
    [InlineData("1st")]
    [InlineData("a.b")]
    [InlineData("a-b")]
    [InlineData("@a")]
    [InlineData("\\u200d")]
    [InlineData("\\ud800")]
    [InlineData("a\\u0308")]
    [InlineData("a\\nb")]
    public void Layer_name_that_is_no_identifier(string name)
    {
        string message = Assert.Single(VerifyLayers($"Input(4), Dense(2, Name = {{|NG0110:\"{name}\"|}})"));
        Assert.StartsWith("Dense cannot be called '", message);
    }

    [Theory]
    [InlineData("Input (50000, 50000, 1) has more than 2147483591 values", "{|NG0118:Input(50000, 50000, 1)|}, Conv2D(1, 1)")]
    [InlineData("Input (2147483647, 2147483647, 2147483647) has more than 2147483591 values", "{|NG0118:Input(int.MaxValue, int.MaxValue, int.MaxValue)|}, Conv2D(1, 1)")]
    [InlineData(
        "Dense 'dense1' brings the parameters to 10000100000, more than the 2147483591 that one block of memory has room for",
        "Input(100000), {|NG0118:Dense(100000)|}")]
    [InlineData(
        "Conv2D 'conv1' has the output (1000, 1000, 10000), which is more than 2147483591 values",
        "Input(1000, 1000, 1), {|NG0118:Conv2D(10000, 1)|}")]
    [InlineData(
        "Conv2D 'conv1' pads its input to (2147483646, 9, 1), which is more than 2147483591 values",
        "Input(9, 9, 1), {|NG0118:Conv2D(1, 2147483638, 1, Padding = Padding.Same)|}")]
    [InlineData(
        "Conv2D 'conv1' pads its input to (9, 4611686011984936971, 1), which is more than 2147483591 values",
        "Input(9, 9, 1), {|NG0118:Conv2D(1, 1, int.MaxValue, Dilation = int.MaxValue, Padding = Padding.Same)|}")]
    [InlineData(
        "Conv1D 'conv1' pads its input to (4294967303, 1), which is more than 2147483591 values",
        "Input(9, 1), {|NG0118:Conv1D(1, 1, PaddingLength = int.MaxValue)|}")]
    [InlineData(
        "Dense 'dense3' brings the parameters to 3000120000, more than the 2147483591 that one block of memory has room for",
        "Input(20000), Dense(50000), Dense(20000), {|NG0118:Dense(50000)|}")]
    public void Too_large(string message, string layers) => Check(message, layers);

    [Theory]
    [InlineData("Softmax 'softmax1' must be the last layer of 'Net', but Dense follows it", "Input(4), Dense(4), {|NG0119:Softmax|}, Dense(2)")]
    [InlineData("Softmax 'softmax1' must be the last layer of 'Net', but Softmax follows it", "Input(4), Dense(4), {|NG0119:Softmax|}, Softmax")]
    public void Head_that_is_not_last(string message, string layers) => Check(message, layers);

    [Theory]
    [InlineData("Input(4), Dense(1), {|NG0124:Softmax|}")]
    [InlineData("Input(1), Dense(3), ReLU, Dense(1), Dropout(0.5), {|NG0124:Softmax|}, Loss(Loss.CrossEntropy)")]
    [InlineData("Input(3, 3, 1), Conv2D(1, 3), Flatten, {|NG0124:Softmax|}")]
    public void Softmax_of_one_value(string layers) => Check(
        "Softmax 'softmax1' has one input, and the softmax of one value is always 1; "
        + "use [Dense(2), Softmax] for two classes, or leave Softmax out for a regression",
        layers);

    [Theory]
    [InlineData(
        "Reshape 'reshape1' makes (3, 5, 2) of (4, 4, 2), but 3·5·2 = 30 is not 4·4·2 = 32; a reshape keeps every value",
        "Input(4, 4, 1), Conv2D(2, 1), {|NG0126:Reshape(3, 5, 2)|}, Flatten, Dense(2)")]
    [InlineData(
        "Reshape 'reshape1' makes (10) of (12), but 10 is not 12; a reshape keeps every value",
        "Input(12), {|NG0126:Reshape(10)|}, Dense(2)")]
    public void Shapes_that_Reshape_cannot_give(string message, string layers) => Check(message, layers);

    [Theory]
    [InlineData("", "Code.OutputLength", "[Network, Input(8), Dense({|NG0125:Code.OutputLength|})] public partial class Net;")]
    [InlineData("", "Code.ParameterCount", "[Network, Input({|NG0125:Code.ParameterCount|}), Dense(3)] public partial class Net;")]
    [InlineData("", "Code.InputLength", "[Network, Input(8), Dense(units: 2 * ({|NG0125:Code.InputLength|} + 1)), Dense(0 + 1)] public partial class Net;")]
    [InlineData("", "Net.OutputLength", "[Network, Input({|NG0125:Net.OutputLength|}), Dense(3)] public partial class Net;")]
    [InlineData("", "global::Code.InputLength", "namespace Own { [Network, Input({|NG0125:global::Code.InputLength|}), Dense(3)] public partial class Net; }")]
    [InlineData("Models", "Models.Code.InputLength", "[Network, Input({|NG0125:Models.Code.InputLength|}), Dense(3)] public partial class Net;")]
    [InlineData("Models", "Code.InputLength", "namespace Own { using Models; [Network, Input({|NG0125:Code.InputLength|}), Dense(3)] public partial class Net; }")]
    [InlineData("Models.Small", "Small.Code.InputLength", "namespace Models.Large { [Network, Input({|NG0125:Small.Code.InputLength|}), Dense(3)] public partial class Net; }")]
    public void Constant_of_another_network(string space, string constant, string source)
    {
        string other = "[Network, Input(4), Dense(2)] public partial class Code;";
        Assert.Equal(
            [$"'{constant}' is generated from a declaration of this project, so it has no value yet while declarations are read; write the number, or a constant of your own that both declarations use"],
            Verify(source + (space == "" ? other : $"namespace {space} {{ {other} }}"), otherNetworks: 1));
    }

    [Theory]
    [InlineData("[Network, Input(Code.OutputLength), Dense(Code.Units)] public partial class Net; public static class Code { public const int OutputLength = 2, Units = 3; }")]
    [InlineData("[Network, Input(Own.InputLength), Dense(Net.Units)] public partial class Net { public const int Units = 3; public static class Own { public const int InputLength = 2; } } public static class Own { public const int InputLength = 2; }")]
    public void Constants_of_the_users_own(string source) => Verify(source);

    [Theory]
    [InlineData("The network 'Net' has no [Input]: give the shape of one sample, such as [Input(28, 28, 1)]", "Dense(4)", "NG0102")]
    [InlineData("The network 'Net' has no [Input]: give the shape of one sample, such as [Input(28, 28, 1)]", "Loss(Loss.MeanSquaredError)", "NG0102")]
    [InlineData("The network 'Net' has no layers; add them below [Input], such as [Dense(10), Softmax]", "Input(4)", "NG0116")]
    [InlineData("The network 'Net' has no layer with weights, so there is nothing to train; add a Dense or Conv2D layer", "Input(4), ReLU", "NG0117")]
    public void Something_is_missing(string message, string layers, string id) => Assert.Equal(
        [message],
        Verify($"[{{|{id}:Network|}}] [{layers}] public partial class Net;"));

    [Fact]
    public void Nothing_but_a_network() => Assert.Equal(
        ["The network 'Net' has no [Input]: give the shape of one sample, such as [Input(28, 28, 1)]"],
        Verify("[{|NG0102:Network|}] public partial class Net;"));

    [Fact]
    public void A_second_input() => Check("The network 'Net' has a second [Input]; it takes one", "Input(4), {|NG0103:Input(5)|}, Dense(4)");

    [Fact]
    public void An_input_after_a_layer() => Check(
        "The [Input] of 'Net' comes after the layer Dense; layers are read top to bottom, so put it first",
        "Dense(4), {|NG0121:Input(4)|}");

    [Theory]
    [InlineData("[Network, Input(4), Dense(4)] public partial class Net; [{|NG0104:ReLU|}, Dense(4)] public partial class Net;")]
    [InlineData("[Network, Input(4)] public partial class Net; [{|NG0104:Dense(4)|}] public partial class Net;")]
    public void Layers_on_two_declarations(string source) => Assert.Equal(
        ["The layers of 'Net' stand on more than one declaration of the class, so they have no order; put [Input] and all layers on one"],
        Verify(source));

    [Theory]
    [InlineData(
        "MaxPool2D 'pool1' does not use 1 of 11 rows ((11 - 2) / 2 + 1 = 5) and 1 of 11 columns ((11 - 2) / 2 + 1 = 5) of its input (11, 11, 4)",
        "Input(13, 13, 1), Conv2D(4, 3), {|NG0122:MaxPool2D(2)|}, Flatten, Dense(2)")]
    [InlineData(
        "Conv2D 'conv1' does not use 1 of 8 columns ((8 - 3) / 2 + 1 = 3) of its input (9, 8, 1)",
        "Input(9, 8, 1), {|NG0122:Conv2D(4, 3, Stride = 2)|}")]
    [InlineData(
        "Conv2D 'conv1' does not use 4 of 8 rows ((8 - 1) / 2 + 1 = 4) and 4 of 8 columns ((8 - 1) / 2 + 1 = 4) of its input (8, 8, 1)",
        "Input(8, 8, 1), {|NG0122:Conv2D(4, 1, Stride = 2)|}")]
    [InlineData(
        "Conv2D 'conv1' does not use 1 of 9 columns ((9 - 5) / 3 + 1 = 2) of its input (8, 9, 1)",
        "Input(8, 9, 1), {|NG0122:Conv2D(4, 3, Stride = 3, Dilation = 2)|}")]
    [InlineData(
        "Conv1D 'conv1' does not use 2 of 9 steps ((9 + 2·1 - 4) / 5 + 1 = 2) of its input (9, 1)",
        "Input(9, 1), {|NG0122:Conv1D(4, 4, Stride = 5, PaddingLength = 1)|}")]
    [InlineData(
        "MaxPool1D 'pool1' does not use 1 of 7 steps ((7 - 2) / 2 + 1 = 3) of its input (7, 2)",
        "Input(7, 2), {|NG0122:MaxPool1D(2)|}, Flatten, Dense(2)")]
    [InlineData(
        "AveragePool2D 'pool1' does not use 1 of 5 rows ((5 - 2) / 2 + 1 = 2) of its input (5, 4, 1)",
        "Input(5, 4, 1), {|NG0122:AveragePool2D(2)|}, Conv2D(2, 1)")]
    public void Input_that_is_dropped(string message, string layers) => Check(message, layers);

    [Theory]
    [InlineData(
        "LayerNorm 'layernorm1' normalises over the channels of each position, and its input (28, 28, 1) has one, which is its own mean: every output is the bias, whatever the input; put it where there are more channels, or use BatchNorm",
        "Input(28, 28, 1), {|NG0130:LayerNorm|}, Conv2D(4, 3)")]
    [InlineData(
        "LayerNorm 'n' normalises over the channels of each position, and its input (6, 1) has one, which is its own mean: every output is the bias, whatever the input; put it where there are more channels, or use BatchNorm",
        "Input(6, 3), Conv1D(1, 1), {|NG0130:LayerNorm(Name = \"n\", Trainable = false)|}, Flatten, Dense(2)")]
    [InlineData(
        "LayerNorm 'layernorm1' normalises over the channels of each position, and its input (1) has one, which is its own mean: every output is the bias, whatever the input; put it where there are more channels, or use BatchNorm",
        "Input(4), Dense(1), {|NG0130:LayerNorm|}")]
    public void A_norm_of_one_channel(string message, string layers) => Check(message, layers);

    [Theory]
    [InlineData("Input(6, 1), Conv1D(2, 3), LayerNorm, Flatten, Dense(2)")]
    [InlineData("Input(6, 1), Flatten, LayerNorm, Dense(2)")]
    [InlineData("Input(1, 1, 2), LayerNorm, Conv2D(1, 1), BatchNorm")]
    [InlineData("Input(28, 28, 1), Normalization, Conv2D(4, 3)")]
    public void A_norm_of_several_channels(string layers) => Assert.Empty(VerifyLayers(layers));

    [Fact]
    public void Faults_that_do_not_depend_on_each_other_are_all_reported() => Assert.Equal(
        4,
        Verify(
            """
            [Network, Input(8, 8, 1)]
            [Conv2D({|NG0105:0|}, {|NG0105:-1|}, Name = {|NG0110:"1"|})]
            public class {|NG0101:Net|};
            """).Count);

    [Fact]
    public void The_summary_of_a_tiny_network() => Assert.Equal(
        ["Net: 1 layer, (4) → (2), 10 parameters (40 bytes), 16 FLOPs and 64 bytes of activations per sample, unrolled over inputs and outputs"],
        Verify("[Network, Input(4), Dense(2)] public partial class {|NG0001:Net|};"));

    [Fact]
    public void The_summary_of_a_network() => Assert.Equal(
        ["Net: 4 layers, (6, 6, 1) → (10), 690 parameters (2,760 bytes), 2,432 FLOPs and 448 bytes of activations per sample, in loops: only dense layers are unrolled, and conv1 is not part of one"],
        Verify(
            "[Network, Input(6, 6, 1), Conv2D(4, 3), Flatten, Dense(10), Softmax] public partial class {|NG0001:Net|};"));

    [Theory]
    [InlineData("Input(4), Dense(2)", "unrolled over inputs and outputs")]
    [InlineData("Input(4), Dense(8), ReLU, Dropout(0.5), Dense(2), Softmax", "unrolled over inputs and outputs")]
    [InlineData(
        "Input(4), Dropout(0.2), Dense(2)",
        "prediction unrolled over inputs and outputs, training in loops: only dense layers are unrolled, and dropout1 is not part of one")]
    [InlineData("Input(2, 2, 1), MaxPool2D(2), Flatten, Dense(5)", "in loops: only dense layers are unrolled, and pool1 is not part of one")]
    [InlineData("Input(4), Dense(3), ReLU, Dense(2), Softmax", "unrolled over inputs and outputs")]
    [InlineData("Input(4), ReLU(Name = \"clip\"), Dense(2)", "in loops: only dense layers are unrolled, and clip is not part of one")]
    [InlineData("Input(784), Dense(128), ReLU, Dense(10), Softmax", "in loops: too many multiply-adds to be unrolled")]
    public void The_summary_says_how_the_code_is_written_and_why(string layers, string form) => Assert.EndsWith(
        " bytes of activations per sample, " + form,
        Assert.Single(Verify($"[Network, {layers}] public partial class {{|NG0001:Net|}};")));
}
