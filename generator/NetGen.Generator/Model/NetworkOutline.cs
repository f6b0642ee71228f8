namespace NetGen.Generator.Model;

/// <summary>
/// A network whose layers have errors: its class is known, its shapes are not. Its members are generated without bodies that work, so that
/// code that uses them has no errors and the build shows only those of the layers.
/// </summary>
/// <param name="Namespace">The namespace with unescaped identifiers; null for the global one.</param>
/// <param name="Containers">The types around the class, the outermost first.</param>
/// <param name="Name">The name of the class, unescaped.</param>
/// <param name="MetadataName">The full metadata name.</param>
/// <param name="IsLeftToCompiler">Whether no rule reports an error, because the compiler has one to report: a name or argument does not bind.</param>
internal sealed record NetworkOutline(
    string? Namespace, EquatableArray<TypeHeader> Containers, string Name, string MetadataName, bool IsLeftToCompiler)
{
    /// <summary>In which form samples come.</summary>
    public InputKind InputType { get; init; }
}
