using System.Security.Cryptography;
using Digits.Data;
using Xunit;

namespace NetGen.Tests.Samples;

public sealed class DrawnDigitsTests
{
    private const int Side = DigitPainter.Side;

    [Fact]
    public void Draws_the_same_whatever_the_threads()
    {
        (Dataset train, Dataset test) = DrawnDigits.Draw(200, 100, seed: 7, threads: 1);
        (Dataset sameTrain, Dataset sameTest) = DrawnDigits.Draw(200, 100, seed: 7, threads: 3);
        AssertEqual(train, sameTrain);
        AssertEqual(test, sameTest);
    }

    /// <summary>Holds on every processor; it changes with everything that changes how digits are drawn.</summary>
    [Fact]
    public void A_seed_gives_the_same_pixels_for_ever()
    {
        Dataset train = DrawnDigits.Draw(500, 1, seed: 1).Train;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < train.Count; i++)
            hash.AppendData([(byte)train.Label(i), .. train.Input(i).ToArray().Select(pixel => (byte)MathF.Round(pixel * 255f))]);
        Assert.Equal("93d9dd32c264384d4b7823b18e7dc260dae162d3f75a8f65077e25ff46b8c3c7", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void More_digits_begin_with_the_same_ones() =>
        AssertEqual(DrawnDigits.Draw(50, 1, seed: 7).Train, DrawnDigits.Draw(90, 1, seed: 7).Train.Take(50));

    [Fact]
    public void Other_seeds_and_the_other_set_give_other_digits()
    {
        (Dataset train, Dataset test) = DrawnDigits.Draw(100, 100, seed: 7);
        Dataset other = DrawnDigits.Draw(100, 1, seed: 8).Train;
        for (int i = 0; i < 100; i++)
        {
            Assert.False(train.Input(i).SequenceEqual(test.Input(i)));
            Assert.False(train.Input(i).SequenceEqual(other.Input(i)));
        }
    }

    [Fact]
    public void All_digits_come_about_equally_often()
    {
        (Dataset train, Dataset test) = DrawnDigits.Draw(5000, 1, seed: 3);
        Assert.Equal(10, train.ClassCount);
        Assert.Equal(10, test.ClassCount);
        foreach (IGrouping<int, int> digit in Enumerable.Range(0, train.Count).GroupBy(train.Label))
            Assert.InRange(digit.Count(), 400, 600);
    }

    [Fact]
    public void Pixels_are_those_of_an_8_bit_scanner()
    {
        Dataset train = DrawnDigits.Draw(50, 1, seed: 5).Train;
        for (int i = 0; i < train.Count; i++)
        {
            foreach (float pixel in train.Input(i))
            {
                Assert.InRange(pixel, 0f, 1f);
                Assert.Equal(MathF.Round(pixel * 255f) / 255f, pixel);
            }
        }
    }

    [Fact]
    public void Digits_are_in_the_middle_and_about_as_inky_as_in_Mnist()
    {
        Dataset train = DrawnDigits.Draw(2000, 1, seed: 5).Train;
        double all = 0;
        for (int i = 0; i < train.Count; i++)
        {
            (double ink, double x, double y) = Moments(train.Input(i));
            Assert.InRange(x, 9.5, 17.5);
            Assert.InRange(y, 9.5, 17.5);
            all += ink / (Side * Side);
        }

        // The mean of MNIST's training images is 0.1307.
        Assert.InRange(all / train.Count, 0.09, 0.17);
    }

    [Fact]
    public void Stops_when_it_is_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(
            () => DrawnDigits.Draw(1000, 1000, seed: 1, cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void Every_style_starts_a_stroke_and_has_curves_between_different_points()
    {
        for (int digit = 0; digit < 10; digit++)
        {
            IReadOnlyList<Knot[]> styles = DigitShapes.Of(digit);
            Assert.True(styles.Count >= 3);
            foreach (Knot[] style in styles)
            {
                Assert.True(style[0].Starts);
                Assert.False(style[^1].Starts);
                for (int i = 1; i < style.Length; i++)
                {
                    Assert.True(style[i].Starts || style[i].Point != style[i - 1].Point);
                    Assert.False(style[i].Starts && style[i - 1].Starts);
                }
            }
        }
    }

    [Fact]
    public void The_dice_are_fair()
    {
        var dice = new Dice(seed: 1, set: 2, index: 3);
        const int Count = 40_000;
        double normal = 0, squares = 0, uniform = 0;
        var faces = new int[6];
        for (int i = 0; i < Count; i++)
        {
            float value = dice.Normal(2f);
            normal += value;
            squares += value * value;
            uniform += dice.Uniform(-1f, 3f);
            faces[dice.Below(6)]++;
        }

        Assert.InRange(normal / Count, -0.05, 0.05);
        Assert.InRange(squares / Count, 3.9, 4.1);
        Assert.InRange(uniform / Count, 0.97, 1.03);
        Assert.All(faces, face => Assert.InRange(face, 6300, 7050));
    }

    private static void AssertEqual(Dataset expected, Dataset actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected.Label(i), actual.Label(i));
            Assert.True(expected.Input(i).SequenceEqual(actual.Input(i)));
        }
    }

    private static (double Ink, double X, double Y) Moments(ReadOnlySpan<float> image)
    {
        double ink = 0, x = 0, y = 0;
        for (int i = 0; i < image.Length; i++)
        {
            ink += image[i];
            x += image[i] * (i % Side);
            y += image[i] * (i / Side);
        }

        return (ink, x / ink, y / ink);
    }
}
