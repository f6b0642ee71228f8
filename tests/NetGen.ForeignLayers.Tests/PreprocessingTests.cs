using NetGen.ForeignLayers.Harness;
using NetGen.Generator.Graph;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>Rescale and Normalization against their formulas; <see cref="GradientTests"/> and others have them in whole networks.</summary>
public sealed class PreprocessingTests
{
    private const int Batch = 21;

    [Theory]
    [InlineData("Input(7)", 7)]
    [InlineData("Input(5, 3, 1)", 15)]
    [InlineData("Input(5, 6, 3)", 90)]
    public void A_rescaled_input_is_the_input_of_the_network_without(string input, int length)
    {
        string rest = input == "Input(7)" ? "Dense(19), ReLU, Dense(3)" : "Conv2D(19, 3, Padding = Padding.Same), ReLU, Flatten, Dense(3)";
        INetwork rescaled = ForeignNetwork.Create($"{input}, Rescale(0.3, -0.7), {rest}", seed: 3);
        INetwork plain = ForeignNetwork.Create($"{input}, {rest}", seed: 3);
        Close.SameBits("parameters", plain.Parameters, rescaled.Parameters);
        float[] inputs = Draw.Normal(Batch * length, 4, 20);
        float[] scaled = [.. inputs.Select(value => MathF.FusedMultiplyAdd(value, 0.3f, -0.7f))];
        foreach (int samples in new[] { 1, Batch })
        {
            float[] actual = new float[samples * 3], expected = new float[samples * 3];
            rescaled.Predict(inputs.AsSpan(0, samples * length), actual);
            plain.Predict(scaled.AsSpan(0, samples * length), expected);
            Close.Check("predictions", [.. expected.Select(value => (double)value)], actual, 1e-6, 1e-6);
        }

        float[] targets = Draw.Normal(Batch * 3, 5);
        (ITrainingPass pass, ITrainingPass other) = (rescaled.BeginTraining(Batch), plain.BeginTraining(Batch));
        Assert.Equal(other.Forward(scaled, targets), pass.Forward(inputs, targets));
        pass.Backward();
        other.Backward();
        Close.SameBits("gradients", other.Gradients, pass.Gradients);
        float[] toInputs = new float[inputs.Length], toScaled = new float[inputs.Length];
        pass.InputGradients(toInputs);
        other.InputGradients(toScaled);
        Close.Check("input gradients", [.. toScaled.Select(value => 0.3f * (double)value)], toInputs, 1e-6, 1e-6);
    }

    /// <summary>Which operations there are: a scaling of the input is none.</summary>
    [Theory]
    [InlineData("Input(8, 8, 2), Rescale(2, 1), Conv2D(5, 3), ReLU, Flatten, Dense(2)", "conv1, relu1; dense1", "conv1, relu1; dense1")]
    [InlineData("Input(128), Reshape(8, 8, 2), Conv2D(5, 3), Flatten, Dense(2)", "conv1; dense1", "conv1; dense1")]
    [InlineData("Input(128), Rescale(2), Reshape(8, 8, 2), Rescale(3), Conv2D(5, 3), Flatten, Dense(2)", "reshape1, rescale2; conv1; dense1", "reshape1, rescale2; conv1; dense1")]
    [InlineData("Input(8), Rescale(2), Dropout(0.5), Dense(5), Rescale(2), Dense(2)", "dense1, rescale2; dense2", "rescale1, dropout1; dense1, rescale2; dense2")]
    [InlineData("Input(8), Normalization, Dense(5), Normalization, ReLU, Dense(2)", "normalization1; dense1, normalization2, relu1; dense2", "normalization1; dense1, normalization2, relu1; dense2")]
    [InlineData("Input(8, 8, 2), Conv2D(5, 3), Rescale(2), MaxPool2D(2), Rescale(-2), MaxPool2D(3)", "conv1, rescale1, pool1, rescale2; pool2", "conv1, rescale1, pool1, rescale2; pool2")]
    public void They_are_part_of_other_kernels(string layers, string inference, string training)
    {
        NetworkPlan plan = new(Assert.Single(ForeignNetwork.Generate(layers).Models));
        Assert.Equal(inference, string.Join("; ", plan.Inference.Operations.Select(operation => operation.LayerText)));
        Assert.Equal(training, string.Join("; ", plan.Training.Operations.Select(operation => operation.LayerText)));
    }

