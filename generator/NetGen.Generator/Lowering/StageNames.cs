using NetGen.Generator.Emission;
using NetGen.Generator.Model;

namespace NetGen.Generator.Lowering;

/// <summary>
/// Names the stages after their layers: <c>conv1</c> becomes <c>Conv1</c>. A name that generated code needs for something
/// else, or that would make two of its members alike, gets a number behind it.
/// </summary>
internal sealed class StageNames
{
    // What is made of the name of a stage, as the name of a kernel or of an offset.
    private static readonly string[] Suffixes =
        ["", "Single", "Index", "Gradient", "Sums", "OutputGradient", "WeightGradient", "InputGradient"];

    // What is in the classes in which these names are members: what kernels call, the plans of the memory, and what every class has.
    private readonly HashSet<string> _taken = new(
        [
            .. KernelNamespace.Names,
            "Chunk", "RowLength", "SampleLength", "NetworkInput",
            "ShardSize", "MostShards", "RecordLength", "ScratchLength", "ShardedParameters", "PackedLength", "PackTasks", "AllPackTasks",
            "FinishTasks", "PanelTasks", "PanelsLength", "InferenceMemory", "TrainingMemory",
            "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString", "Unrolled",
        ],
        StringComparer.Ordinal);

    /// <summary>The name of the next stage of a layer.</summary>
    public string Take(string layer)
    {
        string stem = ParameterNames.Pascal(layer);
        string name = stem;
        for (int number = 1; Suffixes.Any(suffix => _taken.Contains(name + suffix)); number++)
            name = stem + "_" + number;

        foreach (string suffix in Suffixes)
            _taken.Add(name + suffix);
        return name;
    }
}
