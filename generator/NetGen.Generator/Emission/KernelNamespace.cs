using System.Text;
using NetGen.Generator.Lowering;
using NetGen.Generator.Model;
using static System.FormattableString;

namespace NetGen.Generator.Emission;

/// <summary>
/// The namespace of a network's kernels. The compiler looks for a simple name in the class, then in this namespace and its aliases, and
/// only then further out. Nobody else writes here and every name that kernels use is an alias, so whatever the user's project
/// declares, none of it can come between.
/// </summary>
internal static class KernelNamespace
{
    /// <summary>C# leaves identifiers with two underscores side by side to tools like this one.</summary>
    private const string Root = "__NetGen";

    /// <summary>The names that kernels use, with what they stand for at the widest vectors.</summary>
    public static IReadOnlyCollection<string> Names { get; } =
        [.. KernelAliases(VectorWidth.All[0]).Concat(DispatchAliases).Select(alias => alias.Name), .. ClassNames()];

    /// <summary>The full name of a class with kernels, or of the one that picks the width: <c>global::__NetGen.Samples_Digits.InferenceKernels</c>.</summary>
    public static string FullName(NetworkModel model, string pass, VectorWidth? width = null) =>
        $"global::{Root}.{SourceFile.Escape(Leaf(model))}.{ClassName(pass, width)}";

    /// <summary>The name of a class with kernels, or of the one that picks the width.</summary>
    public static string ClassName(string pass, VectorWidth? width = null) =>
        width is null ? pass + "Kernels" : Invariant($"{pass}Kernels{width.Bits}");

    /// <summary>Writes a file with one class of the namespace.</summary>
    /// <param name="model">The network.</param>
    /// <param name="width">The vectors that its kernels are for; null for the class that picks the width.</param>
    /// <param name="name">The name of the class.</param>
    /// <param name="summary">What it is, in a sentence.</param>
    /// <param name="body">Writes the members.</param>
    public static string Write(NetworkModel model, VectorWidth? width, string name, string summary, Action<CodeWriter> body)
    {
        CodeWriter code = new();
        SourceFile.Header(code, model, nullable: false);
        if (width is not null)
            code.Line("#pragma warning disable CS8981 // The alias nint is in small letters, as the keyword is.");
        code.Line();
        code.Line($"namespace {Root}.{SourceFile.Escape(Leaf(model))};");
        code.Line();
        foreach (Alias alias in width is null ? DispatchAliases : KernelAliases(width))
            code.Line($"using {alias.Name} = global::{alias.Target};");
        code.Line();
        code.Line($"/// <summary>{summary}</summary>");
        code.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        using (code.Open("internal static class " + name))
            body(code);
        return code.ToString();
    }

    /// <summary>
    /// The full name of the network as one identifier that no other network has: <c>_</c> for a dot, <c>_0</c> for an underscore, because
    /// no identifier begins with a digit.
    /// </summary>
    private static string Leaf(NetworkModel model)
    {
        StringBuilder leaf = new();
        if (model.Namespace is not null)
            Append(model.Namespace);
        foreach (TypeHeader container in model.Containers)
            Append(container.Name);
        Append(model.Name);
        return leaf.ToString();

        void Append(string name)
        {
            if (leaf.Length > 0)
                leaf.Append('_');
            leaf.Append(name.Replace("_", "_0").Replace('.', '_'));
        }
    }

    private static Alias[] KernelAliases(VectorWidth width) =>
    [
        new("DropoutMask", "NetGen.CompilerServices.DropoutMask"),
        new("Floats", Invariant($"System.Runtime.Intrinsics.Vector{width.Bits}<float>")),
        new("Math", "System.Math"),
        new("MethodImpl", "System.Runtime.CompilerServices.MethodImplAttribute"),
        new("MethodImplOptions", "System.Runtime.CompilerServices.MethodImplOptions"),
        new("Simd", Invariant($"NetGen.CompilerServices.Simd{width.Bits}")),
        new("Unsafe", "System.Runtime.CompilerServices.Unsafe"),
        new("nint", "System.IntPtr"),
    ];

    private static Alias[] DispatchAliases =>
    [
        new("MethodImpl", "System.Runtime.CompilerServices.MethodImplAttribute"),
        new("MethodImplOptions", "System.Runtime.CompilerServices.MethodImplOptions"),
        .. from width in VectorWidth.All select new Alias(Invariant($"Vector{width.Bits}"), Invariant($"System.Runtime.Intrinsics.Vector{width.Bits}")),
        new("nint", "System.IntPtr"),
    ];

    private static IEnumerable<string> ClassNames() =>
        from pass in new[] { "Inference", "Training" }
        from width in VectorWidth.All.Prepend(null)
        select ClassName(pass, width);

    /// <summary>A name and the type that it stands for.</summary>
    private readonly record struct Alias(string Name, string Target);
}
