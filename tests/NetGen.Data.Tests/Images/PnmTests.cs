using System.Text;
using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Data.Tests.Images;

public sealed class PnmTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void GreyAndColourAreReadAsTextAndBinary()
    {
        AssertImage(2, 3, 1, [0, 50, 100, 150, 200, 255], Read("P2\n3 2\n255\n0 50 100\n150 200 255\n"));
        AssertImage(2, 3, 1, [0, 50, 100, 150, 200, 255], Read("P5 3 2 255\n", 0, 50, 100, 150, 200, 255));
        AssertImage(1, 2, 3, [1, 2, 3, 4, 5, 6], Read("P3 2 1 255 1 2 3 4 5 6"));
        AssertImage(1, 2, 3, [1, 2, 3, 4, 5, 6], Read("P6\n2\n1\n255\n", 1, 2, 3, 4, 5, 6));
    }

    [Fact]
    public void CommentsMayStandWhereSpaceMay()
    {
        AssertImage(1, 2, 1, [7, 8], Read("P2# a comment\n# another 5\r2 #width\n1\t255\n7 # the first\n8# the end"));

        // The first byte of binary values may look like a comment.
        AssertImage(1, 2, 1, [(byte)'#', 8], Read("P5 # 1 2 3\n2 1 255 ", (byte)'#', 8));
    }

    [Fact]
    public void OtherRangesAreScaledAndRounded()
    {
        AssertImage(1, 4, 1, [0, 85, 170, 255], Read("P2 4 1 3 0 1 2 3"));
        AssertImage(1, 3, 1, [0, 128, 255], Read("P5 3 1 65535\n", 0, 0, 0x80, 0x00, 0xFF, 0xFF));
        AssertImage(1, 2, 3, [255, 0, 0, 128, 51, 255], Read("P6 2 1 1000\n", 3, 232, 0, 0, 0, 0, 1, 246, 0, 200, 3, 232));
        AssertImage(1, 1, 1, [255], Read("P2 1 1 65535 65535"));
    }

    [Fact]
    public void EveryShorterFileIsAnError()
    {
        byte[] binary = [.. "P6 2 2 300 "u8, .. new byte[24]];
        byte[] text = "P2 2 2 9 1 2 3 4"u8.ToArray();
        foreach (byte[] file in new[] { binary, text })
        {
            for (int length = 0; length < file.Length; length++)
                Assert.Throws<InvalidDataException>(() => Read("", file[..length]));
        }
    }

    [Fact]
    public void FaultsAreNamed()
    {
        AssertDamage("it is neither PNG nor PGM nor PPM", "P4 1 1 1");
        AssertDamage("it is neither PNG nor PGM nor PPM", "");
        AssertDamage("it is cut short: it ends before the width", "P5 # 3 4");
        AssertDamage("there is no number for the height at byte 5", "P5 3 x 255");
        AssertDamage("there is no number for the height at byte 5", "P5 3 -4 255");
        AssertDamage("the width must be 1 to 2147483647, but is 0 or more", "P5 0 4 255");
        AssertDamage("the largest value must be 1 to 65535, but is 65536 or more", "P5 1 1 65536");
        AssertDamage("the value must be 0 to 9, but is 10 or more", "P2 2 1 9 3 10");
        AssertDamage("value 1 is 10, and the largest is to be 9", "P5 2 1 9\n\u0003\n");
        AssertDamage("it is cut short: its header announces 2 × 2 pixels, which need 4 bytes, and there are at most 3", "P5 2 2 255 abc");
        AssertDamage("it is cut short: its header announces 2 × 2 pixels, which need 8 bytes, and there are at most 6", "P2 2 2 255 1 2 3");
        AssertDamage("the width must be 1 to 2147483647, but is 9999999999 or more", "P5 99999999999999999999999999 1 255");
    }

    [Theory]
    [InlineData("P5 100000 10000 255 1234")]
    [InlineData("P6 2147483647 2147483647 65535 1234")]
    [InlineData("P3 2147483647 1 1 1 1 1")]
    public void AHeaderThatClaimsTooMuchTakesNoMemory(string text)
    {
        string path = _directory.Write("large.pgm", Encoding.Latin1.GetBytes(text));
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => ImageFile.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Contains("it is cut short: its header announces", fault.Message);
    }

    [Fact]
    public void GreyAndColourAreConverted()
    {
        string grey = _directory.Write("grey", [.. "P5 2 1 255\n"u8, 7, 255]);
        string colour = _directory.Write("colour", [.. "P6 4 1 255\n"u8, 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]);
        AssertImage(1, 2, 3, [7, 7, 7, 255, 255, 255], ImageFile.Read(grey, 1, 2, 3));
        AssertImage(1, 4, 1, [76, 150, 29, 255], ImageFile.Read(colour, 1, 4, 1));
        AssertImage(1, 2, 1, [7, 255], ImageFile.Read(grey, 1, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>("channels", () => ImageFile.Read(grey, 1, 2, 4));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => ImageFile.Read(grey, 0, 2, 1));
    }

    [Fact]
    public void ASizeThatMustBeIsChecked()
    {
        string path = _directory.Write("grey", [.. "P5 2 1 255\n"u8, 7, 255]);
        Assert.Equal(
            $"'{path}' is no image that can be used: it has 1 × 2 pixels instead of 2 × 2.",
            Assert.Throws<InvalidDataException>(() => ImageFile.Read(path, 2, 2, 1)).Message);
        Assert.Throws<FileNotFoundException>(() => ImageFile.Read(_directory["none"]));
    }

    private RasterImage Read(string text, params byte[] values) => ImageFile.Read(_directory.Write("image", [.. Encoding.Latin1.GetBytes(text), .. values]));

    private void AssertDamage(string message, string text) => Assert.Equal(
        $"'{_directory["image"]}' is no image that can be used: {message}.", Assert.Throws<InvalidDataException>(() => Read(text)).Message);

    private static void AssertImage(int height, int width, int channels, byte[] pixels, RasterImage image)
    {
        Assert.Equal((height, width, channels), (image.Height, image.Width, image.Channels));
        Assert.Equal(pixels, image.Pixels);
    }
}
