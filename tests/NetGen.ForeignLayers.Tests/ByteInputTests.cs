using NetGen.ForeignLayers.Harness;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>Networks that take bytes: the same bits for bytes and for floats of the same values, whatever the first operation needs of its input.</summary>
public sealed class ByteInputTests
{
    private const int Batch = 70;
    private const string Bytes = "Type = InputType.UInt8";

    private delegate void Predict(ReadOnlySpan<byte> input, Span<float> output, int threads);

    private delegate float Forward(ReadOnlySpan<byte> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights);

    private delegate void MonteCarlo<T>(ReadOnlySpan<T> input, int passes, ulong seed, Span<float> mean, Span<float> variance);

    public static TheoryData<string> Declarations =>
    [
        $"Input(7, {Bytes}), Dense(19), ReLU, Dense(3)",
        $"Input(300, {Bytes}), Dense(2000), Dropout(0.2), ReLU, Dense(5)",
        $"Input(40, {Bytes}), Rescale(-0.01, 0.5), Dropout(0.3), Dense(16), Tanh, Dense(2)",
        $"Input(21, {Bytes}), Rescale(0.01, Name = \"in\"), Dense(8), ReLU, Dense(8, From = \"in\"), Add(\"relu1\"), Dense(2)",
        $"Input(9, 7, 3, {Bytes}), Rescale(1 / 127.5, -1), Conv2D(19, 3, Padding = Padding.Same), ReLU, Flatten, Dense(3)",
        $"Input(28, 28, 1, {Bytes}), Conv2D(12, 5, Padding = Padding.Same), ReLU, MaxPool2D(2), Dropout(0.3), Flatten, Dense(4)",
        $"Input(10, 33, 1, {Bytes}), Rescale(1 / 255.0), Conv2D(8, 3), BatchNorm, ReLU, GlobalAveragePool, Dense(2)",
        $"Input(37, 3, {Bytes}), Conv1D(5, 3, Stride = 2, PaddingLength = 1), ReLU, Flatten, Dense(2)",
        $"Input(96, {Bytes}), Rescale(0.02), Reshape(4, 8, 3), Conv2D(6, 3, Padding = Padding.Same), Flatten, Dense(2)",
        $"Input(5, 6, 3, {Bytes}), Normalization, MaxPool2D(2), Flatten, Dense(4)",
    ];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Predictions_are_those_of_floats(string layers)
    {
        INetwork network = ForeignNetwork.Create(layers, seed: 1);
        int length = network.Summary.InputLength, outputs = network.Summary.OutputLength;
        (byte[] bytes, float[] floats) = Draw.Bytes(Batch * length, 5);
        var predict = network.GetType().GetMethod("Predict", [typeof(ReadOnlySpan<byte>), typeof(Span<float>), typeof(int)])!.CreateDelegate<Predict>(network);
        Predictor predictor = network.CreatePredictor(Batch, threads: 3);
        float[] expected = new float[Batch * outputs];
        network.Predict(floats, expected, threads: 1);
        Assert.Contains(expected, value => value != expected[0]);
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            float[] actual = new float[expected.Length];
            predict(bytes, actual, threads);
            Close.SameBits(FormattableString.Invariant($"{threads} threads"), expected, actual);
            Array.Clear(actual);
            predict(bytes.AsSpan(length, length), actual.AsSpan(0, outputs), threads);
            Close.SameBits(FormattableString.Invariant($"{threads} threads, one sample"), expected.AsSpan(outputs, outputs), actual.AsSpan(0, outputs));
            network.Predict(floats, actual, threads);
            Close.SameBits("floats after bytes", expected, actual);
        }

        float[] predicted = new float[expected.Length];
        predictor.Predict(bytes, predicted);
        Close.SameBits("predictor", expected, predicted);
        predictor.Predict(floats, predicted);
        Close.SameBits("predictor of floats", expected, predicted);
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Training_is_that_on_floats(string layers)
    {
        (byte[] bytes, float[] floats) = Draw.Bytes(Batch * ForeignNetwork.Create(layers, seed: 2).Summary.InputLength, 5);
        var expected = Train(1, bytes: false);
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            var actual = Train(threads, bytes: true);
            Close.SameBits("losses", expected.Losses, actual.Losses);
            Close.SameBits("gradients", expected.Gradients, actual.Gradients);
            Close.SameBits("gradients of the inputs", expected.InputGradients, actual.InputGradients);
            Close.SameBits("weights", expected.Weights, actual.Weights);
        }

