using System.Runtime.CompilerServices;
using Xunit;

namespace NetGen.Generator.Tests.Architecture;

/// <summary>The folders of a project use each other in one direction.</summary>
public sealed class FolderDependencyTests
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(Folder(), "..", "..", ".."));

    /// <summary>
    /// <c>CompilerServices</c> is what generated code calls and knows no network: vectors, checks, threads. What generated code calls and knows
    /// networks lies beside them, in <c>Networks/CompilerServices</c>.
    /// </summary>
    private static readonly FolderOrder Library = new(
        "Numerics", "Display", "Declaration", "Parameters", "Formats", "Data", "CompilerServices", "Networks", "Training");

    [Fact]
    public void The_library_runs_one_way() => Check(Library, "src/NetGen");

    private static void Check(FolderOrder order, string project)
    {
        IReadOnlyList<string> faults = order.Faults(ProjectSources.Read(Path.Combine([Repository, .. project.Split('/')])));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
