using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Analysis;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>The layers of a network with their shapes, from the input to the loss.</summary>
internal sealed record LayerChain(Shape Input, EquatableArray<Layer> Layers, LossKind Loss)
{
    /// <summary>Resolves the layers in source order; null where an error left nothing to go on with.</summary>
    public static LayerChain? Resolve(
        INamedTypeSymbol symbol,
        AttributeData network,
        ImmutableArray<AttributeData> attributes,
        FaultList faults,
        CancellationToken cancellation)
    {
        ImmutableArray<SyntaxReference> parts = symbol.DeclaringSyntaxReferences;
        AttributeData[] inputs = [.. InOrder(parts, attributes.Where(WellKnown.IsInput))];
        DeclaredLayer[] declared = [.. InOrder(parts, attributes.Where(a => WellKnown.LayerKindOf(a) is not null)).Select(DeclaredLayer.From)];
        if (!OnOneDeclaration(symbol, parts, [.. inputs.Concat(declared.Select(layer => layer.Attribute))], faults))
            return null;

        if (inputs.Length == 0)
        {
            faults.At(network, null, DeclarationRules.InputMissing, symbol.Name);
            return null;
        }

        foreach (AttributeData further in inputs.Skip(1))
            faults.At(further, null, DeclarationRules.InputRepeated, symbol.Name);
        if (declared.Length == 0)
        {
            faults.At(network, null, DeclarationRules.NoLayers, symbol.Name);
            return null;
        }

        if (inputs[0].ApplicationSyntaxReference!.Span.Start > declared[0].Attribute.ApplicationSyntaxReference!.Span.Start)
            faults.At(inputs[0], null, DeclarationRules.InputNotFirst, symbol.Name, declared[0].Kind.Name);

        LayerNames.Assign(declared, faults);
        Shape? input = ReadInput(inputs[0], faults);
        Layer[]? layers = input is null ? null : ResolveLayers(symbol, input, declared, faults, cancellation);
        if (layers is null)
            return null;

        if (layers.All(layer => layer.Parameters.Count == 0))
            faults.At(network, null, DeclarationRules.NothingToTrain, symbol.Name);
        LossKind loss = ReadLoss(attributes.FirstOrDefault(WellKnown.IsLoss), declared[declared.Length - 1].Kind, faults);
        return new(input!, layers.ToEquatableArray(), loss);
    }

    private static IEnumerable<AttributeData> InOrder(ImmutableArray<SyntaxReference> parts, IEnumerable<AttributeData> attributes) =>
        attributes.OrderBy(a => PartOf(parts, a)).ThenBy(a => a.ApplicationSyntaxReference!.Span.Start);

    private static int PartOf(ImmutableArray<SyntaxReference> parts, AttributeData attribute)
    {
        SyntaxReference site = attribute.ApplicationSyntaxReference!;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].SyntaxTree == site.SyntaxTree && parts[i].Span.Contains(site.Span))
                return i;
        }

        return parts.Length;
    }

    private static bool OnOneDeclaration(INamedTypeSymbol symbol, ImmutableArray<SyntaxReference> parts, AttributeData[] attributes, FaultList faults)
    {
        AttributeData? elsewhere = attributes.FirstOrDefault(a => PartOf(parts, a) != PartOf(parts, attributes[0]));
        if (elsewhere is null)
            return true;
        faults.At(elsewhere, null, DeclarationRules.LayersSpread, symbol.Name);
        return false;
    }

    private static Shape? ReadInput(AttributeData attribute, FaultList faults)
    {
        List<int> dimensions = [];
        bool valid = true;
        foreach (KeyValuePair<string, object?> argument in AttributeArguments.Read(attribute))
        {
            int size = argument.Value is int given ? given : 0;
            dimensions.Add(size);
            if (size >= 1)
                continue;
            valid = false;
            string number = size.ToString(CultureInfo.InvariantCulture);
            faults.At(attribute, argument.Key, DeclarationRules.ArgumentOutOfRange, $"Input has {argument.Key} = {number}, but it must be at least 1");
        }

        if (!valid)
            return null;
        Shape shape = new(dimensions.ToEquatableArray());
        if (shape.LongLength <= Sizes.Limit)
            return shape;
        faults.At(attribute, null, DeclarationRules.TooLarge, $"Input {shape} has more than {Text(Sizes.Limit)} values");
        return null;
    }

    private static Layer[]? ResolveLayers(
        INamedTypeSymbol symbol, Shape input, DeclaredLayer[] declared, FaultList faults, CancellationToken cancellation)
    {
        List<Layer> layers = [];
        LayerKind[] kinds = [.. declared.Select(layer => layer.Kind)];
        Shape current = input;
        long parameters = 0;
        for (int i = 0; i < declared.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            (LayerKind kind, AttributeData attribute) = (kinds[i], declared[i].Attribute);
            LayerReader reader = new(
                kind,
                declared[i].Name,
                current,
                declared[i].Arguments,
                layers,
                new ArraySegment<LayerKind>(kinds, i + 1, kinds.Length - i - 1),
                (fault, argument, message) => faults.At(attribute, argument, DeclarationRules.For(fault), message));
            if (kind.Role == LayerRole.Head && i + 1 < declared.Length)
            {
                faults.At(attribute, null, DeclarationRules.HeadNotLast, kind.Name, declared[i].Name, kinds[i + 1].Name, symbol.Name);
                return null;
            }

            if (kind.Read(reader) is not { } layer)
                return null;
            parameters = Sizes.Sum(parameters, layer.LongParameterCount);
            if (layer.Output.LongLength > Sizes.Limit)
                reader.Fail(LayerFault.TooLarge, null, $"has the output {layer.Output}, which is more than {Text(Sizes.Limit)} values");
            else if (parameters > Sizes.Limit)
                reader.Fail(LayerFault.TooLarge, null, $"brings the parameters to {Text(parameters)}, more than the {Text(Sizes.Limit)} that one block of memory has room for");
            if (reader.Failed)
                return null;
            layers.Add(layer);
            current = layer.Output;
        }

        return [.. layers];
    }

    private static LossKind ReadLoss(AttributeData? attribute, LayerKind last, FaultList faults)
    {
        LossKind inferred = last.Role == LayerRole.Head ? LossKind.CrossEntropy : LossKind.MeanSquaredError;
        if (attribute is null)
            return inferred;
        int given = AttributeArguments.Read(attribute).TryGetValue("loss", out object? value) && value is int number ? number : -1;
        if (!Enum.IsDefined(typeof(LossKind), given))
        {
            string names = string.Join(", ", Enum.GetNames(typeof(LossKind)));
            faults.At(attribute, "loss", DeclarationRules.ArgumentOutOfRange, $"Loss has loss = {Text(given)}, but it must be one of {names}");
        }
        else if ((LossKind)given != inferred)
        {
            faults.At(
                attribute,
                "loss",
                DeclarationRules.LossContradictsHead,
                ((LossKind)given).ToString(),
                last.Name,
                inferred == LossKind.CrossEntropy
                    ? "Softmax is trained with CrossEntropy; remove Softmax for a regression"
                    : "CrossEntropy is computed from a Softmax layer; add [Softmax] at the end");
        }

        return inferred;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
