using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Analysis.Dropout;

namespace NetGen.Generator.Analysis.Accuracy;

/// <summary>A read of the outputs of a training step, with the forward computation that gave them.</summary>
internal readonly struct TrainingRead(PassHistory pass, IPropertyReferenceOperation outputs, IInvocationOperation forward)
{
    public PassHistory Pass { get; } = pass;

    public IPropertyReferenceOperation Outputs { get; } = outputs;

    public IInvocationOperation Forward { get; } = forward;

    /// <summary>
    /// The reads of a body that see one forward computation, on which <c>Backward</c> always works: passes in local variables that are
    /// known from their beginning on, of networks with dropout that the body has at hand.
    /// </summary>
    public static IEnumerable<TrainingRead> In(MethodIndex index, NetworkSymbols symbols)
    {
        List<PassHistory> passes = [.. index.Passes.Values.Where(static pass => pass.Creations.Count != 0)];
        foreach (PassHistory pass in passes) pass.FindLooks(_ => index);
        var flows = new FlowMap(passes);
        foreach (PassHistory pass in passes)
        {
            if (pass.IsElsewhere || pass.Backwards.Count == 0 || !pass.HasDropout(symbols) || !pass.Creations.TrueForAll(HasNetwork)) continue;
            HashSet<IOperation> trained = [.. pass.Backwards.Where(call => symbols.RoleOf(call.TargetMethod) == MemberRole.Backward).Select(ScopeOf)];
            foreach (IPropertyReferenceOperation outputs in pass.Outputs)
            {
                if (flows.FactsAt(pass, outputs)?.SeenBy(outputs.Syntax) is { IsTraining: true, AreMore: false, Forwards: { Length: 1 } only }
                    && pass.ForwardAt(only[0]) is var forward
                    && IsIn(forward, trained))
                {
                    yield return new(pass, outputs, forward);
                }
            }
        }
    }

    private static bool HasNetwork(Creation creation) =>
        creation.Site is IInvocationOperation { Instance: { } network } && !creation.IsByMethod && Repetition.SymbolOf(PassUse.InstanceOf(network)) is not null;

    /// <summary>The branch or function around an operation: what is executed as a whole or not at all, but for jumps.</summary>
    private static IOperation ScopeOf(IOperation operation)
    {
        while (operation.Parent is { } parent and not (IConditionalOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation or ICatchClauseOperation)
            && operation is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            operation = parent;
        }

        return operation;
    }

    private static bool IsIn(IOperation operation, HashSet<IOperation> scopes)
    {
        for (IOperation? parent = operation; parent is not null; parent = parent.Parent)
        {
            if (scopes.Contains(parent)) return true;
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) return false;
        }

        return false;
    }
}
