using NetGen.ForeignLayers.Harness;
using NetGen.Generator.Graph;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>PReLU against its formula; <see cref="GradientTests"/> and <see cref="PredictionTests"/> have it in whole networks.</summary>
public sealed class SlopeTests
{
    public static TheoryData<string> Widths => ["PReLU", "PReLU(Shared = true)", "PReLU(Trainable = false)", "PReLU(Shared = true, Trainable = false)"];

    /// <summary>A network that only rectifies behind a convolution with the identity: its gradients have a formula.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Outputs_and_gradients_are_those_of_the_formula(string kind)
    {
        const int positions = 6, channels = 19, batch = 21;
        INetwork network = ForeignNetwork.Create($"Input(2, 3, {channels}), Conv2D({channels}, 1), {kind}", seed: 3);
        ParameterInfo slopes = network.ParameterTable["prelu1.weight"];
        bool shared = slopes.Length == 1;
        float[] values = Draw.Normal(slopes.Length, 1);
        using (ParameterEdit edit = network.EditParameters())
        {
            values.CopyTo(edit.Values[slopes.Offset..]);
            edit.Values.Slice(network.ParameterTable["conv1.weight"].Offset, channels * channels).Clear();
            for (int i = 0; i < channels; i++)
                edit.Values[network.ParameterTable["conv1.weight"].Offset + (i * channels) + i] = 1;
        }

        float[] inputs = Draw.Normal(batch * positions * channels, 2);
        inputs[3] = 0;
        float[] targets = Draw.Normal(inputs.Length, 3);
        float[] outputs = new float[inputs.Length];
        network.Predict(inputs, outputs);
        float[] expected = [.. inputs.Select((x, i) => x > 0 ? x : x * Slope(i))];
        Assert.Equal(expected, outputs);

        ITrainingPass pass = network.BeginTraining(batch);
        pass.Forward(inputs, targets);
        pass.Backward();
        Assert.Equal(expected, pass.Outputs.ToArray());
        double[] gradients = new double[channels];
        double[] inputGradients = new double[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            double gradient = 2.0 * (expected[i] - targets[i]) / inputs.Length;
            gradients[shared ? 0 : i % channels] += gradient * Math.Min(inputs[i], 0);
            inputGradients[i] = inputs[i] > 0 ? gradient : gradient * Slope(i);
        }

        if (slopes.Role == ParameterRole.Trained)
            Close.Check("slopes", gradients[..slopes.Length], pass.Gradients.Slice(slopes.Offset, slopes.Length).ToArray(), 1e-5, 1e-6);
        float[] toInputs = new float[inputs.Length];
        pass.InputGradients(toInputs);
        Close.Check("inputs", inputGradients, toInputs, 1e-5, 1e-6);

        float Slope(int i) => values[shared ? 0 : i % channels];
    }

    [Fact]
    public void Slopes_begin_as_in_PyTorch_and_are_named_so()
    {
        INetwork network = ForeignNetwork.Create("Input(4, 4, 3), Conv2D(5, 2), PReLU, Flatten, PReLU, Dense(3), PReLU(Shared = true), Dense(2)", seed: 1);
        Assert.Equal(
            [("prelu1.weight", 5), ("prelu2.weight", 45), ("prelu3.weight", 1)],
            network.ParameterTable.Parameters.Where(parameter => parameter.LayerKind == "PReLU").Select(parameter => (parameter.Name, parameter.Length)));
        foreach (ParameterInfo parameter in network.ParameterTable.Parameters.Where(parameter => parameter.LayerKind == "PReLU"))
            Assert.All(network.Parameters.Slice(parameter.Offset, parameter.Length).ToArray(), value => Assert.Equal(0.25f, value));
    }

    [Theory]
    [InlineData("Input(8, 8, 2), Conv2D(5, 3), PReLU, Dropout(0.3), Flatten, Dense(2)", "conv1, prelu1; dense1", "conv1; prelu1, dropout1; dense1")]
    [InlineData("Input(8, 8, 2), Conv2D(5, 3), PReLU, MaxPool2D(2), Flatten, Dense(2)", "conv1, prelu1; pool1; dense1", "conv1; prelu1; pool1; dense1")]
    [InlineData("Input(8), Dense(5), PReLU(Shared = true), Dense(2)", "dense1, prelu1; dense2", "dense1; prelu1; dense2")]
    [InlineData("Input(8), Dense(5), PReLU(Trainable = false), Dense(2)", "dense1, prelu1; dense2", "dense1; prelu1; dense2")]
    public void It_is_part_of_the_kernel_before_it_at_inference(string layers, string inference, string training)
    {
        NetworkPlan plan = new(Assert.Single(ForeignNetwork.Generate(layers).Models));
        Assert.Equal(inference, string.Join("; ", plan.Inference.Operations.Select(operation => operation.LayerText)));
        Assert.Equal(training, string.Join("; ", plan.Training.Operations.Select(operation => operation.LayerText)));
    }

    [Theory]
    [InlineData("Input(5, 6, 2), Conv2D(3, 2), ReLU(Name = \"entry\"), PReLU(Name = \"left\"), Conv2D(4, 1, From = \"entry\"), PReLU(Shared = true), Concat(\"left\"), Conv2D(2, 3, Padding = Padding.Same), Flatten, Dense(2)")]
    [InlineData("Input(6), Dense(5), ReLU(Name = \"entry\"), PReLU(Name = \"left\"), Dense(19, From = \"entry\"), PReLU(Shared = true), Concat(\"left\"), Dense(2)")]
    public void It_writes_into_a_concatenation(string layers)
    {
        NetworkPlan plan = new(Assert.Single(ForeignNetwork.Generate(layers).Models));
        Assert.True(plan.Training.Operations.Single(operation => operation.LayerText == "concat1").WritesNothing);
    }

    [Fact]
    public void Infinities_and_NaN_pass()
    {
        INetwork network = ForeignNetwork.Create("Input(4), PReLU, Dense(4, Initializer = Initializer.Zeros), PReLU", seed: 1);
        ParameterInfo bias = network.ParameterTable["dense1.bias"];
        float[] outputs = new float[4];
        using (ParameterEdit edit = network.EditParameters())
            ((ReadOnlySpan<float>)[float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f]).CopyTo(edit.Values[bias.Offset..]);
        network.Predict(new float[4], outputs);
        Assert.Equal([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0], outputs);
    }
}
