namespace NetGen;

/// <summary>
/// Writes progress as Keras does. On a terminal each epoch has a title and a line that is rewritten in place; elsewhere
/// (a log file, say) each epoch has one line when it is complete, and before that a line every half minute. Numbers are
/// written the same under every culture.
/// </summary>
/// <remarks>
/// No line is longer than the width. The line of an epoch that is under way leaves out the bar, then writes "acc" for
/// "accuracy", then commas for dashes, then leaves out the remaining time, the accuracy, the loss. The line of a complete
/// epoch leaves out the bar, the time of a step, then writes "acc", then leaves out the number of steps, then writes
/// commas, then leaves out the time of the epoch, the training accuracy, the training loss, the validation accuracy. The
/// last loss always stays. Numbers are never shortened.
/// </remarks>
public sealed class ProgressLine : TrainingProgress
{
    /// <summary>How often a terminal is updated at most: it is slower than a training step.</summary>
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromSeconds(0.1);

    /// <summary>How long a log may be silent.</summary>
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(30);

    private readonly TextWriter _writer;
    private readonly bool _rewrite;
    private readonly Func<int> _width;
    private readonly TimeProvider _time;
    private int _epochs;
    private int _steps;

    // What stands on the terminal's last line and is rewritten next; empty while that line is complete.
    private string _open = "";

    // When the last line was written, or null if the next is due at once.
    private long? _lastWritten;

    /// <summary>Writes to <paramref name="writer"/>, which stays open.</summary>
    /// <param name="writer">Where the lines go.</param>
    /// <param name="rewrite">Whether the writer is a terminal on which a carriage return goes back to the line's begin.</param>
    /// <param name="width">
    /// Columns that there are, at least 1; unless given those of the console's window for a terminal, which may change
    /// during the training, and otherwise 80.
    /// </param>
    /// <param name="time">Measures the time between lines; the system's unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is below 1.</exception>
    public ProgressLine(TextWriter writer, bool rewrite, int? width = null, TimeProvider? time = null)
        : this(writer, rewrite, Width(width, rewrite), time ?? TimeProvider.System)
    {
    }

    internal ProgressLine(TextWriter writer, bool rewrite, Func<int> width, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _writer = writer;
        _rewrite = rewrite;
        _width = width;
        _time = time;
    }

    /// <summary>The longest line. On a terminal the last column stays empty: some terminals go to the next line when it is written.</summary>
    private int LineWidth => _rewrite ? _width() - 1 : _width();

    /// <inheritdoc/>
    public override void EpochStarted(int epoch, int epochs, int steps)
    {
        _epochs = epochs;
        _steps = steps;
        if (_rewrite)
        {
            _writer.WriteLine(ProgressText.Title(epoch, epochs));
            _lastWritten = null;
        }
        else if (epoch == 1)
        {
            _lastWritten = _time.GetTimestamp();
        }
    }

    /// <inheritdoc/>
    public override void StepCompleted(in StepResult step)
    {
        if (_lastWritten is { } last && _time.GetElapsedTime(last) < (_rewrite ? TerminalInterval : LogInterval))
            return;
        string title = _rewrite ? "" : ProgressText.Title(step.Epoch, _epochs);
        string line = ProgressText.Running(step, title, bar: _rewrite, LineWidth);
        if (_rewrite)
            Rewrite(line);
        else if (line.Length > 0)
            _writer.WriteLine(line);
        Written();
    }

    /// <inheritdoc/>
    public override void EpochCompleted(EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        string title = _rewrite ? "" : ProgressText.Title(epoch.Epoch, _epochs);
        string line = ProgressText.Complete(epoch, _steps, title, bar: _rewrite, LineWidth);
        if (_rewrite)
            Rewrite(line);
        else
            _writer.Write(line);
        _writer.WriteLine();
        _open = "";
        Written();
    }

    /// <inheritdoc/>
    public override void Stopped()
    {
        // So that what another writer writes next, such as an error message, begins on its own line.
        if (_open.Length > 0)
            _writer.WriteLine();
        _open = "";
        _writer.Flush();
    }

    /// <inheritdoc/>
    public override void Warned(TrainingWarning warning)
    {
        ArgumentNullException.ThrowIfNull(warning);
        Warn(warning.Message);
    }

    /// <summary>Writes a warning on lines of its own, above the line that is rewritten.</summary>
    internal void Warn(string message)
    {
        string open = _open;
        if (open.Length > 0)
        {
            Rewrite("");
            _writer.Write('\r');
        }
        foreach (string line in TextLines.Wrap($"Warning: {message}", LineWidth, indent: 2))
            _writer.WriteLine(line);
        if (open.Length > 0)
            Rewrite(open);
        _writer.Flush();
    }

    private static Func<int> Width(int? width, bool rewrite)
    {
        if (width is not { } columns)
            return rewrite ? static () => TerminalWidth.OfConsole : static () => TerminalWidth.Unknown;
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1, nameof(width));
        return () => columns;
    }

    private void Rewrite(string line)
    {
        // Spaces cover what is left of a longer text before, but never reach the end of a window that has become narrower.
        int covered = Math.Min(_open.Length, LineWidth);
        _writer.Write('\r');
        _writer.Write(line.PadRight(Math.Max(covered, 0)));
        _open = line;
    }

    private void Written()
    {
        _lastWritten = _time.GetTimestamp();
        _writer.Flush();
    }
}
