namespace NetGen.Generator.Model;

/// <summary>A type that a declaration names, as in <c>[Activation&lt;Mish&gt;]</c>.</summary>
/// <param name="Name">Its name as users read it: <c>Mish</c>.</param>
/// <param name="FullName">Its name in generated code: <c>global::My.Mish</c>.</param>
/// <param name="Fault">Why generated code cannot use it as an activation, as the end of a sentence about it; null if it can.</param>
internal sealed record TypeArgument(string Name, string FullName, string? Fault);
