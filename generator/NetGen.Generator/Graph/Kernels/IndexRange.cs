using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>The numbers that the index of a loop takes.</summary>
/// <param name="Index">The index.</param>
/// <param name="Begin">The first number, as an expression.</param>
/// <param name="End">The number after the last one, as an expression.</param>
/// <param name="Length">How many numbers there are at most.</param>
internal sealed record IndexRange(string Index, string Begin, string End, int Length)
{
    /// <summary>From 0 on.</summary>
    public static IndexRange Of(string index, int length) => new(index, "0", Invariant($"{length}"), length);

    /// <summary>The loop.</summary>
    public NestedLoop Loop => Begin == "0" && End == Invariant($"{Length}")
        ? KernelWriter.Each(Index, Length)
        : new($"for (nint {Index} = {Begin}; {Index} < {End}; {Index}++)", null);
}
