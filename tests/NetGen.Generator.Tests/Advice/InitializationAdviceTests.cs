using Xunit;

namespace NetGen.Generator.Tests.Advice;

/// <summary>NG0305 to NG0307: equal weights, negative biases, and Glorot before ReLU.</summary>
public sealed class InitializationAdviceTests
{
    private const string Zeros = "Initializer = Initializer.Zeros";
    private const string MarkedZeros = "Initializer = {|NG0305:Initializer.Zeros|}";
    private const string MarkedOnes = "Initializer = {|NG0305:Initializer.Ones|}";

    [Theory]
    [InlineData($"[Input(16)] [Dense(8, {MarkedZeros}), ReLU] [Dense(4), Softmax]")]
    [InlineData($"[Input(16)] [Dense(1, {MarkedZeros}), ReLU] [Dense(4), Softmax]")]
    [InlineData($"[Input(16)] [Dense(8, {MarkedZeros}), LeakyReLU(0)] [Dense(4), Softmax]")]
    [InlineData($"[Input(16)] [Dense(8, {MarkedZeros}), BatchNorm, Dropout(0.5), ReLU] [Dense(4), Softmax]")]
    [InlineData($"[Input(8, 8, 1)] [Conv2D(4, 3, {MarkedZeros}), MaxPool2D(2), ReLU] [Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8, Initializer = {|NG0305:Initializer.Constant|}, InitialValue = 0), ReLU] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8, Initializer = {|NG0305:Initializer.Zeros|}, BiasInitializer = Initializer.Constant, BiasInitialValue = -1), ReLU] [Dense(4), Softmax]")]

    // The zeros go on through the next layer to its ReLU.
    [InlineData($"[Input(16)] [Dense(8, {MarkedZeros}), LeakyReLU(0.1)] [Dense(8), ReLU] [Dense(4), Softmax]")]
    [InlineData($"[Input(16)] [Dense(4, {MarkedZeros})] [Dense(8), ReLU] [Dense(4), Softmax]")]

    // Weights behind that are the same as well tell nothing apart.
    [InlineData("[Input(16)] [Dense(8, Initializer = {|NG0305:Initializer.Constant|}, InitialValue = 0.1), ReLU] [Dense(4, Initializer = Initializer.Zeros), Softmax]")]
    [InlineData($"[Input(16)] [Dense(8, {MarkedOnes}), BatchNorm, ReLU] [Dense(8, Initializer = Initializer.Ones), BatchNorm, ReLU] [Dense(4), Softmax]")]
    [InlineData($"[Input(16)] [Dense(8, {MarkedZeros}), LeakyReLU(0.1)] [Dense(4, {Zeros})]")]

    // More than He's deviation, many times.
    [InlineData($"[Input(16)] [Dense(8, {MarkedOnes}), ReLU] [Dense(4), Softmax]")]
    [InlineData("[Input(8, 8, 1)] [Conv2D(4, 3, Initializer = {|NG0305:Initializer.Constant|}, InitialValue = -0.5), ReLU] [Flatten, Dense(4), Softmax]")]
    public void Reports_equal_weights(string layers) => LayerAdvice.Verify(layers);

    [Theory]

    // The head learns at once, and what is before it from the second step on.
    [InlineData($"[Input(16)] [Dense(4, {Zeros}), Softmax]")]
    [InlineData($"[Input(16)] [Dense(8), ReLU] [Dense(4, {Zeros}), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU] [Dense(4, Initializer = Initializer.Ones)]")]
    [InlineData($"[Input(16)] [Dense(8), ReLU] [Dense(4, {Zeros}), LeakyReLU(0.1)]")]

    // The last layer of a residual branch.
    [InlineData($"[Input(16)] [Dense(8), ReLU(Name = \"a\")] [Dense(8), ReLU, Dense(8, {Zeros}), Add(\"a\"), ReLU] [Dense(4), Softmax]")]
    [InlineData($"[Input(16)] [Dense(8), ReLU(Name = \"a\")] [Dense(8), ReLU, Dense(8, {Zeros}), BatchNorm, Add(\"a\"), ReLU] [Dense(4), Softmax]")]
    [InlineData($"[Input(16)] [Dense(8), ReLU(Name = \"a\"), Dense(8, {Zeros}, Name = \"b\"), Dense(8, From = \"a\"), Add(\"b\"), ReLU] [Dense(4), Softmax]")]

    // A shift, or a factor below 0, brings values above 0 to the ReLU.
    [InlineData($"[Input(16)] [Dense(8, {Zeros}), AlphaDropout(0.1), ReLU] [Dense(8), SELU] [Dense(4), Softmax]")]
    [InlineData($"[Input(16)] [Dense(8, {Zeros}, BiasInitializer = Initializer.Constant, BiasInitialValue = -1), GaussianDropout(0.5), ReLU] [Dense(4), Softmax]")]

    // The units go on beside others, where their gradients differ.
    [InlineData($"[Input(16)] [Dense(8, {Zeros}, Name = \"a\"), ReLU] [Concat(\"a\"), Dense(4), Softmax]")]

