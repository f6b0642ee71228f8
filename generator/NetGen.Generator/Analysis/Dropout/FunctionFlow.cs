using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>What a step does to the outputs of a pass.</summary>
internal enum StepKind
{
    /// <summary>The variable gets a new pass.</summary>
    Begin,

    /// <summary>New outputs are computed, and overwrite the earlier ones.</summary>
    Forward,

    /// <summary>The outputs are read.</summary>
    Outputs,

    /// <summary>Gradients of the last forward computation are computed.</summary>
    Backward,
}

/// <summary>One step of a pass in a control flow graph.</summary>
internal readonly struct Step(StepKind kind, int block, int index, SyntaxNode syntax)
{
    public StepKind Kind { get; } = kind;

    public int Block { get; } = block;

    /// <summary>Its place among the steps of the pass in its block.</summary>
    public int Index { get; } = index;

    public SyntaxNode Syntax { get; } = syntax;
}

/// <summary>The control flow graph of one function. One walk finds the steps of all passes in its blocks.</summary>
internal sealed class FunctionFlow
{
    private readonly Dictionary<PassHistory, Dictionary<int, List<Step>>> _steps = [];

    // Blocks are in source order, so that a jump back closes a loop.
    private readonly List<(int Source, int Target)> _jumpsBack = [];

    /// <summary>Finds the steps in the blocks of the graph.</summary>
    /// <param name="graph">The graph of the function.</param>
    /// <param name="kinds">The steps of all passes, by their syntax.</param>
    public FunctionFlow(ControlFlowGraph graph, IReadOnlyDictionary<SyntaxNode, (StepKind Kind, PassHistory Pass)> kinds)
    {
        Graph = graph;
        for (int i = 0; i < graph.Blocks.Length; i++)
        {
            BasicBlock block = graph.Blocks[i];
            _jumpsBack.AddRange(Successors(block).Where(next => next <= i).Select(next => (i, next)));
            foreach (IOperation operation in block.Operations) Collect(operation, i, kinds);
            if (block.BranchValue is { } value) Collect(value, i, kinds);
        }
    }

    public ControlFlowGraph Graph { get; }

    /// <summary>The steps of a pass by block, in the order of evaluation.</summary>
    public IReadOnlyDictionary<int, List<Step>> StepsOf(PassHistory pass) =>
        _steps.TryGetValue(pass, out Dictionary<int, List<Step>>? steps) ? steps : new Dictionary<int, List<Step>>();

    public static IEnumerable<int> Successors(BasicBlock block)
    {
        if (block.FallThroughSuccessor?.Destination is { } next) yield return next.Ordinal;
        if (block.ConditionalSuccessor?.Destination is { } other) yield return other.Ordinal;
    }

    /// <summary>Whether no path jumps back from after a range of blocks into the range, or to a block before it.</summary>
    public bool EndsAt(int last) => !_jumpsBack.Exists(jump => jump.Source > last && jump.Target <= last);

    /// <summary>Whether paths that jump back from after a range of blocks enter the range only at its first block.</summary>
    public bool IsEnteredAt(int first, int last) => !_jumpsBack.Exists(jump => jump.Source > last && jump.Target > first && jump.Target <= last);

    /// <summary>Whether no path jumps back to before a block, from that block or from one after it.</summary>
    public bool BeginsAt(int first) => !_jumpsBack.Exists(jump => jump.Source >= first && jump.Target < first);

    private void Collect(IOperation root, int block, IReadOnlyDictionary<SyntaxNode, (StepKind Kind, PassHistory Pass)> kinds)
    {
        // Operands come before what they are operands of: the reverse of parents first and children from the right.
        var order = new Stack<IOperation>();
        var open = new Stack<IOperation>([root]);
        while (open.Count != 0)
        {
            IOperation operation = open.Pop();
            order.Push(operation);
            foreach (IOperation child in operation.ChildOperations) open.Push(child);
        }

        foreach (IOperation operation in order)
        {
            // The graph's implicit calls, such as those of a foreach, share the syntax of what they are called on.
            if (operation.IsImplicit
                || operation.Kind is not (OperationKind.Invocation or OperationKind.PropertyReference or OperationKind.ObjectCreation or OperationKind.LocalReference
                    or OperationKind.FlowAnonymousFunction)
                || !kinds.TryGetValue(operation.Syntax, out (StepKind Kind, PassHistory Pass) step))
            {
                continue;
            }

            if (!_steps.TryGetValue(step.Pass, out Dictionary<int, List<Step>>? blocks)) _steps.Add(step.Pass, blocks = []);
            if (!blocks.TryGetValue(block, out List<Step>? steps)) blocks.Add(block, steps = []);
            steps.Add(new Step(step.Kind, block, steps.Count, operation.Syntax));
        }
    }
}
