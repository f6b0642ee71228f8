using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// In which order the forward passes, the reads of the outputs, the backward passes and the predictions of one method
/// can be executed.
/// </summary>
internal sealed class PassFlow
{
    private readonly ControlFlowGraph _graph;
    private readonly List<Step>[] _steps;

    private PassFlow(ControlFlowGraph graph, List<Step>[] steps)
    {
        _graph = graph;
        _steps = steps;
    }

    private enum StepKind
    {
        Forward,
        Outputs,
        Backward,
        Predict,
    }

    /// <summary>Lays the steps of one pass along the control flow of the function that they stand in.</summary>
    /// <returns>Null where the order cannot be told, for example inside a catch or finally block.</returns>
    public static PassFlow? Create(
        IOperation root,
        IOperation? function,
        IEnumerable<IInvocationOperation> forwards,
        IEnumerable<IPropertyReferenceOperation> outputs,
        IEnumerable<IInvocationOperation> backwards,
        NetworkSymbols symbols)
    {
        if (GraphOf(root, function) is not { } graph) return null;
        var kinds = new Dictionary<SyntaxNode, StepKind>();
        foreach (IInvocationOperation step in forwards) kinds[step.Syntax] = StepKind.Forward;
        foreach (IInvocationOperation step in backwards) kinds[step.Syntax] = StepKind.Backward;
        foreach (IPropertyReferenceOperation step in outputs) kinds[step.Syntax] = StepKind.Outputs;

        var steps = new List<Step>[graph.Blocks.Length];
        foreach (BasicBlock block in graph.Blocks)
        {
            List<Step> found = steps[block.Ordinal] = [];
            foreach (IOperation operation in block.Operations) Collect(operation, block.Ordinal, kinds, found, symbols);
            if (block.BranchValue is { } value) Collect(value, block.Ordinal, kinds, found, symbols);
            if (found.Count != 0 && IsInHandler(block)) return null;
        }

        return new PassFlow(graph, steps);
    }

    /// <summary>
    /// The forward passes whose outputs a read can see; null where the read or one of them can be followed by a backward
    /// pass, which makes it training, or where another branch predicts, so that the mode is chosen at run time.
    /// </summary>
    public ImmutableArray<SyntaxNode>? PredictingForwards(IPropertyReferenceOperation read)
    {
        if (Find(read.Syntax) is not { } at || !_graph.Blocks[at.Block].IsReachable) return null;
        List<Step> forwards = ForwardsBefore(at);
        if (forwards.Append(at).Any(CanReachBackward)) return null;
        bool modeIsChosen = _steps.SelectMany(static steps => steps).Any(
            step => step.Kind == StepKind.Predict && _graph.Blocks[step.Block].IsReachable && AreAlternatives(step.Block, at.Block));
        return modeIsChosen ? null : [.. forwards.Select(static step => step.Syntax)];
    }

    /// <summary>The forward passes whose outputs a read can see.</summary>
    public ImmutableArray<SyntaxNode> ForwardsOf(IPropertyReferenceOperation read) =>
        Find(read.Syntax) is { } at ? [.. ForwardsBefore(at).Select(static step => step.Syntax)] : [];

    private static ControlFlowGraph? GraphOf(IOperation root, IOperation? function)
    {
        ControlFlowGraph? graph = root switch
        {
            IMethodBodyOperation body => ControlFlowGraph.Create(body),
            IConstructorBodyOperation body => ControlFlowGraph.Create(body),
            IBlockOperation body => ControlFlowGraph.Create(body),
            IFieldInitializerOperation initializer => ControlFlowGraph.Create(initializer),
            IPropertyInitializerOperation initializer => ControlFlowGraph.Create(initializer),
            IParameterInitializerOperation initializer => ControlFlowGraph.Create(initializer),
            _ => null,
        };
        var path = new Stack<IOperation>();
        for (; function is not null; function = PassUse.FunctionOf(function)) path.Push(function);
        while (graph is not null && path.Count != 0)
        {
            IOperation next = path.Pop();
            graph = next is ILocalFunctionOperation local
                ? graph.LocalFunctions.Contains(local.Symbol) ? graph.GetLocalFunctionControlFlowGraph(local.Symbol) : null
                : LambdaGraph(graph, next.Syntax);
        }

        return graph;
    }

