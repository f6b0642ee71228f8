using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>The methods of one vector width that several kernels of a network call; each is written once.</summary>
/// <param name="width">The vector width.</param>
/// <param name="readsAhead">
/// Whether dense layers prefetch the weights of the next panel while they compute one. They do if a layer of the network has weights that do not stay in the L2 cache: shortly before they are
/// read it is too late to fetch them. It is decided for the network, since its layers share methods.
/// </param>
internal sealed class SharedMethods(VectorWidth width, bool readsAhead)
{
    /// <summary>The type that holds them in generated code.</summary>
    public const string Type = "Tiles";

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    /// <summary>Whether dense layers prefetch the weights of the next panel.</summary>
    public bool ReadsAhead => readsAhead;

    /// <summary>The text of each method, with those that only it calls.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>Writes a method, unless it was written before.</summary>
    /// <param name="name">The name of the method.</param>
    /// <param name="write">Writes it.</param>
    public void Add(string name, Action<KernelWriter> write)
    {
        if (!_names.Add(name))
            return;
        CodeWriter code = new();
        using (code.Indent())
        {
            using (code.Indent())
                write(new KernelWriter(code, width, this));
        }

        _texts.Add(code.ToString());
    }
}
