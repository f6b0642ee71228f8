using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// What control flow says of one pass in one function: which forward computation a read sees, and whether that one reaches
/// <c>Backward</c> before the next takes its place.
/// </summary>
internal sealed class PassFacts
{
    /// <summary>More forward computations than that are not told apart.</summary>
    private const int Limit = 4;

    private readonly FunctionFlow _flow;
    private readonly IReadOnlyDictionary<int, List<Step>> _steps;
    private readonly Dictionary<int, BlockSteps> _blocks;
    private readonly HashSet<int> _trainsFrom = [];
    private readonly Dictionary<int, Seen> _entries = [];
    private readonly Dictionary<SyntaxNode, Step> _reads = [];
    private readonly int _first;
    private readonly int _last;
    private HashSet<int>? _withoutForward;

    private PassFacts(FunctionFlow flow, IReadOnlyDictionary<int, List<Step>> steps)
    {
        _flow = flow;
        _steps = steps;
        _blocks = steps.ToDictionary(static pair => pair.Key, static pair => new BlockSteps(pair.Value));
        _first = steps.Count == 0 ? 0 : steps.Keys.Min();
        _last = steps.Count == 0 ? 0 : steps.Keys.Max();
        foreach (Step read in steps.Values.SelectMany(static steps => steps).Where(static step => step.Kind == StepKind.Outputs))
            _reads[read.Syntax] = read;
    }

    /// <summary>Follows the steps of a pass.</summary>
    /// <returns>Null where the order cannot be told: inside a catch or finally block.</returns>
    public static PassFacts? Of(FunctionFlow flow, PassHistory pass)
    {
        IReadOnlyDictionary<int, List<Step>> steps = flow.StepsOf(pass);
        if (steps.Keys.Any(block => IsInHandler(flow.Graph.Blocks[block]))) return null;
        var facts = new PassFacts(flow, steps);
        facts.FindTraining();
        facts.FindForwards();
        return facts;
    }

    /// <summary>What a read of outputs sees; null where it is never executed.</summary>
    public Seen? SeenBy(SyntaxNode outputs)
    {
        if (!_reads.TryGetValue(outputs, out Step read) || !_flow.Graph.Blocks[read.Block].IsReachable) return null;
        return Last(read.Block, read.Index) is { } own ? After(own) : Entry(read.Block);
    }

    /// <summary>Whether a read can be executed without a forward computation before it in this function.</summary>
    public bool MayPrecedeForwards(SyntaxNode outputs) =>
        _reads.TryGetValue(outputs, out Step read) && Last(read.Block, read.Index) is null && WithoutForward().Contains(read.Block);

    /// <summary>Whether <c>Backward</c> may work on a forward computation of another function.</summary>
    public bool TrainsForOthers() => _steps.Values.SelectMany(static steps => steps).Any(
        step => step.Kind == StepKind.Backward && Last(step.Block, step.Index) is null && WithoutForward().Contains(step.Block));

