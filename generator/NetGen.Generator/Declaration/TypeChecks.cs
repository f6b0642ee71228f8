using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Rules;

namespace NetGen.Generator.Declaration;

/// <summary>Whether the class is one that another part can be written for.</summary>
internal static class TypeChecks
{
    private const LanguageVersion RequiredLanguage = LanguageVersion.CSharp13;

    public static void Run(
        INamedTypeSymbol symbol,
        TypeDeclarationSyntax declaration,
        AttributeData network,
        FaultList faults,
        CancellationToken cancellation)
    {
        CheckPartial(symbol, declaration, faults, cancellation);
        CheckForm(symbol, declaration, faults);
        if (declaration.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: var language } && language < RequiredLanguage)
            faults.At(network, null, DeclarationRules.LanguageTooOld, symbol.Name, RequiredLanguage.ToDisplayString(), language.ToDisplayString());
    }

    private static void CheckPartial(
        INamedTypeSymbol symbol, TypeDeclarationSyntax declaration, FaultList faults, CancellationToken cancellation)
    {
        if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            faults.At(declaration.Identifier.GetLocation(), DeclarationRules.NotPartial, symbol.Name);

        for (INamedTypeSymbol? type = symbol.ContainingType; type is not null; type = type.ContainingType)
        {
            foreach (SyntaxReference part in type.DeclaringSyntaxReferences)
            {
                if (part.GetSyntax(cancellation) is TypeDeclarationSyntax container
                    && !container.Modifiers.Any(SyntaxKind.PartialKeyword))
                    faults.At(container.Identifier.GetLocation(), DeclarationRules.ContainerNotPartial, symbol.Name, type.Name);
            }
        }
    }

    private static void CheckForm(INamedTypeSymbol symbol, TypeDeclarationSyntax declaration, FaultList faults)
    {
        Location identifier = declaration.Identifier.GetLocation();
        if (symbol.Arity > 0)
            Report(declaration.TypeParameterList?.GetLocation() ?? identifier, "generic", "a network is one concrete type");
        else if (symbol.IsGenericType)
            Report(identifier, "nested in a generic type", "a network is one concrete type");
        if (symbol.IsStatic)
            Report(Modifier(SyntaxKind.StaticKeyword), "static", "a network has instances");
        else if (symbol.IsAbstract)
            Report(Modifier(SyntaxKind.AbstractKeyword), "abstract", "the generated code creates instances");
        if (symbol.IsRecord)
            Report(declaration.Keyword.GetLocation(), "a record", "a copy made by 'with' would share its weights");
        if (IsFileLocal(symbol))
            Report(Modifier(SyntaxKind.FileKeyword), "local to its file", "the generated part is in another one");
        if (Bases(symbol).FirstOrDefault(type => type.GetAttributes().Any(WellKnown.IsNetwork)) is { } other)
            Report(declaration.BaseList?.GetLocation() ?? identifier, $"derived from the network '{other.Name}'", "the members of the two would hide each other");

        Location Modifier(SyntaxKind kind)
        {
            SyntaxToken token = declaration.Modifiers.FirstOrDefault(modifier => modifier.IsKind(kind));
            return token.IsKind(kind) ? token.GetLocation() : identifier;
        }

        void Report(Location location, string form, string reason) =>
            faults.At(location, DeclarationRules.FormNotSupported, symbol.Name, form, reason);
    }

    /// <summary>The base classes, the nearest first, without <see cref="object"/>.</summary>
    public static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol symbol)
    {
        for (INamedTypeSymbol? type = symbol.BaseType; type is { SpecialType: SpecialType.None }; type = type.BaseType)
            yield return type;
    }

    private static bool IsFileLocal(INamedTypeSymbol symbol)
    {
        for (INamedTypeSymbol? type = symbol; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
                return true;
        }

        return false;
    }
}
