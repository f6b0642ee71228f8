using Xunit;

namespace NetGen.Generator.Tests.Advice;

/// <summary>NG0204 to NG0207, NG0209 and NG0210: where dropout stands, and with what rate.</summary>
public sealed class DropoutAdviceTests
{
    [Theory]
    [InlineData("[Input(16)] [Dense(8), ReLU, {|NG0205:Dropout(0)|}] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU] [Dense(4), {|NG0204:Dropout(0.5)|}, Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU] [Dense(4), {|NG0204:Dropout(0.9)|}]")]
    [InlineData("[Input(16)] [Dense(8), ReLU, Dropout(0.5), {|NG0206:Dropout(0.5)|}] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU, Dropout(0.1), {|NG0206:Dropout(0.2)|}, Dropout(0.3)] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dropout({|NG0207:0.6|}), Dense(8), ReLU, Dropout({|NG0207:0.81|})] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU, {|NG0205:AlphaDropout(0)|}] [{|NG0205:GaussianDropout(0)|}, Dense(4), {|NG0204:GaussianDropout(0.2)|}]")]
    [InlineData("[Input(16)] [SpatialDropout({|NG0207:0.6|}), Dense(8), SELU, AlphaDropout({|NG0207:0.81|})] [Dense(4), Softmax]")]
    [InlineData("[Input(12, 12, 1)] [Conv2D(4, 3), ReLU, {|NG0209:Dropout(0.25)|}] [Conv2D(4, 3), ReLU, MaxPool2D(2), Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(12, 12, 1)] [Conv2D(4, 3), BatchNorm, ReLU, MaxPool2D(2), {|NG0209:Dropout(0.25)|}, AveragePool2D(1), Conv2D(4, 3), ReLU, Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(12, 3)] [Conv1D(4, 3), ReLU, {|NG0209:Dropout(0.25)|}, Conv1D(4, 3), ReLU, Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(12, 12, 1)] [Normalization, Conv2D(4, 3), LayerNorm, ReLU, {|NG0209:Dropout(0.25)|}, LayerNorm, Conv2D(4, 3), ReLU, Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Normalization, Dropout({|NG0207:0.6|}), Dense(8), ReLU, Dropout(0.6)] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU, {|NG0210:AlphaDropout(0.1)|}] [Dense(4), Softmax]")]
    public void Reports(string layers) => LayerAdvice.Verify(layers);

    [Theory]
    [InlineData("[Input(16)] [Dropout(0.5), Dense(8), ReLU, Dropout(0.8)] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), Dropout(0.5), ReLU, Dropout(0.5)] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU, Dropout(0.5, Name = \"kept\"), Dropout(0.5)] [Dense(8), Add(\"kept\"), ReLU, Dense(4), Softmax]")]
    [InlineData("[Input(8, 8, 1)] [Conv2D(4, 3), ReLU, Dropout(0.25), MaxPool2D(2), Flatten, Dropout(0.5)] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU, Dropout(0.2), GaussianDropout(0.2), SpatialDropout(0.1)] [Dense(4), Softmax]")]
    [InlineData("[Input(12, 12, 1)] [Conv2D(4, 3), ReLU, SpatialDropout(0.25), Conv2D(4, 3), ReLU, GaussianDropout(0.2), Conv2D(4, 3), ReLU, Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(12, 12, 1)] [Dropout(0.25), Conv2D(4, 3), ReLU, Dropout(0.2), Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(12, 12, 1)] [Conv2D(4, 3), ReLU, Dropout(0.25, Name = \"a\"), Conv2D(4, 3, Padding = Padding.Same), Add(\"a\"), ReLU, Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(4, 4, 1)] [Conv2D(4, 4), ReLU, Dropout(0.25), Conv2D(4, 1), ReLU, Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(16)] [AlphaDropout(0.1), Dense(8), SELU, AlphaDropout(0.1)] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU, Dropout(0.5), Dropout(0.5)] [Dense(8), ReLU, Concat(\"dropout1\"), Dense(4), Softmax]")]
    [InlineData("[Input(12, 12, 1)] [Conv2D(4, 3), ReLU, Dropout(0.25), Conv2D(4, 3, Padding = Padding.Same), Concat(\"dropout1\"), ReLU, Flatten, Dense(4), Softmax]")]
    public void StaysSilent(string layers) => LayerAdvice.Verify(layers);

    [Fact]
    public void GivesTheCombinedRate() => Assert.Equal(
        ["'dropout1' and 'dropout2', 'dropout3' follow each other: rates 0.1 and 0.2 and 0.5 together drop 1 - (1 - 0.1) · (1 - 0.2) · (1 - 0.5) of the values; write one Dropout(0.64)"],
        LayerAdvice.Verify("[Input(16)] [Dense(8), ReLU, Dropout(0.1), {|NG0206:Dropout(0.2)|}, Dropout(0.5)] [Dense(4), Softmax]"));

    [Fact]
    public void NamesTheUsualLimit() => Assert.Equal(
        ["'dropout1' drops 0.7 of the inputs, more than the 0.5 up to which that is usual: the rate is the share that is dropped, not the share that is kept"],
        LayerAdvice.Verify("[Input(16)] [Dropout({|NG0207:0.7|}), Dense(4), Softmax]"));
}
