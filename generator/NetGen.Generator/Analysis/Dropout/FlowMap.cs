using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>The control flow of all functions in which some passes are used; each graph is made once, and only where it is asked for.</summary>
internal sealed class FlowMap
{
    private readonly Dictionary<SyntaxNode, FunctionGraphs> _graphs = [];
    private readonly Dictionary<SyntaxNode, FunctionFlow?> _flows = [];
    private readonly Dictionary<(PassHistory Pass, SyntaxNode Function), PassFacts?> _facts = [];
    private readonly Dictionary<SyntaxNode, (StepKind Kind, PassHistory Pass)> _kinds = [];
    private readonly Dictionary<PassHistory, Dictionary<SyntaxNode, IOperation>> _functions = [];

    public FlowMap(IEnumerable<PassHistory> passes)
    {
        foreach (PassHistory pass in passes)
        {
            Dictionary<SyntaxNode, IOperation> functions = [];
            foreach ((IOperation operation, StepKind kind) in pass.Steps())
            {
                _kinds[operation.Syntax] = (kind, pass);
                if (kind != StepKind.Begin) functions[KeyOf(operation)] = operation;
            }

            _functions.Add(pass, functions);
        }
    }

    /// <summary>Whether a pass is used in more than one function, so that one may train on what another computes.</summary>
    public bool IsShared(PassHistory pass) => _functions[pass].Count > 1;

    /// <summary>Whether every <c>Backward</c> of a pass works on a forward computation of the same function.</summary>
    public bool TrainsOnItsOwn(PassHistory pass) =>
        _functions[pass].Values.All(operation => FactsAt(pass, operation) is { } facts && !facts.TrainsForOthers());

    /// <summary>What happens to a pass in the function around an operation; null where the order cannot be told.</summary>
    public PassFacts? FactsAt(PassHistory pass, IOperation operation)
    {
        SyntaxNode key = KeyOf(operation);
        if (!_facts.TryGetValue((pass, key), out PassFacts? facts))
            _facts.Add((pass, key), facts = FlowAt(operation, key) is { } flow ? PassFacts.Of(flow, pass) : null);
        return facts;
    }

    private static SyntaxNode KeyOf(IOperation operation) => (PassUse.FunctionOf(operation) ?? PassUse.RootOf(operation)).Syntax;

    private FunctionFlow? FlowAt(IOperation operation, SyntaxNode key)
    {
        if (_flows.TryGetValue(key, out FunctionFlow? flow)) return flow;
        IOperation root = PassUse.RootOf(operation);
        if (!_graphs.TryGetValue(root.Syntax, out FunctionGraphs? graphs)) _graphs.Add(root.Syntax, graphs = new FunctionGraphs(root));
        flow = graphs.Of(PassUse.FunctionOf(operation)) is { } graph ? new FunctionFlow(graph, _kinds) : null;
        _flows.Add(key, flow);
        return flow;
    }
}
