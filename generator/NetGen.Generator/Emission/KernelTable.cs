using System.Text;
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
    private readonly SharedMethods[] _shared;

    /// <summary>Writes the kernels.</summary>
    /// <param name="inference">The kernels of prediction.</param>
    /// <param name="training">The kernels of training.</param>
    /// <param name="readsAhead">Whether dense layers prefetch the weights of the next panel (<see cref="SharedMethods.ReadsAhead"/>).</param>
    /// <param name="cancellation">Ends the work early.</param>
    public KernelTable(PassKernels inference, PassKernels training, bool readsAhead, CancellationToken cancellation)
    {
        _shared = [.. VectorWidth.All.Select(width => new SharedMethods(width, readsAhead))];
        Dictionary<long, List<WrittenKernel>> byHash = [];
        Dictionary<(KernelKey Key, string Signature), WrittenKernel> byKey = [];
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach ((PassKernels pass, Kernel kernel) in Of(inference).Concat(Of(training)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (kernel.Key is { } known && byKey.TryGetValue((known, kernel.Signature), out WrittenKernel? written))
            {
                written.Summaries.Add(kernel.Summary);
                _names.Add((pass, kernel.Name), written.Name);
                continue;
            }

            string[] texts = Texts(kernel);
            long hash = HashOf(kernel.Name, texts);
            if (!byHash.TryGetValue(hash, out List<WrittenKernel>? alike))
                byHash.Add(hash, alike = []);
            WrittenKernel? same = alike.Count == 0 ? null : alike.Find(other => Code(other.Name, other.Texts) == Code(kernel.Name, texts));
            if (same is not null)
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
                alike.Add(same);
                _kernels.Add(same);
            }

            _names.Add((pass, kernel.Name), same.Name);
            if (kernel.Key is { } key)
                byKey.Add((key, kernel.Signature), same);
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
    private static string Code(string name, IReadOnlyList<string> texts)
    {
        StringBuilder code = new();
        foreach (string text in texts)
        {
            foreach ((int begin, int end) in Statements(text).SelectMany(line => Without(name, text, line.Begin, line.End)))
                code.Append(text, begin, end - begin);
        }

        return code.ToString();
    }

    /// <summary>A hash of <see cref="Code"/>.</summary>
    private static long HashOf(string name, IReadOnlyList<string> texts)
    {
        long hash = 0;
        foreach (string text in texts)
        {
            foreach ((int begin, int end) in Statements(text).SelectMany(line => Without(name, text, line.Begin, line.End)))
            {
                for (int i = begin; i < end; i++)
                    hash = unchecked((hash * 31) + text[i]);
            }
        }

        return hash;
    }

    /// <summary>The lines of a text without comments and without their indents.</summary>
    private static IEnumerable<(int Begin, int End)> Statements(string text)
    {
        for (int line = 0, end; line < text.Length; line = end)
        {
            end = text.IndexOf('\n', line) + 1;
            int begin = line;
            while (text[begin] == ' ')
                begin++;
            if (text[begin] != '/')
                yield return (begin, end);
        }
    }

    /// <summary>Replaces the name of a kernel, also in the names of methods that only it calls.</summary>
    private static string Renamed(string text, string name, string other) => string.Join(
        other, Without(name, text, 0, text.Length).Select(part => text.Substring(part.Begin, part.End - part.Begin)));

    /// <summary>The parts of a text before, between and after the names of a kernel, and of methods that only it calls.</summary>
    private static IEnumerable<(int Begin, int End)> Without(string name, string text, int begin, int end)
    {
        for (int at = text.IndexOf(name, begin, end - begin, StringComparison.Ordinal); at >= 0;)
        {
            int after = at + name.Length;
            if (at > 0 && text[at - 1] == ' ' && (text[after] == '(' || string.CompareOrdinal(text, after, "Single(", 0, 7) == 0))
            {
                yield return (begin, at);
                begin = after;
            }

            at = text.IndexOf(name, after, end - after, StringComparison.Ordinal);
        }

        yield return (begin, end);
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
