using System.Runtime.InteropServices;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Bytes;

/// <summary>Networks that take bytes: the same bits for bytes and for floats of the same values.</summary>
[Trait("Category", "Numeric")]
public sealed class ByteNetworkTests
{
    private const int Batch = 67;

    [Fact]
    public void PredictionsAreThoseOfFloats()
    {
        var network = new ByteImage(1);
        (byte[] bytes, float[] floats) = Draw.Bytes(Batch * ByteImage.InputLength, 5);
        float[] expected = new float[Batch * ByteImage.OutputLength];
        network.Predict(floats, expected, threads: 1);
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            float[] actual = new float[expected.Length];
            network.Predict(bytes, actual, threads);
            Close.SameBits(FormattableString.Invariant($"{threads} threads"), expected, actual);
        }

        for (int sample = 0; sample < Batch; sample++)
        {
            int from = sample * ByteImage.InputLength;
            Assert.Equal(network.Classify(floats.AsSpan(from, ByteImage.InputLength)), network.Classify(bytes.AsSpan(from, ByteImage.InputLength)));
        }
    }

    [Fact]
    public void TrainingIsThatOnFloats()
    {
        (byte[] bytes, float[] floats) = Draw.Bytes(Batch * ByteDense.InputLength, 5);
        int[] labels = Draw.Labels(Batch, ByteDense.OutputLength, 2);
        float[] probabilities = Draw.Probabilities(Batch, ByteDense.OutputLength, 3);
        float[] weights = [.. Enumerable.Range(0, Batch).Select(i => i % 3 + 0.5f)];
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            ByteDense.TrainingPass actual = new ByteDense(1).BeginTraining(Batch, seed: 4, threads);
            ByteDense.TrainingPass expected = new ByteDense(1).BeginTraining(Batch, seed: 4, threads: 1);
            Assert.Equal(expected.Forward(floats, labels), actual.Forward(bytes, labels));
            Assert.Equal(expected.Forward(floats, labels, weights), actual.Forward(bytes, labels, weights));
            Check();
            Assert.Equal(expected.Forward(floats, probabilities), actual.Forward(bytes, probabilities));
            Check();

            // One pass may take both.
            Assert.Equal(expected.Forward(floats, probabilities, weights), actual.Forward(floats, probabilities, weights));
            Check();

            void Check()
            {
                Close.SameBits("outputs", expected.Outputs, actual.Outputs);
                expected.Backward();
                actual.Backward();
                Close.SameBits("gradients", expected.Gradients, actual.Gradients);
            }
        }
    }

    [Fact]
    public void MonteCarloIsThatOfFloats()
    {
        var network = new ByteDense(1);
        (byte[] bytes, float[] floats) = Draw.Bytes(ByteDense.InputLength, 5);
        float[] expectedMean = new float[ByteDense.OutputLength], expectedVariance = new float[ByteDense.OutputLength];
        float[] mean = new float[ByteDense.OutputLength], variance = new float[ByteDense.OutputLength];
        network.PredictMonteCarlo(floats, 100, 7, expectedMean, expectedVariance);
        network.PredictMonteCarlo(bytes, 100, 7, mean, variance);
        Close.SameBits("mean", expectedMean, mean);
        Close.SameBits("variance", expectedVariance, variance);
        Assert.Contains(variance, value => value > 0);
    }

    /// <summary>Pages without access lie around the bytes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void OnlyTheBytesAreRead(int samples)
    {
        if (!OperatingSystem.IsLinux())
            return;
        int length = samples * ByteDense.InputLength;
        (byte[] bytes, _) = Draw.Bytes(length, 5);
        using GuardedMemory memory = new((length + 3) / sizeof(float));
        var network = new ByteDense(1);
        ByteDense.TrainingPass pass = network.BeginTraining(samples, threads: 3);
        float[] outputs = new float[samples * ByteDense.OutputLength];
        float[] expected = new float[outputs.Length];
        network.Predict(bytes, expected);
        int whole = (length + 3) / sizeof(float);
        Read(MemoryMarshal.AsBytes(memory.First(whole))[..length]);
        Read(MemoryMarshal.AsBytes(memory.Last(whole))[^length..]);

        void Read(Span<byte> input)
        {
            bytes.CopyTo(input);
            network.Predict(input, outputs, threads: 3);
            Close.SameBits("outputs", expected, outputs);
            Assert.True(float.IsFinite(pass.Forward(input, new int[samples])));
        }
    }

    [Fact]
    public void LengthsAreChecked()
    {
        var network = new ByteImage(1);
        byte[] bytes = new byte[2 * ByteImage.InputLength];
        float[] outputs = new float[2 * ByteImage.OutputLength];
        string whole = "ByteImage takes 429 values a sample, so a length of 429 or a multiple of it was expected, but got ";
        Assert.StartsWith(whole + "430.", Fault("input", () => network.Predict(bytes.AsSpan(0, 430), outputs)), StringComparison.Ordinal);
        Assert.StartsWith(whole + "0.", Fault("input", () => network.CreatePredictor(1).Predict(new byte[0], outputs)), StringComparison.Ordinal);
        Assert.StartsWith(
            "ByteImage gives 4 values a sample, so the output of 2 samples has a length of 8, but got 7.",
            Fault("output", () => network.Predict(bytes, outputs.AsSpan(0, 7))), StringComparison.Ordinal);
        Assert.StartsWith("ByteImage classifies one sample of 429 values, but got 858.", Fault("input", () => network.Classify(bytes)), StringComparison.Ordinal);
        Assert.StartsWith(
            "This predictor of ByteImage was made for batches of at most 1 samples, but got 2.",
            Fault("input", () => network.CreatePredictor(1).Predict(bytes, outputs)), StringComparison.Ordinal);
        float[] memory = new float[ByteImage.InputLength];
        Assert.StartsWith(
            "The output of ByteImage overlaps its input",
            Fault("output", () => network.Predict(MemoryMarshal.AsBytes(memory.AsSpan())[..ByteImage.InputLength], memory.AsSpan(0, ByteImage.OutputLength))), StringComparison.Ordinal);
        ByteImage.TrainingPass pass = network.BeginTraining(1);
        Assert.StartsWith(whole + "1.", Fault("inputs", () => pass.Forward(new byte[1], new int[1])), StringComparison.Ordinal);
        Assert.StartsWith("This training pass of ByteImage was begun for batches of at most 1 sample, but got 2.", Fault("inputs", () => pass.Forward(bytes, new int[2])), StringComparison.Ordinal);
        Assert.StartsWith("ByteImage wants one label for each sample: 1 for these inputs, but got 2.", Fault("labels", () => pass.Forward(bytes.AsSpan(0, 429), new int[2])), StringComparison.Ordinal);

        static string Fault(string argument, Action action) => Assert.Throws<ArgumentException>(argument, action).Message;
    }

    [Fact]
    public void NetworksOfFloatsSayHowToDeclareBytes()
    {
        Predictor predictor = new Parity.LeNetLike(1).CreatePredictor(1);
        byte[] bytes = new byte[Parity.LeNetLike.InputLength];
        const string message = "LeNetLike takes floats, but got bytes; declare its input with Type = InputType.UInt8, or convert them.";
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => predictor.Predict(bytes, new float[Parity.LeNetLike.OutputLength])).Message);
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => predictor.Classify(bytes)).Message);
    }
}
