using NetGen.Generator.Graph.Kernels;

namespace NetGen.Generator.Graph.Memory;

/// <summary>The offsets of the values that are reduced over a batch, and of the sums that each shard stores for them.</summary>
internal sealed class ReductionPlan
{
    public ReductionPlan(NetworkGraph graph)
    {
        List<(string, int)> names = [];
        Reductions = [.. graph.Operations.Select(operation => operation.Reduction).OfType<BatchReduction>()];
        foreach (BatchReduction reduction in Reductions)
        {
            foreach (string value in reduction.Values)
            {
                names.Add((NameOf(new(reduction.Operation, value)), ValuesLength));
                ValuesLength += MemoryPlanner.WholeLines(reduction.ValueLength);
            }

            // Sums are read before the next ones are stored.
            SumsLength = Math.Max(SumsLength, MemoryPlanner.WholeLines(reduction.SumsLength));
        }

        Names = names;
    }

    /// <summary>All of them, in the order in which they run.</summary>
    public IReadOnlyList<BatchReduction> Reductions { get; }

    /// <summary>Floats of all values of the batch.</summary>
    public int ValuesLength { get; }

    /// <summary>Floats of a shard's sums.</summary>
    public int SumsLength { get; }

    /// <summary>The names of the values in generated code, and where they begin.</summary>
    public IReadOnlyList<(string Name, int Offset)> Names { get; }

    /// <summary>The name of a value in generated code: <c>Batchnorm1Mean</c>.</summary>
    public static string NameOf(BatchValueOf value) => value.Operation.Name + value.Value;
}
