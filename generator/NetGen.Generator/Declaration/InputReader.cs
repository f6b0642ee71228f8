using Microsoft.CodeAnalysis;
using NetGen.Generator.Model;
using NetGen.Generator.Rules;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Declaration;

/// <summary>Reads <c>[Input]</c>.</summary>
internal static class InputReader
{
    private const string Type = "Type";

    // In the order of a shape.
    private static readonly string[] Dimensions = ["features", "length", "height", "width", "channels"];

    /// <summary>The shape of one sample; null if it is out of range.</summary>
    public static Shape? ReadShape(AttributeData attribute, FaultList faults)
    {
        List<int> dimensions = [];
        bool valid = true;
        IReadOnlyDictionary<string, object?> arguments = AttributeArguments.Read(attribute);
        foreach (string dimension in Dimensions.Where(arguments.ContainsKey))
        {
            int size = arguments[dimension] is int given ? given : 0;
            dimensions.Add(size);
            if (size >= 1)
                continue;
            valid = false;
            faults.At(attribute, dimension, DeclarationRules.ArgumentOutOfRange, Invariant($"Input has {dimension} = {size}, but it must be at least 1"));
        }

        if (!valid)
            return null;
        Shape shape = new(dimensions.ToEquatableArray());
        if (shape.LongLength <= Sizes.Limit)
            return shape;
        faults.At(attribute, null, DeclarationRules.TooLarge, Invariant($"Input {shape} has more than {Sizes.Limit} values"));
        return null;
    }

    /// <summary>In which form samples come.</summary>
    public static InputKind ReadType(AttributeData attribute, FaultList faults)
    {
        if (!AttributeArguments.Read(attribute).TryGetValue(Type, out object? value))
            return InputKind.Float32;
        int given = value is int number ? number : -1;
        if (Enum.IsDefined(typeof(InputKind), given))
            return (InputKind)given;
        string names = string.Join(", ", Enum.GetNames(typeof(InputKind)));
        faults.At(attribute, Type, DeclarationRules.ArgumentOutOfRange, Invariant($"Input has Type = {given}, but it must be one of {names}"));
        return InputKind.Float32;
    }
}
