using NetGen.Tests.Training;

using Xunit;

namespace NetGen.Tests.Data;

/// <summary>Data sets in other memory than arrays, and in bytes.</summary>
public class ByteDatasetTests
{
    private static readonly byte[] All = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    [Fact]
    [Trait("Category", "Numeric")]
    public void EveryByteBecomesExactlyItsPartOf255()
    {
        float[] expected = [.. All.Select(value => value / 255f)];
        Dataset data = Dataset.FromLabels(All, 256, new[] { 0 });
        Assert.Equal(expected, data.Input(0).ToArray());
        Assert.Equal(expected, new IdxImages(1, 16, 16, All).ToInputs());

        // One by one the values do not fill a vector.
        Dataset single = Dataset.FromLabels(All, 1, new int[256]);
        Assert.Equal(expected, Enumerable.Range(0, 256).Select(i => single.Input(i)[0]));
    }

    [Theory]
    [Trait("Category", "Numeric")]
    [InlineData(1, 0)]
    [InlineData(2 / 255.0, -1)]
    [InlineData(0.1, 0.25)]
    [InlineData(-0.3, 1e6)]
    public void ScaleAndOffsetAreApplied(double scale, double offset)
    {
        Dataset data = Dataset.FromLabels(All, 256, new[] { 0 }, scale: scale, offset: offset);
        Dataset single = Dataset.FromTargets(All, 1, new float[256], 1, scale, offset);
        ReadOnlySpan<float> input = data.Input(0);
        double ulp = MathF.BitIncrement((float)(Math.Abs(offset) + Math.Abs(255 * scale))) - (float)(Math.Abs(offset) + Math.Abs(255 * scale));
        for (int i = 0; i < 256; i++)
        {
            Assert.Equal(i * scale + offset, input[i], ulp);
            Assert.Equal(input[i], single.Input(i)[0]);
        }
    }

    [Theory]
    [InlineData(double.NaN, 0, "scale", "The scale must be a finite float, but got NaN. (Parameter 'scale')")]
    [InlineData(1e300, 0, "scale", "The scale must be a finite float, but got 1E+300. (Parameter 'scale')")]
    [InlineData(1, double.NegativeInfinity, "offset", "The offset must be a finite float, but got -Infinity. (Parameter 'offset')")]
    public void ScaleAndOffsetAreFinite(double scale, double offset, string argument, string message)
    {
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(
            argument, () => Dataset.FromLabels(All, 256, new[] { 0 }, null, scale, offset)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(
            argument, () => Dataset.FromTargets(All, 256, new[] { 0f }, 1, scale, offset)).Message);
    }

    [Fact]
    public void BytesAreUsedWhereTheyAre()
    {
        byte[] memory = [9, 10, 20, 30, 40, 9];
        Dataset data = Dataset.FromLabels(memory.AsMemory(1, 4), 2, new[] { 3, 1 }, scale: 1);
        Assert.Equal("2 samples of 2 bytes, 4 classes", data.ToString());
        Assert.Equal([30, 40], data.Input(1).ToArray());
        memory[3] = 31;
        Assert.Equal([31, 40], data.Input(1).ToArray());
    }

    [Fact]
    public void FloatsMayBePartsOfArrays()
    {
        float[] inputs = [9, 1, 2, 3, 4];
        Dataset labels = Dataset.FromLabels(inputs.AsMemory(1), 2, new[] { 5, 0, 1, 6 }.AsMemory(1, 2));
        Assert.Equal((2, 2), (labels.Count, labels.ClassCount));
        Assert.Equal([3, 4], labels.Input(1).ToArray());
        Assert.Equal(1, labels.Label(1));

        Dataset targets = Dataset.FromTargets(inputs.AsMemory(1, 2), 1, inputs.AsMemory(3), 1);
        Assert.Equal([4], targets.Target(1).ToArray());
    }

    [Fact]
    public void LengthsThatDoNotAgreeAreErrors()
    {
        Assert.Equal(
            "5 values are no whole number of samples of 2 values. (Parameter 'inputs')",
            Assert.Throws<ArgumentException>(() => Dataset.FromLabels(new byte[5], 2, new int[2])).Message);
        Assert.Equal(
            "There are 0 samples (0 values / 2 each) but 2 labels. (Parameter 'labels')",
            Assert.Throws<ArgumentException>(() => Dataset.FromLabels((byte[])null!, 2, new int[2])).Message);
        Assert.Equal(
            "The label of sample 1 is 10; labels must be 0 to 9. (Parameter 'labels')",
            Assert.Throws<ArgumentException>(() => Dataset.FromLabels(new byte[2], 1, new[] { 0, 10 }, 10)).Message);
    }

    [Fact]
    public void InputsCanBeCopiedFromBothKinds()
    {
        Dataset bytes = Dataset.FromLabels(new byte[] { 0, 51, 102, 255 }, 2, new[] { 0, 1 });
        Dataset floats = Dataset.FromLabels([0, 0.2f, 0.4f, 1], 2, [0, 1]);
        foreach (Dataset data in new[] { bytes, floats, bytes.Shuffle(1).Shuffle(2).Slice(0, 2) })
        {
            float[] destination = new float[2];
            data.CopyInput(1, destination);
            Assert.Equal(data.Input(1).ToArray(), destination);
            Assert.Throws<ArgumentOutOfRangeException>("index", () => data.CopyInput(2, destination));
            var fault = Assert.Throws<ArgumentException>("destination", () => data.CopyInput(0, new float[3]));
            Assert.Equal("A sample has 2 values, but got room for 3. (Parameter 'destination')", fault.Message);
        }
    }

    [Fact]
    public void TrainingOnBytesIsTrainingOnTheirFloats()
    {
        byte[] bytes = new byte[200];
        int[] labels = new int[100];
        for (int i = 0; i < 100; i++)
        {
            labels[i] = i % 3;
            bytes[2 * i] = (byte)(labels[i] == 1 ? 200 + i % 50 : i % 50);
            bytes[2 * i + 1] = (byte)(labels[i] == 2 ? 200 + i % 50 : i % 50);
        }
        float[] floats = [.. bytes.Select(value => value / 255f)];
        (LinearClassifier network, EvaluationResult result) = Train(Dataset.FromLabels(bytes, 2, labels));
        (LinearClassifier expected, EvaluationResult expectedResult) = Train(Dataset.FromLabels(floats, 2, labels));
        Assert.Equal(expected.Parameters.ToArray(), network.Parameters.ToArray());
        Assert.Equal(expectedResult.Loss, result.Loss);
        Assert.True(result.Accuracy > 0.9);
    }

    [Fact]
    public void StepsOnBytesAllocateNothing()
    {
        var allocated = new long[30];
        int count = 0;
        new LinearClassifier().Fit(
            Dataset.FromLabels(new byte[180], 2, new int[90]),
            new FitOptions
            {
                BatchSize = 3,
                Progress = new Probe(() => allocated[count++] = GC.GetAllocatedBytesForCurrentThread()),
            });
        Assert.Equal(allocated[0], allocated[29]);
    }

    private static (LinearClassifier Network, EvaluationResult Result) Train(Dataset data)
    {
        var network = new LinearClassifier();
        network.Fit(data, new FitOptions { Epochs = 20, BatchSize = 8, Optimizer = new Sgd(0.5f) });
        return (network, network.Evaluate(data));
    }

    private sealed class Probe(Action onStep) : TrainingProgress
    {
        public override void StepCompleted(in StepResult step) => onStep();
    }
}
