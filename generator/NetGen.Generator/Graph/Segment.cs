using NetGen.Generator.Graph.Kernels;

namespace NetGen.Generator.Graph;

/// <summary>
/// Consecutive operations with one order of work. Either each sample goes through all of them before the next sample begins (depth-first),
/// so that its values stay in the L2 cache; or it is one operation that takes all samples of a chunk or shard, so that weights are
/// read once for all samples.
/// </summary>
/// <param name="TakesAllSamples">Whether it is one operation for all samples.</param>
/// <param name="Operations">The operations.</param>
internal sealed record Segment(bool TakesAllSamples, IReadOnlyList<Operation> Operations)
{
    /// <summary>The reduction over the whole batch that must run before the segment; null for none.</summary>
    public BatchReduction? Reduction => Operations[0].Reduction;

    /// <summary>The segments in phases: each segment with a reduction begins a new phase. One that is computed for the whole batch separates two phases, and belongs to none.</summary>
    public static IReadOnlyList<IReadOnlyList<Segment>> Phases(IReadOnlyList<Segment> segments)
    {
        HashSet<Operation> layers = [.. BatchLayers(segments)];
        List<List<Segment>> phases = [[]];
        foreach (Segment segment in segments)
        {
            bool isLayer = layers.Contains(segment.Operations[0]);
            if (isLayer || segment.Reduction is not null)
                phases.Add([]);
            if (!isLayer)
                phases[phases.Count - 1].Add(segment);
        }

        return phases;
    }

    /// <summary>The operations with many weights that are computed for the whole batch, panel by panel; none in a network with reductions, whose shards must keep to one size.</summary>
    public static IReadOnlyList<Operation> BatchLayers(IReadOnlyList<Segment> segments) => segments.Any(segment => segment.Reduction is not null) ? []
        : [.. segments.Where(segment => segment.TakesAllSamples).Select(segment => segment.Operations[0]).Where(operation => operation.Sharing is not null)];

    /// <summary>Splits the operations of a graph.</summary>
    public static IReadOnlyList<Segment> Split(IEnumerable<Operation> operations)
    {
        List<Segment> segments = [];
        List<Operation> bySample = [];
        foreach (Operation operation in operations)
        {
            if (operation.Reduction is not null)
                Close();
            if (!operation.TakesAllSamples)
            {
                bySample.Add(operation);
                continue;
            }

            Close();
            segments.Add(new(true, [operation]));
        }

        Close();
        return segments;

        void Close()
        {
            if (bySample.Count > 0)
                segments.Add(new(false, bySample));
            bySample = [];
        }
    }
}
