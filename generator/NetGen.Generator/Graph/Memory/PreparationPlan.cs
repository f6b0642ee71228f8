using NetGen.Generator.Graph.Kernels;

namespace NetGen.Generator.Graph.Memory;

/// <summary>
/// The values that a pass computes from parameters before its kernels run. Forward and backward each have a plan. The values of a plan lie one
/// after the other in a memory of their own.
/// </summary>
internal sealed class PreparationPlan
{
    private readonly Dictionary<string, int> _offsets = new(StringComparer.Ordinal);

    private PreparationPlan(IEnumerable<Preparation> preparations, int neededCount = 0)
    {
        Preparations = [.. preparations];
        NeededCount = neededCount;
        foreach (Preparation preparation in Preparations)
        {
            foreach (string array in preparation.Arrays)
            {
                _offsets.Add(new PreparedOf(preparation, array).Name, Length);
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
    public IEnumerable<(string Name, int Offset)> Names =>
        from preparation in Preparations
        from array in preparation.Arrays
        let prepared = new PreparedOf(preparation, array)
        select (prepared.Name, OffsetOf(prepared));

    /// <summary>What forward reads.</summary>
    public static PreparationPlan OfForward(NetworkGraph graph)
    {
        IEnumerable<Preparation> all =
            from operation in graph.Operations
            from function in operation.Epilogue.Functions.Items
            from values in function.Channels
            where values.Operand is PreparedOf
            select ((PreparedOf)values.Operand).Preparation;
        return new(all.Concat(graph.Operations.Select(operation => operation.ForwardWeights).OfType<Preparation>()).Distinct());
    }

    /// <summary>What backward reads: first what every backward needs.</summary>
    public static PreparationPlan OfBackward(NetworkGraph graph, TrainingMemory memory)
    {
        Operation[] operations = [.. graph.Operations.Where(operation => operation.BackwardWeights is not null && !memory.TransposesPanels(operation)).Reverse()];
        Preparation[] needed = [.. Of(operations.Where(operation => graph.NeedsGradient(operation.Source.Tensor)))];
        return new(needed.Concat(Of(operations.Where(operation => !graph.NeedsGradient(operation.Source.Tensor)))), needed.Length);

        static IEnumerable<Preparation> Of(IEnumerable<Operation> operations) =>
            operations.SelectMany(operation => new[] { operation.BackwardWeights, operation.BackwardLines }).OfType<Preparation>();
    }

    /// <summary>Whether an array is among them.</summary>
    public bool Has(PreparedOf prepared) => _offsets.ContainsKey(prepared.Name);

    /// <summary>Where an array begins.</summary>
    public int OffsetOf(PreparedOf prepared) => _offsets[prepared.Name];
}
