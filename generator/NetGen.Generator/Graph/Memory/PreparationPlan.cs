using NetGen.Generator.Graph.Kernels;

namespace NetGen.Generator.Graph.Memory;

/// <summary>
/// The values that a pass computes from parameters before its kernels run. Forward and backward each have a plan. The values of a plan lie one
/// after the other in a memory of their own.
/// </summary>
internal sealed class PreparationPlan
{
    private readonly Dictionary<string, int> _offsets = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    private PreparationPlan(IEnumerable<Preparation> preparations, int neededCount = 0, IReadOnlyList<Preparation>? first = null)
    {
        Preparations = [.. preparations];
        NeededCount = neededCount;
        foreach (Preparation preparation in (first ?? []).Concat(Preparations))
        {
            foreach (string array in preparation.Arrays)
            {
                string name = new PreparedOf(preparation, array).Name;
                if (_offsets.ContainsKey(name))
                    continue;
                _offsets.Add(name, Length);
                _names.Add(name);
                Length += MemoryPlanner.WholeLines(preparation.Length);
            }
        }
    }

    /// <summary>All of them, in the order in which they are computed.</summary>
    public IReadOnlyList<Preparation> Preparations { get; }

    /// <summary>
    /// In backward: <c>Backward</c> needs the first <see cref="NeededCount"/> preparations, <c>InputGradients</c> needs all. What a call needs is
    /// computed together, unless all of it was computed since the weights were last written.
    /// </summary>
    public int NeededCount { get; }

    /// <summary>The length of all values, in floats.</summary>
    public int Length { get; }

    /// <summary>The names of the arrays in generated code, and where they begin.</summary>
    public IEnumerable<(string Name, int Offset)> Names => _names.Select(name => (name, _offsets[name]));

    /// <summary>What forward reads.</summary>
    /// <param name="graph">The graph of prediction or training.</param>
    /// <param name="other">The plan of the other graph, if the offsets are for both: each may read values that the other does not, because it fuses other operations. Those of the other lie first.</param>
    public static PreparationPlan OfForward(NetworkGraph graph, PreparationPlan? other = null) => new(Forward(graph), first: other?.Preparations);

    private static IEnumerable<Preparation> Forward(NetworkGraph graph)
    {
        IEnumerable<Preparation> ofFunctions =
            from operation in graph.Operations
            from function in operation.Epilogue.Functions.Items
            from values in function.Channels
            where values.Operand is PreparedOf
            select ((PreparedOf)values.Operand).Preparation;
        return ofFunctions.Concat(graph.Operations.SelectMany(operation => operation.ForwardWeights)).Distinct();
    }

    /// <summary>What backward reads: first what every backward needs.</summary>
    public static PreparationPlan OfBackward(NetworkGraph graph, TrainingMemory memory)
    {
        Operation[] operations = [.. graph.Operations.Where(operation => operation.BackwardWeights.Count > 0 && !memory.TransposesPanels(operation)).Reverse()];
        Preparation[] needed = [.. Of(operations.Where(operation => graph.NeedsGradient(operation.Source.Tensor)))];
        return new(needed.Concat(Of(operations.Where(operation => !graph.NeedsGradient(operation.Source.Tensor)))), needed.Length);

        static IEnumerable<Preparation> Of(IEnumerable<Operation> operations) => operations.SelectMany(operation => operation.BackwardWeights);
    }

    /// <summary>Whether an array is among them.</summary>
    public bool Has(PreparedOf prepared) => _offsets.ContainsKey(prepared.Name);

    /// <summary>Where an array begins.</summary>
    public int OffsetOf(PreparedOf prepared) => _offsets[prepared.Name];
}
