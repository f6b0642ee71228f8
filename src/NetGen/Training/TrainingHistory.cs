using System.Collections;

using static System.FormattableString;

namespace NetGen;

/// <summary>The results of the epochs of a training, in order: <c>history[^1]</c> is the last.</summary>
public sealed class TrainingHistory : IReadOnlyList<EpochResult>
{
    private const int MaxRows = 20;

    private readonly List<EpochResult> _epochs = [];
    private readonly List<TrainingWarning> _warnings = [];

    internal TrainingHistory()
    {
    }

    /// <summary>Number of epochs completed.</summary>
    public int Count => _epochs.Count;

    /// <summary>The signs of usual mistakes that training showed, in the order in which they were seen; mostly there are none.</summary>
    public IReadOnlyList<TrainingWarning> Warnings => _warnings.AsReadOnly();

    /// <summary>How many batches were left out because of <see cref="NonFiniteAction.SkipBatch"/>.</summary>
    public int SkippedBatches { get; internal set; }

    /// <summary>Why a callback ended the training before its last epoch; <see langword="null"/> if none did.</summary>
    public string? StopReason { get; internal set; }

    /// <summary>The result of an epoch.</summary>
    /// <param name="index">Which, counted from 0 (so <c>history[0].Epoch</c> is 1).</param>
    public EpochResult this[int index] => _epochs[index];

    /// <inheritdoc/>
    public IEnumerator<EpochResult> GetEnumerator() => _epochs.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// The epochs as a table, with <c>\n</c> between its lines, as wide as the console's window; 80 columns where the output
    /// goes to a file or a pipe.
    /// </summary>
    public override string ToString() => ToString(TerminalWidth.OfConsole);

    /// <summary>The epochs as a table, with <c>\n</c> between its lines; of many epochs the first and the last.</summary>
    /// <param name="width">
    /// The most characters of a line, at least 1. Where that is too few, the times are left out, then the training
    /// accuracies, then the validation accuracies, then the validation losses, then the shares of dead units.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is below 1.</exception>
    public string ToString(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (Count == 0)
            return "no epoch completed\n";
        bool tracksUnits = _epochs.Exists(epoch => epoch.DeadUnits is not null);
        var table = new TextTable(
        [
            new TextColumn("Epoch", AlignRight: true),
            new TextColumn("Time", AlignRight: true) { Order = 1 },
            new TextColumn("Loss", AlignRight: true),
            new TextColumn("Accuracy", AlignRight: true) { Order = 2 },
            new TextColumn("Val. loss", AlignRight: true) { Order = 4 },
            new TextColumn("Val. accuracy", AlignRight: true) { Order = 3 },
            .. tracksUnits ? [new TextColumn("Dead units", AlignRight: true) { Order = 5 }] : Array.Empty<TextColumn>(),
        ]);
        for (int i = 0; i < Count; i++)
        {
            if (Count > MaxRows && i == MaxRows / 2)
            {
                table.Add(["…", .. Enumerable.Repeat("", tracksUnits ? 6 : 5)]);
                i = Count - MaxRows / 2;
            }

            table.Add(
            [
                Invariant($"{this[i].Epoch}"),
                NumberText.Duration(this[i].Duration),
                NumberText.Loss(this[i].Loss),
                this[i].Accuracy is { } accuracy ? NumberText.Share(accuracy) : "",
                this[i].ValidationLoss is { } loss ? NumberText.Loss(loss) : "",
                this[i].ValidationAccuracy is { } share ? NumberText.Share(share) : "",
                .. tracksUnits ? [this[i].DeadUnits is { } units ? NumberText.Share(units.Share) : ""] : Array.Empty<string>(),
            ]);
        }

        return table.ToString(width);
    }

    internal void Add(EpochResult epoch) => _epochs.Add(epoch);

    internal void Add(TrainingWarning warning) => _warnings.Add(warning);
}
