using Microsoft.CodeAnalysis;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>Finds the short names in generated code that would mean something else where the network is.</summary>
internal static class ShadowedTypes
{
    /// <summary>The names among <see cref="GeneratedTypes.Namespaces"/>, in order.</summary>
    /// <param name="symbol">The network.</param>
    /// <param name="semantics">Tells what a name means at <paramref name="position"/>.</param>
    /// <param name="position">Where the network is declared.</param>
    public static EquatableArray<string> Find(INamedTypeSymbol symbol, SemanticModel semantics, int position) => GeneratedTypes.Namespaces
        .Where(type =>
            semantics.LookupNamespacesAndTypes(position, name: type.Key).Any(found => !IsMeant(found, type.Value))
            || HasMember(symbol, type.Key))
        .Select(type => type.Key)
        .OrderBy(name => name, StringComparer.Ordinal)
        .ToEquatableArray();

    private static bool IsMeant(ISymbol found, string expected) =>
        found is INamedTypeSymbol { ContainingType: null } && found.ContainingNamespace.ToDisplayString() == expected;

    /// <summary>Whether the class, one around it or one below it has a member of that name, which then comes first.</summary>
    private static bool HasMember(INamedTypeSymbol symbol, string name)
    {
        for (INamedTypeSymbol? type = symbol; type is not null; type = type.ContainingType)
        {
            if (TypeChecks.Bases(type).Prepend(type).Any(owner => !owner.GetMembers(name).IsEmpty))
                return true;
        }

        return false;
    }
}
