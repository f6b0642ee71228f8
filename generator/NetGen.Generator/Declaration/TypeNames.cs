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

    /// <summary>The full metadata name.</summary>
    public static string Metadata(INamedTypeSymbol symbol)
    {
        string name = symbol.MetadataName;
        for (INamedTypeSymbol? type = symbol.ContainingType; type is not null; type = type.ContainingType)
            name = type.MetadataName + "+" + name;
        return Namespace(symbol) is { } space ? space + "." + name : name;
    }

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Class, IsRecord: true } => "record",
        { TypeKind: TypeKind.Class } => "class",
        _ => throw new InvalidOperationException($"A type of the kind {type.TypeKind} cannot contain a network."),
    };
}