    // The biases are above 0, or differ; the layer behind has drawn weights or a bias above 0.
    [InlineData($"[Input(16)] [Dense(8, {Zeros}, BiasInitializer = Initializer.Constant, BiasInitialValue = 0.1), ReLU] [Dense(4), Softmax]")]
    [InlineData($"[Input(16)] [Dense(8, {Zeros}, BiasInitializer = Initializer.Normal, BiasInitializerScale = 0.1), ReLU] [Dense(4), Softmax]")]
    [InlineData($"[Input(16)] [Dense(8, {Zeros}), LeakyReLU(0.1)] [Dense(8, BiasInitializer = Initializer.Ones), ReLU] [Dense(4), Softmax]")]
    [InlineData($"[Input(16)] [Dense(4, {Zeros})] [Dense(16), Softmax]")]
    [InlineData($"[Input(16)] [Dense(8, {Zeros}, BiasInitializer = Initializer.Constant, BiasInitialValue = 0.1), ReLU] [Dense(8), ReLU] [Dense(4), Softmax]")]

    // What the mean takes off leaves 0 only up to rounding.
    [InlineData($"[Input(16)] [Dense(8, {Zeros}, BiasInitializer = Initializer.Constant, BiasInitialValue = -1), BatchNorm, ReLU] [Dense(4), Softmax]")]
    [InlineData("[Input(1)] [Dense(8, Initializer = Initializer.Ones, BiasInitializer = Initializer.Uniform, BiasInitializerScale = 2), ReLU] [Dense(1)]")]

    // The weights behind tell the units apart at the first step; or dropout does; or there is one unit.
    [InlineData("[Input(16)] [Dense(8, Initializer = Initializer.Constant, InitialValue = 0.1), ReLU] [Dense(4), Softmax]")]
    [InlineData($"[Input(16)] [Dense(8, Initializer = Initializer.Constant, InitialValue = 0.1), ReLU, Dropout(0.5)] [Dense(4, {Zeros}), Softmax]")]
    [InlineData("[Input(16)] [Dense(1, Initializer = Initializer.Ones), ReLU] [Dense(4, Initializer = Initializer.Ones), Softmax]")]
    [InlineData("[Input(16)] [Dense(8, Initializer = Initializer.Ones), BatchNorm, ReLU] [Dense(4), Softmax]")]
    public void Is_silent_about_equal_weights(string layers) => LayerAdvice.Verify(layers);

    [Theory]
    [InlineData("[Input(16)] [Dense(8, BiasInitializer = Initializer.Constant, BiasInitialValue = {|NG0306:-0.1|}), ReLU] [Dense(4), Softmax]")]
    [InlineData("[Input(8, 8, 1)] [Conv2D(4, 3, BiasInitializer = Initializer.Constant, BiasInitialValue = {|NG0306:-2|}), MaxPool2D(2), Dropout(0.1), ReLU] [Flatten, Dense(4), Softmax]")]
    public void Reports_negative_biases(string layers) => LayerAdvice.Verify(layers);

    [Theory]
    [InlineData("[Input(16)] [Dense(8, BiasInitializer = Initializer.Constant, BiasInitialValue = 0.1), ReLU] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8, BiasInitializer = Initializer.Constant, BiasInitialValue = -0.01), ReLU] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8, BiasInitializer = Initializer.Constant, BiasInitialValue = -1), LeakyReLU(0.1)] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8, BiasInitializer = Initializer.Constant, BiasInitialValue = -1), BatchNorm, ReLU] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8, BiasInitializer = Initializer.Normal, BiasInitializerScale = 1), ReLU] [Dense(4, BiasInitializer = Initializer.Constant, BiasInitialValue = -1), Softmax]")]
    [InlineData("[Input(16)] [Dense(8, BiasInitializer = Initializer.Constant, BiasInitialValue = -1), GaussianDropout(0.5), ReLU] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU(Name = \"a\")] [Dense(8, BiasInitializer = Initializer.Constant, BiasInitialValue = -1), Add(\"a\"), ReLU] [Dense(4), Softmax]")]
    public void Is_silent_about_other_biases(string layers) => LayerAdvice.Verify(layers);

    [Theory]
    [InlineData("[Input(16)] [Dense(16, Initializer = {|NG0307:Initializer.GlorotUniform|}), ReLU] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(16, Initializer = {|NG0307:Initializer.GlorotNormal|}), Dropout(0.1), LeakyReLU(0.1)] [Dense(4), Softmax]")]
    [InlineData("[Input(8, 8, 1)] [Conv2D(4, 3, Initializer = {|NG0307:Initializer.GlorotNormal|}), MaxPool2D(2), ReLU] [Flatten, Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(16, Initializer = {|NG0307:Initializer.GlorotNormal|}), PReLU] [Dense(4), Softmax]")]
    public void Reports_Glorot(string layers) => LayerAdvice.Verify(layers);

