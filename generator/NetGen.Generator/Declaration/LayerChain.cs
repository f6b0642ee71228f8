using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Rules;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>The layers of a network with their shapes, from the input to the loss.</summary>
/// <param name="Input">The shape of one sample; null where an error leaves it unknown.</param>
/// <param name="Layers">The layers that could be read.</param>
/// <param name="Loss">What training minimises.</param>
/// <param name="IsComplete">Whether these are all layers, and there is one at least.</param>
internal sealed record LayerChain(Shape? Input, EquatableArray<Layer> Layers, LossModel Loss, bool IsComplete)
{
    /// <summary>In which form samples come.</summary>
    public InputKind InputType { get; init; }

    /// <summary>Resolves the layers in source order.</summary>
    /// <param name="symbol">The network.</param>
    /// <param name="network">Its <c>[Network]</c>.</param>
    /// <param name="declaration">The attributes that declare it.</param>
    /// <param name="faults">Takes all that is wrong, but nothing that follows only from another error.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static LayerChain Resolve(
        INamedTypeSymbol symbol, AttributeData network, DeclaredAttributes declaration, FaultList faults, CancellationToken cancellation)
    {
        ImmutableArray<DeclaredLayer> declared = declaration.Layers;
        AttributeData? first = declaration.Inputs.FirstOrDefault();
        AttributeData? sound = first is null || AttributeArguments.AreBroken(first) ? null : first;
        InputKind type = sound is null ? InputKind.Float32 : InputReader.ReadType(sound, faults);
        LayerChain nothing = new(null, [], new LossModel(LossKind.MeanSquaredError), IsComplete: false) { InputType = type };
        if (!OnOneDeclaration(symbol, declaration, faults))
            return nothing;

        if (declaration.Inputs.IsEmpty && !declaration.HasUnknown)
            faults.At(network, null, DeclarationRules.InputMissing, symbol.Name);
        foreach (AttributeData further in declaration.Inputs.Skip(1).Where(input => !AttributeArguments.AreBroken(input)))
            faults.At(further, null, DeclarationRules.InputRepeated, symbol.Name);
        if (declared.IsEmpty)
        {
            if (!declaration.Inputs.IsEmpty && !declaration.HasUnknown)
                faults.At(network, null, DeclarationRules.NoLayers, symbol.Name);
            return nothing;
        }

        if (first is not null && DeclaredAttributes.Start(first) > DeclaredAttributes.Start(declared[0].Attribute))
            faults.At(first, null, DeclarationRules.InputNotFirst, symbol.Name, declared[0].Kind.Name);

        LayerNames.Assign(declared, faults);
        Shape? input = sound is null ? null : InputReader.ReadShape(sound, faults);
        LayerResolver resolver = new(symbol, declaration, faults);
        resolver.Resolve(input, cancellation);
        if (!declaration.HasUnknown && resolver.HasNothingToTrain)
            faults.At(network, null, DeclarationRules.NothingToTrain, symbol.Name);
        LayerKind last = declared[declared.Length - 1].Kind;
        long? outputs = resolver.IsWhole ? resolver.Layers[resolver.Layers.Count - 1].Output.LongLength : null;
        LossModel loss = LossReader.Read(declaration.HasUnknown ? null : declaration.Loss, last, outputs, faults);
        return new(input, resolver.Layers.ToEquatableArray(), loss, resolver.IsWhole) { InputType = type };
    }

    private static bool OnOneDeclaration(INamedTypeSymbol symbol, DeclaredAttributes declaration, FaultList faults)
    {
        if (declaration.IsInOnePart)
            return true;
        AttributeData[] attributes = [.. declaration.Inputs, .. declaration.Layers.Select(layer => layer.Attribute)];
        AttributeData? elsewhere = attributes.FirstOrDefault(a => declaration.PartOf(a) != declaration.PartOf(attributes[0]));
        if (elsewhere is null)
            return true;
        faults.At(elsewhere, null, DeclarationRules.LayersSpread, symbol.Name);
        return false;
    }
}
