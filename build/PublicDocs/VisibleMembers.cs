using Microsoft.CodeAnalysis;

namespace PublicDocs;

/// <summary>Finds what is visible outside of an assembly.</summary>
internal static class VisibleMembers
{
    /// <summary>The documentation names, such as <c>T:NetGen.Dataset</c>, of all visible types and members.</summary>
    public static HashSet<string> Of(IAssemblySymbol assembly)
    {
        HashSet<string> names = [];
        Add(assembly.GlobalNamespace, names);
        return names;
    }

    private static void Add(INamespaceOrTypeSymbol container, HashSet<string> names)
    {
        foreach (ISymbol member in container.GetMembers().Where(IsVisible))
        {
            if (member.GetDocumentationCommentId() is { } name)
                names.Add(name);
            if (member is INamespaceOrTypeSymbol inner)
                Add(inner, names);
        }
    }

    private static bool IsVisible(ISymbol symbol) =>
        symbol is INamespaceSymbol
        || symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
