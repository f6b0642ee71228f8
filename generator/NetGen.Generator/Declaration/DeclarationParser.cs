using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>
/// Reads the declaration of a network. It is the only place that does: the generator takes the model from here, the analyzer the
/// faults.
/// </summary>
internal static class DeclarationParser
{
    /// <summary>Parses a type that carries <c>[Network]</c>.</summary>
    /// <param name="symbol">The type.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static ParsedDeclaration Parse(INamedTypeSymbol symbol, CancellationToken cancellation)
    {
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        ImmutableArray<AttributeData> own = [.. attributes.Where(IsPartOfDeclaration)];
        AttributeData[] networks = [.. own.Where(WellKnown.IsNetwork)];

        // The compiler reports these: [Network] twice, or not on a class.
        if (symbol.TypeKind != TypeKind.Class
            || networks.Length != 1
            || DeclarationOf(symbol, networks[0], cancellation) is not { } declaration)
            return ParsedDeclaration.Nothing;

        // And these: [Loss] twice, and arguments that do not bind.
        bool broken = own.Count(WellKnown.IsLoss) > 1 || own.Any(AttributeArguments.AreBroken);
        FaultList ofLayers = new();
        LayerChain? chain = broken ? null : LayerChain.Resolve(symbol, networks[0], own, ofLayers, cancellation);
        FaultList ofClass = new();
        TypeChecks.Run(symbol, declaration, networks[0], ofClass, cancellation);
        MemberChecks.Run(symbol, declaration, chain?.Layers ?? [], ofClass, cancellation);

        ImmutableArray<Fault> faults = [.. ofClass.ToImmutable(), .. ofLayers.ToImmutable()];
        if (chain is not null && !ofLayers.HasErrors && !ofClass.HasErrors)
        {
            NetworkModel model = new(
                TypeNames.Namespace(symbol),
                TypeNames.Containers(symbol),
                symbol.Name,
                TypeNames.Metadata(symbol),
                chain.Input,
                chain.Layers,
                chain.Loss);
            return new(model, null, faults);
        }

        NetworkOutline? outline = ofClass.HasErrors
            ? null
            : new(TypeNames.Namespace(symbol), TypeNames.Containers(symbol), symbol.Name, TypeNames.Metadata(symbol));

        // A name that does not resolve may have been meant as a layer. The compiler says so; shapes would only be guesses.
        bool unresolved = attributes.Any(attribute => attribute.AttributeClass is null or { TypeKind: TypeKind.Error });
        return new(null, outline, broken || unresolved ? [] : faults);
    }

    private static bool IsPartOfDeclaration(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is not null
        && (WellKnown.IsNetwork(attribute) || WellKnown.IsInput(attribute) || WellKnown.IsLoss(attribute)
            || WellKnown.LayerKindOf(attribute) is not null);

    private static TypeDeclarationSyntax? DeclarationOf(
        INamedTypeSymbol symbol, AttributeData network, CancellationToken cancellation)
    {
        SyntaxReference site = network.ApplicationSyntaxReference!;
        return symbol.DeclaringSyntaxReferences
            .FirstOrDefault(part => part.SyntaxTree == site.SyntaxTree && part.Span.Contains(site.Span))
            ?.GetSyntax(cancellation) as TypeDeclarationSyntax;
    }
}
