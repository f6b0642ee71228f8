using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Faults, of which the first ones are shown.</summary>
/// <param name="shown">How many are shown.</param>
internal sealed class FaultLines(int shown)
{
    private readonly List<string> _first = [];

    /// <summary>Number of all faults.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a fault.</summary>
    public void Add(string fault)
    {
        if (Count++ < shown)
            _first.Add(fault);
    }

    /// <summary>A line for each of the first, and one for the others.</summary>
    public override string ToString() =>
        string.Join('\n', _first) + (Count > shown ? Invariant($"\n… and {Count - shown} more") : "");
}
