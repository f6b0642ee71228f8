using System.Text;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>Whether a member and a generated one can stand in one class, by the rules of C# for names and signatures.</summary>
/// <param name="generated">The members of the generated part.</param>
internal sealed class MemberCollisions(GeneratedMembers generated)
{
    /// <summary>Whether a member of the user's part or of a base class collides with a generated one.</summary>
    public bool Has(ISymbol member) => member is not IMethodSymbol { AssociatedSymbol: not null }
        && (ImplementsForNetwork(member) || generated.Named(member.Name).Any(other => Collides(member, other)));

    private static bool Collides(ISymbol member, GeneratedMember generated) => generated.Form switch
    {
        MemberForm.Field or MemberForm.Property => true,
        MemberForm.Type => member is not INamedTypeSymbol { Arity: > 0 },
        MemberForm.Method => member is not IMethodSymbol method || HasSignature(method, generated),
        MemberForm.Constructor => member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && HasSignature(constructor, generated),
        _ => throw new InvalidOperationException($"The member {generated} has no rule."),
    };

    /// <summary>Return types, names of parameters, nullability and <c>params</c> do not tell two methods apart; type parameters and <c>ref</c> do.</summary>
    private static bool HasSignature(IMethodSymbol method, GeneratedMember generated) =>
        method.Arity == 0
        && method.Parameters.Length == generated.Parameters.Count
        && method.Parameters.All(parameter => parameter.RefKind == RefKind.None && NameOf(parameter.Type) == generated.Parameters[parameter.Ordinal]);

    /// <summary>Whether the member implements a member of a network's interfaces by its full name, as the generated part does.</summary>
    private static bool ImplementsForNetwork(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.ExplicitInterfaceImplementation } method => IsOfNetwork(method.ExplicitInterfaceImplementations),
        IPropertySymbol property => IsOfNetwork(property.ExplicitInterfaceImplementations),
        _ => false,
    };

    private static bool IsOfNetwork<T>(IEnumerable<T> implemented)
        where T : ISymbol =>
        implemented.Any(member => member.ContainingType.Name is "INetwork" or "ILogits" && WellKnown.IsOfLibrary(member.ContainingType));

    /// <summary>The full metadata name; types that no generated member has, such as arrays, have none.</summary>
    private static string? NameOf(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { ContainingType: null } named)
            return null;
        StringBuilder name = new(named.MetadataName);
        for (INamespaceSymbol? space = named.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
            name.Insert(0, space.Name + ".");
        if (named.Arity > 0)
            name.Append('[').Append(string.Join(",", named.TypeArguments.Select(NameOf))).Append(']');
        return name.ToString();
    }
}
