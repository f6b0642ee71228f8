using Xunit;

namespace NetGen.Tests.Data;

[Trait("Category", "Numeric")]
public class AugmentTests
{
    private const int Height = 5;
    private const int Width = 7;
    private const int Channels = 2;

    [Fact]
    public void AShiftMovesEveryPixelByAsMuch()
    {
        ISampleSource source = Images(200);
        ISampleSource shifted = source.Augment(Height, Width, Channels, seed: 1, Augment.Shift(2, 3, fill: -1));
        var counts = new Dictionary<(int, int), int>();
        for (int i = 0; i < source.Count; i++)
        {
            float[] image = ReadSample.Of(source, i).Input;
            float[] result = ReadSample.Of(shifted, i).Input;
            (int Rows, int Columns)[] fitting =
            [
                .. from rows in Enumerable.Range(-2, 5)
                   from columns in Enumerable.Range(-3, 7)
                   where Shifted(image, rows, columns, -1).SequenceEqual(result)
                   select (rows, columns),
            ];
            (int, int) shift = Assert.Single(fitting);
            counts[shift] = counts.GetValueOrDefault(shift) + 1;
        }

        // All 35 shifts are as likely: 200 samples miss one of them with a probability of 35 (34 / 35)^200 = 10 %; the seed is fixed.
        Assert.InRange(counts.Count, 32, 35);
        Assert.InRange(counts.Values.Max(), 7, 18);
    }

    [Fact]
    public void AQuarterTurnMovesPixels()
    {
        // 180 degrees at most give any angle; the one whose result is nearest to a quarter turn is near to it.
        float[] image = [.. Enumerable.Range(0, 9).Select(i => (float)i)];
        ISampleSource rotated = Dataset.FromLabels([.. Enumerable.Repeat(image, 2000).SelectMany(x => x)], 9, new int[2000])
            .Augment(3, 3, 1, seed: 5, Augment.Rotate(180));
        float[][] results = [.. ReadSample.All(rotated).Select(sample => sample.Input)];
        foreach (float[] turned in new float[][] { [2, 5, 8, 1, 4, 7, 0, 3, 6], [6, 3, 0, 7, 4, 1, 8, 5, 2], [8, 7, 6, 5, 4, 3, 2, 1, 0], image })
            Assert.Contains(results, result => result.Zip(turned).All(pair => Math.Abs(pair.First - pair.Second) < 0.1));
        Assert.All(results, result => Assert.Equal(4, result[4], 1e-5f));
    }

    [Fact]
    public void ARotationInterpolatesBilinearlyAndWithTheFill()
    {
        // A plane is rotated to a plane by bilinear interpolation, so the middle of a large image shows the angle exactly.
        const int Side = 41, Middle = 20;
        float[] plane = [.. from y in Enumerable.Range(0, Side) from x in Enumerable.Range(0, Side) select (float)(x - Middle)];
        ISampleSource rotated = Dataset.FromLabels([.. Enumerable.Repeat(plane, 300).SelectMany(x => x)], plane.Length, new int[300])
            .Augment(Side, Side, 1, seed: 2, Augment.Rotate(30, fill: 1000));
        List<double> angles = [];
        foreach (ReadSample sample in ReadSample.All(rotated))
        {
            float At(int y, int x) => sample.Input[((Middle + y) * Side) + Middle + x];
            double angle = Math.Atan2(At(10, 0), At(0, 10)) * 180 / Math.PI;
            angles.Add(angle);
            Assert.Equal((At(0, 10) * 7 / 10) - (At(10, 0) * 6 / 10), At(-6, 7), 1e-4);
            if (Math.Abs(angle) > 5)
                Assert.Equal(1000, sample.Input[0]);
        }
        Assert.InRange(angles.Min(), -30, -29);
        Assert.InRange(angles.Max(), 29, 30);
        Assert.InRange(angles.Average(), -2, 2);
    }

    [Fact]
    public void RotationByNothingIsTheIdentity() =>
        AssertEqual(Images(20), Images(20).Augment(Height, Width, Channels, seed: 1, Augment.Rotate(0)));

