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
        "Numerics", "Display", "Declaration", "Parameters", "Formats", "Data", "CompilerServices", "Networks", "Metrics", "Training");

    /// <summary>
    /// A declaration travels through these from syntax to text: <c>Declaration</c> makes the model with the help of <c>Layers</c>, which say what
    /// operations of the <c>Graph</c> they become; <c>Emission</c> prints the graph.
    /// </summary>
    private static readonly FolderOrder Generator = new(
        "Polyfills", "Model", "Text", "Graph", "Layers", "Emission", "Rules", "Declaration", "Analysis", FolderOrder.Root);

    /// <summary>What of the generator knows the compiler: not what comes after the model.</summary>
    private static readonly string[] WithCompiler = ["Rules", "Declaration", "Analysis", FolderOrder.Root];

    [Fact]
    public void The_generator_runs_one_way() => Check(Generator, "generator/NetGen.Generator");

    [Fact]
    public void Nothing_behind_the_model_knows_the_compiler()
    {
        string project = Path.Combine(Repository, "generator", "NetGen.Generator");
        string[] knowing =
        [
            .. Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(project, file).Replace('\\', '/'))
                .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal))
                .Where(file => File.ReadAllText(Path.Combine(project, file)).Contains("Microsoft.CodeAnalysis", StringComparison.Ordinal)),
        ];
        Assert.NotEmpty(knowing);
        Assert.DoesNotContain(knowing, file => !WithCompiler.Contains(file.Contains('/') ? file[..file.IndexOf('/')] : FolderOrder.Root));
    }

    [Fact]
    public void The_library_runs_one_way() => Check(Library, "src/NetGen");

    private static void Check(FolderOrder order, string project)
    {
        IReadOnlyList<string> faults = order.Faults(ProjectSources.Read(Path.Combine([Repository, .. project.Split('/')])));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
