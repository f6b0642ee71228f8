using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>What one reference to a training pass does with it.</summary>
internal enum PassUseKind
{
    /// <summary>It leaves what can be seen here: argument, return, alias, capture, a member without a known role.</summary>
    Escapes,

    /// <summary>It neither computes nor reads: the batch size, disposal, a null check, <c>nameof</c>.</summary>
    Neutral,

    /// <summary>The variable receives a new pass.</summary>
    Begins,
    Forward,
    Backward,

    /// <summary>The values of the outputs are read.</summary>
    Outputs,
}

/// <summary>One reference to a training pass, classified.</summary>
internal readonly struct PassUse(PassUseKind kind, IOperation operation)
{
    public PassUseKind Kind { get; } = kind;

    /// <summary>The call, the property reference, or for <see cref="PassUseKind.Begins"/> the value assigned.</summary>
    public IOperation Operation { get; } = operation;

    /// <summary>Classifies a reference to a variable, field or property that holds a training pass.</summary>
    public static PassUse Of(IOperation reference, NetworkSymbols symbols)
    {
        IOperation value = Converted(reference);
        switch (value.Parent)
        {
            case IInvocationOperation call when call.Instance == value:
                return symbols.RoleOf(call.TargetMethod) switch
                {
                    MemberRole.Forward => new(PassUseKind.Forward, call),
                    MemberRole.Backward => new(PassUseKind.Backward, call),
                    _ when symbols.IsDispose(call.TargetMethod) => new(PassUseKind.Neutral, call),
                    _ => new(PassUseKind.Escapes, call),
                };
            case IPropertyReferenceOperation member when member.Instance == value:
                return symbols.RoleOf(member.Property) switch
                {
                    MemberRole.Outputs when IsOnlyMeasured(member) => new(PassUseKind.Neutral, member),
                    MemberRole.Outputs => new(PassUseKind.Outputs, member),
                    MemberRole.BatchSize => new(PassUseKind.Neutral, member),
                    _ => new(PassUseKind.Escapes, member),
                };
            case IAssignmentOperation { Parent: IExpressionStatementOperation } assignment
                when assignment.Target == value && assignment is ISimpleAssignmentOperation or ICoalesceAssignmentOperation:
                return symbols.IsFresh(assignment.Value) ? new(PassUseKind.Begins, assignment.Value)
                    : IsNull(assignment.Value) ? new(PassUseKind.Neutral, assignment)
                    : new(PassUseKind.Escapes, assignment);
            case IConditionalAccessOperation { WhenNotNull: IInvocationOperation { Instance: IConditionalAccessInstanceOperation } call }
                access when access.Operation == value && symbols.IsDispose(call.TargetMethod):
            case IUsingOperation or INameOfOperation:
            case IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } }:
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                when IsNull(comparison.LeftOperand) || IsNull(comparison.RightOperand):
                return new(PassUseKind.Neutral, value);
            default:
                return new(PassUseKind.Escapes, value);
        }
    }

    /// <summary>The value below implicit and explicit conversions.</summary>
    public static IOperation Unconverted(IOperation value)
    {
        while (value is IConversionOperation { OperatorMethod: null } conversion) value = conversion.Operand;
        return value;
    }

    public static bool IsNull(IOperation value) => Unconverted(value).ConstantValue is { HasValue: true, Value: null };

    /// <summary>The lambda or local function around an operation, or null for the member's own body.</summary>
    public static IOperation? FunctionOf(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) return parent;
        }

        return null;
    }

    public static IOperation RootOf(IOperation operation)
    {
        while (operation.Parent is { } parent) operation = parent;
        return operation;
    }

    private static IOperation Converted(IOperation value)
    {
        while (value.Parent is IConversionOperation { OperatorMethod: null } conversion) value = conversion;
        return value;
    }

    /// <summary>The length of the outputs says nothing of what was computed.</summary>
    private static bool IsOnlyMeasured(IPropertyReferenceOperation outputs) => outputs.Parent switch
    {
        INameOfOperation => true,
        IPropertyReferenceOperation { Property: { Name: "Length" or "IsEmpty", ContainingNamespace: { Name: "System" } @namespace } }
            member => member.Instance == outputs && @namespace.ContainingNamespace.IsGlobalNamespace,
        _ => false,
    };
}