    private static ControlFlowGraph? LambdaGraph(ControlFlowGraph graph, SyntaxNode syntax) =>
        graph.Blocks
            .SelectMany(static block => block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
            .SelectMany(static operation => operation.DescendantsAndSelf())
            .OfType<IFlowAnonymousFunctionOperation>()
            .Where(lambda => lambda.Syntax == syntax)
            .Select(lambda => graph.GetAnonymousFunctionControlFlowGraph(lambda))
            .FirstOrDefault();

    /// <summary>Adds the steps below an operation in the order of evaluation: operands first.</summary>
    private static void Collect(
        IOperation operation, int block, Dictionary<SyntaxNode, StepKind> kinds, List<Step> steps, NetworkSymbols symbols)
    {
        foreach (IOperation child in operation.ChildOperations) Collect(child, block, kinds, steps, symbols);

        // The graph's implicit calls, such as those of a foreach, share the syntax of what they are called on.
        if (operation.IsImplicit || operation is not (IInvocationOperation or IPropertyReferenceOperation)) return;
        if (kinds.TryGetValue(operation.Syntax, out StepKind kind))
            steps.Add(new Step(kind, block, steps.Count, operation.Syntax));
        else if (operation is IInvocationOperation call && symbols.RoleOf(call.TargetMethod) == MemberRole.Predict)
            steps.Add(new Step(StepKind.Predict, block, steps.Count, operation.Syntax));
    }

    private static bool IsInHandler(BasicBlock block)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter)
                return true;
        }

        return false;
    }

    private static IEnumerable<int> Successors(BasicBlock block)
    {
        if (block.FallThroughSuccessor?.Destination is { } next) yield return next.Ordinal;
        if (block.ConditionalSuccessor?.Destination is { } other) yield return other.Ordinal;
    }

    private Step? Find(SyntaxNode syntax)
    {
        foreach (Step step in _steps.SelectMany(static steps => steps))
        {
            if (step.Syntax == syntax) return step;
        }

        return null;
    }

    private List<Step> ForwardsBefore(Step read)
    {
        var found = new List<Step>();
        if (LastForward(_steps[read.Block].Take(read.Index)) is { } own)
        {
            found.Add(own);
            return found;
        }

        var seen = new HashSet<int>();
        var open = new Stack<BasicBlock>(_graph.Blocks[read.Block].Predecessors.Select(static branch => branch.Source));
        while (open.Count != 0)
        {
            BasicBlock block = open.Pop();
            if (!seen.Add(block.Ordinal)) continue;
            if (LastForward(_steps[block.Ordinal]) is { } forward)
            {
                found.Add(forward);
                continue;
            }

            foreach (ControlFlowBranch branch in block.Predecessors) open.Push(branch.Source);
        }

        return found;
    }

    private static Step? LastForward(IEnumerable<Step> steps)
    {
        Step? last = null;
        foreach (Step step in steps)
        {
            if (step.Kind == StepKind.Forward) last = step;
        }

        return last;
    }

    private bool CanReachBackward(Step from) =>
        _steps[from.Block].Skip(from.Index + 1).Any(static step => step.Kind == StepKind.Backward)
        || Reachable(from.Block, []).Any(block => _steps[block].Any(static step => step.Kind == StepKind.Backward));

    /// <summary>
    /// Whether one run through the innermost common loop executes at most one of two blocks: neither reaches the other
    /// once the entries of their common loops are cut.
    /// </summary>
    private bool AreAlternatives(int first, int second)
    {
        if (first == second) return false;
        var cut = new HashSet<int>();
        while (true)
        {
            HashSet<int> fromFirst = Reachable(first, cut);
            HashSet<int> fromSecond = Reachable(second, cut);
            bool onward = fromFirst.Contains(second);
            bool back = fromSecond.Contains(first);
            if (!onward && !back) return true;
            if (onward != back) return false;

            // Both lie on a common cycle: its first block in source order is where the loop is entered.
            cut.Add(fromFirst.Where(block => fromSecond.Contains(block) && Reachable(block, cut).Contains(first)).Min());
        }
    }

    /// <summary>The blocks that can follow a block, itself only through a loop, without entering a block that is cut.</summary>
    private HashSet<int> Reachable(int from, HashSet<int> cut)
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>([from]);
        while (open.Count != 0)
        {
            foreach (int next in Successors(_graph.Blocks[open.Pop()]))
            {
                if (!cut.Contains(next) && seen.Add(next)) open.Push(next);
            }
        }

        return seen;
    }

    private readonly struct Step(StepKind kind, int block, int index, SyntaxNode syntax)
    {
        public StepKind Kind { get; } = kind;

        public int Block { get; } = block;

        public int Index { get; } = index;

        public SyntaxNode Syntax { get; } = syntax;
    }
}
