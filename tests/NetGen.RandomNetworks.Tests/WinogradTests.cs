using System.Globalization;
using NetGen.CompilerServices;
using NetGen.RandomNetworks.Checks;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.RandomNetworks;

/// <summary>Networks in which every convolution that can uses Winograd's transforms, whether they pay or not: of 3×3 in tiles of 4×4 or 2×2 outputs, of 5×5 in tiles of 2×2.</summary>
public sealed class WinogradTests
{
    /// <summary>How much larger errors may be than those of the direct sums.</summary>
    private const double MostTimes = 8;

    /// <summary>Every epilogue; sizes that the tiles divide and others; channels that fill vectors and others; padding; joins.</summary>
    public static readonly string[] Networks =
    [
        "Input(4, 4, 2), Conv2D(3, 3, Padding = Padding.Same), Flatten, Dense(2)",
        "Input(7, 6, 3), Conv2D(5, 3), Flatten, Dense(3), Softmax",
        "Input(9, 11, 4), Conv2D(16, 3, Padding = Padding.Same), ReLU, Conv2D(8, 3), ReLU, Flatten, Dense(3), Softmax",
        "Input(8, 8, 3), Conv2D(33, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), Flatten, Dense(4), Softmax",
        "Input(10, 9, 17), Conv2D(19, 3), ReLU, MaxPool2D(2), Flatten, Dense(4), Softmax",
        "Input(12, 10, 2), Conv2D(6, 3), MaxPool2D(2), Tanh, Conv2D(7, 3, Padding = Padding.Same), Tanh, Flatten, Dense(2)",
        "Input(6, 6, 3), Conv2D(8, 3, Padding = Padding.Same), BatchNorm, ReLU(Name = \"a\"), Conv2D(8, 3, Padding = Padding.Same), BatchNorm, Add(\"a\"), ReLU, Conv2D(8, 3, Padding = Padding.Same), Add(\"a\"), Flatten, Dense(2)",
        "Input(8, 12, 2), Conv2D(16, 3, Padding = Padding.Same), ReLU(Name = \"a\"), Conv2D(16, 3, Padding = Padding.Same), Add(\"a\"), ReLU, GlobalAveragePool, Dense(3), Softmax",
        "Input(8, 8, 3), Conv2D(4, 3, Padding = Padding.Same), ReLU(Name = \"a\"), Conv2D(6, 3, Padding = Padding.Same), ReLU(Name = \"b\"), Conv2D(5, 3, From = \"a\", Padding = Padding.Same), Concat(\"b\"), Conv2D(4, 3), Flatten, Dense(2)",
        "Input(8, 8, 3), Conv2D(4, 3, Padding = Padding.Same), ReLU(Name = \"a\"), Conv2D(6, 3, Padding = Padding.Same), Concat(\"a\"), Conv2D(4, 3), Flatten, Dense(2)",
        "Input(11, 7, 3), Conv2D(40, 3, Padding = Padding.Same), GELU, Dropout(0.25), Conv2D(9, 3, Padding = Padding.Same), PReLU, Dropout(0.5), Flatten, Dense(3)",
        "Input(9, 9, 2), Conv2D(4, 3), MaxPool2D(3), Flatten, Dense(2)",
        "Input(6, 6, 2), Conv2D(4, 3, Trainable = false), ReLU, Conv2D(4, 3, Padding = Padding.Same), LeakyReLU(0.1), Flatten, Dense(2)",
        "Input(5, 40, 3), Conv2D(32, 3, Padding = Padding.Same), Sigmoid, AveragePool2D(2), Flatten, Dense(2)",
        "Input(9, 8, 3), Conv2D(5, 5), Flatten, Dense(3), Softmax",
        "Input(10, 11, 6), Conv2D(16, 5), ReLU, MaxPool2D(2), Flatten, Dense(3), Softmax",
        "Input(7, 11, 2), Conv2D(33, 5, Padding = Padding.Same), ReLU, Conv2D(4, 5, Padding = Padding.Same), Tanh, Flatten, Dense(2)",
        "Input(8, 6, 3), Conv2D(8, 5, Padding = Padding.Same), BatchNorm, ReLU(Name = \"a\"), Conv2D(8, 5, Padding = Padding.Same), Add(\"a\"), ReLU, Conv2D(4, 3), Dropout(0.25), Flatten, Dense(2)",
        "Input(10, 10, 17), Conv2D(19, 5, Padding = Padding.Same), ReLU, MaxPool2D(2), Conv2D(5, 5), Flatten, Dense(2)",
        "Input(7, 29, 8), Conv2D(16, 5, Padding = Padding.Same), Tanh, Conv2D(8, 5, Padding = Padding.Same), Flatten, Dense(2)",
        "Input(9, 57, 8), Conv2D(16, 3, Padding = Padding.Same), ReLU, MaxPool2D(2), Flatten, Dense(2)",
        "Input(6, 25, 6), Conv2D(32, 5, Padding = Padding.Same), Tanh, Flatten, Dense(2)",
        "Input(3, 40, 8), Conv2D(64, 5, Padding = Padding.Same), Tanh, Conv2D(5, 3), Flatten, Dense(2)",
        "Input(6, 66, 5), Conv2D(7, 3, Padding = Padding.Same), Tanh, Conv2D(6, 3), Tanh, Flatten, Dense(2)",
    ];

