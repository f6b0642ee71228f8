using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// <c>Lazy&lt;T&gt;</c> and <c>ThreadLocal&lt;T&gt;</c> of the framework around a training pass: their <c>Value</c> is the pass, which their
/// constructor's lambda begins.
/// </summary>
internal static class PassHolders
{
    private const string Value = "Value";

    /// <summary>The pass that a variable of this type holds, or the type itself.</summary>
    public static ITypeSymbol HeldBy(ITypeSymbol type) => IsHolder(type) ? ((INamedTypeSymbol)type).TypeArguments[0] : type;

    /// <summary>Whether a field or property holds its pass in one of them.</summary>
    public static bool IsHolder(ISymbol member) => member switch
    {
        IFieldSymbol field => IsHolder(field.Type),
        IPropertySymbol property => IsHolder(property.Type),
        _ => false,
    };

    /// <summary>The pass that a reference to a member stands for: the <c>Value</c> of a holder. Anything else is the reference itself.</summary>
    public static IOperation PassOf(IMemberReferenceOperation reference) =>
        IsHolder(reference.Member) && reference.Parent is IPropertyReferenceOperation { Property.Name: Value } held && held.Instance == reference
            ? held
            : reference;

    /// <summary>What the lambda of a new holder gives; null where the value is no such thing.</summary>
    public static IOperation? Begun(IOperation value) =>
        PassUse.Unconverted(value) is IObjectCreationOperation { Type: { } type, Arguments.Length: > 0 } holder
        && IsHolder(type)
        && PassUse.Unconverted(holder.Arguments[0].Value) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }
        && lambda.Body.Operations is { Length: 1 } body
        && body[0] is IReturnOperation { ReturnedValue: { } returned }
            ? returned
            : null;

    private static bool IsHolder(ITypeSymbol type) => type is INamedTypeSymbol { Arity: 1, ContainingType: null } named
        && named.ContainingNamespace is { } space
        && (named.Name == "Lazy" ? IsSystem(space) : named.Name == "ThreadLocal" && space.Name == "Threading" && IsSystem(space.ContainingNamespace));

    private static bool IsSystem(INamespaceSymbol space) => space is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
}
