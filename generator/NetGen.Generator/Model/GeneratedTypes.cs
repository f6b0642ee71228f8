namespace NetGen.Generator.Model;

/// <summary>
/// The types that generated code calls by their short names. Where such a name means something else to the compiler, because the user's
/// namespace or class has it too, the code says the full one.
/// </summary>
internal static class GeneratedTypes
{
    /// <summary>The namespaces, by the name of the type; attributes with their suffix.</summary>
    public static IReadOnlyDictionary<string, string> Namespaces { get; } = Index(
        ("System",
        [
            "ArgumentException", "ArgumentOutOfRangeException", "Array", "FormattableString", "InvalidOperationException", "Math",
            "NotSupportedException", "ReadOnlySpan", "Span", "ThreadStaticAttribute",
        ]),
        ("System.Runtime.CompilerServices", ["MethodImplAttribute", "MethodImplOptions", "Unsafe"]),
        ("System.Runtime.InteropServices", ["MemoryMarshal"]),
        ("System.Runtime.Intrinsics", ["Vector128", "Vector256", "Vector512"]),
        ("NetGen",
        [
            "INetwork", "ITrainingPass", "Initializer", "LayerSummary", "Loss", 
            "NetworkSummary", "ParameterInfo", "ParameterTable", "ParameterView", "SafeTensors", "WeightLayout",
        ]),
        ("NetGen.CompilerServices",
        [
            "AlignedBuffer", "BatchChecks", "BatchPanels", "DropoutMask", "Heads", "IParallelWork", "MonteCarlo", "ShardGradients", "Simd",
            "NetworkMemberAttribute", "NetworkMemberRole", "TrainingPassAttribute", "WeightPacking", "WorkerPool",
        ]),
        ("", ["Floats", "VectorMath"]));

    private static Dictionary<string, string> Index(params (string Namespace, string[] Types)[] groups) => groups
        .SelectMany(group => group.Types.Select(type => (type, group.Namespace)))
        .ToDictionary(pair => pair.type, pair => pair.Namespace, StringComparer.Ordinal);
}