    [Fact]
    public void The_summary_says_where_they_are()
    {
        NetworkSummary summary = ForeignNetwork.Create("Input(8), Rescale(0.5, -1), Dense(5), Normalization, Dense(2)", seed: 1).Summary;
        Assert.Equal(("times 0.5 minus 1", "in the copy of the input"), (summary.Layers[0].Description, summary.Layers[0].Lowering));
        Assert.Equal((10, 10), (summary.Layers[2].Parameters, summary.Layers[2].NonTrainableParameters));
    }

    /// <summary>An image of flat features is copied once, with its padding, or not at all.</summary>
    [Theory]
    [InlineData("Input(32), Reshape(4, 4, 2), Rescale(0.5), Conv2D(3, 3), Flatten, Dense(2)", "in the copy of the input", "in the copy of the input")]
    [InlineData("Input(32), Rescale(0.5), Reshape(4, 4, 2), Conv2D(3, 3, Padding = Padding.Same), Flatten, Dense(2)", "in the copy of the input", "in the copy of the input")]
    [InlineData("Input(32), Reshape(4, 8), Reshape(4, 4, 2), Conv2D(3, 3, Padding = Padding.Same), Flatten, Dense(2)", "in the copy of the input", "in the copy of the input")]
    [InlineData("Input(32), Reshape(4, 8), Reshape(4, 4, 2), Conv2D(3, 3), Flatten, Dense(2)", "no code", "no code")]
    public void Layers_that_only_copy_the_input_have_no_kernel(string layers, string first, string second)
    {
        Assert.Equal([first, second], ForeignNetwork.Create(layers, seed: 1).Summary.Layers.Take(2).Select(layer => layer.Lowering));
        NetworkPlan plan = new(Assert.Single(ForeignNetwork.Generate(layers).Models));
        Assert.Equal(["conv1", "dense1"], plan.Training.Operations.Select(operation => operation.LayerText));
        Assert.Equal(layers.Contains("Rescale", StringComparison.Ordinal), plan.TrainingMemory.CopiesInputGradient);
    }

    /// <summary>Keras: the mean and the variance over n of each channel over all positions, then (x − mean) / max(deviation, 1e-7).</summary>
    [Fact]
    public void Adapted_channels_have_mean_0_and_variance_1()
    {
        const int channels = 3, positions = 20, samples = 30;
        INetwork network = ForeignNetwork.Create($"Input(4, 5, {channels}), Normalization, Conv2D({channels}, 1)", seed: 1);
        float[] inputs = [.. Draw.Normal(samples * positions * channels, 2).Select((value, i) => i % channels == 2 ? 5 : (value * (i % channels == 0 ? 1 : 100)) + 10_000)];
        Dataset data = Dataset.FromTargets(inputs, positions * channels, new float[samples * positions * channels], positions * channels);
        network.Adapt(data);
        using (ParameterEdit edit = network.EditParameters())
        {
            ParameterInfo weight = network.ParameterTable["conv1.weight"];
            edit.Values.Slice(weight.Offset, weight.Length).Clear();
            for (int channel = 0; channel < channels; channel++)
                edit.Values[weight.Offset + (channel * channels) + channel] = 1;
        }

        float[] outputs = new float[inputs.Length];
        network.Predict(inputs, outputs);
        double[] expected = new double[inputs.Length];
        for (int channel = 0; channel < channels; channel++)
        {
            double[] values = [.. inputs.Where((_, i) => i % channels == channel).Select(value => (double)value)];
            double mean = values.Average();
            double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            for (int i = channel; i < inputs.Length; i += channels)
                expected[i] = (inputs[i] - mean) / Math.Max(deviation, 1e-7);
        }

        // The mean, about 10,000, is rounded to a float.
        Close.Check("outputs", expected, outputs, 1e-3, 1e-3);
        Assert.All(outputs.Where((_, i) => i % channels == 2), value => Assert.Equal(0, value));
        float[] before = network.Parameters.ToArray();
        network.Fit(data, new FitOptions { Epochs = 1 });
        foreach (string name in new[] { "normalization1.mean", "normalization1.variance" })
        {
            ParameterInfo parameter = network.ParameterTable[name];
            Assert.Equal(ParameterRole.Statistic, parameter.Role);
            Close.SameBits(name, before[parameter.Offset..(parameter.Offset + parameter.Length)], network.Parameters.Slice(parameter.Offset, parameter.Length));
        }

        using var file = new MemoryStream();
        network.Save(file);
        file.Position = 0;
        INetwork loaded = ForeignNetwork.Load($"Input(4, 5, {channels}), Normalization, Conv2D({channels}, 1)", file);
        Close.SameBits("parameters", network.Parameters, loaded.Parameters);
    }

