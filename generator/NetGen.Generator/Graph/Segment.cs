namespace NetGen.Generator.Graph;

/// <summary>
/// Operations that run one after the other: either all of them for one sample and then for the next, so that its values stay in the
/// second-level cache; or one operation for all samples of a chunk or shard, so that weights are read once for all of them.
/// </summary>
/// <param name="TakesAllSamples">Whether it is one operation for all samples.</param>
/// <param name="Operations">The operations.</param>
internal sealed record Segment(bool TakesAllSamples, IReadOnlyList<Operation> Operations)
{
    /// <summary>Splits the operations of a graph.</summary>
    public static IReadOnlyList<Segment> Split(IEnumerable<Operation> operations)
    {
        List<Segment> segments = [];
        List<Operation> bySample = [];
        foreach (Operation operation in operations)
        {
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
