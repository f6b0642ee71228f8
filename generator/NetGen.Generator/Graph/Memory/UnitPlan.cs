namespace NetGen.Generator.Graph.Memory;

/// <summary>Where training notes the largest output of each unit. A unit is a channel: of flat features a value, of an image a channel at all positions.</summary>
internal sealed class UnitPlan
{
    private readonly Dictionary<Operation, int> _offsets = [];

    public UnitPlan(NetworkGraph graph)
    {
        Operations = [.. graph.Operations.Where(operation => operation.TrackedLayer is not null)];
        foreach (Operation operation in Operations)
        {
            _offsets.Add(operation, Length);
            Length += MemoryPlanner.WholeLines(operation.Output.Shape.Channels);
        }
    }

    /// <summary>The operations whose outputs are looked at, in order.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>Floats of all units.</summary>
    public int Length { get; }

    /// <summary>The offset of an operation's first unit.</summary>
    public int OffsetOf(Operation operation) => _offsets[operation];
}
