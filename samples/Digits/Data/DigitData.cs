using NetGen;
using static System.FormattableString;

namespace Digits.Data;

/// <summary>The digits to learn from and to be tested on.</summary>
/// <param name="Train">Training digits.</param>
/// <param name="Test">Digits that training does not see.</param>
/// <param name="Origin">Where they come from, for people.</param>
internal sealed record DigitData(Dataset Train, Dataset Test, string Origin)
{
    private const int DrawnTrain = 20_000;
    private const int DrawnTest = 4_000;

    /// <summary>Loads, downloads or draws the digits.</summary>
    /// <param name="options">Says which of these, and how many.</param>
    /// <param name="log">Is told of downloads.</param>
    /// <param name="cancellation">Stops a download or the drawing.</param>
    /// <param name="cache">Where downloads go; the sample's own folder unless given.</param>
    /// <exception cref="IOException">The files are not there or cannot be fetched.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or has fewer digits than are asked for.</exception>
    public static async Task<DigitData> LoadAsync(
        DigitsOptions options, TextWriter log, CancellationToken cancellation, string? cache = null)
    {
        if (options.Mirror is { } mirror)
        {
            cache ??= Path.Combine(AppFolder.Path, "mnist");
            await DownloadAsync(mirror, cache, log, cancellation);
            return FromFiles(cache, options.TrainingDigits);
        }

        if (options.DataDirectory is { } directory)
            return FromFiles(directory, options.TrainingDigits);

        (Dataset train, Dataset test) = DrawnDigits.Draw(
            options.TrainingDigits ?? DrawnTrain, DrawnTest, options.Seed, options.Threads, cancellation);
        return new DigitData(train, test, "drawn by this program (--data or --download use MNIST's handwritten ones)");
    }

    private static DigitData FromFiles(string directory, int? trainingDigits)
    {
        (Dataset train, Dataset test) = Mnist.Load(directory);
        if (trainingDigits > train.Count)
        {
            throw new InvalidDataException(
                Invariant($"'{directory}' has {train.Count} training digits; --train asks for {trainingDigits}."));
        }

        return new DigitData(train.Take(trainingDigits ?? train.Count), test, $"MNIST from {Path.GetFullPath(directory)}");
    }

    private static async Task DownloadAsync(Uri mirror, string cache, TextWriter log, CancellationToken cancellation)
    {
        using var client = new HttpClient();
        try
        {
            await new MnistDownload(client, mirror, cache, MnistFile.Originals, log).FetchAsync(cancellation);
        }
        catch (DownloadException e)
        {
            throw new DownloadException(
                $"{e.Message} --mirror URL names another server, --data DIR files that you have; without --download the digits are drawn.",
                cause: e);
        }
    }
}