        (float[] Losses, float[] Gradients, float[] InputGradients, float[] Weights) Train(int threads, bool bytes)
        {
            INetwork network = ForeignNetwork.Create(layers, seed: 2);
            ITrainingPass pass = network.BeginTraining(Batch, seed: 4, threads);
            Forward forward = pass.GetType().GetMethod("Forward", [typeof(ReadOnlySpan<byte>), typeof(ReadOnlySpan<float>), typeof(ReadOnlySpan<float>)])!.CreateDelegate<Forward>(pass);
            var optimizer = new Sgd(1e-9f);
            float[] losses = new float[3];
            float[] inputGradients = [];
            for (int step = 0; step < losses.Length; step++)
            {
                int batch = step == 1 ? 41 : Batch;
                int values = batch * network.Summary.InputLength;
                float[] targets = Draw.Normal(batch * network.Summary.OutputLength, step + 10);
                losses[step] = bytes ? forward(Prefix(values), targets, default) : pass.Forward(floats.AsSpan(0, values), targets);
                Assert.True(float.IsFinite(losses[step]));
                pass.Backward();
                inputGradients = new float[values];
                pass.InputGradients(inputGradients);
                optimizer.Step(pass);
            }

            return (losses, pass.Gradients.ToArray(), inputGradients, network.Parameters.ToArray());
        }

        ReadOnlySpan<byte> Prefix(int values) => bytes.AsSpan(0, values);
    }

    [Fact]
    public void Monte_Carlo_predictions_are_those_of_floats()
    {
        INetwork network = ForeignNetwork.Create($"Input(21, {Bytes}), Rescale(0.01), Dense(40), ReLU, Dropout(0.3), Dense(3)", seed: 3);
        (byte[] bytes, float[] floats) = Draw.Bytes(21, 5);
        var expected = Means(floats);
        Assert.All(expected.Variance, variance => Assert.True(variance > 0));
        var actual = Means(bytes);
        Close.SameBits("means", expected.Mean, actual.Mean);
        Close.SameBits("variances", expected.Variance, actual.Variance);
        var fault = Assert.Throws<ArgumentException>("input", () => Means(new byte[20]));
        Assert.StartsWith("Net takes 21 values, but got 20.", fault.Message, StringComparison.Ordinal);

        (float[] Mean, float[] Variance) Means<T>(T[] input)
        {
            float[] mean = new float[3], variance = new float[3];
            network.GetType().GetMethod("PredictMonteCarlo", [typeof(ReadOnlySpan<T>), typeof(int), typeof(ulong), typeof(Span<float>), typeof(Span<float>)])!
                .CreateDelegate<MonteCarlo<T>>(network)(input, 100, 9, mean, variance);
            return (mean, variance);
        }
    }

    /// <summary>The summary tells the type, and that a scaling is done where the bytes are copied.</summary>
    [Fact]
    public void The_summary_says_that_the_input_is_bytes()
    {
        NetworkSummary summary = ForeignNetwork.Create($"Input(7, {Bytes}), Rescale(0.5), Dense(3)", seed: 1).Summary;
        Assert.Equal(InputType.UInt8, summary.InputType);
        Assert.Matches(@"input \(Input\) +\W +bytes ", summary.ToString());
        Assert.Equal("in the copy of the input", summary.Layers[0].Lowering);
        NetworkSummary floats = ForeignNetwork.Create("Input(7, Type = InputType.Float32), Rescale(0.5), Dense(3)", seed: 1).Summary;
        Assert.Equal(InputType.Float32, floats.InputType);
        Assert.DoesNotContain("bytes", floats.ToString(), StringComparison.Ordinal);
    }
}
