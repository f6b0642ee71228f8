using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// Everything that happens to a local variable that holds a training pass, where all of it is to be seen: the variable
/// only ever receives new passes, and no reference lets the pass escape.
/// </summary>
internal sealed class LocalPass
{
    private LocalPass(
        ILocalSymbol local,
        IOperation? function,
        ImmutableArray<IOperation> creations,
        ImmutableArray<IInvocationOperation> forwards,
        ImmutableArray<IInvocationOperation> backwards,
        ImmutableArray<IPropertyReferenceOperation> outputs)
    {
        Local = local;
        Function = function;
        Creations = creations;
        Forwards = forwards;
        Backwards = backwards;
        Outputs = outputs;
    }

    public ILocalSymbol Local { get; }

    /// <summary>The lambda or local function that declares the variable; null for the member's own body.</summary>
    public IOperation? Function { get; }

    public ImmutableArray<IOperation> Creations { get; }

    public ImmutableArray<IInvocationOperation> Forwards { get; }

    public ImmutableArray<IInvocationOperation> Backwards { get; }

    public ImmutableArray<IPropertyReferenceOperation> Outputs { get; }

    /// <summary>The order of what happens to the pass; null where it cannot be told.</summary>
    public PassFlow? Flow(NetworkSymbols symbols) =>
        PassFlow.Create(PassUse.RootOf(Creations[0]), Function, Forwards, Outputs, Backwards, symbols);

    /// <summary>Follows a local through its member's body; null where the pass escapes or comes from elsewhere.</summary>
    public static LocalPass? Find(
        ILocalSymbol local, IOperation root, NetworkSymbols symbols, CancellationToken cancellationToken)
    {
        if (local.IsRef) return null;
        IOperation? function = null;
        bool declared = false;
        var creations = ImmutableArray.CreateBuilder<IOperation>();
        var forwards = ImmutableArray.CreateBuilder<IInvocationOperation>();
        var backwards = ImmutableArray.CreateBuilder<IInvocationOperation>();
        var outputs = ImmutableArray.CreateBuilder<IPropertyReferenceOperation>();
        foreach (IOperation operation in root.DescendantsAndSelf())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
            {
                if (declarator.Parent is not IVariableDeclarationOperation) return null;
                declared = true;
                function = PassUse.FunctionOf(declarator);
                if (declarator.Initializer is not { Value: var value } || PassUse.IsNull(value)) continue;
                if (!symbols.IsFresh(value)) return null;
                creations.Add(value);
            }
            else if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local))
            {
                // Operations come in source order, so the declaration precedes every reference.
                if (!declared || PassUse.FunctionOf(reference) != function) return null;
                PassUse use = PassUse.Of(reference, symbols);
                switch (use.Kind)
                {
                    case PassUseKind.Begins:
                        creations.Add(use.Operation);
                        break;
                    case PassUseKind.Forward:
                        forwards.Add((IInvocationOperation)use.Operation);
                        break;
                    case PassUseKind.Backward:
                        backwards.Add((IInvocationOperation)use.Operation);
                        break;
                    case PassUseKind.Outputs:
                        outputs.Add((IPropertyReferenceOperation)use.Operation);
                        break;
                    case PassUseKind.Escapes:
                        return null;
                    case PassUseKind.Neutral:
                        break;
                    default:
                        throw new InvalidOperationException($"A pass is used in an unknown way: {use.Kind}.");
                }
            }
        }

        return creations.Count == 0 ? null : new LocalPass(
            local, function, creations.ToImmutable(), forwards.ToImmutable(), backwards.ToImmutable(), outputs.ToImmutable());
    }
}
