using NetGen.Generator.Model;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Declaration;

/// <summary>The type of the input.</summary>
public class InputRuleTests
{
    [Theory]
    [InlineData("Input has Type = 7, but it must be one of Float32, UInt8", "Input(4, Type = {|NG0105:(InputType)7|}), Dense(3)")]
    [InlineData("Input has Type = -1, but it must be one of Float32, UInt8", "Input(4, 4, Type = {|NG0105:(InputType)(-1)|}), Flatten, Dense(3)")]
    public void A_type_that_has_no_name(string message, string layers) => DeclarationDiagnostics.Check(message, layers);

    [Theory]
    [InlineData("Input(4)", InputKind.Float32)]
    [InlineData("Input(4, Type = InputType.Float32)", InputKind.Float32)]
    [InlineData("Input(4, Type = InputType.UInt8)", InputKind.UInt8)]
    public void The_type_is_read(string input, object type) =>
        Assert.Equal(type, Assert.Single(GeneratorRun.Of($"[Network, {input}, Dense(3)] public partial class Net;").Models).InputType);

    /// <summary>While a layer has an error, code that uses the members for bytes has none.</summary>
    [Theory]
    [InlineData("Dense({|NG0105:0|})")]
    [InlineData("{|NG0107:Conv2D(3, 3)|}, Flatten, Dense(3)")]
    public void Members_for_bytes_are_there_while_a_layer_has_an_error(string layers) => DeclarationDiagnostics.Verify(
        $$"""
        [Network, Input(4, Type = InputType.UInt8), {{layers}}] public partial class Net;

        public static class User
        {
            public static float Use(Net net, byte[] bytes, float[] outputs, int[] labels)
            {
                net.Predict(bytes, outputs);
                net.Predict(bytes, outputs, 2);
                net.PredictMonteCarlo(bytes, 10, 1, outputs, outputs);
                Net.TrainingPass pass = net.BeginTraining(net.Classify(bytes));
                return pass.Forward(bytes, labels) + pass.Forward(bytes, outputs, outputs);
            }
        }
        """);

    [Fact]
    public void Members_for_bytes_are_reserved_only_where_they_are_generated()
    {
        DeclarationDiagnostics.Verify(
            """
            [Network, Input(4), Dense(3)] public partial class Net
            {
                public void Predict(ReadOnlySpan<byte> input, Span<float> output) { }
                public int Classify(ReadOnlySpan<byte> input) => 0;
            }
            """);
        DeclarationDiagnostics.Verify(
            """
            [Network, Input(4, Type = InputType.UInt8), Dense(3)] public partial class Net
            {
                public void {|NG0113:Predict|}(ReadOnlySpan<byte> input, Span<float> output) { }
            }
            """);
    }
}
