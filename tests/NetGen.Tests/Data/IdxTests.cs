using Xunit;

namespace NetGen.Tests.Data;

public sealed class IdxTests : IDisposable
{
    private static readonly byte[] Pixels = [0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ImagesAreRead(bool compressed)
    {
        IdxImages images = Idx.ReadImages(Write(IdxFile.Bytes([2, 2, 3], Pixels), compressed));
        Assert.Equal((2, 2, 3), (images.Count, images.Height, images.Width));
        Assert.Equal(Pixels, images.Pixels);
        Assert.Equal(Pixels.Select(pixel => pixel / 255f), images.ToInputs());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LabelsAreRead(bool compressed) =>
        Assert.Equal([7, 0, 255], Idx.ReadLabels(Write(IdxFile.Labels(7, 0, 255), compressed)));

    [Fact]
    public void CompressionIsSeenByContentNotByName() =>
        Assert.Equal([1], Idx.ReadLabels(_directory.Write("labels.gz", IdxFile.Labels(1))));

    [Fact]
    public void AFileWithoutItemsIsAFile()
    {
        Assert.Empty(Idx.ReadLabels(Write(IdxFile.Labels(), compressed: true)));
        Assert.Equal(0, Idx.ReadImages(Write(IdxFile.Images(0), compressed: false)).Count);
    }

    [Theory]
    [InlineData(new byte[0], "is cut short: an IDX file begins with 4 bytes that say what it holds, and there are 0.")]
    [InlineData(new byte[] { 0, 0, 8 }, "is cut short: an IDX file begins with 4 bytes that say what it holds, and there are 3.")]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 1 }, "is no IDX file: it begins with the bytes 89504E47, and the first two must be 0.")]
    [InlineData(new byte[] { 0, 0, 13, 3 }, "has elements of type 0x0D (32-bit float); images must be of type 0x08 (unsigned byte).")]
    [InlineData(new byte[] { 0, 0, 1, 3 }, "has elements of type 0x01 (unknown); images must be of type 0x08 (unsigned byte).")]
    [InlineData(new byte[] { 0, 0, 8, 1 }, "has 1 dimension; a file of images has 3 dimensions.")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1, 0, 0 }, "is cut short: its 3 dimensions need 12 bytes after the first 4, and there are 6.")]
    [InlineData(new byte[] { 0, 0, 8, 3, 255, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1 }, "says that its dimension 0 is 4278190080; at most 2147483647 is possible.")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0 }, "says that its dimension 2 is 0: images need rows and columns.")]
    public void DamagedHeadersAreExplained(byte[] file, string message)
    {
        foreach (bool compressed in new[] { false, true })
        {
            string path = Write(file, compressed);
            Assert.Equal($"'{path}' {message}", Assert.Throws<InvalidDataException>(() => Idx.ReadImages(path)).Message);
        }
    }

    [Fact]
    public void AFileOfImagesIsNoFileOfLabels()
    {
        string path = Write(IdxFile.Images(1), compressed: true);
        Assert.Equal($"'{path}' has 3 dimensions; a file of labels has 1 dimension.", Fault(() => Idx.ReadLabels(path)));
    }

    [Fact]
    public void SizesBeyondAnArrayAreRefused()
    {
        string path = Write(IdxFile.Bytes([int.MaxValue, int.MaxValue, int.MaxValue], []), compressed: false);
        Assert.Equal(
            $"'{path}' announces 2147483647 × 2147483647 × 2147483647 bytes; at most {Array.MaxLength} fit into an array.",
            Fault(() => Idx.ReadImages(path)));
    }

    [Fact]
    public void HeadersThatTheFileCannotKeepAreRefusedBeforeMemoryIsTaken()
    {
        byte[] file = IdxFile.Bytes([2_000_000_000], [1, 2, 3]);
        string plain = Write(file, compressed: false);
        Assert.Equal($"'{plain}' is cut short: its header announces 2000000000 bytes of data, and there are 3.", Fault(() => Idx.ReadLabels(plain)));

        string compressed = Write(file, compressed: true);
        long most = new FileInfo(compressed).Length * 1032;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(
            $"'{compressed}' is cut short: its header announces 2000000000 bytes of data, and there are at most {most}.",
            Fault(() => Idx.ReadLabels(compressed)));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void TooLittleDataIsCounted()
    {
        byte[] file = IdxFile.Bytes([2, 2, 3], Pixels[..11]);
        string plain = Write(file, compressed: false);
        Assert.Equal($"'{plain}' is cut short: its header announces 12 bytes of data, and there are 11.", Fault(() => Idx.ReadImages(plain)));
        string compressed = Write(file, compressed: true);
        Assert.Equal(
            $"'{compressed}' is cut short: its header announces 2 × 2 × 3 = 12 bytes of images, and there are 11.",
            Fault(() => Idx.ReadImages(compressed)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TooMuchDataIsAnError(bool compressed)
    {
        string path = Write([.. IdxFile.Labels(1, 2), 3], compressed);
        Assert.Equal($"'{path}' has more data than the 2 bytes of labels that its header announces.", Fault(() => Idx.ReadLabels(path)));
    }

    [Fact]
    public void ACompressedFileThatIsCutOffIsAnError()
    {
        byte[] whole = IdxFile.Compress(IdxFile.Bytes([4000], [.. Enumerable.Range(0, 4000).Select(i => (byte)(i * i * 31 >> 3))]));
        string path = _directory.Write("cut.gz", whole[..(whole.Length / 2)]);
        Assert.StartsWith($"'{path}' is ", Fault(() => Idx.ReadLabels(path)));
    }

    [Fact]
    public void DamagedCompressionIsAnError()
    {
        byte[] file = IdxFile.Compress(IdxFile.Labels(1, 2, 3));
        file.AsSpan(10, 8).Fill(0xFF);
        string path = _directory.Write("damaged.gz", file);
        Assert.StartsWith($"'{path}' is damaged: it cannot be decompressed with gzip (", Fault(() => Idx.ReadLabels(path)));
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        string path = Path.Combine(_directory.Path, "none");
        Assert.Contains(path, Assert.Throws<FileNotFoundException>(() => Idx.ReadImages(path)).Message);
        Assert.Throws<ArgumentException>("path", () => Idx.ReadImages(""));
        Assert.Throws<ArgumentNullException>("path", () => Idx.ReadLabels(null!));
    }

    private static string Fault(Action action) => Assert.Throws<InvalidDataException>(action).Message;

    private string Write(byte[] content, bool compressed) =>
        _directory.Write(compressed ? "compressed" : "plain", compressed ? IdxFile.Compress(content) : content);
}
