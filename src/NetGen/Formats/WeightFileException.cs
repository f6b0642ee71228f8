using System.Collections.Immutable;

namespace NetGen;

/// <summary>
/// A weight file is damaged or belongs to another network. The network that should have received it is as it was.
/// </summary>
public sealed class WeightFileException : IOException
{
    // The message names this many faults; the list has them all.
    private const int FaultsInMessage = 20;

    /// <summary>Reports what is wrong with a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="faults">Everything that is wrong with it; at least one.</param>
    public WeightFileException(string path, ImmutableArray<string> faults)
        : base(Describe(path, faults))
    {
        Path = path;
        Faults = faults;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Everything that is wrong with it: each names the tensor, what was expected and what was found.</summary>
    public ImmutableArray<string> Faults { get; }

    private static string Describe(string path, ImmutableArray<string> faults)
    {
        if (faults.Length == 1) return $"Cannot load '{path}': {faults[0]}";
        string text = FormattableString.Invariant($"Cannot load '{path}', {faults.Length} faults:");
        foreach (string fault in faults.Take(FaultsInMessage)) text += "\n  " + fault;
        return faults.Length <= FaultsInMessage
            ? text
            : text + FormattableString.Invariant($"\n  and {faults.Length - FaultsInMessage} more");
    }
}