    public static TheoryData<string, int> All
    {
        get
        {
            TheoryData<string, int> all = [];
            foreach (string network in Networks)
            {
                all.Add(network, 4);
                all.Add(network, 2);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Predictions_and_gradients_are_as_those_of_the_reference_for_any_number_of_threads(string layers, int tiles) =>
        Assert.True(ValidNetworkCheck.Run(layers, batch: 5, tiles), "All inputs are too near a tie.");

    [Theory]
    [InlineData(3, 4, 0)]
    [InlineData(3, 2, 0)]
    [InlineData(3, 4, 200)]
    [InlineData(3, 2, 200)]
    [InlineData(5, 2, 0)]
    [InlineData(5, 2, 200)]
    public void Errors_are_at_most_8_times_those_of_the_direct_sums(int filter, int tiles, int steps)
    {
        string layers = string.Create(CultureInfo.InvariantCulture,
            $"Input(12, 12, 3), Conv2D(24, {filter}, Padding = Padding.Same), ReLU, Conv2D(32, {filter}), ReLU, MaxPool2D(2), Conv2D(16, {filter}, Padding = Padding.Same), ReLU, Flatten, Dense(4), Softmax");
        using var direct = new LoadedNetwork(layers, "Winograd = WinogradUse.Off");
        using var transformed = new LoadedNetwork(layers, "", tiles);
        var network = AnyNetwork.Create(direct.Type, 3);
        var other = AnyNetwork.Create(transformed.Type, 3);
        float[] inputs = Draw.Normal(64 * network.InputLength, seed: 1);
        Train(network, inputs, steps);
        other.SetAll(network.Parameters);
        var reference = ReferenceNetwork.Of(network);
        double[] exact = reference.Predict(inputs);
        double allowed = MostTimes * Error(network.Predict(inputs), exact);
        Assert.InRange(Error(other.Predict(inputs), exact), double.Epsilon, allowed);

        // The forward computation is direct in both, so the same units are active.
        float[] targets = network.DrawTargets(64, seed: 4);
        double[] gradient = reference.Train(inputs, targets).InputGradients;
        allowed = MostTimes * Error(InputGradients(network, inputs, targets), gradient);
        Assert.InRange(Error(InputGradients(other, inputs, targets), gradient), double.Epsilon, allowed);

        // 64 samples are eight shards: the sums over each are transformed once.
        IReadOnlyDictionary<string, double[]> gradients = reference.Train(inputs, targets).Gradients;
        foreach (string weight in (string[])["conv1.weight", "conv2.weight", "conv3.weight"])
        {
            allowed = MostTimes * Error(network.Get(weight, Gradients(network, inputs, targets)), gradients[weight]);
            Assert.InRange(Error(other.Get(weight, Gradients(other, inputs, targets)), gradients[weight]), double.Epsilon, allowed);
        }
    }

    /// <summary>The model chooses other tiles for the weight gradient with vectors of 512 bits than with shorter ones.</summary>
    [Fact]
    public void Widths_that_choose_different_tiles_are_as_the_reference() =>
        Assert.True(ValidNetworkCheck.Run("Input(12, 12, 32), Conv2D(64, 3), Tanh, Flatten, Dense(2)", batch: 5, winogradTiles: 0));

    /// <summary>A block may gather the tiles of several samples, and the last samples of a shard may fill only a part of one.</summary>
    [Theory]
    [InlineData(3, 4, 1)]
    [InlineData(3, 4, 3)]
    [InlineData(3, 4, 8)]
    [InlineData(3, 4, 21)]
    [InlineData(3, 2, 1)]
    [InlineData(3, 2, 7)]
    [InlineData(3, 2, 13)]
    [InlineData(5, 2, 1)]
    [InlineData(5, 2, 13)]
    public void Gradients_are_as_those_of_the_reference_for_any_batch(int filter, int tiles, int batch)
    {
        // 30, 9 and 4 tiles of 4×4 outputs; without ReLU and max-pooling no sum is too near a tie.
        string layers = string.Create(CultureInfo.InvariantCulture,
            $"Input(20, 24, 2), Conv2D(5, {filter}, Padding = Padding.Same), Tanh, AveragePool2D(2), Conv2D(17, {filter}, Padding = Padding.Same), Tanh, AveragePool2D(2), Conv2D(16, {filter}, Padding = Padding.Same), Tanh, Conv2D(33, {filter}, Padding = Padding.Same), Tanh, Flatten, Dense(2)");
        Assert.True(ValidNetworkCheck.Run(layers, batch, tiles));
    }

    /// <summary>A shard of eight samples is two blocks of four; a sample of 169 tiles of 2×2 outputs is several blocks, of which the last one has fewer tiles.</summary>
    [Theory]
    [InlineData("Input(10, 10, 64), Conv2D(64, 3, Padding = Padding.Same), Tanh, AveragePool2D(5), Flatten, Dense(2)", 8, 4)]
    [InlineData("Input(10, 10, 64), Conv2D(64, 3, Padding = Padding.Same), Tanh, AveragePool2D(5), Flatten, Dense(2)", 23, 4)]
    [InlineData("Input(26, 26, 3), Conv2D(8, 3, Padding = Padding.Same), Tanh, GlobalAveragePool, Dense(2)", 3, 2)]
    public void Gradients_are_as_those_of_the_reference_for_blocks_of_samples_and_parts_of_one(string layers, int batch, int tiles) =>
        Assert.True(ValidNetworkCheck.Run(layers, batch, tiles));

    [Theory]
    [InlineData(3, 4, float.NaN)]
    [InlineData(3, 2, float.NegativeInfinity)]
    [InlineData(5, 2, float.NaN)]
    public void A_gradient_that_is_not_finite_reaches_all_weights_that_it_reaches_directly(int filter, int tiles, float value)
    {
        // The outputs of the convolution are the network's; their sizes are no multiples of the tiles, so the last ones share rows and columns with others.
        string layers = string.Create(CultureInfo.InvariantCulture, $"Input(9, 7, 2), Conv2D(3, {filter}), Flatten");
        using var direct = new LoadedNetwork(layers, "Winograd = WinogradUse.Off");
        using var transformed = new LoadedNetwork(layers, "", tiles);
        var network = AnyNetwork.Create(direct.Type, 3);
        var other = AnyNetwork.Create(transformed.Type, 3);
        float[] inputs = Draw.Normal(network.InputLength, seed: 1);
        for (int place = 0; place < network.OutputLength; place++)
        {
            float[] targets = network.DrawTargets(1, seed: 4);
            targets[place] = value;
            AssertReaches(network.Get("conv1.weight", Gradients(network, inputs, targets)), other.Get("conv1.weight", Gradients(other, inputs, targets)), $"{value} at {place}");
        }
    }

    /// <summary>Tanh of an infinite sum is 1, so that the gradients of the outputs stay finite.</summary>
    [Theory]
    [InlineData(3, 4, float.PositiveInfinity)]
    [InlineData(3, 2, float.NegativeInfinity)]
    [InlineData(5, 2, float.PositiveInfinity)]
    public void An_infinite_input_reaches_all_weight_gradients_that_it_reaches_directly(int filter, int tiles, float value)
    {
        string layers = string.Create(CultureInfo.InvariantCulture, $"Input(9, 7, 2), Conv2D(3, {filter}), Tanh, Flatten");
        using var direct = new LoadedNetwork(layers, "Winograd = WinogradUse.Off");
        using var transformed = new LoadedNetwork(layers, "", tiles);
        var network = AnyNetwork.Create(direct.Type, 3);
        var other = AnyNetwork.Create(transformed.Type, 3);
        float[] targets = network.DrawTargets(1, seed: 4);
        for (int place = 0; place < network.InputLength; place++)
        {
            float[] inputs = Draw.Normal(network.InputLength, seed: 1);
            inputs[place] = value;
            float[] expected = network.Get("conv1.weight", Gradients(network, inputs, targets));
            Assert.Contains(expected, float.IsFinite);
            AssertReaches(expected, other.Get("conv1.weight", Gradients(other, inputs, targets)), $"{value} at {place}");
        }
    }

    [Theory]
    [InlineData(16, 3, 4)]
    [InlineData(16, 3, 2)]
    [InlineData(16, 5, 2)]
    [InlineData(6, 3, 4)]
    [InlineData(6, 3, 2)]
    [InlineData(6, 5, 2)]
    public void A_prediction_is_the_same_at_any_place_of_any_batch_and_right_after_an_edit(int channels, int filter, int tiles)
    {
        // Large enough that threads share the convolutions of a single sample.
        string layers = string.Create(CultureInfo.InvariantCulture,
            $"Input(30, 26, {channels}), Conv2D(32, {filter}, Padding = Padding.Same), Tanh, Conv2D({2 * channels}, {filter}, Padding = Padding.Same), ReLU, MaxPool2D(2), Conv2D(64, {filter}), Flatten, Dense(3)");
        using var loaded = new LoadedNetwork(layers, "", tiles);
        var network = AnyNetwork.Create(loaded.Type, 5);
        const int batch = 7;
        float[] inputs = Draw.Normal(batch * network.InputLength, seed: 2);
        for (int edit = 0; edit < 2; edit++)
        {
            float[] all = network.Predict(inputs);
            Close.Check("predictions", ReferenceNetwork.Of(network).Predict(inputs.AsSpan(0, network.InputLength)), all.AsSpan(0, 3), ofLargest: 2e-5);
            foreach (int threads in (int[])[1, 2, 3, 8])
            {
                Predictor predictor = network.Network.CreatePredictor(batch, threads);
                float[] outputs = new float[all.Length];
                predictor.Predict(inputs, outputs);
                Close.SameBits(string.Create(CultureInfo.InvariantCulture, $"batch, {threads} threads"), all, outputs);
                for (int sample = 0; sample < batch; sample++)
                {
                    predictor.Predict(inputs.AsSpan(sample * network.InputLength, network.InputLength), outputs.AsSpan(0, 3));
                    Close.SameBits(string.Create(CultureInfo.InvariantCulture, $"sample {sample}, {threads} threads"), all.AsSpan(sample * 3, 3), outputs.AsSpan(0, 3));
                }
            }

            network.SetAll([.. network.Parameters.ToArray().Select(value => 0.5f * value)]);
        }
    }

    [Theory]
    [InlineData(2, 3, 4, float.NaN)]
    [InlineData(2, 3, 2, float.NaN)]
    [InlineData(2, 3, 4, float.PositiveInfinity)]
    [InlineData(2, 3, 2, float.NegativeInfinity)]
    [InlineData(2, 5, 2, float.NaN)]
    [InlineData(9, 3, 4, float.NaN)]
    [InlineData(9, 5, 2, float.PositiveInfinity)]
    public void A_value_that_is_not_finite_reaches_all_outputs_that_it_reaches_directly(int channels, int filter, int tiles, float value)
    {
        // The outputs of the convolution are the network's; 9 and 7 are no multiples of the tiles.
        string layers = string.Create(CultureInfo.InvariantCulture, $"Input(9, 7, {channels}), Conv2D(3, {filter}, Padding = Padding.Same), Flatten");
        using var direct = new LoadedNetwork(layers, "Winograd = WinogradUse.Off");
        using var transformed = new LoadedNetwork(layers, "", tiles);
        var network = AnyNetwork.Create(direct.Type, 3);
        var other = AnyNetwork.Create(transformed.Type, 3);
        for (int place = 0; place < network.InputLength; place++)
        {
            float[] inputs = Draw.Normal(network.InputLength, seed: 1);
            inputs[place] = value;
            AssertReaches(network.Predict(inputs), other.Predict(inputs), $"{value} at {place}");
        }
    }

    /// <summary>Some of the direct results are not finite, and these are not finite with the transforms either.</summary>
    private static void AssertReaches(float[] direct, float[] transformed, FormattableString what)
    {
        Assert.Contains(direct, value => !float.IsFinite(value));
        for (int i = 0; i < direct.Length; i++)
            Assert.True(float.IsFinite(direct[i]) || !float.IsFinite(transformed[i]), string.Create(CultureInfo.InvariantCulture, $"{FormattableString.Invariant(what)} does not reach value {i}."));
    }

    private static float[] Gradients(AnyNetwork network, float[] inputs, float[] targets)
    {
        ITrainingPass pass = network.BeginTraining(inputs.Length / network.InputLength);
        pass.Forward(inputs, targets);
        pass.Backward();
        return pass.Gradients.ToArray();
    }

    private static float[] InputGradients(AnyNetwork network, float[] inputs, float[] targets)
    {
        ITrainingPass pass = network.BeginTraining(inputs.Length / network.InputLength);
        pass.Forward(inputs, targets);
        pass.Backward();
        float[] gradients = new float[inputs.Length];
        pass.InputGradients(gradients);
        return gradients;
    }

    private static void Train(AnyNetwork network, float[] inputs, int steps)
    {
        int batch = inputs.Length / network.InputLength;
        float[] targets = network.DrawTargets(batch, seed: 4);
        ITrainingPass pass = network.BeginTraining(batch);
        for (int step = 0; step < steps; step++)
        {
            pass.Forward(inputs, targets);
            pass.Backward();
            float[] parameters = network.Parameters.ToArray();
            for (int i = 0; i < parameters.Length; i++)
                parameters[i] -= 0.05f * pass.Gradients[i];
            network.SetAll(parameters);
        }
    }

    private static double Error(float[] actual, double[] exact) => Enumerable.Range(0, exact.Length).Max(i => Math.Abs(actual[i] - exact[i]));
}
