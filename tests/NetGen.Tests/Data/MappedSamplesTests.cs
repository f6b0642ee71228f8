using System.Buffers.Binary;

using Xunit;

namespace NetGen.Tests.Data;

public sealed class MappedSamplesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void FloatsAreReadByIndexBehindTheHeader()
    {
        RawFile inputs = Floats("inputs", header: 12, [1, 2, 3, 4, 5, 6]);
        using MappedSamples samples = MappedSamples.FromLabels(inputs, 2, new[] { 2, 0, 1 }, 3);
        Assert.Equal((3, 2, 3, 0, false), (samples.Count, samples.InputLength, samples.ClassCount, samples.TargetLength, ((ISampleSource)samples).IsSequential));
        ReadSample last = ReadSample.Of(samples, 2);
        Assert.Equal([5, 6], last.Input);
        Assert.Equal((1, 1f), (last.Label, last.Weight));
        Assert.Equal([1, 2], ReadSample.Of(samples, 0).Input);
        Assert.Equal(2, ReadSample.Of(samples, 0).Label);
    }

    [Fact]
    public void BytesAreReadAsADatasetReadsThem()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        RawFile file = Bytes("inputs", bytes);
        int[] labels = [0, 1, 0, 1];
        AssertEqual(Dataset.FromLabels(bytes, 64, labels), MappedSamples.FromLabels(file, 64, labels, 2));
        AssertEqual(
            Dataset.FromLabels(bytes, 64, labels, scale: 0.1, offset: -3),
            MappedSamples.FromLabels(file with { Scale = 0.1, Offset = -3 }, 64, labels, 2));
    }

    [Fact]
    public void LabelsComeFromASecondFile()
    {
        RawFile inputs = Floats("inputs", header: 0, [1, 2, 3]);
        RawFile bytes = Bytes("bytes", [9, 9, 2, 0, 1]) with { HeaderLength = 2 };
        RawFile integers = Integers("integers", [2, 0, 1]);
        foreach (RawFile labels in new[] { bytes, integers })
        {
            using MappedSamples samples = MappedSamples.FromLabels(inputs, 1, labels, 3);
            Assert.Equal([2, 0, 1], ReadSample.All(samples).Select(sample => sample.Label));
        }
    }

    [Fact]
    public void TargetsComeFromAnArrayOrASecondFile()
    {
        RawFile inputs = Bytes("inputs", [0, 255]);
        float[] targets = [1, 2, 3, 4];
        foreach (Func<MappedSamples> open in new[]
        {
            () => MappedSamples.FromTargets(inputs, 1, targets, 2),
            () => MappedSamples.FromTargets(inputs, 1, Floats("targets", header: 3, targets), 2),
        })
        {
            using MappedSamples samples = open();
            Assert.Equal((2, 0, 2), (samples.Count, samples.ClassCount, samples.TargetLength));
            Assert.Equal([3, 4], ReadSample.Of(samples, 1).Target);
            Assert.Equal([1], ReadSample.Of(samples, 1).Input);
        }
    }

    [Fact]
    public void AFileMayBeLargerThan2GB()
    {
        // Sparse: the file system stores only what is written.
        const long Length = 2_500_000_000;
        RawFile file = new(_directory["large"], RawType.Byte) { Scale = 1 };
        using (FileStream stream = File.Create(file.Path))
        {
            stream.SetLength(Length);
            stream.Position = Length - 1;
            stream.WriteByte(7);
        }
        const int Count = 2500;
        using MappedSamples samples = MappedSamples.FromLabels(file, (int)(Length / Count), new int[Count], 1);
        Assert.Equal((0, 7), (ReadSample.Of(samples, Count - 1).Input[0], ReadSample.Of(samples, Count - 1).Input[^1]));
    }

    [Fact]
    public void AFileThatDoesNotFitIsNamedWithTheSampleThatIsCutShort()
    {
        RawFile inputs = Floats("inputs", header: 4, [1, 2, 3, 4, 5]);
        AssertDamage($"'{inputs.Path}' is cut short: sample 2 has 8 bytes from 20 on, and there are 4.", () => MappedSamples.FromLabels(inputs, 2, new int[3], 1));
        AssertDamage($"'{inputs.Path}' is cut short: sample 5 has 4 bytes from 24 on, and there are 0.", () => MappedSamples.FromLabels(inputs, 1, new int[7], 1));
        AssertDamage($"'{inputs.Path}' has more data than 4 samples of 4 bytes: 4 bytes follow them.", () => MappedSamples.FromLabels(inputs, 1, new int[4], 1));
        AssertDamage($"'{inputs.Path}' is cut short: its header has 25 bytes, and there are 24.", () => MappedSamples.FromLabels(inputs with { HeaderLength = 25 }, 1, new int[4], 1));

        RawFile targets = Bytes("targets", [1, 2, 3, 4, 5]);
        AssertDamage($"'{targets.Path}' is cut short: sample 2 has 2 bytes from 4 on, and there are 1.", () => MappedSamples.FromTargets(inputs, 2, targets, 2));
        AssertDamage($"'{inputs.Path}' is cut short: sample 2 has 8 bytes from 20 on, and there are 4.", () => MappedSamples.FromTargets(inputs, 2, targets with { HeaderLength = 2 }, 1));
        AssertDamage($"'{targets.Path}' has no samples.", () => MappedSamples.FromTargets(inputs, 2, targets with { HeaderLength = 5 }, 1));
    }

    [Fact]
    public void LabelsThatDoNotFitAreErrors()
    {
        RawFile inputs = Bytes("inputs", [1, 2, 3]);
        RawFile labels = Bytes("labels", [0, 1, 2]);
        AssertDamage($"'{labels.Path}': The label of sample 2 is 2; labels must be 0 to 1.", () => MappedSamples.FromLabels(inputs, 1, labels, 2));
        AssertDamage($"'{labels.Path}' has no labels.", () => MappedSamples.FromLabels(inputs, 1, labels with { HeaderLength = 3 }, 2));
        AssertDamage($"'{labels.Path}' is cut short: its header has 4 bytes, and there are 3.", () => MappedSamples.FromLabels(inputs, 1, labels with { HeaderLength = 4 }, 2));
        AssertDamage($"'{labels.Path}' has 3 bytes of labels, which is no whole number of labels of 4 bytes.", () => MappedSamples.FromLabels(inputs, 1, labels with { Type = RawType.Int32 }, 2));
        AssertMessage("The label of sample 1 is -1; labels must be 0 to 1. (Parameter 'labels')", () => MappedSamples.FromLabels(inputs, 1, new[] { 0, -1, 0 }, 2));
    }

    [Fact]
    public void ArgumentsAreChecked()
    {
        RawFile inputs = Bytes("inputs", [1, 2, 3]);
        AssertMessage($"'{inputs.Path}' has values of type Int32; possible are Byte and Float32. (Parameter 'inputs')", () => MappedSamples.FromLabels(inputs with { Type = RawType.Int32 }, 1, new int[3], 1));
        AssertMessage($"'{inputs.Path}' has values of type Float32; possible are Byte and Int32. (Parameter 'labels')", () => MappedSamples.FromLabels(inputs, 1, inputs with { Type = RawType.Float32 }, 1));
        AssertMessage($"The header of '{inputs.Path}' has -1 bytes; it must be 0 or more. (Parameter 'inputs')", () => MappedSamples.FromLabels(inputs with { HeaderLength = -1 }, 1, new int[3], 1));
        AssertMessage("The path of the file is empty. (Parameter 'inputs')", () => MappedSamples.FromLabels(inputs with { Path = "" }, 1, new int[3], 1));
        AssertMessage("The scale must be a finite float, but got NaN. (Parameter 'scale')", () => MappedSamples.FromLabels(inputs with { Scale = double.NaN }, 1, new int[3], 1));
        AssertMessage("There are no labels. (Parameter 'labels')", () => MappedSamples.FromLabels(inputs, 1, Array.Empty<int>(), 1));
        AssertMessage("3 targets are not those of one or more samples of 2 targets. (Parameter 'targets')", () => MappedSamples.FromTargets(inputs, 1, new float[3], 2));
        Assert.Throws<ArgumentOutOfRangeException>("inputLength", () => MappedSamples.FromLabels(inputs, 0, new int[3], 1));
        Assert.Throws<ArgumentOutOfRangeException>("classCount", () => MappedSamples.FromLabels(inputs, 1, new int[3], 0));
        Assert.Throws<FileNotFoundException>(() => MappedSamples.FromLabels(inputs with { Path = _directory["none"] }, 1, new int[3], 1));

        using MappedSamples samples = MappedSamples.FromLabels(inputs, 1, new int[3], 1);
        AssertMessage("The source has 3 samples; there is no sample 3. (Parameter 'index')", () => ReadSample.Of(samples, 3));
        AssertMessage("A sample has 1 values and 0 targets, but got room for 2 and 0. (Parameter 'sample')", () =>
        {
            (int label, float weight) = (0, 1);
            samples.Read(new Sample(0, 1, new float[2], default, ref label, ref weight));
        });
    }

    [Fact]
    public void ReadingAfterTheEndOfTheMappingThrows()
    {
        MappedSamples samples = MappedSamples.FromTargets(Bytes("inputs", [1]), 1, Bytes("targets", [1]), 1);
        samples.Dispose();
        samples.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ReadSample.Of(samples, 0));
    }

    [Fact]
    public void ReadingAllocatesNothing()
    {
        using MappedSamples samples = MappedSamples.FromTargets(Bytes("inputs", new byte[2000]), 20, Floats("targets", 0, new float[200]), 2);
        ReadSample.Allocated(samples, epoch: 1);
        Assert.Equal(0, ReadSample.Allocated(samples, epoch: 2));
    }

    private static void AssertEqual(Dataset expected, MappedSamples samples)
    {
        using (samples)
        {
            Assert.Equal(expected.Count, samples.Count);
            for (int i = 0; i < samples.Count; i++)
                Assert.Equal(expected.Input(i).ToArray(), ReadSample.Of(samples, i).Input);
        }
    }

    private RawFile Bytes(string name, byte[] values) => new(_directory.Write(name, values), RawType.Byte);

    private RawFile Floats(string name, int header, float[] values)
    {
        byte[] bytes = new byte[header + (4 * values.Length)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(header + (4 * i)), values[i]);
        return new RawFile(_directory.Write(name, bytes), RawType.Float32) { HeaderLength = header };
    }

    private RawFile Integers(string name, int[] values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), values[i]);
        return new RawFile(_directory.Write(name, bytes), RawType.Int32);
    }

    private static void AssertDamage(string message, Action action) => Assert.Equal(message, Assert.Throws<InvalidDataException>(action).Message);

    private static void AssertMessage(string message, Action action) => Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
