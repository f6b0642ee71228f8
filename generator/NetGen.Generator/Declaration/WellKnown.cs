using Microsoft.CodeAnalysis;
using NetGen.Generator.Layers;

namespace NetGen.Generator.Declaration;

/// <summary>The types of the runtime library that a declaration is made of.</summary>
internal static class WellKnown
{
    public const string NetworkAttribute = "NetGen.NetworkAttribute";

    /// <summary>The full name of the generator, which the compiler puts into the paths of generated files.</summary>
    public const string Generator = "NetGen.Generator.NetworkGenerator";

    /// <summary>The assembly of the runtime library. A type of another one is somebody else's, whatever its name.</summary>
    private const string Assembly = "NetGen";

    public static bool IsNetwork(AttributeData attribute) => IsNetGen(attribute.AttributeClass, "NetworkAttribute");

    public static bool IsInput(AttributeData attribute) => IsNetGen(attribute.AttributeClass, "InputAttribute");

    public static bool IsLoss(AttributeData attribute) => IsNetGen(attribute.AttributeClass, "LossAttribute");

    /// <summary>The kind of layer that the attribute declares; null if it declares none.</summary>
    public static LayerKind? LayerKindOf(AttributeData attribute) =>
        attribute.AttributeClass is { ContainingType: null } type
        && LayerKind.ForAttribute(type.Name) is { } kind
        && type.ContainingAssembly?.Name == kind.AttributeAssembly
        && (kind.AttributeAssembly != Assembly || InNetGen(type))
            ? kind
            : null;

    /// <summary>Whether the attribute says something about a network: <c>[Network]</c>, its input, a layer or its loss.</summary>
    public static bool IsPartOfDeclaration(AttributeData attribute) =>
        LayerKindOf(attribute) is not null || IsNetwork(attribute) || IsInput(attribute) || IsLoss(attribute);

    private static bool IsNetGen(INamedTypeSymbol? type, string name) => type is not null && type.Name == name && InNetGen(type);

    /// <summary>Whether the compilation can see the runtime library.</summary>
    public static bool IsReferenced(Compilation compilation) => compilation.GetTypesByMetadataName(NetworkAttribute).Any(IsOfLibrary);

    /// <summary>Whether the type comes from the runtime library.</summary>
    public static bool IsOfLibrary(INamedTypeSymbol type) => type.ContainingAssembly?.Name == Assembly;

    private static bool InNetGen(INamedTypeSymbol type) =>
        IsOfLibrary(type)
        && type.ContainingType is null
        && type.ContainingNamespace is { Name: "NetGen", ContainingNamespace.IsGlobalNamespace: true };
}
