using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;

namespace NetGen.Generator.Emission;

/// <summary>
/// The kernels of both passes. Kernels with the same code at every vector width become one method: the kernel of a layer at inference and in
/// training, or the kernels of layers with equal shapes.
/// </summary>
internal sealed class KernelTable
{
    private readonly Dictionary<(PassKernels Pass, string Kernel), string> _names = [];
    private readonly List<WrittenKernel> _kernels = [];
    private readonly SharedMethods[] _shared = [.. VectorWidth.All.Select(width => new SharedMethods(width))];

    /// <summary>Writes the kernels.</summary>
    /// <param name="inference">The kernels of prediction.</param>
    /// <param name="training">The kernels of training.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public KernelTable(PassKernels inference, PassKernels training, CancellationToken cancellation)
    {
        Dictionary<string, WrittenKernel> byText = new(StringComparer.Ordinal);
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach ((PassKernels pass, Kernel kernel) in Of(inference).Concat(Of(training)))
        {
            cancellation.ThrowIfCancellationRequested();
            string[] texts = Texts(kernel);
            string code = Code(kernel.Name, texts);
            if (byText.TryGetValue(code, out WrittenKernel? same))
            {
                same.Summaries.Add(kernel.Summary);
            }
            else
            {
                // The kernel of a layer in training may differ from that at inference: it drops units, or stores the argmax of each window.
                string name = taken.Contains(kernel.Name) ? kernel.Name + "Training" : kernel.Name;
                if (name != kernel.Name)
                    texts = [.. Texts(kernel with { Name = name }).Select(text => Renamed(text, kernel.Name, name))];
                same = new(name, kernel, texts);
                taken.Add(name);
                byText.Add(code, same);
                _kernels.Add(same);
            }

            _names.Add((pass, kernel.Name), same.Name);
        }
    }

    /// <summary>The different kernels.</summary>
    public IReadOnlyList<WrittenKernel> Kernels => _kernels;

    /// <summary>The method for a kernel of a pass, in the form in which the pass calls it.</summary>
    public string MethodOf(PassKernels pass, Kernel kernel) => kernel.IsOfLibrary ? kernel.Name : "TKernels." + _names[(pass, kernel.Name)];

    private static IEnumerable<(PassKernels, Kernel)> Of(PassKernels pass) => pass.All.Where(kernel => !kernel.IsOfLibrary).Select(kernel => (pass, kernel));

    /// <summary>The methods of one vector width that several kernels call.</summary>
    /// <param name="width">The position of the width.</param>
    public IReadOnlyList<string> SharedTexts(int width) => _shared[width].Texts;

    private string[] Texts(Kernel kernel) => [.. VectorWidth.All.Select((width, i) =>
    {
        CodeWriter code = new();
        using (code.Indent())
            kernel.Write(new KernelWriter(code, width, _shared[i]));
        return code.ToString();
    })];

    /// <summary>The code of a kernel at all vector widths, without comments and without its name: equal for kernels that do the same.</summary>
    private static string Code(string name, string[] texts) => string.Concat(texts.Select(text => Renamed(
        string.Join("\n", text.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))), name, "")));

    /// <summary>Replaces the name of a kernel, also in the names of methods that only it calls.</summary>
    private static string Renamed(string text, string name, string other)
    {
        if (name == other)
            return text;
        System.Text.StringBuilder result = new(text.Length);
        int done = 0;
        for (int at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
        {
            int end = at + name.Length;
            bool isName = at > 0 && text[at - 1] == ' ' && (text[end] == '(' || string.CompareOrdinal(text, end, "Single(", 0, 7) == 0);
            if (!isName)
                continue;
            result.Append(text, done, at - done).Append(other);
            done = end;
        }

        return result.Append(text, done, text.Length - done).ToString();
    }
}

/// <summary>A kernel with its text.</summary>
/// <param name="Name">The method.</param>
/// <param name="Kernel">The first of the kernels with this code.</param>
/// <param name="Texts">The method and those that only it calls, for each vector width.</param>
internal sealed record WrittenKernel(string Name, Kernel Kernel, IReadOnlyList<string> Texts)
{
    /// <summary>The summaries of the other kernels with this code.</summary>
    public List<string> Summaries { get; } = [];

    /// <summary>Comment lines that name the other kernels with this code.</summary>
    public IEnumerable<string> AlsoFor => Summaries
        .Where(summary => summary != Kernel.Summary)
        .Distinct(StringComparer.Ordinal)
        .Select(summary => "The same for " + summary.Split('\n')[0]);
}
