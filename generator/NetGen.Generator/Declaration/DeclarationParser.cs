using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Rules;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>
/// Reads the declaration of a network. It is the only place that does: the generator takes the model and the errors from here, the
/// analyzer all faults.
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

        // The compiler reports these: [Network] twice, not on a class, or on one without a name, as it is while being typed.
        if (symbol.TypeKind != TypeKind.Class
            || networks.Length != 1
            || !TypeNames.AreComplete(symbol)
            || DeclarationOf(symbol, networks[0], cancellation) is not { } declaration)
            return ParsedDeclaration.Nothing;

        FaultList ofClass = new();
        TypeChecks.Run(symbol, declaration, networks[0], ofClass, cancellation);
        FaultList ofLayers = new();
        LayerChain chain = ResolveLayers(symbol, networks[0], attributes, own, ref ofLayers, cancellation);
        foreach (MemberAccessExpressionSyntax constant in own.SelectMany(attribute => GeneratedConstants.Find(symbol, attribute, cancellation)))
            ofLayers.At(constant.GetLocation(), DeclarationRules.ConstantGenerated, constant.ToString());
        MemberChecks.Run(symbol, declaration, new GeneratedMembers(chain.Layers, chain.InputType), ofClass, cancellation);

        // The compiler reports these, too: [Loss] twice, and arguments that do not bind.
        bool broken = own.Count(WellKnown.IsLoss) > 1 || own.Any(AttributeArguments.AreBroken);
        ImmutableArray<Fault> faults = [.. ofClass.ToImmutable(), .. ofLayers.ToImmutable()];
        if (chain.Input is { } input && chain.IsComplete && !broken && !ofLayers.HasErrors && !ofClass.HasErrors)
        {
            NetworkModel model = new(
                TypeNames.Namespace(symbol),
                TypeNames.Containers(symbol),
                symbol.Name,
                TypeNames.Metadata(symbol),
                input,
                chain.Layers,
                chain.Loss,
                UserDocumentation.FreePlace(symbol, cancellation))
            {
                InputType = chain.InputType,
                TracksDeadUnits = AttributeArguments.Read(networks[0]).TryGetValue("TrackDeadUnits", out object? tracks) && tracks is true,
                Winograd = AttributeArguments.Read(networks[0]).TryGetValue("Winograd", out object? winograd) && winograd is int use ? (WinogradSetting)use : WinogradSetting.Inference,
            };
            return new(model, null, faults);
        }

        NetworkOutline? outline = ofClass.HasErrors
            ? null
            : new(TypeNames.Namespace(symbol), TypeNames.Containers(symbol), symbol.Name, TypeNames.Metadata(symbol), IsLeftToCompiler: !ofLayers.HasErrors) { InputType = chain.InputType };
        return new(null, outline, faults);
    }

    /// <summary>
    /// Resolves the layers. Attributes whose names do not resolve may have been meant as layers. Beside such attributes, only those errors are
    /// reported that are errors whatever the attributes stand for.
    /// </summary>
    private static LayerChain ResolveLayers(
        INamedTypeSymbol symbol,
        AttributeData network,
        ImmutableArray<AttributeData> attributes,
        ImmutableArray<AttributeData> own,
        ref FaultList faults,
        CancellationToken cancellation)
    {
        LayerChain chain = LayerChain.Resolve(symbol, network, DeclaredAttributes.Known(symbol, own), faults, cancellation);
        ImmutableArray<AttributeData> unknown = [.. attributes.Where(DeclaredAttributes.IsUnknown)];
        if (unknown.IsEmpty || !faults.HasErrors)
            return chain;
        faults = new();
        return LayerChain.Resolve(symbol, network, DeclaredAttributes.WithUnknown(symbol, own, unknown), faults, cancellation);
    }

    private static bool IsPartOfDeclaration(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is not null && WellKnown.IsPartOfDeclaration(attribute);

    private static TypeDeclarationSyntax? DeclarationOf(
        INamedTypeSymbol symbol, AttributeData network, CancellationToken cancellation)
    {
        SyntaxReference site = network.ApplicationSyntaxReference!;
        return symbol.DeclaringSyntaxReferences
            .FirstOrDefault(part => part.SyntaxTree == site.SyntaxTree && part.Span.Contains(site.Span))
            ?.GetSyntax(cancellation) as TypeDeclarationSyntax;
    }
}
