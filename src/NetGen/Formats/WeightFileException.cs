using System.Collections.Immutable;
using System.Globalization;

namespace NetGen;

/// <summary>
/// A weight file is damaged or belongs to another network. The network that should have received it is as it was.
/// </summary>
public sealed class WeightFileException : IOException
{
    /// <summary>Reports what is wrong with a file.</summary>
    /// <param name="path">The file, or null for a stream or bytes.</param>
    /// <param name="faults">What is wrong with it; at least one.</param>
    /// <exception cref="ArgumentException"><paramref name="faults"/> is empty.</exception>
    public WeightFileException(string? path, ImmutableArray<string> faults)
        : this(path, faults, faults.IsDefault ? 0 : faults.Length)
    {
    }

    /// <summary>Reports the first of many things that are wrong with a file.</summary>
    /// <param name="path">The file, or null for a stream or bytes.</param>
    /// <param name="faults">The first of what is wrong with it; at least one.</param>
    /// <param name="faultCount">Number of all things that are wrong with it.</param>
    /// <exception cref="ArgumentException"><paramref name="faults"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="faultCount"/> is below the number of
    /// <paramref name="faults"/>.</exception>
    public WeightFileException(string? path, ImmutableArray<string> faults, int faultCount)
        : base(Describe(path, faults, faultCount))
    {
        Path = path;
        Faults = faults;
        FaultCount = faultCount;
    }

    /// <summary>The file; null when a stream or bytes were loaded.</summary>
    public string? Path { get; }

    /// <summary>
    /// What is wrong with it: each names the tensor, what was expected and what was found. These are the first 20 when
    /// there are more.
    /// </summary>
    public ImmutableArray<string> Faults { get; }

    /// <summary>Number of all faults, those included that <see cref="Faults"/> leaves out.</summary>
    public int FaultCount { get; }

    private static string Describe(string? path, ImmutableArray<string> faults, int faultCount)
    {
        if (faults.IsDefaultOrEmpty) throw new ArgumentException("At least one fault was expected, but got none.", nameof(faults));
        ArgumentOutOfRangeException.ThrowIfLessThan(faultCount, faults.Length);
        string start = path is null ? "Cannot load the weights" : $"Cannot load '{path}'";
        if (faultCount == 1) return $"{start}: {faults[0]}";
        string text = string.Create(CultureInfo.InvariantCulture, $"{start}, {faultCount:N0} faults:\n  {string.Join("\n  ", faults)}");
        return faultCount == faults.Length
            ? text
            : text + string.Create(CultureInfo.InvariantCulture, $"\n  and {faultCount - faults.Length:N0} more");
    }
}
