using Xunit;

namespace NetGen.Generator.Tests.Advice;

/// <summary>NG03xx: missing, doubled and misplaced activations, and stacks that may be dead at birth.</summary>
public sealed class ActivationAdviceTests
{
    [Theory]
    [InlineData("[Input(16)] [Dense(32)] [{|NG0301:Dense(4)|}, Softmax]")]
    [InlineData("[Input(16)] [Dense(32), Dropout(0.5)] [{|NG0301:Dense(4)|}]")]
    [InlineData("[Input(4)] [Dense(4)] [{|NG0301:Dense(16)|}]")]
    [InlineData("[Input(8, 8, 1)] [Conv2D(4, 3), Flatten, {|NG0301:Dense(4)|}, Softmax]")]
    [InlineData("[Input(8, 8, 1)] [Conv2D(4, 3), Reshape(144), {|NG0301:Dense(4)|}, Softmax]")]
    [InlineData("[Input(8, 8, 3)] [Conv2D(8, 3), AveragePool2D(2), {|NG0301:Conv2D(8, 3)|}, ReLU, Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU, {|NG0302:ReLU|}] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU, Dropout(0.5), {|NG0302:LeakyReLU(0.1)|}] [Dense(4), Softmax]")]
    [InlineData("[Input(8, 8, 1)] [Conv2D(4, 3), ReLU, SpatialDropout(0.5), {|NG0302:ReLU|}, Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU, {|NG0302:PReLU|}] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), {|NG0302:LeakyReLU(0.1)|}, ReLU] [Dense(4), Softmax]")]
    [InlineData("[Input(8, 8, 1)] [Conv2D(4, 3), ReLU, Reshape(144), {|NG0302:ReLU|}, Dense(4), Softmax]")]
    [InlineData("[Input(8, 8, 1)] [Conv2D(4, 3), ReLU, MaxPool2D(2), {|NG0302:ReLU|}, Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(4), {|NG0303:ReLU|}, Softmax]")]
    [InlineData("[Input(16)] [Dense(4), {|NG0303:ReLU|}]")]
    [InlineData("[Input(16)] [Dense(1), {|NG0303:ReLU|}, Sigmoid]")]
    [InlineData("[Input(16)] [Dense(4), {|NG0303:ReLU|}, LogSoftmax]")]
    [InlineData("[Input(16)] [{|NG0304:Dense(2)|}, ReLU, Dense(2), ReLU, Dense(2), ReLU, Dense(1)]")]
    [InlineData("[Input(16)] [Dense(8), {|NG0311:Sigmoid|}, Dense(8), Sigmoid, Dense(8), Sigmoid, Dense(8), Sigmoid, Dense(1)]")]
    [InlineData("[Input(8, 8, 1)] [Conv2D(4, 3), {|NG0311:Sigmoid|}, Flatten, Dense(8), Sigmoid, Dropout(0.5), Dense(8), Sigmoid, Dense(8), Sigmoid] [Dense(4), Softmax]")]

    // Before and behind a Concat, layers follow each other as elsewhere.
    [InlineData("[Input(16)] [Dense(8), ReLU(Name = \"a\"), Dense(8), ReLU, {|NG0302:ReLU|}, Concat(\"a\"), Dense(8), {|NG0301:Dense(8)|}]")]
    public void Reports(string layers) => LayerAdvice.Verify(layers);

    [Theory]
    [InlineData("[Input(16)] [Dense(32), ReLU] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(2)] [Dense(16)]")]
    [InlineData("[Input(8, 8, 8)] [Conv2D(2, 1), Conv2D(8, 3), ReLU, Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(8, 8, 1)] [Conv2D(4, 1, 3), Conv2D(4, 3, 1), ReLU, Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(8, 8, 1)] [Conv2D(4, 3), MaxPool2D(2), Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8, Name = \"skip\"), Dense(8), Add(\"skip\"), ReLU, Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), LeakyReLU(0.1), LeakyReLU(0.1)] [Dense(4), LeakyReLU(0.1)]")]
    [InlineData("[Input(16)] [Dense(8), ReLU(Name = \"skip\"), Dense(8), Add(\"skip\"), ReLU, Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU, Dense(1), Sigmoid]")]
    [InlineData("[Input(16)] [Dense(2), ReLU, Dense(2), ReLU, Dense(1)]")]
    [InlineData("[Input(16)] [Dense(8), ReLU, Dense(8), ReLU, Dense(8), ReLU, Dense(8), ReLU, Dense(1)]")]
    [InlineData("[Input(16)] [Dense(2), LeakyReLU(0.1), Dense(2), LeakyReLU(0.1), Dense(2), LeakyReLU(0.1), Dense(1)]")]
    [InlineData("[Input(16)] [Dense(8), ReLU(Name = \"r\")] [Dense(8, Name = \"b\")] [Dense(8, From = \"r\", Name = \"c\")] [ReLU(From = \"b\"), Add(\"c\"), Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), Sigmoid, Dense(8), Sigmoid, Dense(8), Sigmoid, Dense(1)]")]
    [InlineData("[Input(16)] [Dense(8), BatchNorm, Sigmoid, Dense(8), BatchNorm, Sigmoid, Dense(8), BatchNorm, Sigmoid, Dense(8), BatchNorm, Sigmoid, Dense(1)]")]
    [InlineData("[Input(16)] [Dense(8), LayerNorm, Sigmoid, Dense(8), LayerNorm, Sigmoid, Dense(8), LayerNorm, Sigmoid, Dense(8), LayerNorm, Sigmoid, Dense(1)]")]
    [InlineData("[Input(16)] [Dense(8), Sigmoid(Name = \"a\"), Dense(8), Sigmoid, Dense(8), Add(\"a\"), Sigmoid, Dense(8), Sigmoid, Dense(1)]")]
    [InlineData("[Input(16)] [Dense(8), Tanh, Dense(8), Tanh, Dense(8), Tanh, Dense(8), Tanh, Dense(8), Tanh, Dense(1)]")]
    [InlineData("[Input(16)] [Dense(8), GELU, GELU, Dense(8), SiLU, Dense(8), ELU, Dense(8), SELU, Dense(8), Softplus, Dense(8), HardSwish, Dense(1)]")]
    [InlineData("[Input(16)] [Dense(8), ReLU, GaussianDropout(0.5), ReLU, GaussianDropout(0.5), PReLU, Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), SELU, AlphaDropout(0.1), Dense(8), ReLU, AlphaDropout(0.1), ReLU, Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(2), GaussianDropout(0.5), ReLU, Dense(2), GaussianDropout(0.5), ReLU, Dense(2), ReLU, Dense(1)]")]

