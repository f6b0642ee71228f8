using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// Everything that happens to the training pass in one variable, field or property, in all functions that are looked at.
/// </summary>
internal sealed class PassHistory(ISymbol variable)
{
    private Dictionary<SyntaxNode, IInvocationOperation>? _forwards;
    private HashSet<IOperation?>? _computing;

    public ISymbol Variable { get; } = variable;

    /// <summary>The lambda or local function that declares a local variable; null for a method's own body, and for members.</summary>
    public IOperation? Function { get; set; }

    /// <summary>Whether the pass comes from somewhere else or goes there, so that not everything is to be seen.</summary>
    public bool IsElsewhere { get; set; }

    public List<Creation> Creations { get; } = [];

    public List<IInvocationOperation> Forwards { get; } = [];

    /// <summary>The forward computation with a given syntax.</summary>
    public IInvocationOperation ForwardAt(SyntaxNode syntax)
    {
        _forwards ??= Forwards.ToDictionary(static forward => forward.Syntax);
        return _forwards[syntax];
    }

    /// <summary>Calls that compute gradients.</summary>
    public List<IInvocationOperation> Backwards { get; } = [];

    public List<IPropertyReferenceOperation> Outputs { get; } = [];

    /// <summary>The declarators and patterns by which other local variables receive the pass.</summary>
    public List<IOperation> Aliases { get; } = [];

    /// <summary>Where a variable for the span of outputs is looked at, by the read that gave it its value.</summary>
    public Dictionary<SyntaxNode, IReadOnlyList<ILocalReferenceOperation>> Looks { get; } = [];

    /// <summary>Finds where spans of outputs are looked at: they show what was computed last, not what was there when they were taken.</summary>
    public void FindLooks(Func<IOperation, MethodIndex> indexOf)
    {
        foreach (IPropertyReferenceOperation read in Outputs)
        {
            if (read.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { Type.IsRefLikeType: true } span } })
                Looks[read.Syntax] = indexOf(read).ReferencesTo(span);
        }
    }

    /// <summary>Takes in one reference.</summary>
    public void Add(IOperation reference, NetworkSymbols symbols)
    {
        PassUse use = PassUse.Of(reference, symbols);
        switch (use.Kind)
        {
            case PassUseKind.Begins:
                Begin(use.Operation, symbols);
                break;
            case PassUseKind.Forward:
                Forwards.Add((IInvocationOperation)use.Operation);
                break;
            case PassUseKind.Backward:
                Backwards.Add((IInvocationOperation)use.Operation);
                break;
            case PassUseKind.Outputs:
                Outputs.Add((IPropertyReferenceOperation)use.Operation);
                break;
            case PassUseKind.Alias:
                Aliases.Add(use.Operation);
                break;
            case PassUseKind.Escapes:
                IsElsewhere = true;
                break;
            case PassUseKind.Neutral:
                break;
            default:
                throw new InvalidOperationException($"A pass is used in an unknown way: {use.Kind}.");
        }
    }

    /// <summary>Takes in a value that the variable receives.</summary>
    public void Begin(IOperation value, NetworkSymbols symbols)
    {
        if (Dropout.Creations.Of(value, symbols) is { } creations) Creations.AddRange(creations);
        else IsElsewhere = true;
    }

    /// <summary>Takes in the uses of a local variable that receives the pass with its declaration.</summary>
    public void Merge(PassHistory? alias)
    {
        // Where either of them can hold several passes, an alias may stand for another one than it seems to.
        if (alias is null || alias.IsElsewhere || alias.Creations.Count != 0 || Creations.Count > 1)
        {
            IsElsewhere = true;
            return;
        }

        Forwards.AddRange(alias.Forwards);
        Backwards.AddRange(alias.Backwards);
        Outputs.AddRange(alias.Outputs);
    }

    /// <summary>Whether dropout is active in any pass that the variable can hold.</summary>
    public bool HasDropout(NetworkSymbols symbols) => Creations.Exists(creation => symbols.HasDropout(creation.Call.Type));

    /// <summary>
    /// Where outputs are read in the order of the steps: of a pass that trains, for a read in the lambda of a query that only reads, the lambda.
    /// </summary>
    public IOperation PlaceOf(IPropertyReferenceOperation outputs)
    {
        if (Backwards.Count == 0 || Queries.LambdaCalledInPlace(outputs) is not { } lambda) return outputs;
        _computing ??= [.. Creations.Select(static creation => creation.Site).Concat(Forwards).Concat(Backwards).Select(PassUse.FunctionOf)];
        return _computing.Contains(lambda) ? outputs : lambda;
    }

    /// <summary>The steps that decide what the outputs are, by their syntax.</summary>
    public IEnumerable<(IOperation Operation, StepKind Kind)> Steps() =>
        Creations.Select(static step => (step.Site, StepKind.Begin))
            .Concat(Forwards.Select(static step => ((IOperation)step, StepKind.Forward)))
            .Concat(Backwards.Select(static step => ((IOperation)step, StepKind.Backward)))
            .Concat(Outputs.Select(step => (PlaceOf(step), StepKind.Outputs)))
            .Concat(Looks.Values.SelectMany(static looks => looks).Select(static step => ((IOperation)step, StepKind.Outputs)));
}
