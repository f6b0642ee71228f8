using NetGen.ForeignLayers.Harness;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>Sums over many positions are as accurate as sums of a few values: of equal values, whose rounding errors all have the same sign.</summary>
public sealed class RoundingTests
{
    private const double Tolerance = 3e-6;

    [Theory]
    [InlineData("Input(16384, 3), GlobalAveragePool")]
    [InlineData("Input(90, 91, 3), GlobalAveragePool")]
    [InlineData("Input(3, 2001, 3), GlobalAveragePool")]
    [InlineData("Input(3000, 3), AveragePool1D(2999, Stride = 2000, Padding = Padding.Same), Flatten")]
    public void A_mean_of_equal_values_is_that_value(string layers)
    {
        INetwork network = ForeignNetwork.Create(layers + ", Dense(1)", seed: 1);
        ParameterInfo weight = network.ParameterTable["dense1.weight"];
        using (ParameterEdit edit = network.EditParameters())
            edit.Values.Slice(weight.Offset, weight.Length).Fill(1);
        float[] output = new float[1];
        network.Predict([.. Enumerable.Repeat(0.1f, network.Summary.InputLength)], output);
        Assert.InRange(output[0] / (0.1f * weight.Length), 1 - Tolerance, 1 + Tolerance);
    }

    /// <summary>The gradient with respect to a bias is the sum of equal shares of the gradient with respect to the mean, which it is then.</summary>
    [Theory]
    [InlineData("Input(57, 61, 4), Conv2D(4, 1)")]
    [InlineData("Input(3600, 4), Conv1D(4, 1)")]
    [InlineData("Input(57, 61, 4), LayerNorm")]
    [InlineData("Input(3600, 4), LayerNorm")]
    [InlineData("Input(57, 61, 4), BatchNorm")]
    [InlineData("Input(3600, 4), BatchNorm")]
    public void A_sum_of_equal_gradients_is_their_number_times_one_of_them(string layers)
    {
        INetwork network = ForeignNetwork.Create(layers + ", GlobalAveragePool", seed: 1);
        using (ParameterEdit edit = network.EditParameters())
            edit.Values.Clear();
        ParameterInfo bias = network.ParameterTable.Parameters.Single(parameter => parameter.Name.EndsWith(".bias", StringComparison.Ordinal));
        ITrainingPass pass = network.BeginTraining(1);

        // The mean squared error of 4 outputs, which are all 0.
        pass.Forward(new float[network.Summary.InputLength], [.. Enumerable.Repeat(0.37f, 4)]);
        pass.Backward();
        foreach (float gradient in pass.Gradients.Slice(bias.Offset, bias.Length))
            Assert.InRange(gradient / (-2.0 * 0.37f / 4), 1 - Tolerance, 1 + Tolerance);
    }
}
