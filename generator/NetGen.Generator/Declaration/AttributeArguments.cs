using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Declaration;

/// <summary>Turns the arguments of an attribute into plain values.</summary>
internal static class AttributeArguments
{
    private static readonly IReadOnlyDictionary<string, object?> None = new Dictionary<string, object?>();

    /// <summary>Whether the compiler could not bind the attribute, and so has an error of its own to report.</summary>
    public static bool AreBroken(AttributeData attribute) =>
        attribute.AttributeConstructor is not { } constructor
        || constructor.ContainingType.TypeArguments.Any(ActivationTypes.IsBroken)
        || attribute.ConstructorArguments.Length != constructor.Parameters.Length
        || attribute.ConstructorArguments.Any(IsBroken)
        || attribute.NamedArguments.Any(static named => IsBroken(named.Value));

    /// <summary>
    /// The values of the arguments, by the name of the parameter or property; enums as their number, arrays as numbers or names. The types of a generic
    /// attribute are among them, by the name of the type parameter.
    /// </summary>
    public static IReadOnlyDictionary<string, object?> Read(AttributeData attribute)
    {
        if (attribute.ConstructorArguments.IsEmpty && attribute.NamedArguments.IsEmpty && attribute.AttributeClass is not { IsGenericType: true })
            return None;
        Dictionary<string, object?> values = new(StringComparer.Ordinal);
        for (int i = 0; i < attribute.AttributeClass?.TypeParameters.Length; i++)
            values[attribute.AttributeClass.TypeParameters[i].Name] = ActivationTypes.Of(attribute.AttributeClass.TypeArguments[i]);
        if (attribute.AttributeConstructor is { } constructor)
        {
            for (int i = 0; i < constructor.Parameters.Length && i < attribute.ConstructorArguments.Length; i++)
                values[constructor.Parameters[i].Name] = ValueOf(attribute.ConstructorArguments[i]);
        }

        foreach (KeyValuePair<string, TypedConstant> named in attribute.NamedArguments)
            values[named.Key] = ValueOf(named.Value);
        return values;
    }

    private static bool IsBroken(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Error => true,
        TypedConstantKind.Array when !constant.IsNull => constant.Values.Any(IsBroken),
        _ => false,
    };

    private static object? ValueOf(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Primitive or TypedConstantKind.Enum => constant.Value,
        TypedConstantKind.Array when constant is { IsNull: false, Type: IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Double } } =>
            constant.Values.Select(value => value.Value is double number ? number : double.NaN).ToArray(),
        TypedConstantKind.Array when !constant.IsNull => constant.Values.Select(value => value.Value as string).ToArray(),
        _ => null,
    };
}
