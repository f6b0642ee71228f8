using Xunit;

namespace NetGen.Tests.Declaration;

/// <summary>
/// What completion shows while an attribute is written. The names are part of the language: <c>[Dense(units: 10)]</c>.
/// </summary>
public class AttributeSignatureTests
{
    [Theory]
    [InlineData(typeof(DenseAttribute), "int units")]
    [InlineData(typeof(Conv2DAttribute), "int filters, int kernel", "int filters, int kernelHeight, int kernelWidth")]
    [InlineData(typeof(Conv1DAttribute), "int filters, int kernel")]
    [InlineData(typeof(DepthwiseConv2DAttribute), "int kernel", "int kernelHeight, int kernelWidth")]
    [InlineData(typeof(MaxPool2DAttribute), "int size")]
    [InlineData(typeof(AveragePool2DAttribute), "int size")]
    [InlineData(typeof(MaxPool1DAttribute), "int size")]
    [InlineData(typeof(AveragePool1DAttribute), "int size")]
    [InlineData(typeof(GlobalAveragePoolAttribute), "")]
    [InlineData(typeof(GlobalMaxPoolAttribute), "")]
    [InlineData(typeof(ReshapeAttribute), "int features", "int length, int channels", "int height, int width, int channels")]
    [InlineData(typeof(LayerNormAttribute), "")]
    [InlineData(typeof(ConcatAttribute), "params String[] layers")]
    [InlineData(typeof(LeakyReLUAttribute), "double slope")]
    [InlineData(typeof(PReLUAttribute), "")]
    [InlineData(typeof(ELUAttribute), "double alpha")]
    [InlineData(typeof(SELUAttribute), "")]
    [InlineData(typeof(GELUAttribute), "")]
    [InlineData(typeof(SiLUAttribute), "")]
    [InlineData(typeof(HardSwishAttribute), "")]
    [InlineData(typeof(SoftplusAttribute), "")]
    [InlineData(typeof(SigmoidAttribute), "")]
    [InlineData(typeof(TanhAttribute), "")]
    [InlineData(typeof(RescaleAttribute), "double scale, double offset")]
    [InlineData(typeof(NormalizationAttribute), "")]
    [InlineData(typeof(ActivationAttribute<>), "")]
    [InlineData(typeof(BatchNormAttribute), "")]
    [InlineData(typeof(DropoutAttribute), "double rate")]
    [InlineData(typeof(SpatialDropoutAttribute), "double rate")]
    [InlineData(typeof(AlphaDropoutAttribute), "double rate")]
    [InlineData(typeof(GaussianDropoutAttribute), "double rate")]
    [InlineData(typeof(LogSoftmaxAttribute), "")]
    [InlineData(typeof(AddAttribute), "params String[] layers")]
    [InlineData(typeof(InputAttribute), "int features", "int length, int channels", "int height, int width, int channels")]
    [InlineData(typeof(LossAttribute), "Loss loss")]
    [InlineData(typeof(FlattenAttribute), "")]
    [InlineData(typeof(ReLUAttribute), "")]
    [InlineData(typeof(SoftmaxAttribute), "")]
    [InlineData(typeof(NetworkAttribute), "")]
    public void PositionalArgumentsSayWhatTheyAre(Type attribute, params string[] signatures) => Assert.Equal(
        signatures, attribute.GetConstructors().Select(constructor => string.Join(", ", constructor.GetParameters().Select(Text))));

    private static string Text(System.Reflection.ParameterInfo parameter)
    {
        string type = parameter.ParameterType == typeof(int) ? "int"
            : parameter.ParameterType == typeof(double) ? "double"
            : parameter.ParameterType.Name;
        string variable = parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) ? "params " : "";
        return $"{variable}{type} {parameter.Name}";
    }
}
