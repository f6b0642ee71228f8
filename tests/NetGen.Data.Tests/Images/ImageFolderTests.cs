using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Data.Tests.Images;

public sealed class ImageFolderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ClassesAndFilesAreSortedByCode()
    {
        Write("dog/b.pgm", 10);
        Write("dog/B.PGM", 20);
        Write("dog/old/a.pgm", 30);
        Write("Cat/1.png", 40);
        _directory.Write("dog/notes.txt", [1]);
        _directory.Write("readme.md", [1]);

        ImageFolder folder = ImageFolder.Open(_directory.Path, 1, 2, 1);
        Assert.Equal(["Cat", "dog"], folder.ClassNames);
        Assert.Equal(["Cat/1.png", "dog/B.PGM", "dog/b.pgm", "dog/old/a.pgm"], folder.Files.Select(file => Path.GetRelativePath(_directory.Path, file).Replace('\\', '/')));
        Assert.Equal((4, 2, 2, 0, false), (folder.Count, folder.InputLength, folder.ClassCount, folder.TargetLength, ((ISampleSource)folder).IsSequential));
        ReadSample[] samples = ReadSample.All(folder);
        Assert.Equal([0, 1, 1, 1], samples.Select(sample => sample.Label));
        Assert.Equal([40 / 255f, 20 / 255f, 10 / 255f, 30 / 255f], samples.Select(sample => sample.Input[0]));
        Assert.Equal([41 / 255f, 21 / 255f, 11 / 255f, 31 / 255f], samples.Select(sample => sample.Input[1]));
    }

    [Fact]
    public void AllAtOnceIsTheSameAsOneByOne()
    {
        for (int i = 0; i < 8; i++)
            Write($"{i % 3}/{i}.pgm", (byte)(31 * i));
        ImageFolder folder = ImageFolder.Open(_directory.Path, 1, 2, channels: 3);
        Dataset data = folder.Load();
        Assert.Equal((8, 6, 3), (data.Count, data.InputLength, data.ClassCount));
        for (int i = 0; i < data.Count; i++)
        {
            ReadSample sample = ReadSample.Of(folder, i);
            Assert.Equal(sample.Input, data.Input(i).ToArray());
            Assert.Equal(sample.Label, data.Label(i));
        }
    }

    [Fact]
    public void ANetworkOfBytesGetsThePixelsAsTheyAre()
    {
        for (int i = 0; i < 8; i++)
            Write($"{i % 3}/{i}.pgm", (byte)(31 * i));
        ImageFolder folder = ImageFolder.Open(_directory.Path, 1, 2, channels: 3);
        Dataset data = folder.Load();
        for (int i = 0; i < data.Count; i++)
        {
            float[] pixels = Read(folder, i);
            Assert.Equal(ReadSample.Of(folder, i).Input.Select(value => MathF.Round(255 * value)), pixels);
            Assert.Equal(pixels, Read(data, i));
        }

        static float[] Read(ISampleSource source, int index)
        {
            float[] input = new float[source.InputLength];
            (int label, float weight) = (0, 1);
            source.Read(new Sample(index, 0, input, default, ref label, ref weight) { InputType = InputType.UInt8 });
            return input;
        }
    }

    [Fact]
    public void ClassesMayBeThoseOfTheTrainingImages()
    {
        Write("b/1.pgm", 1);
        ImageFolder folder = ImageFolder.Open(_directory.Path, 1, 2, 1, ["a", "b", "c"]);
        Assert.Equal((3, 1), (folder.ClassCount, ReadSample.Of(folder, 0).Label));
        Assert.Equal(3, folder.Load().ClassCount);
        AssertDamage($"'{_directory.Path}' has the folder 'b', which is none of the 2 classes.", () => ImageFolder.Open(_directory.Path, 1, 2, 1, ["a", "c"]));
    }

    [Fact]
    public void FoldersThatCannotBeUsedAreErrors()
    {
        AssertDamage($"'{_directory.Path}' has no folders; each class should have one.", () => Open());
        string empty = Directory.CreateDirectory(_directory["cat"]).FullName;
        AssertDamage($"'{empty}' has no images (.png, .pgm, .ppm, .pnm).", () => Open());
        Write("cat/1.pgm", 1);
        string photo = _directory.Write("cat/2.JPG", [0xFF, 0xD8]);
        AssertDamage($"'{photo}' is an image of a format that cannot be read; convert it to PNG.", () => Open());
        Assert.Throws<DirectoryNotFoundException>(() => ImageFolder.Open(_directory["none"], 1, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>("channels", () => ImageFolder.Open(_directory.Path, 1, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => ImageFolder.Open(_directory.Path, 1, 0, 1));
    }

    [Fact]
    public void FilesThatCannotBeUsedAreNamedWhenTheyAreRead()
    {
        Write("cat/1.pgm", 1);
        string damaged = _directory.Write("cat/2.png", [1, 2, 3]);
        ImageFolder folder = Open();
        AssertDamage($"'{damaged}' is no image that can be used: it is neither PNG nor PGM nor PPM.", () => folder.Load());
        AssertDamage($"'{damaged}' is no image that can be used: it is neither PNG nor PGM nor PPM.", () => ReadSample.Of(folder, 1));
        string first = folder.Files[0];
        AssertDamage($"'{first}' is no image that can be used: it has 1 × 2 pixels instead of 2 × 1.", () => ImageFolder.Open(_directory.Path, 2, 1, 1).Load());
        File.Delete(first);
        Assert.Throws<FileNotFoundException>(() => ReadSample.Of(folder, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReadSample.Of(folder, 2));
    }

    private ImageFolder Open() => ImageFolder.Open(_directory.Path, 1, 2, 1);

    /// <summary>An image of two pixels: the value and the next one.</summary>
    private void Write(string name, byte value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory[name])!);
        _directory.Write(name, name.EndsWith("png", StringComparison.Ordinal)
            ? PngFile.Bytes(1, 2, 0, 8, [value, value + 1])
            : [.. "P5 2 1 255\n"u8, value, (byte)(value + 1)]);
    }

    private static void AssertDamage(string message, Action action) => Assert.Equal(message, Assert.Throws<InvalidDataException>(action).Message);
}
