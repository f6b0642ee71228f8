using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>
/// Writes a line for each epoch into a CSV file, as Keras' <c>CSVLogger</c>: the epoch, its losses and metrics, the learning rate and the seconds that it took. The
/// file has the lines of the whole training when that resumes from a checkpoint.
/// </summary>
public sealed class CsvLog : TrainingCallback
{
    private readonly string _path;
    private readonly char _separator;
    private StreamWriter? _file;
    private string[] _names = [];

    /// <summary>Writes into a file.</summary>
    /// <param name="path">The file; it is replaced when training begins.</param>
    /// <param name="separator">Stands between the values.</param>
    public CsvLog(string path, char separator = ',')
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        _separator = separator;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void TrainingStarted(TrainingContext training)
    {
        _names = [.. EpochValues.Names(training)];
        _file = new StreamWriter(_path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        _file.WriteLine(string.Join(_separator, ["epoch", .. _names, "learning_rate", "seconds"]));
        foreach (EpochResult epoch in training.History)
            Write(epoch);
        _file.Flush();
    }

    /// <inheritdoc/>
    public override void EpochCompleted(TrainingContext training, EpochResult epoch)
    {
        Write(epoch);
        _file!.Flush();
    }

    /// <inheritdoc/>
    public override void TrainingEnded(TrainingContext training, Exception? error)
    {
        _file?.Dispose();
        _file = null;
    }

    private void Write(EpochResult epoch)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        _file!.Write(epoch.Epoch.ToString(culture));
        foreach (string name in _names)
            _file.Write(_separator + EpochValues.Of(epoch, name).ToString("R", culture));
        _file.WriteLine(string.Create(culture, $"{_separator}{epoch.LearningRate:R}{_separator}{epoch.Duration.TotalSeconds:F3}"));
    }
}
