namespace NetGen.Generator.Tests.Architecture;

/// <summary>
/// The folders of a project, in an order in which each may use only those before it. A folder below another can be named too
/// (<c>Analysis/Dropout</c>): a file belongs to the longest name that fits. The files of the project's own folder are in <c>.</c>.
/// </summary>
/// <param name="folders">The folders, the one that uses none of the others first.</param>
internal sealed class FolderOrder(params string[] folders)
{
    /// <summary>The folder of files that lie in none.</summary>
    public const string Root = ".";

    /// <summary>Arrows that may run back, each with its reason beside it in the test; none unless set.</summary>
    public (string From, string To)[] Exceptions { get; init; } = [];

    /// <summary>What contradicts the order, a sentence for each; empty when all arrows run one way.</summary>
    /// <param name="sources">The project.</param>
    public IReadOnlyList<string> Faults(ProjectSources sources)
    {
        List<string> faults = [];
        HashSet<(string From, string To)> needed = [];
        string[] files = [.. sources.Files];
        faults.AddRange(files.Where(file => Of(file) is null).Select(file => $"{file} lies in a folder that has no place in the order."));
        faults.AddRange(folders.Except(files.Select(Of)).Select(folder => $"The order names the folder {folder}, which has no files."));

        foreach (FolderUse use in sources.Uses())
        {
            if (Of(use.File) is not { } from || Of(use.Declaration) is not { } to || Array.IndexOf(folders, to) <= Array.IndexOf(folders, from))
                continue;
            if (Exceptions.Contains((from, to)))
                needed.Add((from, to));
            else
                faults.Add($"{use.File}({use.Line}) uses {use.Symbol} of {use.Declaration}: {from} → {to}, but {from} may use only {Before(from)}.");
        }

        faults.AddRange(Exceptions.Except(needed).Select(arrow => $"The exception {arrow.From} → {arrow.To} is not needed."));
        return faults;
    }

    private string Before(string folder) => Array.IndexOf(folders, folder) is var place and > 0 ? string.Join(", ", folders[..place]) : "itself";

    private string? Of(string file) => folders
        .Where(folder => folder == Root ? !file.Contains('/') : file.StartsWith(folder + "/", StringComparison.Ordinal))
        .MaxBy(folder => folder.Length);
}
