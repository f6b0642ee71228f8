using Microsoft.CodeAnalysis;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>Checks whether a type can be an activation of the user's own.</summary>
internal static class ActivationTypes
{
    /// <summary>The type as the model has it.</summary>
    public static TypeArgument Of(ITypeSymbol type) => new(
        type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), FaultOf(type));

    /// <summary>Whether the compiler has an error of its own to report about the type.</summary>
    public static bool IsBroken(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => IsBroken(array.ElementType),
        INamedTypeSymbol named => named.TypeKind == TypeKind.Error || named.TypeArguments.Any(IsBroken) || (named.ContainingType is { } outer && IsBroken(outer)),
        _ => false,
    };

    private static string? FaultOf(ITypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Struct)
            return "is no struct; make it a struct that implements IActivation";
        if (!type.AllInterfaces.Any(static implemented => implemented is { Name: "IActivation", ContainingType: null } && WellKnown.IsOfLibrary(implemented)))
            return "does not implement IActivation";
        return Hidden(type) is { } hidden
            ? $"generated code cannot use, because '{hidden.Name}' is {(hidden.IsFileLocal ? "visible in its file only" : "not visible outside its type")}; make it internal or public"
            : null;
    }

    /// <summary>The type, one around it, or one of their type arguments that another file of the assembly cannot name; null if there is none.</summary>
    private static INamedTypeSymbol? Hidden(ITypeSymbol type)
    {
        for (INamedTypeSymbol? named = type as INamedTypeSymbol; named is not null; named = named.ContainingType)
        {
            if (named.IsFileLocal || named.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
                return named;
            if (named.TypeArguments.Select(Hidden).FirstOrDefault(static hidden => hidden is not null) is { } argument)
                return argument;
        }

        return null;
    }
}
