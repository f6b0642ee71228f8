using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>Where a network is in the program, as names.</summary>
internal static class TypeNames
{
    /// <summary>Whether the type, those around it and its namespaces have names, and another part of it can be written.</summary>
    public static bool AreComplete(INamedTypeSymbol symbol)
    {
        for (INamedTypeSymbol? type = symbol; type is not null; type = type.ContainingType)
        {
            if (type.Name.Length == 0 || type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface))
                return false;
        }

        for (INamespaceSymbol? space = symbol.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space.Name.Length == 0)
                return false;
        }

        return true;
    }

    /// <summary>The namespace, unescaped; null for the global one.</summary>
    public static string? Namespace(INamedTypeSymbol symbol)
    {
        Stack<string> names = new();
        for (INamespaceSymbol? space = symbol.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
            names.Push(space.Name);
        return names.Count == 0 ? null : string.Join(".", names);
    }

    /// <summary>The types around, the outermost first.</summary>
    public static EquatableArray<TypeHeader> Containers(INamedTypeSymbol symbol)
    {
        Stack<TypeHeader> containers = new();
        for (INamedTypeSymbol? type = symbol.ContainingType; type is not null; type = type.ContainingType)
            containers.Push(new TypeHeader(Keyword(type), type.Name));
        return containers.ToEquatableArray();
    }

    /// <summary>
    /// The full metadata name. Hint names are compared without case, so where another type of the project differs in nothing
    /// else, a hash of the exact name follows.
    /// </summary>
    public static string HintPrefix(INamedTypeSymbol symbol)
    {
        string name = symbol.Name;
        bool ambiguous = false;
        for (INamedTypeSymbol type = symbol; ; type = type.ContainingType)
        {
            ambiguous |= Siblings(type).Any(other => DiffersInCase(other.Name, type.Name));
            if (type.ContainingType is null)
                break;
            name = type.ContainingType.Name + "+" + name;
        }

        for (INamespaceSymbol? space = symbol.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            ambiguous |= space.ContainingNamespace?.GetNamespaceMembers().Any(other => DiffersInCase(other.Name, space.Name)) == true;
            name = space.Name + "." + name;
        }

        return ambiguous ? name + "-" + Hash(name) : name;
    }

    private static IEnumerable<INamedTypeSymbol> Siblings(INamedTypeSymbol type) =>
        type.ContainingType?.GetTypeMembers() ?? type.ContainingNamespace.GetTypeMembers();

    private static bool DiffersInCase(string left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase) && !string.Equals(left, right, StringComparison.Ordinal);

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Class, IsRecord: true } => "record",
        { TypeKind: TypeKind.Class } => "class",
        _ => throw new InvalidOperationException($"A {type.TypeKind} has no other part."),
    };

    /// <summary>FNV-1a over UTF-8: the same in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static string Hash(string text)
    {
        uint hash = 2166136261;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
            hash = unchecked((hash ^ value) * 16777619);
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
