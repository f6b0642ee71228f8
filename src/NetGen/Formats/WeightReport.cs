using System.Collections.Immutable;

namespace NetGen;

/// <summary>What a load of some weights did.</summary>
/// <param name="Loaded">The parameters that have the values of the file, in the network's order.</param>
/// <param name="Kept">The parameters that keep the values which they had, for example those that the seed gave them.</param>
/// <param name="Ignored">The tensors of the file that were not used, each with the reason in brackets.</param>
public sealed record WeightReport(ImmutableArray<string> Loaded, ImmutableArray<string> Kept, ImmutableArray<string> Ignored)
{
    /// <summary>The three lists, a line each.</summary>
    public override string ToString() => $"loaded: {List(Loaded)}\nkept: {List(Kept)}\nignored: {List(Ignored)}\n";

    private static string List(ImmutableArray<string> names) => names.IsEmpty ? "none" : string.Join(", ", names);
}
