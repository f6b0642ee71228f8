using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Text;

/// <summary>
/// The names that code in a network's own namespace uses. Each is an alias inside the namespace. Only <c>Span</c>, <c>ReadOnlySpan</c>,
/// <c>Array</c> and <c>InvalidOperationException</c> come through <c>using global::System;</c> there, which is as safe: the compiler looks up the
/// using directives of a namespace right after the members of the class, and before everything that the user's project declares. So
/// nothing in that project can change the meaning of a name.
/// </summary>
internal static class OwnTypes
{
    /// <summary>The keyword of a native integer: to the compiler a type of that name comes first.</summary>
    private const string NativeInt = "nint";

    /// <summary>The directive for <c>nint</c>.</summary>
    public static readonly string NativeInteger = Using(NativeInt, "System.IntPtr");

    private static readonly string[] FromSystem = ["Span", "ReadOnlySpan", "Array", "InvalidOperationException"];

    private static readonly string[] OfKernels =
    [
        "AlphaDropoutMask", "DenseGradients", "DropoutMask", "EightFloats", "FourFloats", "GaussianDropoutMask", "RepeatedFilters", "SpatialDropoutMask", "Math", "MethodImpl", "MethodImplOptions", "NoBias", "Simd128", "Simd256",
        "Unsafe", "WeightPacking", "WinogradWeights", NativeInt,
    ];

    private static readonly Dictionary<string, string> Targets = Index(
        ("NetGen", ["Initializer", "InputType", "Loss", "LossSettings", "NetworkSummary", "ParameterRole", "ParameterTable", "TrainingOptions", "WeightLayout"]),
        ("NetGen.CompilerServices",
        [
            "AlignedBuffer", "AlphaDropoutMask", "BatchNormalization", "BatchPanels", "ChannelStatistics", "DenseGradients", "Describe", "DropoutMask", "FloatRef",
            "GaussianDropoutMask", "GradientPart", "InferencePlan", "InferenceRunner", "NoBias", "ParameterMemory", "ParametricRectifier", "RepeatedFilters", "Simd128", "Simd256", "SpatialDropoutMask", "TrainingPlan", "TrainingRunner", "WeightPacking",
            "WinogradWeights", "WorkGroups",
        ]),
        ("System", ["Math"]),
        ("System.Runtime.CompilerServices", ["MethodImplOptions", "Unsafe"]),
        ("System.Runtime.InteropServices", ["MemoryMarshal"]),
        ("System.Runtime.Intrinsics", ["Vector256", "Vector512"]));

    /// <summary>All the names.</summary>
    public static IEnumerable<string> Names => [.. Targets.Keys, "Floats", "Simd"];

    /// <summary>The directives that a file needs, in order.</summary>
    /// <param name="types">The types of the file.</param>
    /// <param name="kernelBits">The vector width of a file with kernels; 0 for other files.</param>
    public static IEnumerable<string> UsingsOf(CodeWriter types, int kernelBits)
    {
        IEnumerable<(string Name, string Target)> all = Targets.Select(target => (target.Key, target.Value));
        if (kernelBits != 0)
        {
            all = all.Where(target => OfKernels.Contains(target.Name)).Append(("Floats", Invariant($"System.Runtime.Intrinsics.Vector{kernelBits}<float>")))
                .Append(("Simd", Invariant($"NetGen.CompilerServices.Simd{kernelBits}")));
        }

        HashSet<string> unseen = new([.. FromSystem, .. all.Select(target => target.Name)], StringComparer.Ordinal);
        foreach (string piece in types.Pieces())
            unseen.RemoveWhere(name => IsUsed(piece, name));
        if (!FromSystem.All(unseen.Contains))
            yield return "using global::System;";
        foreach ((string name, string target) in all.OrderBy(target => target.Name, StringComparer.Ordinal).Where(target => !unseen.Contains(target.Name)))
            yield return Using(name, target);
    }

    /// <summary>Whether a name stands in a text by itself.</summary>
    private static bool IsUsed(string text, string name)
    {
        for (int at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            if (!IsPart(text, at - 1) && !IsPart(text, at + name.Length))
                return true;
        }

        return false;
    }

    private static bool IsPart(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');

    private static string Using(string name, string target) => $"using {name} = global::{target};";

    private static Dictionary<string, string> Index(params (string Namespace, string[] Types)[] groups)
    {
        Dictionary<string, string> targets = groups
            .SelectMany(group => group.Types.Select(type => (Name: type, Target: group.Namespace + "." + type)))
            .ToDictionary(type => type.Name, type => type.Target, StringComparer.Ordinal);
        targets.Add("EightFloats", "System.Runtime.Intrinsics.Vector256<float>");
        targets.Add("FourFloats", "System.Runtime.Intrinsics.Vector128<float>");
        targets.Add("MethodImpl", "System.Runtime.CompilerServices.MethodImplAttribute");
        targets.Add(NativeInt, "System.IntPtr");
        return targets;
    }
}
