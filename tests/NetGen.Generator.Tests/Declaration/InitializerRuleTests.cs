using NetGen.Generator.Model;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Declaration;

/// <summary>Initialisers and the numbers that belong to them: what can be declared, and what is an error, at which argument.</summary>
public class InitializerRuleTests
{
    [Theory]
    [InlineData("Dense(3, Initializer = Initializer.Zeros, BiasInitializer = Initializer.Zeros)")]
    [InlineData("Dense(3, Initializer = Initializer.Default, BiasInitializer = Initializer.Default)")]
    [InlineData("Dense(3, Initializer = Initializer.Orthogonal)")]
    [InlineData("Dense(3, Initializer = Initializer.Orthogonal, InitializerScale = 1e-30)")]
    [InlineData("Dense(3, Initializer = Initializer.Constant, InitialValue = 0)")]
    [InlineData("Dense(3, InitialValue = -3e38, Initializer = Initializer.Constant)")]
    [InlineData("Dense(3, Initializer = Initializer.Uniform, InitializerScale = 1)")]
    [InlineData("Dense(3, BiasInitializer = Initializer.Normal, BiasInitializerScale = 0.5, Initializer = Initializer.LeCunNormal)")]
    [InlineData("Dense(3, BiasInitializer = Initializer.Ones, Initializer = Initializer.HeUniform)")]
    public void Silent(string layer) => Verify(layer);

    [Theory]
    [InlineData("has Initializer = Constant, but no InitialValue, the value of all", "Initializer = {|NG0129:Initializer.Constant|}")]
    [InlineData("has Initializer = Normal, but no InitializerScale, the standard deviation", "Initializer = {|NG0129:Initializer.Normal|}")]
    [InlineData("has Initializer = Uniform, but no InitializerScale, the limit a of [-a, a)", "Initializer = {|NG0129:Initializer.Uniform|}")]
    [InlineData("has BiasInitializer = Constant, but no BiasInitialValue, the value of all", "BiasInitializer = {|NG0129:Initializer.Constant|}")]
    [InlineData("has BiasInitializer = Uniform, but no BiasInitializerScale, the limit a of [-a, a)", "BiasInitializer = {|NG0129:Initializer.Uniform|}")]
    public void A_number_is_missing(string message, string arguments) => Check(message, arguments);

    [Theory]
    [InlineData("has InitialValue = 0.5, which Constant takes, but no Initializer is given", "InitialValue = {|NG0129:0.5|}")]
    [InlineData("has InitialValue = 0, which Constant takes, but Initializer is Zeros", "Initializer = Initializer.Zeros, InitialValue = {|NG0129:0|}")]
    [InlineData("has InitialValue = 1E-05, which Constant takes, but Initializer is Default", "Initializer = Initializer.Default, InitialValue = {|NG0129:1e-5|}")]
    [InlineData("has InitializerScale = 2, which Uniform, Normal and Orthogonal take, but Initializer is HeNormal", "InitializerScale = {|NG0129:2|}, Initializer = Initializer.HeNormal")]
    [InlineData("has InitializerScale = 1, which Uniform, Normal and Orthogonal take, but no Initializer is given", "InitializerScale = {|NG0129:1|}")]
    [InlineData("has BiasInitialValue = 0.1, which Constant takes, but no BiasInitializer is given", "Initializer = Initializer.Constant, InitialValue = 2, BiasInitialValue = {|NG0129:0.1|}")]
    [InlineData("has BiasInitializerScale = 0.1, which Uniform and Normal take, but BiasInitializer is Ones", "BiasInitializer = Initializer.Ones, BiasInitializerScale = {|NG0129:0.1|}")]
    public void A_number_has_no_use(string message, string arguments) => Check(message, arguments);

    [Theory]
    [InlineData("has InitializerScale = 0, but it must be positive and at most 1E+30", "Initializer = Initializer.Uniform, InitializerScale = {|NG0105:0|}")]
    [InlineData("has InitializerScale = -0.02, but it must be positive and at most 1E+30", "Initializer = Initializer.Normal, InitializerScale = {|NG0105:-0.02|}")]
    [InlineData("has InitializerScale = 1E-60, but it must be positive and at most 1E+30", "Initializer = Initializer.Normal, InitializerScale = {|NG0105:1e-60|}")]
    [InlineData("has InitializerScale = NaN, but it must be positive and at most 1E+30", "Initializer = Initializer.Orthogonal, InitializerScale = {|NG0105:double.NaN|}")]
    [InlineData("has BiasInitializerScale = Infinity, but it must be positive and at most 1E+30", "BiasInitializer = Initializer.Normal, BiasInitializerScale = {|NG0105:double.PositiveInfinity|}")]
    [InlineData("has InitialValue = NaN, but it must be within the range of a float", "Initializer = Initializer.Constant, InitialValue = {|NG0105:double.NaN|}")]
    [InlineData("has BiasInitialValue = -1E+39, but it must be within the range of a float", "BiasInitializer = Initializer.Constant, BiasInitialValue = {|NG0105:-1e39|}")]
    [InlineData("has BiasInitializer = HeNormal, but it must be one of Zeros, Ones, Constant, Uniform, Normal, Default", "BiasInitializer = {|NG0105:Initializer.HeNormal|}")]
    [InlineData("has BiasInitializer = Orthogonal, but it must be one of Zeros, Ones, Constant, Uniform, Normal, Default", "BiasInitializer = {|NG0105:Initializer.Orthogonal|}, BiasInitializerScale = 2")]
    [InlineData(
        "has Initializer = 13, but it must be one of Zeros, HeNormal, GlorotUniform, Ones, HeUniform, GlorotNormal, LeCunNormal, LeCunUniform, Orthogonal, Constant, Uniform, Normal, Default",
        "Initializer = {|NG0105:(Initializer)13|}, InitialValue = 2")]
    public void Out_of_range(string message, string arguments) => Check(message, arguments);

    [Fact]
    public void All_at_once() => Assert.Equal(
        3,
        Verify("Dense({|NG0105:0|}, Initializer = {|NG0129:Initializer.Normal|}, InitialValue = {|NG0129:1|})").Count);

    [Fact]
    public void The_runtime_has_the_same_names_with_the_same_numbers() => Assert.Equal(
        Enum.GetValues<Initializer>().Select(value => $"{value} {(int)value}"),
        Enum.GetValues<InitializerKind>().Select(value => $"{value} {(int)value}"));

    private static void Check(string message, string arguments)
    {
        Assert.Equal([$"Dense 'dense1' {message}"], Verify($"Dense(3, {arguments})"));
        Assert.Equal([$"Conv2D 'conv1' {message}"], Verify($"Conv2D(3, 1, {arguments}), Flatten, Dense(2)", "Input(2, 2, 1)"));
    }

    private static IReadOnlyList<string> Verify(string layers, string input = "Input(4)") =>
        DeclarationDiagnostics.Verify($"[Network, {input}, {layers}] public partial class Net;");
}
