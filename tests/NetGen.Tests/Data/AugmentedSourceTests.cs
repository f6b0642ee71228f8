using Xunit;

namespace NetGen.Tests.Data;

public class AugmentedSourceTests
{
    private const int Side = 6;

    private static readonly Augmentation[] All =
    [
        Augment.Shift(2), Augment.Rotate(20), Augment.FlipHorizontally(), Augment.FlipVertically(), Augment.Noise(0.1), Augment.Crop(7, 5, 2), Augment.Cutout(2),
    ];

    [Fact]
    public void SeedEpochAndSampleAloneDecide()
    {
        string[] order = [.. Read(Augmented(), epoch: 3)];
        Assert.Equal(order, Read(Augmented(), epoch: 3));
        Assert.Equal(order.Reverse(), Enumerable.Range(0, order.Length).Reverse().Select(i => Text(ReadSample.Of(Augmented(), i, epoch: 3))));

        ISampleSource shared = Augmented();
        string[] parallel = [.. Enumerable.Range(0, order.Length).AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(i => Text(ReadSample.Of(shared, i, epoch: 3)))];
        Assert.Equal(order, parallel);

        Assert.DoesNotContain(Read(Augmented(), epoch: 4), order.Contains);
        Assert.DoesNotContain(Read(Augmented(seed: 2), epoch: 3), order.Contains);
    }

    [Fact]
    public void SamplesAreChangedIndependently()
    {
        // The same image again and again.
        ISampleSource same = Dataset.FromLabels([.. Enumerable.Repeat(Enumerable.Range(0, 36), 500).SelectMany(i => i).Select(i => (float)i)], 36, new int[500]);
        ISampleSource augmented = same.Augment(Side, Side, 1, 1, Augment.Noise(1));
        Assert.Equal(1000, Read(augmented, 1).Concat(Read(augmented, 2)).Distinct().Count());

        // The same augmentation at two places has other random numbers.
        ISampleSource twice = same.Augment(Side, Side, 1, 1, Augment.FlipHorizontally(), Augment.FlipHorizontally());
        Assert.InRange(ReadSample.All(twice).Count(sample => sample.Input[0] == 0), 200, 300);
    }

    [Fact]
    public void OutsideOfTrainingNothingIsRandom()
    {
        ISampleSource source = Images();
        ISampleSource augmented = source.Augment(Side, Side, 1, 1, [.. All.Where(augmentation => augmentation != All[5])]);
        for (int i = 0; i < source.Count; i++)
            Assert.Equal(ReadSample.Of(source, i).Input, ReadSample.Of(augmented, i, epoch: 0).Input);
    }

    [Fact]
    public void LabelsTargetsAndWeightsStay()
    {
        ISampleSource labels = Images().WithWeights(new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }).Augment(Side, Side, 1, 1, All);
        Assert.Equal((8, 35, 8, 0, false), (labels.Count, labels.InputLength, labels.ClassCount, labels.TargetLength, labels.IsSequential));
        ReadSample sample = ReadSample.Of(labels, 3);
        Assert.Equal((3, 4f), (sample.Label, sample.Weight));

        ISampleSource targets = Dataset.FromTargets(new float[8], 4, [1, 2, 3, 4], 2).Augment(2, 2, 1, 1, Augment.Noise(1));
        Assert.Equal((0, 2), (targets.ClassCount, targets.TargetLength));
        Assert.Equal([3, 4], ReadSample.Of(targets, 1).Target);

