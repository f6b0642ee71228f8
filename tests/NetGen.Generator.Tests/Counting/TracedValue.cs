namespace NetGen.Generator.Tests.Counting;

/// <summary>One value of a naive network, which knows the values that it is computed from.</summary>
/// <param name="reads">These values; for a sum of products one for each product.</param>
/// <param name="hasParameters">Whether its layer has trained parameters.</param>
internal sealed class TracedValue(IReadOnlyList<TracedValue> reads, bool hasParameters = false)
{
    /// <summary>The values that it is computed from.</summary>
    public IReadOnlyList<TracedValue> Reads => reads;

    /// <summary>Whether trained parameters change it, so that its gradient is needed for theirs.</summary>
    public bool IsTrained { get; } = hasParameters || reads.Any(value => value.IsTrained);

    /// <summary>Whether a result depends on it.</summary>
    public bool IsNeeded { get; private set; }

    /// <summary>Marks it, and all that it depends on.</summary>
    public void Need()
    {
        if (IsNeeded)
            return;
        IsNeeded = true;
        foreach (TracedValue value in reads)
            value.Need();
    }
}
