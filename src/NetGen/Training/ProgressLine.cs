using System.Globalization;
using System.Text;

using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Writes progress as Keras does. On a terminal each epoch has a title and a line that is rewritten in place; elsewhere
/// (a log file, say) each epoch has one line, written when it is complete. Numbers are written the same under every culture.
/// </summary>
public sealed class ProgressLine : TrainingProgress
{
    /// <summary>So short that the line of a classifier fits into 80 columns, beyond which it could not be rewritten.</summary>
    private const int BarWidth = 20;

    /// <summary>Seconds between two updates: a terminal is slower than a training step.</summary>
    private const double UpdateInterval = 0.1;

    private readonly TextWriter _writer;
    private readonly bool _rewrite;
    private readonly StringBuilder _line = new();
    private int _epochs;
    private int _steps;
    private int _written;
    private bool _open;
    private double _lastUpdate;

    /// <summary>Writes to <paramref name="writer"/>, which stays open.</summary>
    /// <param name="writer">Where the lines go.</param>
    /// <param name="rewrite">Whether the writer is a terminal on which a carriage return goes back to the line's begin.</param>
    public ProgressLine(TextWriter writer, bool rewrite)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _writer = writer;
        _rewrite = rewrite;
    }

    /// <inheritdoc/>
    public override void EpochStarted(int epoch, int epochs, int steps)
    {
        _epochs = epochs;
        _steps = steps;
        _lastUpdate = double.NegativeInfinity;
        if (_rewrite)
            _writer.WriteLine(Invariant($"Epoch {epoch}/{epochs}"));
    }

    /// <inheritdoc/>
    public override void StepCompleted(in StepResult step)
    {
        if (!_rewrite || step.Seconds < _lastUpdate + UpdateInterval)
            return;
        _lastUpdate = step.Seconds;
        AppendBar(step.Step);
        _line.Append(" - ETA: ").Append(Duration(step.Seconds / step.Step * (step.Steps - step.Step)));
        AppendMetrics("", step.Loss, step.Accuracy);
        WriteLine(complete: false);
    }

    /// <inheritdoc/>
    public override void EpochCompleted(EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        if (_rewrite)
            AppendBar(_steps);
        else
            _line.Append(CultureInfo.InvariantCulture, $"Epoch {epoch.Epoch}/{_epochs} - {_steps}/{_steps}");
        _line.Append(" - ").Append(Duration(epoch.Seconds));
        _line.Append(' ').Append(StepDuration(epoch.SecondsPerStep)).Append("/step");
        AppendMetrics("", epoch.Loss, epoch.Accuracy);
        if (epoch.ValidationLoss is { } loss)
            AppendMetrics("val_", loss, epoch.ValidationAccuracy);
        WriteLine(complete: true);
    }

    /// <inheritdoc/>
    public override void Stopped()
    {
        // What is written next, an error message say, begins on a line of its own.
        if (_open)
            _writer.WriteLine();
        _open = false;
        _written = 0;
    }

    /// <summary>As Keras writes durations: <c>1:02:03</c>, <c>2:03</c>, <c>3s</c>.</summary>
    private static string Duration(double seconds)
    {
        long whole = (long)Math.Round(seconds);
        return whole >= 3600 ? Invariant($"{whole / 3600}:{whole / 60 % 60:00}:{whole % 60:00}")
            : whole >= 60 ? Invariant($"{whole / 60}:{whole % 60:00}")
            : Invariant($"{whole}s");
    }

    private static string StepDuration(double seconds) => seconds switch
    {
        >= 1 => Invariant($"{seconds:F0}s"),
        >= 1e-3 => Invariant($"{seconds * 1e3:F0}ms"),
        _ => Invariant($"{seconds * 1e6:F0}us"),
    };

    private void AppendBar(int step)
    {
        string steps = Invariant($"{_steps}");
        _line.Append(Invariant($"{step}").PadLeft(steps.Length)).Append('/').Append(steps).Append(" [");
        int done = (int)((long)BarWidth * step / _steps);
        if (done > 0)
            _line.Append('=', done - 1).Append(step < _steps ? '>' : '=');
        _line.Append('.', BarWidth - done).Append(']');
    }

    private void AppendMetrics(string prefix, double loss, double? accuracy)
    {
        // Keras changes to exponents where four decimals would show next to nothing.
        string format = Math.Abs(loss) is > 1e-3 or 0 ? "F4" : "0.0000e+00";
        _line.Append(" - ").Append(prefix).Append("loss: ").Append(loss.ToString(format, CultureInfo.InvariantCulture));
        if (accuracy is { } share)
            _line.Append(" - ").Append(prefix).Append("accuracy: ").Append(share.ToString("F4", CultureInfo.InvariantCulture));
    }

    private void WriteLine(bool complete)
    {
        int length = _line.Length;
        if (_rewrite)
        {
            // Spaces cover what is left of a longer text before.
            _line.Append(' ', Math.Max(0, _written - length)).Insert(0, '\r');
            _written = length;
        }
        _writer.Write(_line);
        if (complete)
        {
            _writer.WriteLine();
            _written = 0;
        }
        _writer.Flush();
        _open = !complete;
        _line.Clear();
    }
}
