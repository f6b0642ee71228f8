using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Model;

namespace NetGen.Generator.Graph.Memory;

/// <summary>What a pass computes from parameters before its kernels run, one after the other in a memory of its own.</summary>
internal sealed class PreparationPlan
{
    private readonly Dictionary<(Preparation, string Part), int> _offsets = [];

    public PreparationPlan(NetworkGraph graph)
    {
        IEnumerable<Preparation> all =
            from operation in graph.Operations
            from function in operation.Epilogue.Functions.Items
            from values in function.Channels
            where values.Operand is PreparedOf
            select ((PreparedOf)values.Operand).Preparation;
        Preparations = [.. all.Distinct()];
        foreach (Preparation preparation in Preparations)
        {
            foreach (string part in preparation.Parts)
            {
                _offsets.Add((preparation, part), Length);
                Length += MemoryPlanner.WholeLines(preparation.Length);
            }
        }
    }

    /// <summary>All of them, in the order of the layers.</summary>
    public IReadOnlyList<Preparation> Preparations { get; }

    /// <summary>Floats of all.</summary>
    public int Length { get; }

    /// <summary>The names of the parts in generated code, and where they begin.</summary>
    public IEnumerable<(string Name, int Offset)> Names =>
        from preparation in Preparations
        from part in preparation.Parts
        select (NameOf(new(preparation, part)), OffsetOf(new(preparation, part)));

    /// <summary>The name of a part in generated code: <c>Batchnorm1Scale</c>.</summary>
    public static string NameOf(PreparedOf prepared) => ParameterNames.Pascal(prepared.Preparation.Layer) + prepared.Part;

    /// <summary>Where a part begins.</summary>
    public int OffsetOf(PreparedOf prepared) => _offsets[(prepared.Preparation, prepared.Part)];
}
