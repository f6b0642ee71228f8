namespace Digits;

/// <summary>What became of the weights.</summary>
/// <param name="Path">Where they are.</param>
/// <param name="Fault">Why they are not where they should be; <see langword="null"/> when they are.</param>
internal sealed record SavedWeights(string Path, string? Fault)
{
    /// <summary>What to tell the user.</summary>
    public override string ToString() => Fault is null
        ? $"Saved to {Path}"
        : $"The weights are in '{Path}', because saving them elsewhere failed. {Fault}";
}