    [Fact]
    public void Adapt_needs_a_normalisation_and_its_inputs()
    {
        Dataset data = Dataset.FromTargets([1, 2, 3, float.NaN], 2, new float[4], 2);
        INetwork network = ForeignNetwork.Create("Input(2), Normalization, Dense(2)", seed: 1);
        float[] before = network.Parameters.ToArray();
        Assert.StartsWith("Channel 1 has values that are not finite.", Assert.Throws<ArgumentException>(() => network.Adapt(data)).Message, StringComparison.Ordinal);
        Assert.StartsWith("The source has no samples.", Assert.Throws<ArgumentException>(() => network.Adapt(data.Take(0))).Message, StringComparison.Ordinal);
        Assert.StartsWith("Net takes 2 values a sample, but those of the source have 1.", Assert.Throws<ArgumentException>(() => network.Adapt(Dataset.FromTargets([1], 1, [1], 1))).Message, StringComparison.Ordinal);
        Close.SameBits("parameters", before, network.Parameters);
        Assert.Equal(
            "Net does not begin with Normalization, so there is nothing to adapt to the inputs.",
            Assert.Throws<InvalidOperationException>(() => ForeignNetwork.Create("Input(2), Dense(2)", 1).Adapt(data)).Message);
    }

    /// <summary>Behind another layer there is nothing to adapt to, but statistics that are written, as a file of weights does, have their effect.</summary>
    [Fact]
    public void Adapt_does_not_reach_behind_other_layers()
    {
        Dataset data = Dataset.FromTargets([1, 2, 3, 6], 2, new float[4], 2);
        INetwork behind = ForeignNetwork.Create("Input(2), Rescale(2), Normalization(Name = \"scaled\"), Dense(2)", seed: 1);
        float[] before = behind.Parameters.ToArray();
        Assert.Equal(
            "Net does not begin with Normalization, so there is nothing to adapt to the inputs: 'scaled' reads what other layers compute of them. "
            + "Let it be the first layer, or set 'scaled.mean' and 'scaled.variance', by EditParameters or from a file of weights.",
            Assert.Throws<InvalidOperationException>(() => behind.Adapt(data)).Message);
        Close.SameBits("parameters", before, behind.Parameters);

        INetwork both = ForeignNetwork.Create("Input(2), Normalization, Reshape(2, 1), Normalization, Conv1D(1, 1)", seed: 1);
        using (ParameterEdit edit = both.EditParameters())
        {
            edit.Values[both.ParameterTable["conv1.weight"].Offset] = 1;
            edit.Values[both.ParameterTable["normalization2.mean"].Offset] = 3;
            edit.Values[both.ParameterTable["normalization2.variance"].Offset] = 4;
        }

        both.Adapt(data);
        float[] outputs = new float[4];
        both.Predict([1, 2, 3, 6], outputs);
        Assert.Equal([-2, -2, -1, -1], outputs);
    }
}
