using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Bytes;

/// <summary>Networks that take bytes use those of a data set as they are, whatever its scale; others use them scaled.</summary>
[Trait("Category", "Numeric")]
public sealed class ByteSourceTests
{
    private const int Count = 50;

    private static readonly int[] Labels = Draw.Labels(Count, ByteImage.OutputLength, 2);

    [Fact]
    public void FitIsThatOnFloatsOfTheSameValues()
    {
        (byte[] bytes, float[] floats) = Draw.Bytes(Count * ByteImage.InputLength, 5);
        Dataset ofFloats = Dataset.FromLabels(floats, ByteImage.InputLength, Labels);
        float[] expected = Weights(ofFloats);
        Close.SameBits("default scale", expected, Weights(Dataset.FromLabels(bytes, ByteImage.InputLength, Labels)));
        Close.SameBits("another scale", expected, Weights(Dataset.FromLabels(bytes, ByteImage.InputLength, Labels, scale: -2, offset: 5)));

        static float[] Weights(Dataset data)
        {
            var network = new ByteImage(1);
            var options = new FitOptions { Epochs = 2, BatchSize = 16, Validation = data.Take(7), Optimizer = new Sgd(0.01f) };
            TrainingHistory history = network.Fit(data.Shuffle(3), options);
            return [.. network.Parameters, .. history.Select(epoch => (float)epoch.ValidationLoss!.Value)];
        }
    }

    [Fact]
    public void EvaluationIsThatOnFloatsOfTheSameValues()
    {
        (byte[] bytes, float[] floats) = Draw.Bytes(Count * ByteImage.InputLength, 5);
        var network = new ByteImage(1);
        Dataset ofFloats = Dataset.FromLabels(floats, ByteImage.InputLength, Labels);
        Dataset ofBytes = Dataset.FromLabels(bytes, ByteImage.InputLength, Labels);
        Assert.Equal(network.Evaluate(ofFloats).Loss, network.Evaluate(ofBytes).Loss);
        Close.SameBits("outputs", network.Predict(ofFloats), network.Predict(ofBytes));
        float[] direct = new float[Count * ByteImage.OutputLength];
        network.Predict(bytes, direct);
        Close.SameBits("outputs of the bytes", direct, network.Predict(ofBytes));
    }

    /// <summary>Sources that read from the data set ask it for bytes, too.</summary>
    [Fact]
    public void SourcesMadeFromBytesAreThoseMadeFromFloats()
    {
        (byte[] bytes, float[] floats) = Draw.Bytes(Count * ByteImage.InputLength, 5);
        Close.SameBits("weights", Weights(Dataset.FromLabels(floats, ByteImage.InputLength, Labels)), Weights(Dataset.FromLabels(bytes, ByteImage.InputLength, Labels)));

        static float[] Weights(Dataset data)
        {
            var network = new ByteImage(1);
            ISampleSource source = data.Augment(11, 13, 3, seed: 2, Augment.FlipHorizontally(), Augment.Shift(1, 2))
                .Map(sample => sample.Input[0] = 9).Map(ByteImage.InputLength, (input, sample) => input.CopyTo(sample.Input)).ShuffleBuffer(20, seed: 1);
            network.Fit(source, new FitOptions { Epochs = 2, BatchSize = 16, Optimizer = new Sgd(0.01f) });
            return network.Parameters.ToArray();
        }
    }

    [Fact]
    public void AFileOfBytesIsReadAsItIs()
    {
        (byte[] bytes, float[] floats) = Draw.Bytes(Count * ByteSequence.InputLength, 5);
        float[] targets = Draw.Normal(Count * ByteSequence.OutputLength, 3);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            using MappedSamples mapped = MappedSamples.FromTargets(new RawFile(path, RawType.Byte), ByteSequence.InputLength, targets, ByteSequence.OutputLength);
            Close.SameBits("weights", Weights(Dataset.FromTargets(floats, ByteSequence.InputLength, targets, ByteSequence.OutputLength)), Weights(mapped));
        }
        finally
        {
            File.Delete(path);
        }

        static float[] Weights(ISampleSource source)
        {
            var network = new ByteSequence(1);
            network.Adapt(source);
            network.Fit(source, new FitOptions { Epochs = 2, BatchSize = 16, Shuffle = false, Optimizer = new Sgd(0.01f) });
            return network.Parameters.ToArray();
        }
    }

    [Fact]
    public void OtherNetworksUseTheScale()
    {
        byte[] bytes = [.. Enumerable.Range(0, 2 * Kernels.TinyAutoencoder.InputLength).Select(i => (byte)(i * 7))];
        var network = new Kernels.TinyAutoencoder(1);
        float[] expected = new float[2 * Kernels.TinyAutoencoder.OutputLength];
        network.Predict([.. bytes.Select(value => value / 255f)], expected);
        Close.SameBits("outputs", expected, network.Predict(Dataset.FromLabels(bytes, Kernels.TinyAutoencoder.InputLength, new int[2])));
    }
}
