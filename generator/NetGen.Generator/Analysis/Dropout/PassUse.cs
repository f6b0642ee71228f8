using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>What one reference to a training pass does with it.</summary>
internal enum PassUseKind
{
    /// <summary>It leaves what can be seen here: argument, return, a field, a method without a known role.</summary>
    Escapes,

    /// <summary>It neither computes nor reads outputs: the batch size, the gradients, an optimizer's step, a null check, a lock, <c>nameof</c>.</summary>
    Neutral,

    /// <summary>The variable receives a new pass, or null.</summary>
    Begins,
    Forward,

    /// <summary>Gradients are computed.</summary>
    Backward,

    /// <summary>The values of the outputs are read.</summary>
    Outputs,

    /// <summary>Another local variable of a pass's type receives it with its declaration.</summary>
    Alias,
}

/// <summary>One reference to a training pass, classified.</summary>
internal readonly struct PassUse(PassUseKind kind, IOperation operation)
{
    public PassUseKind Kind { get; } = kind;

    /// <summary>
    /// The call, the property reference, for <see cref="PassUseKind.Begins"/> the value assigned, and for
    /// <see cref="PassUseKind.Alias"/> the declarator or pattern.
    /// </summary>
    public IOperation Operation { get; } = operation;

    /// <summary>Classifies a reference to a variable, field or property that holds a training pass.</summary>
    public static PassUse Of(IOperation reference, NetworkSymbols symbols)
    {
        IOperation value = Converted(reference);
        switch (value.Parent)
        {
            case IInvocationOperation or IPropertyReferenceOperation:
                return OfMember(value, symbols);
            case IConditionalAccessOperation access when access.Operation == value && Receiver(access) is { } receiver:
                return OfMember(receiver, symbols);
            case IArgumentOperation { Parent: IInvocationOperation call } when symbols.RoleOf(call.TargetMethod) == MemberRole.Update:
                return new(PassUseKind.Neutral, call);
            case IAssignmentOperation { Parent: IExpressionStatementOperation } assignment
                when assignment.Target == value && assignment is ISimpleAssignmentOperation or ICoalesceAssignmentOperation:
                return OfAssigned(assignment.Value, symbols);
            case IDeclarationExpressionOperation or ITupleOperation when Deconstructed(value) is { } element:
                return OfAssigned(element, symbols);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { IsRef: false } alias, Parent: IVariableDeclarationOperation } declarator }
                when symbols.IsPass(alias.Type):
                return new(PassUseKind.Alias, declarator);
            case IIsPatternOperation test when test.Value == value && DeclaringPattern(test.Pattern) is { } pattern
                && DeclaredBy(pattern) is { } named && symbols.IsPass(named.Type):
                return new(PassUseKind.Alias, pattern);
            case IUsingOperation or INameOfOperation or ILockOperation:
            case IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } }:
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                when IsNull(comparison.LeftOperand) || IsNull(comparison.RightOperand):
                return new(PassUseKind.Neutral, value);
            default:
                return new(PassUseKind.Escapes, value);
        }
    }

    /// <summary>What an operation is called on; for <c>a?.B</c> it is a, not the placeholder that the compiler puts there.</summary>
    public static IOperation InstanceOf(IOperation instance)
    {
        instance = Unconverted(instance);
        if (instance is not IConditionalAccessInstanceOperation) return instance;
        IOperation child = instance;
        for (IOperation? parent = child.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == child) return Unconverted(access.Operation);
        }

        return instance;
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

    /// <summary>The variable that a pattern gives a name to.</summary>
    public static ILocalSymbol? DeclaredBy(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol local } => local,
        IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol local } => local,
        _ => null,
    };

    /// <summary>The value that a pattern of an <c>is</c> looks at as a whole; null for a pattern further inside.</summary>
    public static IOperation? TestedBy(IPatternOperation pattern) => pattern.Parent switch
    {
        IIsPatternOperation test => test.Value,
        INegatedPatternOperation { Parent: IIsPatternOperation test } => test.Value,
        _ => null,
    };

    private static PassUse OfMember(IOperation value, NetworkSymbols symbols)
    {
        switch (value.Parent)
        {
            case IInvocationOperation call when call.Instance == value:
                return symbols.RoleOf(call.TargetMethod) switch
                {
                    MemberRole.Forward => new(PassUseKind.Forward, call),
                    MemberRole.Backward or MemberRole.InputGradients => new(PassUseKind.Backward, call),
                    _ when symbols.IsDispose(call.TargetMethod) => new(PassUseKind.Neutral, call),
                    _ => new(PassUseKind.Escapes, call),
                };
            case IPropertyReferenceOperation member when member.Instance == value:
                return symbols.RoleOf(member.Property) switch
                {
                    MemberRole.Outputs when IsOnlyMeasured(member) => new(PassUseKind.Neutral, member),
                    MemberRole.Outputs => new(PassUseKind.Outputs, member),

                    // Numbers, spans and the network do not hold the pass.
                    _ when member.Type is { IsValueType: true } || (member.Type is { } type && symbols.IsNetwork(type)) => new(PassUseKind.Neutral, member),
                    _ => new(PassUseKind.Escapes, member),
                };
            default:
                return new(PassUseKind.Escapes, value);
        }
    }

    private static PassUse OfAssigned(IOperation value, NetworkSymbols symbols)
    {
        value = PassHolders.Begun(value) ?? value;
        return Creations.Of(value, symbols) is null ? new(PassUseKind.Escapes, value) : new(PassUseKind.Begins, value);
    }

    private static IOperation Converted(IOperation value)
    {
        while (value.Parent is IConversionOperation { OperatorMethod: null } conversion) value = conversion;
        return value;
    }

    /// <summary>The placeholder after a <c>?.</c>, which stands for the value before it.</summary>
    private static IOperation? Receiver(IConditionalAccessOperation access)
    {
        IOperation? first = access.WhenNotNull;
        while (first is not (null or IConditionalAccessInstanceOperation)) first = first.ChildOperations.FirstOrDefault();
        return first is null ? null : Converted(first);
    }

    /// <summary>The value that a deconstruction gives to one of its variables, where both sides are written as tuples.</summary>
    private static IOperation? Deconstructed(IOperation variable)
    {
        if (variable.Parent is IDeclarationExpressionOperation declaration) variable = declaration;
        if (variable.Parent is not ITupleOperation targets) return null;
        IOperation target = targets.Parent is IDeclarationExpressionOperation all ? all : targets;
        return target.Parent is IDeconstructionAssignmentOperation assignment
            && assignment.Target == target
            && Unconverted(assignment.Value) is ITupleOperation values
            && values.Elements.Length == targets.Elements.Length
            ? values.Elements[targets.Elements.IndexOf(variable)]
            : null;
    }

    private static IPatternOperation? DeclaringPattern(IPatternOperation pattern) =>
        pattern is INegatedPatternOperation negated ? negated.Pattern : pattern;

    /// <summary>The length of the outputs says nothing of what was computed.</summary>
    private static bool IsOnlyMeasured(IPropertyReferenceOperation outputs) => outputs.Parent switch
    {
        INameOfOperation => true,
        IPropertyReferenceOperation { Property: { Name: "Length" or "IsEmpty", ContainingNamespace: { Name: "System" } @namespace } }
            member => member.Instance == outputs && @namespace.ContainingNamespace.IsGlobalNamespace,
        _ => false,
    };
}
