using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>The control flow graphs of a member's body and of the lambdas and local functions in it, each made once.</summary>
internal sealed class FunctionGraphs(IOperation root)
{
    private readonly Dictionary<SyntaxNode, ControlFlowGraph?> _graphs = [];
    private readonly Dictionary<ControlFlowGraph, Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation>> _lambdas = [];

    /// <summary>The graph of a function, or of the body itself.</summary>
    public ControlFlowGraph? Of(IOperation? function)
    {
        SyntaxNode key = (function ?? root).Syntax;
        if (!_graphs.TryGetValue(key, out ControlFlowGraph? graph)) _graphs.Add(key, graph = Create(function));
        return graph;
    }

    private ControlFlowGraph? Create(IOperation? function) => function switch
    {
        null => OfRoot(),
        ILocalFunctionOperation local => Of(PassUse.FunctionOf(local)) is { } outer && outer.LocalFunctions.Contains(local.Symbol)
            ? outer.GetLocalFunctionControlFlowGraph(local.Symbol)
            : null,
        _ => Of(PassUse.FunctionOf(function)) is { } outer && Lambdas(outer).TryGetValue(function.Syntax, out IFlowAnonymousFunctionOperation? lambda)
            ? outer.GetAnonymousFunctionControlFlowGraph(lambda)
            : null,
    };

    private ControlFlowGraph? OfRoot() => root switch
    {
        IMethodBodyOperation body => ControlFlowGraph.Create(body),
        IConstructorBodyOperation body => ControlFlowGraph.Create(body),
        IBlockOperation body => ControlFlowGraph.Create(body),
        IFieldInitializerOperation initializer => ControlFlowGraph.Create(initializer),
        IPropertyInitializerOperation initializer => ControlFlowGraph.Create(initializer),
        IParameterInitializerOperation initializer => ControlFlowGraph.Create(initializer),
        _ => null,
    };

    private Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation> Lambdas(ControlFlowGraph graph)
    {
        if (_lambdas.TryGetValue(graph, out Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation>? found)) return found;
        found = [];
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
            {
                foreach (IFlowAnonymousFunctionOperation lambda in operation.DescendantsAndSelf().OfType<IFlowAnonymousFunctionOperation>())
                    found[lambda.Syntax] = lambda;
            }
        }

        _lambdas.Add(graph, found);
        return found;
    }
}
