namespace NetGen.Generator.Lowering;

/// <summary>Names of generated members, made of names in the declaration.</summary>
internal static class Identifiers
{
    /// <summary><c>conv1</c> becomes <c>Conv1</c>; the rest of the name stays as it is.</summary>
    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
