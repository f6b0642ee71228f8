using static System.FormattableString;

namespace NetGen.Generator.Text;

/// <summary>
/// The names that code in a network's own namespace uses. Each is an alias inside the namespace. Only <c>Span</c>, <c>ReadOnlySpan</c>,
/// <c>Array</c> and <c>InvalidOperationException</c> come through <c>using global::System;</c> there, which is as safe: the compiler looks at a
/// namespace's own using directives right after the class, and before anything that the user's project can reach. So whatever that
/// declares, no name comes to mean something else.
/// </summary>
internal static class OwnTypes
{
    /// <summary>The keyword of a native integer: to the compiler a type of that name comes first.</summary>
    private const string NativeInt = "nint";

    /// <summary>The directive for <c>nint</c>.</summary>
    public static readonly string NativeInteger = Using(NativeInt, "System.IntPtr");

    private static readonly Dictionary<string, string> Targets = Index(
        ("NetGen", ["Initializer", "Loss", "NetworkSummary", "ParameterRole", "ParameterTable", "TrainingOptions", "WeightLayout"]),
        ("NetGen.CompilerServices",
        [
            "AlignedBuffer", "BatchPanels", "Describe", "DropoutMask", "FloatRef", "InferencePlan", "InferenceRunner", "ParameterMemory", "TrainingPlan",
            "TrainingRunner", "WeightPacking", "WorkGroups",
        ]),
        ("System", ["Math"]),
        ("System.Runtime.CompilerServices", ["MethodImplOptions", "Unsafe"]),
        ("System.Runtime.InteropServices", ["MemoryMarshal"]),
        ("System.Runtime.Intrinsics", ["Vector256", "Vector512"]));

    /// <summary>All the names.</summary>
    public static IEnumerable<string> Names => [.. Targets.Keys, "Floats", "Simd"];

    /// <summary>The directives for files with kernels of one vector width.</summary>
    public static IReadOnlyList<string> OfKernels(int bits) =>
    [
        .. Usings("DropoutMask", "Math", "MethodImpl", "MethodImplOptions", "Unsafe", NativeInt),
        Using("Floats", Invariant($"System.Runtime.Intrinsics.Vector{bits}<float>")),
        Using("Simd", Invariant($"NetGen.CompilerServices.Simd{bits}")),
    ];

    /// <summary>The directives for some of the names.</summary>
    public static IEnumerable<string> Usings(params string[] names) => names.Select(name => Using(name, Targets[name]));

    private static string Using(string name, string target) => $"using {name} = global::{target};";

    private static Dictionary<string, string> Index(params (string Namespace, string[] Types)[] groups)
    {
        Dictionary<string, string> targets = groups
            .SelectMany(group => group.Types.Select(type => (Name: type, Target: group.Namespace + "." + type)))
            .ToDictionary(type => type.Name, type => type.Target, StringComparer.Ordinal);
        targets.Add("MethodImpl", "System.Runtime.CompilerServices.MethodImplAttribute");
        targets.Add(NativeInt, "System.IntPtr");
        return targets;
    }
}
