using Digits;
using Digits.Data;
using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Samples;

public sealed class DigitDataTests : IDisposable
{
    private static readonly DigitsOptions Options = new()
    {
        Epochs = 1,
        BatchSize = 1,
        LearningRate = 1f,
        Seed = 1,
        Threads = 0,
        WeightsPath = "",
        CompareLinear = false,
    };

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Draws_as_many_digits_as_are_asked_for()
    {
        DigitData data = await LoadAsync(Options with { TrainingDigits = 30 });
        Assert.Equal(30, data.Train.Count);
        Assert.Equal(4000, data.Test.Count);
        Assert.Equal(DigitNet.InputLength, data.Train.InputLength);
    }

    [Fact]
    public async Task Reads_the_files_of_a_directory()
    {
        WriteMnist(train: 5, test: 3);
        DigitData data = await LoadAsync(Options with { DataDirectory = _directory.Path });
        Assert.Equal(5, data.Train.Count);
        Assert.Equal(3, data.Test.Count);
        Assert.Contains(_directory.Path, data.Origin, StringComparison.Ordinal);

        data = await LoadAsync(Options with { DataDirectory = _directory.Path, TrainingDigits = 2 });
        Assert.Equal(2, data.Train.Count);
        Assert.Equal(3, data.Test.Count);
    }

    [Fact]
    public async Task Says_when_the_files_have_too_few_digits()
    {
        WriteMnist(train: 5, test: 3);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(
            () => LoadAsync(Options with { DataDirectory = _directory.Path, TrainingDigits = 6 }));
        Assert.Equal($"'{_directory.Path}' has 5 training digits; --train asks for 6.", fault.Message);
    }

    private Task<DigitData> LoadAsync(DigitsOptions options) =>
        DigitData.LoadAsync(options, TextWriter.Null, CancellationToken.None, _directory.Path);

    private void WriteMnist(int train, int test)
    {
        _directory.Write("train-images-idx3-ubyte", IdxFile.Images(train));
        _directory.Write("train-labels-idx1-ubyte", IdxFile.Labels(new byte[train]));
        _directory.Write("t10k-images-idx3-ubyte.gz", IdxFile.Compress(IdxFile.Images(test)));
        _directory.Write("t10k-labels-idx1-ubyte.gz", IdxFile.Compress(IdxFile.Labels(new byte[test])));
    }
}