        Assert.True(SampleSource.FromLabels(1, 4, 1, sample => sample.Input.Clear(), isSequential: true).Augment(2, 2, 1, 1, Augment.Noise(1)).IsSequential);
    }

    [Fact]
    public void ReadingAllocatesNothing()
    {
        ISampleSource augmented = Augmented();
        ReadSample.Allocated(augmented, epoch: 0);
        ReadSample.Allocated(augmented, epoch: 1);
        Assert.Equal(0, ReadSample.Allocated(augmented, epoch: 2) + ReadSample.Allocated(augmented, epoch: 0));
    }

    [Fact]
    public void SizesThatDoNotAgreeAreErrors()
    {
        AssertMessage("Images of 6 × 6 × 3 have 108 values, but the source's inputs have 36.", () => Images().Augment(6, 6, 3, 1, Augment.Noise(1)));
        AssertMessage("There must be 1 to 255 augmentations, but got 0. (Parameter 'augmentations')", () => Images().Augment(6, 6, 1, 1));
        AssertMessage("Shifts of up to 6 rows and 0 columns can move all of an image of 6 × 6 outside.", () => Images().Augment(6, 6, 1, 1, Augment.Shift(6, 0)));
        AssertMessage("A part of 9 × 3 is larger than an image of 6 × 6 with a padding of 1.", () => Images().Augment(6, 6, 1, 1, Augment.Crop(9, 3, 1)));
        AssertMessage("A part of 5 × 3 is larger than an image of 4 × 4 with a padding of 0.", () => Images().Augment(6, 6, 1, 1, Augment.Crop(4, 4), Augment.Crop(5, 3)));
        AssertMessage("A part of 5 × 3 can lie in a padding of 2147483647 altogether.", () => Images().Augment(6, 6, 1, 1, Augment.Crop(5, 3, int.MaxValue)));
        Assert.Throws<ArgumentNullException>("augmentations", () => Images().Augment(6, 6, 1, 1, null!));
        Assert.Throws<ArgumentNullException>("augmentations", () => Images().Augment(6, 6, 1, 1, Augment.Noise(1), null!));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => Images().Augment(0, 6, 1, 1, Augment.Noise(1)));
    }

    [Fact]
    public void ArgumentsOfAugmentationsAreChecked() => HostileCulture.Run(() =>
    {
        AssertMessage("The angle must be 0 to 180 degrees, but got -0.5. (Parameter 'degrees')", () => Augment.Rotate(-0.5));
        AssertMessage("The angle must be 0 to 180 degrees, but got 180.5. (Parameter 'degrees')", () => Augment.Rotate(180.5));
        AssertMessage("The probability must be 0 to 1, but got 1.5. (Parameter 'probability')", () => Augment.FlipHorizontally(1.5));
        AssertMessage("The probability must be 0 to 1, but got NaN. (Parameter 'probability')", () => Augment.FlipVertically(double.NaN));
        AssertMessage("The deviation must be finite and at least 0, but got -1. (Parameter 'deviation')", () => Augment.Noise(-1));
        AssertMessage("The deviation must be finite and at least 0, but got 1E+300. (Parameter 'deviation')", () => Augment.Noise(1e300));
        AssertMessage("The fill must be finite, but got NaN. (Parameter 'fill')", () => Augment.Shift(1, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("fill", () => Augment.Cutout(1, float.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("fill", () => Augment.Rotate(1, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("fill", () => Augment.Crop(1, 1, 0, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("size", () => Augment.Cutout(0));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => Augment.Shift(-1));
        Assert.Throws<ArgumentOutOfRangeException>("columns", () => Augment.Shift(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>("padding", () => Augment.Crop(1, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => Augment.Crop(1, 0));
    });

    private static Dataset Images() => Dataset.FromLabels(
        [.. Enumerable.Range(0, 8 * Side * Side).Select(i => (float)i)], Side * Side, [.. Enumerable.Range(0, 8)]);

    private static ISampleSource Augmented(ulong seed = 1) => Images().Augment(Side, Side, 1, seed, All);

    private static IEnumerable<string> Read(ISampleSource source, int epoch) => ReadSample.All(source, epoch).Select(Text);

    private static string Text(ReadSample sample) => string.Join(' ', sample.Input.Select(value => value.ToString("R", null)));

    private static void AssertMessage(string message, Action action) => Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
