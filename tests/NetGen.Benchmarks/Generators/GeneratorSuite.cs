using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Reporting;
using NetGen.Generator;

namespace NetGen.Benchmarks.Generators;

/// <summary>
/// What the generator costs in the IDE: the driver runs over a project of 500 classes, 20 of them networks, first cold and then after every
/// edit of a file in which there is no network. The same project without networks is what the driver costs anyway.
/// </summary>
internal static class GeneratorSuite
{
    private const int Classes = 500;
    private const int NetworkCount = 20;
    private const int WarmUpEdits = 900;
    private const int Edits = 400;
    private const int ColdRuns = 5;
    private const int WarmRuns = 40;

    private static readonly string[] Declarations =
    [
        "[Network, Input(28, 28, 1)] [Conv2D(32, 3), ReLU, MaxPool2D(2)] [Conv2D(64, 3), ReLU, MaxPool2D(2)] [Flatten, Dropout(0.5)] [Dense(10), Softmax]",
        "[Network, Input(784)] [Dense(128), ReLU, Dropout(0.5)] [Dense(64), ReLU, Dropout(0.5)] [Dense(10), Softmax]",
        "[Network, Input(8)] [Dense(16), ReLU] [Dense(16), ReLU] [Dense(1)]",
        "[Network, Input(28, 28, 1)] [Conv2D(6, 5, Padding = Padding.Same), ReLU, MaxPool2D(2)] [Conv2D(16, 5), ReLU, MaxPool2D(2)] [Flatten, Dense(84), ReLU] [Dense(10), Softmax]",
    ];

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp13);

    /// <summary>Measures, and gives the table.</summary>
    public static string Run()
    {
        EditedProject[] projects =
        [
            new(new NetworkGenerator(), Project(NetworkCount)), new(new NetworkGenerator(), Project(0)),
            new(new IdleGenerator(), Project(NetworkCount)), new(new IdleGenerator(), Project(0)),
        ];
        double cold = ColdRun();
        for (int edit = 0; edit < WarmUpEdits + Edits; edit++)
        {
            // One edit of each in turn, so that the machine's moods meet all of them.
            foreach (EditedProject project in projects)
                project.Edit(edit, measure: edit >= WarmUpEdits);
        }

        (double idle, double idleBytes) = Each(projects[2], projects[3]);
        (double own, double ownBytes) = Each(projects[0], projects[1]);
        SourceText[] sources = projects[0].Generated();
        return FormattableString.Invariant($"""
            {ProcessorName.Get()}, {RuntimeInformation.FrameworkDescription}. {NetworkCount} networks among {Classes} classes; medians of {ColdRuns} cold runs and {Edits} edits.

            | | ms | KB allocated |
            |---|--:|--:|
            | cold run | {cold:F0} | |
            | an edit elsewhere, for each network | {own:F3} | {ownBytes:F1} |
            | of that with a generator that does nothing | {idle:F3} | {idleBytes:F1} |

            The networks' code: {sources.Length} files, {Lines(sources):N0} lines, {Kilobytes(sources):N0} KB.

            Networks of 20 layers, each alone: the first run of a new process, in which the JIT compiles the generator, but the compiler is awake; and the median of {WarmRuns} runs after
            {WarmRuns} others.

            | network | cold ms | of that JIT ms | methods compiled | warm ms | lines | KB |
            |---|--:|--:|--:|--:|--:|--:|
            {string.Join('\n', DeepNetworks.All.Select(network => Deep(network.Name, network.Declaration)))}
            """);
    }

    /// <summary>The first run for a deep network in this process: milliseconds, those of the JIT, and the methods that it compiled.</summary>
    /// <param name="name">The name of the network.</param>
    public static string RunFirst(string name)
    {
        CSharpCompilation compilation = Alone(DeepNetworks.All.Single(network => network.Name == name).Declaration);

        // The compiler's own code is compiled before: a compiler server is awake.
        NewDriver(new IdleGenerator()).RunGenerators(compilation.Clone());
        TimeSpan jit = JitInfo.GetCompilationTime();
        long methods = JitInfo.GetCompiledMethodCount();
        double time = RunOnce(compilation.Clone(), out _);
        return FormattableString.Invariant($"{time:F0} | {(JitInfo.GetCompilationTime() - jit).TotalMilliseconds:F0} | {JitInfo.GetCompiledMethodCount() - methods}");
    }

    private static string Deep(string name, string declaration)
    {
        CSharpCompilation compilation = Alone(declaration);
        List<double> times = [];
        SourceText[] sources = [];
        for (int run = 0; run < 2 * WarmRuns; run++)
            times.Add(RunOnce(compilation.Clone(), out sources));
        return FormattableString.Invariant(
            $"| {name} | {FirstOfProcess(name)} | {Statistics.Median(times.Skip(WarmRuns)):F1} | {Lines(sources):N0} | {Kilobytes(sources):N0} |");
    }

    /// <summary>Runs <see cref="RunFirst"/> in a new process.</summary>
    private static string FirstOfProcess(string name)
    {
        using Process process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, [typeof(GeneratorSuite).Assembly.Location, "generator", "--first", name]) { RedirectStandardOutput = true })!;
        string answer = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return answer;
    }

    private static double RunOnce(CSharpCompilation compilation, out SourceText[] sources)
    {
        GeneratorDriver driver = NewDriver(new NetworkGenerator());
        long start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        sources = [.. driver.GetRunResult().Results.Single().GeneratedSources.Select(source => source.SourceText)];
        return time;
    }

    private static int Lines(SourceText[] sources) => sources.Sum(source => source.Lines.Count);

    private static int Kilobytes(SourceText[] sources) => sources.Sum(source => Encoding.UTF8.GetByteCount(source.ToString())) / 1024;

    private static CSharpCompilation Alone(string declaration) =>
        Compilation(["global using System; global using System.Linq; global using NetGen;", $"namespace App; {declaration} public partial class Deep;"]);

    private static (double Time, double Kilobytes) Each(EditedProject with, EditedProject without) =>
        ((with.Time - without.Time) / NetworkCount, (with.Bytes - without.Bytes) / 1024 / NetworkCount);

    private static double ColdRun()
    {
        CSharpCompilation compilation = Project(NetworkCount);
        List<double> times = [];
        for (int run = 0; run < ColdRuns; run++)
        {
            // A clone knows nothing of what the compiler learnt in the run before.
            CSharpCompilation fresh = compilation.Clone();
            times.Add(RunOnce(fresh, out _));
        }

        return Statistics.Median(times);
    }

    private static GeneratorDriver NewDriver(IIncrementalGenerator generator) =>
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: Language);

    private static CSharpCompilation Project(int networks) => Compilation(Enumerable.Range(0, Classes)
        .Select(i => i < networks ? Network(i) : Class(i))
        .Prepend("global using System; global using System.Linq; global using NetGen;"));

    private static CSharpCompilation Compilation(IEnumerable<string> sources)
    {
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return CSharpCompilation.Create(
            "App",
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, Language, FormattableString.Invariant($"/App/File{i}.cs"))),
            platform.Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
                .Append(typeof(NetworkAttribute).Assembly.Location)
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }

    private static string Network(int i) =>
        FormattableString.Invariant($"namespace App.Part{i % 10}; {Declarations[i % Declarations.Length]} public partial class Network{i};");

    private static string Class(int i) => FormattableString.Invariant($$"""
        namespace App.Part{{i % 10}};
        public class Class{{i}}
        {
            public int Value { get; set; } = {{i}};
            public string Text() => string.Join(", ", Enumerable.Range(0, Value).Select(n => n.ToString()));
        }
        """);

    /// <summary>A project whose last file is edited again and again, with a driver of its own.</summary>
    private sealed class EditedProject(IIncrementalGenerator generator, CSharpCompilation compilation)
    {
        private readonly List<double> _times = [];
        private readonly List<double> _bytes = [];
        private GeneratorDriver _driver = NewDriver(generator);
        private CSharpCompilation _compilation = compilation;

        /// <summary>Milliseconds of an edit.</summary>
        public double Time => Statistics.Median(_times);

        /// <summary>Bytes allocated by an edit.</summary>
        public double Bytes => Statistics.Median(_bytes);

        public void Edit(int number, bool measure)
        {
            SyntaxTree old = _compilation.SyntaxTrees[^1];
            SourceText text = SourceText.From(FormattableString.Invariant($"namespace App; public class Edited {{ public int Value => {number}; }}"), Encoding.UTF8);
            _compilation = _compilation.ReplaceSyntaxTree(old, old.WithChangedText(text));
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            _driver = _driver.RunGenerators(_compilation);
            double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (!measure)
                return;
            _times.Add(time);
            _bytes.Add(GC.GetAllocatedBytesForCurrentThread() - allocated);
        }

        public SourceText[] Generated() => [.. _driver.GetRunResult().Results.Single().GeneratedSources.Select(source => source.SourceText)];
    }

    /// <summary>Asks the compiler for the same classes and does nothing with them: what is left is the compiler's own work.</summary>
    private sealed class IdleGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName(typeof(NetworkAttribute).FullName!, static (_, _) => true, static (_, _) => 0),
            static (_, _) => { });
    }
}