    // What Concat names is read twice: the values that a second layer would lose are in use.
    [InlineData("[Input(16)] [Dense(32, Name = \"a\"), Dense(32), Concat(\"a\"), ReLU, Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), LeakyReLU(0.1, Name = \"a\"), ReLU, Concat(\"a\"), Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(2), ReLU(Name = \"a\"), Dense(2), ReLU, Dense(2), ReLU, Concat(\"a\"), Dense(1)]")]
    [InlineData("[Input(16)] [Dense(8), Sigmoid(Name = \"a\"), Dense(8), Sigmoid, Dense(8), Sigmoid, Dense(8), Sigmoid, Concat(\"a\"), Dense(1)]")]
    public void StaysSilent(string layers) => LayerAdvice.Verify(layers);

    /// <summary>Networks of the literature and of Keras' examples, as far as their layers are there.</summary>
    [Theory]
    [InlineData("[Input(28, 28, 1)] [Conv2D(32, 3), ReLU, MaxPool2D(2)] [Conv2D(64, 3), ReLU, MaxPool2D(2)] [Flatten, Dropout(0.5), Dense(10), Softmax]")]
    [InlineData("[Input(784)] [Dense(512), ReLU, Dropout(0.2)] [Dense(512), ReLU, Dropout(0.2)] [Dense(10), Softmax]")]
    [InlineData("[Input(32, 32, 3)] [Conv2D(32, 3, Padding = Padding.Same), ReLU, Conv2D(32, 3), ReLU, MaxPool2D(2), Dropout(0.25)] [Flatten, Dense(512), ReLU, Dropout(0.5), Dense(10), Softmax]")]
    [InlineData("[Input(13)] [Dense(64), ReLU, Dense(64), ReLU, Dense(1)]")]
    [InlineData("[Input(784)] [Dense(32), ReLU, Dense(784)]")]
    [InlineData("[Input(2)] [Dense(2), ReLU, Dense(2), Softmax]")]
    public void StaysSilentOnReferenceNetworks(string layers) => LayerAdvice.Verify(layers);

    [Fact]
    public void SaysWhatCollapses() => Assert.Equal(
        ["No activation stands between 'dense1' and 'dense2': 16 → 32 → 4 values without one are a single linear layer 16 → 4, written as two; put an activation such as ReLU after 'dense1'"],
        LayerAdvice.Verify("[Input(16)] [Dense(32)] [{|NG0301:Dense(4)|}, Softmax]"));

    [Fact]
    public void SaysWhatIsWrongBeforeASigmoid() => Assert.Equal(
        ["'relu1' rectifies what Sigmoid reads: no probability is below 0.5, and one that is 0.5 for every sample gets no gradient and stays there; remove it, Sigmoid takes values of either sign"],
        LayerAdvice.Verify("[Input(16)] [Dense(1), {|NG0303:ReLU|}, Sigmoid]"));

    [Fact]
    public void SaysHowLittleGetsThroughSigmoids() => Assert.Equal(
        ["'Net' has 5 hidden layers with Sigmoid, whose derivative is at most 1/4: apart from the weights, at most 1/4^5 = 0.00098 of a gradient gets through all of them; use ReLU, or put BatchNorm or LayerNorm before each Sigmoid"],
        LayerAdvice.Verify("[Input(16)] [Dense(8), {|NG0311:Sigmoid|}, Dense(8), Sigmoid, Dense(8), Sigmoid, Dense(8), Sigmoid, Dense(8), Sigmoid, Dense(1)]"));

    [Fact]
    public void GivesTheBoundInNumbers() => Assert.Contains(
        "'Net' has 4 ReLU layers of 2 to 3 units: up to 63 % of its random initialisations",
        Assert.Single(LayerAdvice.Verify("[Input(1)] [Dense(3), ReLU, {|NG0304:Dense(2)|}, ReLU, Dense(2), ReLU, Dense(2), ReLU, Dense(1)]")));
}
