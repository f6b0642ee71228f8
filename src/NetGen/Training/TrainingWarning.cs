namespace NetGen;

/// <summary>
/// A sign of a usual mistake that <c>Fit</c> saw. Training goes on; each kind is reported once.
/// </summary>
/// <param name="kind">The mistake.</param>
/// <param name="message">What was seen, with its number, and the usual remedy.</param>
/// <param name="epoch">The epoch in which it was seen, counted from 1.</param>
public sealed class TrainingWarning(TrainingWarningKind kind, string message, int epoch)
{
    /// <summary>The mistake.</summary>
    public TrainingWarningKind Kind { get; } = kind;

    /// <summary>What was seen, with its number, and the usual remedy.</summary>
    public string Message { get; } = message;

    /// <summary>The epoch in which it was seen, counted from 1.</summary>
    public int Epoch { get; } = epoch;

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
