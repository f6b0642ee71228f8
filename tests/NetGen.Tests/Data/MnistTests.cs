using Xunit;

namespace NetGen.Tests.Data;

public sealed class MnistTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void TheFourFilesBecomeTwoSets()
    {
        WriteAll();
        (Dataset train, Dataset test) = Mnist.Load(_directory.Path);
        Assert.Equal((3, 784, 10), (train.Count, train.InputLength, train.ClassCount));
        Assert.Equal((2, 784, 10), (test.Count, test.InputLength, test.ClassCount));
        Assert.Equal([5, 0, 4], Enumerable.Range(0, 3).Select(train.Label));
        Assert.Equal([7, 2], Enumerable.Range(0, 2).Select(test.Label));
        Assert.All(train.Input(2).ToArray(), pixel => Assert.Equal(2 / 255f, pixel));
    }

    [Fact]
    public void PixelsStayBytes()
    {
        const int count = 2000;
        WriteAll();
        _directory.Write("train-images-idx3-ubyte", IdxFile.Images(count));
        _directory.Write("train-labels-idx1-ubyte", IdxFile.Labels(new byte[count]));
        Mnist.Load(_directory.Path);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Dataset train = Mnist.Load(_directory.Path).Train;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, count * 784, count * 784 * 3 / 2);
        Assert.Equal("2000 samples of 784 bytes, 10 classes", train.ToString());
    }

    [Fact]
    public void ThePlainFileIsReadBeforeTheCompressed()
    {
        WriteAll();
        _directory.Write("t10k-labels-idx1-ubyte", IdxFile.Labels(1, 1));
        Assert.Equal(1, Mnist.Load(_directory.Path).Test.Label(0));
    }

    [Fact]
    public void AllMissingFilesAreNamed()
    {
        WriteAll();
        File.Delete(Path.Combine(_directory.Path, "train-labels-idx1-ubyte"));
        File.Delete(Path.Combine(_directory.Path, "t10k-images-idx3-ubyte.gz"));
        var fault = Assert.Throws<FileNotFoundException>(() => Mnist.Load(_directory.Path));
        Assert.Equal(
            $"'{_directory.Path}' lacks train-labels-idx1-ubyte, t10k-images-idx3-ubyte (each may also have the ending .gz).",
            fault.Message);
        Assert.Equal(Path.Combine(_directory.Path, "train-labels-idx1-ubyte"), fault.FileName);
    }

    [Fact]
    public void AMissingDirectoryIsNamed()
    {
        string path = Path.Combine(_directory.Path, "none");
        var fault = Assert.Throws<DirectoryNotFoundException>(() => Mnist.Load(path));
        Assert.Equal($"The directory '{path}' with the MNIST files does not exist.", fault.Message);
        Assert.Throws<ArgumentNullException>("directory", () => Mnist.Load(null!));
    }

    [Fact]
    public void FilesThatDoNotBelongTogetherAreNamed()
    {
        WriteAll();
        string images = Path.Combine(_directory.Path, "train-images-idx3-ubyte");
        string labels = _directory.Write("train-labels-idx1-ubyte", IdxFile.Labels(5, 0));
        Assert.Equal($"'{images}' has 3 images, but '{labels}' has 2 labels.", Fault());

        _directory.Write("train-labels-idx1-ubyte", IdxFile.Labels(5, 10, 0));
        Assert.Equal($"'{labels}' has the label 10 for sample 1; MNIST's are 0 to 9.", Fault());

        _directory.Write("train-images-idx3-ubyte", IdxFile.Images(3, 28, 32));
        Assert.Equal($"'{images}' has images of 28 × 32 pixels; MNIST's are 28 × 28.", Fault());
    }

    private string Fault() => Assert.Throws<InvalidDataException>(() => Mnist.Load(_directory.Path)).Message;

    private void WriteAll()
    {
        _directory.Write("train-images-idx3-ubyte", IdxFile.Images(3));
        _directory.Write("train-labels-idx1-ubyte", IdxFile.Labels(5, 0, 4));
        _directory.Write("t10k-images-idx3-ubyte.gz", IdxFile.Compress(IdxFile.Images(2)));
        _directory.Write("t10k-labels-idx1-ubyte.gz", IdxFile.Compress(IdxFile.Labels(7, 2)));
    }
}
