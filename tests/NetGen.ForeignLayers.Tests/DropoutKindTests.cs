using System.Runtime.Intrinsics;
using NetGen.CompilerServices;
using NetGen.ForeignLayers.Harness;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>
/// What the kinds of dropout do to values: a linear layer that passes its inputs on shows the result in the outputs of a training pass. The seeds are fixed; bounds are
/// five standard deviations.
/// </summary>
public sealed class DropoutKindTests
{
    private const int Width = 64;
    private const int Batch = 32;
    private const int Steps = 24;
    private const double Sigmas = 5;
    private const double Limit = 1.7580993408473766;

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void Alpha_dropout_has_the_values_and_the_moments_of_the_paper(double rate)
    {
        float[] inputs = Draw.Normal(Batch * Width, 3);
        double slope = 1 / Math.Sqrt((1 - rate) * (1 + (rate * Limit * Limit)));
        double shift = slope * Limit * rate;
        int dropped = 0;
        double sum = 0, squares = 0;
        foreach (float[] outputs in Run(FormattableString.Invariant($"AlphaDropout({rate})"), inputs, Steps))
        {
            for (int i = 0; i < outputs.Length; i++)
            {
                bool isDropped = Math.Abs(outputs[i] - (shift - (slope * Limit))) < 1e-5;
                dropped += isDropped ? 1 : 0;
                Assert.True(isDropped || Math.Abs(outputs[i] - ((slope * inputs[i]) + shift)) < 1e-5, $"{inputs[i]} became {outputs[i]}");
                sum += outputs[i];
                squares += outputs[i] * (double)outputs[i];
            }
        }

        const int Count = Steps * Batch * Width;
        Assert.InRange(dropped - (Count * rate), -Sigmas * Math.Sqrt(Count * rate * (1 - rate)), Sigmas * Math.Sqrt(Count * rate * (1 - rate)));

        // The inputs are the same in every step, so their own deviation from mean 0 and variance 1 counts once.
        Assert.InRange(sum / Count, -Sigmas / Math.Sqrt(Batch * Width), Sigmas / Math.Sqrt(Batch * Width));
        Assert.InRange(squares / Count, 1 - (Sigmas * Math.Sqrt(2.0 / (Batch * Width))), 1 + (Sigmas * Math.Sqrt(2.0 / (Batch * Width))));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.7)]
    public void Gaussian_dropout_multiplies_by_normally_distributed_factors(double rate)
    {
        double deviation = Math.Sqrt(rate / (1 - rate));
        double[] factors = [.. Factors(FormattableString.Invariant($"GaussianDropout({rate})")).Select(factor => (factor - 1) / deviation)];
        double count = factors.Length;
        Assert.InRange(factors.Average() * Math.Sqrt(count), -Sigmas, Sigmas);
        Assert.InRange((factors.Average(z => z * z) - 1) * Math.Sqrt(count / 2), -Sigmas, Sigmas);
        Assert.InRange(factors.Average(z => z * z * z) * Math.Sqrt(count / 15), -Sigmas, Sigmas);
        Assert.InRange((factors.Average(z => z * z * z * z) - 3) * Math.Sqrt(count / 96), -Sigmas, Sigmas);
        Assert.InRange((factors.Count(z => z < -1) - (count * 0.15865525)) / Math.Sqrt(count * 0.15865525 * 0.84134475), -Sigmas, Sigmas);
        Assert.InRange((factors.Count(z => z > 2) - (count * 0.02275013)) / Math.Sqrt(count * 0.02275013 * 0.97724987), -Sigmas, Sigmas);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(21)]
    [InlineData(40)]
    public void Spatial_dropout_drops_whole_channels(int channels)
    {
        const double Rate = 0.3;
        const int Positions = 6;
        int length = Positions * channels;
        INetwork network = PassOn($"Input(2, 3, {channels}), SpatialDropout(0.3), Flatten, Dense({length})", length, channels);
        float[] inputs = Enumerable.Repeat(1f, Batch * length).ToArray();
        ITrainingPass pass = network.BeginTraining(Batch, seed: 5);
        int kept = 0;
        for (int step = 0; step < Steps; step++)
        {
            pass.Forward(inputs, inputs);
            for (int sample = 0; sample < Batch; sample++)
            {
                ReadOnlySpan<float> outputs = pass.Outputs.Slice(sample * length, length);
                for (int i = 0; i < length; i++)
                {
                    Assert.True(outputs[i] == 0 || Math.Abs(outputs[i] - (1 / (1 - Rate))) < 1e-6);
                    Assert.Equal(outputs[i % channels], outputs[i]);
                }

                foreach (float value in outputs[..channels])
                    kept += value == 0 ? 0 : 1;
            }
        }

        double count = Steps * Batch * channels;
        Assert.InRange((kept - (count * (1 - Rate))) / Math.Sqrt(count * Rate * (1 - Rate)), -Sigmas, Sigmas);
    }

    [Fact]
    public void On_features_spatial_dropout_is_dropout()
    {
        float[] inputs = Draw.Normal(Batch * Width, 4);
        Assert.Equal(Run("Dropout(0.3)", inputs, 2), Run("SpatialDropout(0.3)", inputs, 2));
    }

    /// <summary>Factors at a distance in units, samples and steps, and those of another seed or layer, are uncorrelated.</summary>
    [Theory]
    [InlineData("AlphaDropout(0.2)")]
    [InlineData("GaussianDropout(0.2)")]
    [InlineData("SpatialDropout(0.2)")]
    public void Factors_are_independent(string kind)
    {
        double[] factors = Factors(kind);
        foreach (int distance in new[] { 1, 2, 16, Width, 2 * Width, Batch * Width, 3 * Batch * Width })
            Uncorrelated($"distance {distance}", factors[..^distance], factors[distance..]);
        Uncorrelated("other seed", factors, Factors(kind, seed: 6));
        Uncorrelated("other layer", factors, Factors("Dropout(0), " + kind));
    }

    [Theory]
    [InlineData("AlphaDropout(0.3)")]
    [InlineData("GaussianDropout(0.3)")]
    [InlineData("SpatialDropout(0.3)")]
    public void Backward_computes_the_same_factors_again(string kind)
    {
        // Of two inputs, the difference of the outputs is the slope: dropout is affine.
        float[] zeros = new float[Batch * Width];
        float[] ones = Enumerable.Repeat(1f, zeros.Length).ToArray();
        float[] base0 = Run(kind, zeros, 1)[0];
        INetwork network = PassOn($"Input({Width}), {kind}, Dense({Width})", Width);
        ITrainingPass pass = network.BeginTraining(Batch, seed: 5);
        pass.Forward(ones, zeros);
        float[] outputs = pass.Outputs.ToArray();
        pass.Backward();
        float[] gradients = new float[zeros.Length];
        pass.InputGradients(gradients);
        double[] expected = [.. outputs.Select((output, i) => 2.0 * output / zeros.Length * (output - base0[i]))];
        Close.Check("gradients", expected, gradients, 1e-5, 1e-6);
    }

    [Theory]
    [InlineData("AlphaDropout(0.3)")]
    [InlineData("GaussianDropout(0.3)")]
    [InlineData("SpatialDropout(0.3)")]
    public void Inference_has_no_code_for_dropout(string kind)
    {
        string without = "Input(6, 6, 2), Conv2D(5, 3), ReLU, MaxPool2D(2), Flatten, Dense(3)";
        string with = $"Input(6, 6, 2), {kind}, Conv2D(5, 3), ReLU, {kind}, MaxPool2D(2), {kind}, Flatten, Dense(3)";
        float[] inputs = Draw.Normal(4 * 72, 5);
        float[] expected = new float[4 * 3], actual = new float[4 * 3];
        ForeignNetwork.Create(without, seed: 3).Predict(inputs, expected);
        ForeignNetwork.Create(with, seed: 3).Predict(inputs, actual);
        Close.SameBits("outputs", expected, actual);
    }

    [Theory]
    [InlineData("Dropout(0.3")]
    [InlineData("AlphaDropout(0.3")]
    [InlineData("GaussianDropout(0.3")]
    [InlineData("SpatialDropout(0.3")]
    public void Without_parameters_there_is_nothing_to_freeze(string kind)
    {
        float[] inputs = Draw.Normal(Batch * Width, 4);
        Assert.Equal(Run(kind + ")", inputs, 2), Run(kind + ", Trainable = false)", inputs, 2));
    }

    /// <summary>The masks do not depend on the width of vectors, nor on where in a vector a unit is.</summary>
    [Fact]
    public void Every_vector_width_makes_the_same_masks()
    {
        const uint Threshold = 0x4CCCCCCD;
        Vector512<float> values = Vector512.CreateSequence(1f, 1f);
        for (int sample = 0; sample < 40; sample++)
        {
            ulong key = DropoutMask.Key(5, sample / 7, sample % 3, sample);
            int unit = sample * 37;
            int channels = 1 + (sample % 20);
            Vector512<float> spatial = SpatialDropoutMask.Apply(values, key, unit, Threshold, 1.5f, channels);
            Vector512<float> alpha = AlphaDropoutMask.Apply(values, key, unit, Threshold, 1.5f, 0.25f, -1f);
            Vector512<float> normal = GaussianDropoutMask.Apply(values, key, unit, 0.5f);
            for (int i = 0; i < Vector512<float>.Count; i++)
            {
                Vector256<float> same = Vector256.Create(values[i]);
                Assert.Equal(spatial[i], SpatialDropoutMask.Apply(same, key, unit + i, Threshold, 1.5f, channels)[0]);
                Assert.Equal(alpha[i], AlphaDropoutMask.Apply(same, key, unit + i, Threshold, 1.5f, 0.25f, -1f)[0]);
                Assert.Equal(normal[i], GaussianDropoutMask.Apply(same, key, unit + i, 0.5f)[0]);
                Assert.Equal(spatial[i], SpatialDropoutMask.Apply(same.GetLower(), key, unit + i, Threshold, 1.5f, channels)[0]);
                Assert.Equal(alpha[i], AlphaDropoutMask.Apply(same.GetLower(), key, unit + i, Threshold, 1.5f, 0.25f, -1f)[0]);
                Assert.Equal(normal[i], GaussianDropoutMask.Apply(same.GetLower(), key, unit + i, 0.5f)[0]);
            }
        }
    }

    private static void Uncorrelated(string what, double[] first, double[] second)
    {
        double mean = first.Average();
        double variance = first.Average(value => (value - mean) * (value - mean));
        double correlation = first.Zip(second, (a, b) => (a - mean) * (b - mean)).Average() / variance;
        Assert.True(Math.Abs(correlation) * Math.Sqrt(first.Length) < Sigmas, $"{what}: the correlation is {correlation}");
    }

    /// <summary>What inputs of 1 become.</summary>
    private static double[] Factors(string kind, ulong seed = 5) =>
        [.. Run(kind, Enumerable.Repeat(1f, Batch * Width).ToArray(), Steps, seed).SelectMany(outputs => outputs).Select(output => (double)output)];

    private static float[][] Run(string kind, float[] inputs, int steps, ulong seed = 5)
    {
        ITrainingPass pass = PassOn($"Input({Width}), {kind}, Dense({Width})", Width).BeginTraining(Batch, seed);
        return [.. Enumerable.Range(0, steps).Select(_ =>
        {
            pass.Forward(inputs, inputs);
            return pass.Outputs.ToArray();
        })];
    }

    /// <summary>A network whose dense layer gives its inputs in the order in which they are stored.</summary>
    private static INetwork PassOn(string layers, int width, int channels = Width)
    {
        INetwork network = ForeignNetwork.Create(layers, seed: 1);
        ParameterInfo weight = network.ParameterTable["dense1.weight"];
        using ParameterEdit edit = network.EditParameters();
        edit.Values.Clear();
        Span<float> values = edit.Values.Slice(weight.Offset, weight.Length);
        for (int i = 0; i < width; i++)
        {
            // Weights are in PyTorch's order, in which the inputs of an image go channel by channel.
            int column = (i % channels * (width / channels)) + (i / channels);
            values[weight.Layout.StoredIndex((i * width) + column)] = 1;
        }

        return network;
    }
}