    [Fact]
    public void FlipsExchangeSides()
    {
        ISampleSource source = Dataset.FromLabels([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 12, [0]);
        Assert.Equal([5, 6, 3, 4, 1, 2, 11, 12, 9, 10, 7, 8], Input(source.Augment(2, 3, 2, 1, Augment.FlipHorizontally(1))));
        Assert.Equal([7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6], Input(source.Augment(2, 3, 2, 1, Augment.FlipVertically(1))));
    }

    [Fact]
    public void FlippingTwiceIsTheIdentity()
    {
        ISampleSource Flipped(params Augmentation[] flips) => Images(5).Augment(Height, Width, Channels, seed: 1, flips);
        AssertEqual(Images(5), Flipped(Augment.FlipHorizontally(1), Augment.FlipHorizontally(1)));
        AssertEqual(Images(5), Flipped(Augment.FlipVertically(1), Augment.FlipVertically(1)));
        AssertEqual(Images(5), Flipped(Augment.FlipVertically(0), Augment.FlipHorizontally(0)));
    }

    [Fact]
    public void AFlipIsAsLikelyAsItSays()
    {
        ISampleSource source = Images(2000);
        ISampleSource flipped = source.Augment(Height, Width, Channels, seed: 3, Augment.FlipHorizontally(0.25));
        int same = Enumerable.Range(0, 2000).Count(i => ReadSample.Of(source, i).Input.SequenceEqual(ReadSample.Of(flipped, i).Input));

        // Four standard deviations of the binomial distribution are 77.
        Assert.InRange(same, 1500 - 77, 1500 + 77);
    }

    [Fact]
    public void ACropIsAPartOfThePaddedImage()
    {
        ISampleSource source = Images(300);
        ISampleSource cropped = source.Augment(Height, Width, Channels, seed: 1, Augment.Crop(4, 5, padding: 1, fill: 9));
        Assert.Equal(4 * 5 * Channels, cropped.InputLength);
        HashSet<(int, int)> places = [];
        for (int i = 0; i < source.Count; i++)
        {
            float[] image = ReadSample.Of(source, i).Input;
            float[] result = ReadSample.Of(cropped, i).Input;
            places.Add(Assert.Single(
                from top in Enumerable.Range(-1, 4)
                from left in Enumerable.Range(-1, 5)
                where Window(image, top, left, 4, 5, 9).SequenceEqual(result)
                select (top, left)));
        }
        Assert.Equal(20, places.Count);
        Assert.Equal(Window(ReadSample.Of(source, 7).Input, 0, 1, 4, 5, 9), ReadSample.Of(cropped, 7, epoch: 0).Input);
    }

    [Fact]
    public void NoiseHasItsDeviationAndTheMean0()
    {
        ISampleSource noisy = Dataset.FromLabels(new float[100_000], 100_000, [0]).Augment(1, 100_000, 1, seed: 1, Augment.Noise(0.25));
        float[] values = Input(noisy);

        // Four standard deviations of the mean, and of the variance of a normal distribution.
        double deviation = 0.25 / Math.Sqrt(values.Length);
        Assert.InRange(values.Average(), -4 * deviation, 4 * deviation);
        double variance = values.Average(value => (double)value * value);
        Assert.InRange(variance / 0.0625, 1 - (4 * Math.Sqrt(2.0 / values.Length)), 1 + (4 * Math.Sqrt(2.0 / values.Length)));
        Assert.Equal(values.Length, values.Distinct().Count(), 1000.0);

        ISampleSource two = Images(2).Augment(Height, Width, Channels, seed: 1, Augment.Noise(1));
        Assert.NotEqual(Difference(0), Difference(1));
        float[] Difference(int i) => [.. ReadSample.Of(two, i).Input.Zip(ReadSample.Of(Images(2), i).Input, (a, b) => a - b)];
    }

    [Fact]
    public void ACutoutHasItsShare()
    {
        ISampleSource source = Dataset.FromLabels([.. Enumerable.Repeat(1f, 4000 * 64)], 64, new int[4000]);
        ReadSample[] cut = ReadSample.All(source.Augment(8, 8, 1, seed: 1, Augment.Cutout(4, fill: -2)));
        Assert.All(cut, sample => Assert.All(sample.Input, value => Assert.True(value is 1 or -2)));

        // Over the 8 places of the middle, the rows that lie inside are 2, 3, 4, 4, 4, 4, 4, 3: 3.5 on average, and as many columns.
        double[] shares = [.. cut.Select(sample => sample.Input.Count(value => value == -2) / 64.0)];
        Assert.Equal(4 / 64.0, shares.Min());
        Assert.Equal(16 / 64.0, shares.Max());
        Assert.Equal(3.5 * 3.5 / 64, shares.Average(), 0.005);
        Assert.All(ReadSample.All(source.Augment(8, 8, 1, seed: 1, Augment.Cutout(100))), sample => Assert.All(sample.Input, value => Assert.Equal(0, value)));
    }

    private static float[] Input(ISampleSource source) => ReadSample.Of(source, 0).Input;

    private static Dataset Images(int count) => Dataset.FromLabels(
        [.. Enumerable.Range(0, count * Height * Width * Channels).Select(i => (float)i)], Height * Width * Channels, new int[count]);

    private static float[] Shifted(float[] image, int rows, int columns, float fill) => Window(image, rows, columns, Height, Width, fill);

    private static float[] Window(float[] image, int top, int left, int height, int width, float fill) =>
    [
        .. from y in Enumerable.Range(top, height)
           from x in Enumerable.Range(left, width)
           from c in Enumerable.Range(0, Channels)
           select y is >= 0 and < Height && x is >= 0 and < Width ? image[(((y * Width) + x) * Channels) + c] : fill,
    ];

    private static void AssertEqual(ISampleSource expected, ISampleSource actual)
    {
        for (int i = 0; i < expected.Count; i++)
            Assert.Equal(ReadSample.Of(expected, i).Input, ReadSample.Of(actual, i).Input);
    }
}
