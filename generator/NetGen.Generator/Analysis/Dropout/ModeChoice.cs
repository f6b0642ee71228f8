using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// Knows where a body predicts, and so whether an operation stands in the other branch: there the mode is chosen when the
/// program runs.
/// </summary>
internal sealed class ModeChoice
{
    private readonly HashSet<IOperation> _predicting = [];

    // How many branches of a switch predict.
    private readonly Dictionary<IOperation, int> _branches = [];

    // Of each list of statements: the end of the first that predicts and leaves, and the start of the last that predicts.
    private readonly Dictionary<IOperation, (int FirstLeaving, int Last)> _lists = [];

    /// <summary>The local functions that predict.</summary>
    public HashSet<IMethodSymbol> Functions { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Notes a call that predicts, or that calls a local function that does.</summary>
    public void AddPrediction(IOperation call)
    {
        IOperation child = call;
        bool leaves = false;
        for (IOperation? parent = call.Parent; parent is not null && !IsFunction(child); child = parent, parent = parent.Parent)
        {
            bool isNew = _predicting.Add(child);
            if (isNew && parent is ISwitchOperation or ISwitchExpressionOperation) _branches[parent] = PredictingBranches(parent) + 1;
            if (parent is IBlockOperation or ISwitchCaseOperation) NotePlace(parent, child, leaves);
            leaves = parent is IConditionalOperation either && child != either.Condition && EndsWithJump(child);
            if (parent is ILocalFunctionOperation function) Functions.Add(function.Symbol);
        }
    }

    /// <summary>Whether one run executes either the operation or a prediction, but not both.</summary>
    public bool IsAlternative(IOperation operation)
    {
        if (_predicting.Count == 0) return false;
        IOperation child = operation;
        bool leaves = false;
        for (IOperation? parent = operation.Parent; parent is not null && !IsFunction(child); child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConditionalOperation either when child != either.Condition:
                    IOperation? other = child == either.WhenTrue ? either.WhenFalse : either.WhenTrue;
                    if (other is not null && _predicting.Contains(other)) return true;
                    leaves = EndsWithJump(child);
                    continue;
                case ISwitchOperation or ISwitchExpressionOperation:
                    if (PredictingBranches(parent) > (_predicting.Contains(child) ? 1 : 0)) return true;
                    break;
                default:
                    break;
            }

            if (_lists.TryGetValue(parent, out (int FirstLeaving, int Last) place)
                && (place.FirstLeaving <= child.Syntax.SpanStart || (leaves && place.Last >= child.Syntax.Span.End)))
            {
                return true;
            }

            leaves = false;
        }

        return false;
    }

    private int PredictingBranches(IOperation choice) => _branches.TryGetValue(choice, out int count) ? count : 0;

    private static bool IsFunction(IOperation operation) => operation is IAnonymousFunctionOperation or ILocalFunctionOperation;

    private static bool EndsWithJump(IOperation branch) => branch switch
    {
        IBlockOperation block => block.Operations.LastOrDefault() is { } last && EndsWithJump(last),
        IBranchOperation or IReturnOperation or IThrowOperation => true,
        IExpressionStatementOperation statement => statement.Operation is IThrowOperation,
        _ => false,
    };

    private void NotePlace(IOperation list, IOperation statement, bool leaves)
    {
        if (!_lists.TryGetValue(list, out (int FirstLeaving, int Last) place)) place = (int.MaxValue, -1);
        if (leaves && statement.Syntax.Span.End < place.FirstLeaving) place.FirstLeaving = statement.Syntax.Span.End;
        if (statement.Syntax.SpanStart > place.Last) place.Last = statement.Syntax.SpanStart;
        _lists[list] = place;
    }
}
