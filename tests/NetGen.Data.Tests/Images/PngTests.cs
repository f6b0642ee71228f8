using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Data.Tests.Images;

public sealed class PngTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>Every colour type with every bit depth.</summary>
    public static TheoryData<int, int> Kinds { get; } = new()
    {
        { 0, 1 }, { 0, 2 }, { 0, 4 }, { 0, 8 }, { 0, 16 }, { 2, 8 }, { 2, 16 }, { 3, 1 }, { 3, 2 }, { 3, 4 }, { 3, 8 }, { 4, 8 }, { 4, 16 }, { 6, 8 }, { 6, 16 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryKindIsRead(int type, int depth)
    {
        const int Height = 11, Width = 13;
        int samplesPerPixel = type switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        int colours = type is 0 or 4 ? 1 : 3;
        byte[] palette = [.. Enumerable.Range(0, 3 << depth).Select(i => (byte)(i * 37))];
        Random random = new(type + depth);
        int[] samples = [.. Enumerable.Range(0, Height * Width * samplesPerPixel).Select(_ => random.Next(1 << depth))];
        double largest = (1 << depth) - 1;
        byte[] expected = type == 3
            ? [.. samples.SelectMany(colour => palette[(3 * colour)..((3 * colour) + 3)])]
            : [.. samples.Where((_, i) => i % samplesPerPixel < colours).Select(sample => (byte)Math.Round(sample / largest * 255))];

        foreach (bool interlaced in new[] { false, true })
        {
            RasterImage image = Read(PngFile.Bytes(Height, Width, type, depth, samples, interlaced: interlaced, palette: type == 3 ? palette : null));
            Assert.Equal((Height, Width, colours), (image.Height, image.Width, image.Channels));
            Assert.Equal(expected, image.Pixels);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void EveryFilterIsRemoved(int filter)
    {
        int[] samples = [.. Enumerable.Range(0, 6 * 7 * 3).Select(i => i * i * 31 % 256)];
        Assert.Equal(samples.Select(sample => (byte)sample), Read(PngFile.Bytes(6, 7, 2, 8, samples, filter)).Pixels);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(5, 1)]
    [InlineData(3, 2)]
    public void SmallInterlacedImagesLackPasses(int height, int width)
    {
        int[] samples = [.. Enumerable.Range(10, height * width)];
        Assert.Equal(samples.Select(sample => (byte)sample), Read(PngFile.Bytes(height, width, 0, 8, samples, interlaced: true)).Pixels);
    }

    [Fact]
    public void EveryShorterFileIsAnError()
    {
        byte[] file = PngFile.Bytes(4, 4, 2, 8, [.. Enumerable.Range(0, 48)]);
        for (int length = 0; length < file.Length; length++)
            Assert.Throws<InvalidDataException>(() => Read(file[..length]));
    }

    [Fact]
    public void EveryDamagedByteIsAnError()
    {
        byte[] file = PngFile.Bytes(4, 4, 2, 8, [.. Enumerable.Range(0, 48)]);
        for (int i = 0; i < file.Length; i++)
        {
            byte[] damaged = [.. file];
            damaged[i] ^= 0x41;
            Assert.Throws<InvalidDataException>(() => Read(damaged));
        }
    }

    [Fact]
    public void FaultsAreNamed()
    {
        byte[] end = PngFile.Chunk("IEND", []);
        byte[] data = PngFile.Chunk("IDAT", PngFile.Compress(new byte[6]));
        AssertDamage("its first chunk is 'IEND' instead of 'IHDR'", PngFile.File(end));
        AssertDamage("its header has 4 bytes instead of 13", PngFile.File(PngFile.Chunk("IHDR", new byte[4])));
        AssertDamage("its header announces 0 × 5 pixels; both must be 1 to 1000000", PngFile.File(PngFile.Header(0, 5)));
        AssertDamage(
            "its header has a combination that PNG does not have: colour type 3, bit depth 16, compression 0, filter 0, interlace 0",
            PngFile.File(PngFile.Header(2, 2, 3, 16)));
        AssertDamage("its palette is missing", PngFile.File(PngFile.Header(2, 2, 3), data, end));
        AssertDamage("it has the colour 1, and its palette has 1", PngFile.Bytes(1, 2, 3, 8, [0, 1], palette: [1, 2, 3]));
        AssertDamage("it has the chunk 'NEXT', which is needed and not known", PngFile.File(PngFile.Header(2, 2), PngFile.Chunk("NEXT", []), data, end));
        AssertDamage("it is cut short: a row of 3 bytes has 0", PngFile.File(PngFile.Header(3, 2), data, end));
        AssertDamage("it is damaged: a row has the filter 5", PngFile.File(PngFile.Header(1, 2), PngFile.Chunk("IDAT", PngFile.Compress([5, 0, 0])), end));
        AssertDamage("it is cut short: a chunk announces 2147483647 bytes, and there are 0", PngFile.File([0x7F, 0xFF, 0xFF, 0xFF, .. "IHDR"u8, 0, 0, 0, 0]));
    }

    [Fact]
    public void AHeaderThatClaimsTooMuchTakesNoMemory()
    {
        byte[] file = PngFile.File(PngFile.Header(100_000, 10_000), PngFile.Chunk("IDAT", PngFile.Compress(new byte[100])), PngFile.Chunk("IEND", []));
        string path = _directory.Write("large.png", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => ImageFile.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Contains("its header announces 100000 × 10000 pixels, which need 1000000000 bytes, and there are at most ", fault.Message);
    }

    private RasterImage Read(byte[] file) => ImageFile.Read(_directory.Write("image", file));

    private void AssertDamage(string message, byte[] file) => Assert.Equal(
        $"'{_directory["image"]}' is no image that can be used: {message}.", Assert.Throws<InvalidDataException>(() => Read(file)).Message);
}
