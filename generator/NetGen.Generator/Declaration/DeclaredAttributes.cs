using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Layers;

namespace NetGen.Generator.Declaration;

/// <summary>A layer attribute as it stands in the source, with its name once that is known.</summary>
internal sealed class DeclaredLayer(LayerKind kind, AttributeData attribute, bool isAfterUnknown)
{
    public LayerKind Kind => kind;

    public AttributeData Attribute => attribute;

    /// <summary>The arguments that are given, by the name of the parameter or property.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; } = AttributeArguments.Read(attribute);

    /// <summary>Whether something between this layer and the one before may have been meant as a layer.</summary>
    public bool IsAfterUnknown => isAfterUnknown;

    /// <summary>Whether the compiler has an error to report about the arguments.</summary>
    public bool IsBroken { get; } = AttributeArguments.AreBroken(attribute);

    /// <summary>The name that the declaration gives; null when it gives none.</summary>
    public string? GivenName => Arguments.TryGetValue("Name", out object? value) ? value as string : null;

    /// <summary>The name of the layer.</summary>
    public string Name { get; set; } = "";
}

/// <summary>The attributes of a network that declare it, in source order.</summary>
internal sealed class DeclaredAttributes
{
    private readonly ImmutableArray<SyntaxReference> _parts;

    private DeclaredAttributes(INamedTypeSymbol symbol, ImmutableArray<AttributeData> attributes, ImmutableArray<AttributeData> unknown)
    {
        _parts = symbol.DeclaringSyntaxReferences;
        HasUnknown = !unknown.IsEmpty;
        attributes = InOrder(attributes);
        Inputs = [.. attributes.Where(WellKnown.IsInput)];
        AttributeData[] losses = [.. attributes.Where(WellKnown.IsLoss)];
        Loss = losses.Length == 1 ? losses[0] : null;

        ImmutableArray<DeclaredLayer>.Builder layers = ImmutableArray.CreateBuilder<DeclaredLayer>();
        int unknownBefore = 0;
        foreach (AttributeData attribute in attributes)
        {
            if (WellKnown.LayerKindOf(attribute) is not { } kind)
                continue;
            int before = unknown.IsEmpty ? 0 : unknown.Count(other => PartOf(other) != PartOf(attribute) || Start(other) < Start(attribute));
            layers.Add(new(kind, attribute, before > unknownBefore));
            unknownBefore = before;
        }

        Layers = layers.ToImmutable();
    }

    /// <summary>The inputs, of which there should be one.</summary>
    public ImmutableArray<AttributeData> Inputs { get; }

    public ImmutableArray<DeclaredLayer> Layers { get; }

    /// <summary>The loss; null when none is given, or two, which the compiler reports.</summary>
    public AttributeData? Loss { get; }

    /// <summary>Whether the class has attributes that may have been meant as a layer, an input or a loss: their names do not resolve.</summary>
    public bool HasUnknown { get; }

    /// <summary>Whether the class has one declaration only.</summary>
    public bool IsInOnePart => _parts.Length == 1;

    /// <summary>Whether the name of an attribute does not resolve, which is the compiler's to report.</summary>
    public static bool IsUnknown(AttributeData attribute) => attribute.AttributeClass is null or { TypeKind: TypeKind.Error };

    /// <summary>The declaration as if the attributes that do not resolve were not there.</summary>
    public static DeclaredAttributes Known(INamedTypeSymbol symbol, ImmutableArray<AttributeData> attributes) => new(symbol, attributes, []);

    /// <summary>The declaration, in which attributes that do not resolve may stand for a layer, an input or a loss.</summary>
    public static DeclaredAttributes WithUnknown(
        INamedTypeSymbol symbol, ImmutableArray<AttributeData> attributes, ImmutableArray<AttributeData> unknown) => new(symbol, attributes, unknown);

    /// <summary>Where an attribute begins in its file.</summary>
    public static int Start(AttributeData attribute) => attribute.ApplicationSyntaxReference?.Span.Start ?? -1;

    /// <summary>Which declaration of the class an attribute is on, as its position among them.</summary>
    public int PartOf(AttributeData attribute)
    {
        SyntaxReference? site = attribute.ApplicationSyntaxReference;
        for (int i = 0; i < _parts.Length; i++)
        {
            if (site is not null && _parts[i].SyntaxTree == site.SyntaxTree && _parts[i].Span.Contains(site.Span))
                return i;
        }

        return _parts.Length;
    }

    /// <summary>The attributes in source order; those of a class with one declaration are in order already.</summary>
    private ImmutableArray<AttributeData> InOrder(ImmutableArray<AttributeData> attributes)
    {
        if (IsInOnePart)
            return attributes;
        return [.. attributes.OrderBy(PartOf).ThenBy(Start)];
    }
}
