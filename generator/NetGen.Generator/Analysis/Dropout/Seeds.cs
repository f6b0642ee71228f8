using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// Whether something that is no constant chooses which units a new pass drops: a seed that counts, a random number, a
/// parameter, the step of a training that is continued. Where such a pass is never trained, its randomness is wanted.
/// </summary>
internal static class Seeds
{
    public static bool Vary(IOperation creation, MethodIndex index, NetworkSymbols symbols)
    {
        if (creation is not IInvocationOperation begin) return false;
        foreach (IArgumentOperation argument in begin.Arguments)
        {
            if (argument.Parameter is not { Ordinal: var ordinal, Type.SpecialType: var type }) continue;
            if (ordinal == 1 && !IsConstant(argument.Value, index)) return true;
            if (ordinal == 0 && type == SpecialType.None && VaryInOptions(argument.Value, index, symbols)) return true;
        }

        return false;
    }

    private static bool VaryInOptions(IOperation options, MethodIndex index, NetworkSymbols symbols)
    {
        options = PassUse.Unconverted(options);
        if (options is ILocalReferenceOperation { Local: var local }) options = index.OnlyValueOf(local) ?? options;
        return options is not IObjectCreationOperation creation
            || creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>().Any(
                setting => setting.Target is IPropertyReferenceOperation { Property: var property }
                    && Chooses(symbols.RoleOf(property), setting.Value, index)) == true;
    }

    /// <summary>A first step other than 0 asks for the masks of that step, even as a constant: a prediction has no use for it.</summary>
    private static bool Chooses(MemberRole role, IOperation value, MethodIndex index) => role switch
    {
        MemberRole.Seed => !IsConstant(value, index),
        MemberRole.FirstStep => PassUse.Unconverted(value).ConstantValue is not { HasValue: true, Value: 0 or 0L },
        _ => false,
    };

    /// <summary>A constant, or a variable that only ever has a constant.</summary>
    private static bool IsConstant(IOperation value, MethodIndex index) =>
        value.ConstantValue.HasValue
        || PassUse.Unconverted(value) switch
        {
            { ConstantValue.HasValue: true } => true,
            ILocalReferenceOperation { Local: var local } => index.OnlyValueOf(local) is { } only && IsConstant(only, index),
            _ => false,
        };
}
