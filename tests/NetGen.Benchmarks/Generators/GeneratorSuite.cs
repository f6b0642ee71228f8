using System.Diagnostics;
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

            The networks' code: {sources.Length} files, {sources.Sum(source => source.Lines.Count):N0} lines, {sources.Sum(source => Encoding.UTF8.GetByteCount(source.ToString())) / 1024:N0} KB.
            """);
    }

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
            GeneratorDriver driver = NewDriver(new NetworkGenerator());
            long start = Stopwatch.GetTimestamp();
            driver.RunGenerators(fresh);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Statistics.Median(times);
    }

    private static GeneratorDriver NewDriver(IIncrementalGenerator generator) =>
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: Language);

    private static CSharpCompilation Project(int networks)
    {
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        IEnumerable<string> sources = Enumerable.Range(0, Classes)
            .Select(i => i < networks ? Network(i) : Class(i))
            .Prepend("global using System; global using System.Linq; global using NetGen;");
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