    private static bool IsInHandler(BasicBlock block)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter)
                return true;
        }

        return false;
    }

    /// <summary>The blocks from whose beginning <c>Backward</c> is reached before a forward computation.</summary>
    private void FindTraining()
    {
        bool begins = BeginsAnew() || _flow.BeginsAt(_first);
        var open = new Stack<int>();
        foreach (int block in _steps.Keys)
        {
            if (Next(block, 0) == StepKind.Backward && _trainsFrom.Add(block)) open.Push(block);
        }

        while (open.Count != 0)
        {
            int block = open.Pop();
            foreach (ControlFlowBranch branch in _flow.Graph.Blocks[block].Predecessors)
            {
                int source = branch.Source.Ordinal;
                if (begins && source < _first) continue;
                if (Next(source, 0) is null && _trainsFrom.Add(source)) open.Push(source);
            }
        }
    }

    /// <summary>Which forward computations reach the beginning of each block.</summary>
    private void FindForwards()
    {
        bool ends = _flow.EndsAt(_last) || (BeginsAnew() && _flow.IsEnteredAt(_first, _last));
        var open = new Queue<int>();
        foreach (int block in _steps.Keys)
        {
            if (Last(block, int.MaxValue) is { } last) Leave(block, After(last));
        }

        while (open.Count != 0)
        {
            int block = open.Dequeue();
            if (Last(block, int.MaxValue) is null) Leave(block, _entries[block]);
        }

        void Leave(int block, Seen seen)
        {
            foreach (int next in FunctionFlow.Successors(_flow.Graph.Blocks[block]))
            {
                if (ends && next > _last) continue;
                Seen before = Entry(next);
                Seen joined = before.Join(seen);
                if (joined.Equals(before)) continue;
                _entries[next] = joined;
                open.Enqueue(next);
            }
        }
    }

    /// <summary>Whether the variable gets a new pass before anything else, as a variable does that is declared inside a loop.</summary>
    private bool BeginsAnew() => Next(_first, 0) == StepKind.Begin;

    private Seen Entry(int block) => _entries.TryGetValue(block, out Seen seen) ? seen : Seen.Nothing;

    private Seen After(Step step) =>
        step.Kind == StepKind.Forward ? new Seen([step.Syntax], false, Trains(step)) : Seen.Nothing;

    private bool Trains(Step forward) => Next(forward.Block, forward.Index + 1) is { } next
        ? next == StepKind.Backward
        : FunctionFlow.Successors(_flow.Graph.Blocks[forward.Block]).Any(_trainsFrom.Contains);

    /// <summary>The kind of the next step in a block that trains on the outputs or replaces them.</summary>
    private StepKind? Next(int block, int index) =>
        _blocks.TryGetValue(block, out BlockSteps steps) ? steps.Next[Math.Min(index, steps.Next.Length - 1)] : null;

    /// <summary>The last step in a block, before an index, that gives new outputs or a new pass.</summary>
    private Step? Last(int block, int index) =>
        _blocks.TryGetValue(block, out BlockSteps steps) ? steps.Last[Math.Min(index, steps.Last.Length - 1)] : null;

    /// <summary>The blocks whose beginning is reached from the function's without a forward computation.</summary>
    private HashSet<int> WithoutForward()
    {
        if (_withoutForward is not null) return _withoutForward;
        _withoutForward = [0];
        var open = new Stack<int>([0]);
        while (open.Count != 0)
        {
            int block = open.Pop();
            if (Last(block, int.MaxValue) is { Kind: StepKind.Forward }) continue;
            foreach (int next in FunctionFlow.Successors(_flow.Graph.Blocks[block]))
            {
                if (_withoutForward.Add(next)) open.Push(next);
            }
        }

        return _withoutForward;
    }

    /// <summary>Of each place among the steps of a block, what comes next and what came last.</summary>
    private readonly struct BlockSteps
    {
        public BlockSteps(List<Step> steps)
        {
            Next = new StepKind?[steps.Count + 1];
            Last = new Step?[steps.Count + 1];
            for (int i = 0; i < steps.Count; i++) Last[i + 1] = steps[i].Kind is StepKind.Forward or StepKind.Begin ? steps[i] : Last[i];
            for (int i = steps.Count - 1; i >= 0; i--) Next[i] = steps[i].Kind == StepKind.Outputs ? Next[i + 1] : steps[i].Kind;
        }

        public StepKind?[] Next { get; }

        public Step?[] Last { get; }
    }

    /// <summary>The forward computations whose outputs are seen somewhere.</summary>
    internal readonly struct Seen(ImmutableArray<SyntaxNode> forwards, bool areMore, bool isTraining) : IEquatable<Seen>
    {
        public static readonly Seen Nothing = new([], false, false);

        public ImmutableArray<SyntaxNode> Forwards { get; } = forwards;

        /// <summary>Whether there are more than are listed.</summary>
        public bool AreMore { get; } = areMore;

        /// <summary>Whether one of them reaches <c>Backward</c>.</summary>
        public bool IsTraining { get; } = isTraining;

        public Seen Join(Seen other)
        {
            ImmutableArray<SyntaxNode> all = Forwards.IsEmpty ? other.Forwards : Forwards.AddRange(other.Forwards.Except(Forwards));
            bool areTooMany = all.Length > Limit;
            return new(areTooMany ? Forwards : all, AreMore || other.AreMore || areTooMany, IsTraining || other.IsTraining);
        }

        /// <summary>Sets only grow, so that equally long ones are equal.</summary>
        public bool Equals(Seen other) =>
            Forwards.Length == other.Forwards.Length && AreMore == other.AreMore && IsTraining == other.IsTraining;

        public override bool Equals(object? obj) => obj is Seen other && Equals(other);

        public override int GetHashCode() => Forwards.Length;
    }
}
