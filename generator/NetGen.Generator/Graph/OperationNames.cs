using NetGen.Generator.Model;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph;

/// <summary>
/// Names the operations after their layers: <c>conv1</c> becomes <c>Conv1</c>. If generated code already uses a name, or one that an
/// operation makes from it with a suffix, a number is appended.
/// </summary>
internal sealed class OperationNames
{
    // The names of an operation's kernels and offsets are its own name with one of these suffixes.
    private static readonly string[] Suffixes =
        [
            "", "Single", "Training", "TrainingSingle", "Inside", "Argmax", "Gradient", "PreActivationGradient", "PreActivationGradientInside", "Inputs",
            "BiasGradient", "WeightGradient", "InputGradient", "InputGradientSingle", "Units",
        ];

    // The types of generated code: a member cannot have the name of its own class.
    private static readonly string[] Types =
        ["Inference", "Training", "IKernels", "Kernels128", "Kernels256", "Kernels512", "Place", "Activation", "Workspace", "Packed", "Panel", "Prepared", "Batch", "Mask", "Parameter", "Tiles"];

    private readonly HashSet<string> _taken = new(
        [
            .. OwnTypes.Names, .. Types, "NetworkInput", "NetworkInputInside", "Unrolled",
            "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
        ],
        StringComparer.Ordinal);

    /// <summary>The name of an operation, after its first layer.</summary>
    public string Take(Operation operation)
    {
        // Each tensor that the epilogue reads has a gradient.
        IEnumerable<string> operands = operation.Epilogue.Operands.Select((_, i) => Invariant($"Operand{i + 1}Gradient"));
        string[] suffixes = [.. Suffixes, .. operation.NameSuffixes, .. operands];
        string stem = ParameterNames.Pascal(operation.Layers[0]);
        string name = stem;
        for (int number = 1; suffixes.Any(suffix => _taken.Contains(name + suffix)); number++)
            name = stem + "_" + number;

        foreach (string suffix in suffixes)
            _taken.Add(name + suffix);
        return name;
    }
}
