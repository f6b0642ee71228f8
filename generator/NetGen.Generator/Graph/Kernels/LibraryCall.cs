namespace NetGen.Generator.Graph.Kernels;

/// <summary>A call of the library, as a statement.</summary>
/// <param name="Method">The method: <c>BatchNormalization.Fold</c>.</param>
/// <param name="Arguments">The arguments.</param>
internal sealed record LibraryCall(string Method, IReadOnlyList<string> Arguments)
{
    public override string ToString() => $"{Method}({string.Join(", ", Arguments)});";
}