    [Theory]
    [InlineData("[Input(16)] [Dense(16, Initializer = Initializer.HeUniform), ReLU] [Dense(4, Initializer = Initializer.GlorotNormal), Softmax]")]
    [InlineData("[Input(16)] [Dense(16, Initializer = Initializer.GlorotNormal), BatchNorm, ReLU] [Dense(4), Softmax]")]
    [InlineData("[Input(90)] [Dense(10, Initializer = Initializer.GlorotNormal), ReLU] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(16, Initializer = Initializer.GlorotNormal), LeakyReLU(0.9)] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), ReLU(Name = \"a\")] [Dense(8, Initializer = Initializer.GlorotUniform), Add(\"a\"), ReLU] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(32, Initializer = Initializer.GlorotUniform), ELU] [Dense(4), Softmax]")]
    public void Is_silent_about_Glorot_elsewhere(string layers) => LayerAdvice.Verify(layers);

    [Theory]
    [InlineData("[Input(16)] [Dense(16, Initializer = {|NG0312:Initializer.HeUniform|}), Sigmoid] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(16, Initializer = {|NG0312:Initializer.HeNormal|}), Dropout(0.1), Tanh] [Dense(4), Softmax]")]
    [InlineData("[Input(8, 8, 1)] [Conv2D(4, 3, Initializer = {|NG0312:Initializer.HeNormal|}), MaxPool2D(2), Tanh] [Flatten, Dense(4), Softmax]")]
    public void Reports_He(string layers) => LayerAdvice.Verify(layers);

    [Theory]
    [InlineData("[Input(16)] [Dense(16, Initializer = Initializer.HeNormal), ReLU] [Dense(4, Initializer = Initializer.HeNormal), Softmax]")]
    [InlineData("[Input(16)] [Dense(16, Initializer = Initializer.HeNormal), GELU] [Dense(4, Initializer = Initializer.HeNormal), Tanh]")]
    [InlineData("[Input(16)] [Dense(16, Initializer = Initializer.HeNormal), BatchNorm, Tanh] [Dense(4), Softmax]")]
    [InlineData("[Input(90)] [Dense(10, Initializer = Initializer.HeNormal), Sigmoid] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(8), Tanh(Name = \"a\")] [Dense(8, Initializer = Initializer.HeNormal), Add(\"a\"), Tanh] [Dense(4), Softmax]")]
    [InlineData("[Input(16)] [Dense(16), Tanh] [Dense(16, Initializer = Initializer.LeCunNormal), Tanh] [Dense(4), Softmax]")]
    public void Is_silent_about_He_elsewhere(string layers) => LayerAdvice.Verify(layers);

    [Theory]
    [InlineData(
        "All weights of 'dense1' begin with 0: whatever the input, 'relu1' gets 0 or less, where the gradient is 0, so neither 'dense1' nor a layer before it ever learns; remove Initializer",
        $"[Input(16)] [Dense(8, {MarkedZeros}), ReLU] [Dense(4), Softmax]")]
    [InlineData(
        "All weights of 'dense1' begin with 1: its 8 units compute the same, and 'dense2', whose weights are all the same as well, gives them the same gradient, so they stay one unit for good; remove Initializer",
        $"[Input(16)] [Dense(8, {MarkedOnes}), ReLU] [Dense(4, {Zeros}), Softmax]")]
    [InlineData(
        "All weights of 'dense1' begin with 1: its 8 units compute the same at first, and with more than the sqrt(2 / 16) = 0.35 of HeNormal, so that the layers after it get one large value many times; remove Initializer",
        $"[Input(16)] [Dense(8, {MarkedOnes}), ReLU] [Dense(4), Softmax]")]
    [InlineData(
        "The biases of 'dense1' begin with -1 before 'relu1': for inputs of variance 1 the sums that they are added to have a deviation of 1.4, so a unit begins active for about 24 % of the inputs instead of 50 %, and one that is active for none never learns; remove BiasInitializer",
        "[Input(16)] [Dense(8, BiasInitializer = Initializer.Constant, BiasInitialValue = {|NG0306:-1|}), ReLU] [Dense(4), Softmax]")]
    [InlineData(
        "'conv1' begins with GlorotNormal before 'relu1': with the variance 2 / (9 + 36) layer and activation keep 20 % of the mean square of the values, with HeNormal's 2 / 9 all of it; remove Initializer",
        "[Input(8, 8, 1)] [Conv2D(4, 3, Initializer = {|NG0307:Initializer.GlorotNormal|}), ReLU] [Flatten, Dense(4), Softmax]")]
    [InlineData(
        "'dense1' begins with HeNormal before 'tanh1': the variance 2 / 16 makes up for a ReLU, which is not there, so the sums begin twice as large in the mean square as the inputs, where 'tanh1' is flatter; remove Initializer for the variance 2 / (16 + 8) of GlorotUniform",
        "[Input(16)] [Dense(8, Initializer = {|NG0312:Initializer.HeNormal|}), Tanh] [Dense(4), Softmax]")]
    public void Says_what_comes_of_it(string message, string layers) => Assert.Equal([message], LayerAdvice.Verify(layers));
}
