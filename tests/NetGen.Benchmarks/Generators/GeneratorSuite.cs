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
    private const int WarmUpEdits = 600;
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
        Figures with = Measure(NetworkCount);
        Figures without = Measure(0);
        return FormattableString.Invariant($"""
            {ProcessorName.Get()}, {RuntimeInformation.FrameworkDescription}. {NetworkCount} networks among {Classes} classes; medians of {ColdRuns} cold runs and {Edits} edits.

            | | ms | KB allocated |
            |---|--:|--:|
            | cold run | {with.Cold:F0} | |
            | an edit elsewhere | {with.Edit:F2} | {with.EditBytes / 1024:F0} |
            | the same for each network | {(with.Edit - without.Edit) / NetworkCount:F3} | {(with.EditBytes - without.EditBytes) / 1024 / NetworkCount:F1} |

            The networks' code: {with.Files} files, {with.Lines:N0} lines, {with.Bytes / 1024:N0} KB.
            """);
    }

    private static Figures Measure(int networks)
    {
        GeneratorDriver driver = NewDriver();
        CSharpCompilation compilation = Project(networks);
        List<double> cold = [];
        for (int run = 0; run < ColdRuns; run++)
        {
            // A clone knows nothing of what the compiler learnt in the run before.
            driver = NewDriver();
            CSharpCompilation fresh = compilation.Clone();
            long start = Stopwatch.GetTimestamp();
            driver = driver.RunGenerators(fresh);
            cold.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        List<double> edits = [];
        List<double> bytes = [];
        for (int edit = 0; edit < WarmUpEdits + Edits; edit++)
        {
            SyntaxTree old = compilation.SyntaxTrees[^1];
            SourceText text = SourceText.From(FormattableString.Invariant($"namespace App; public class Edited {{ public int Value => {edit}; }}"), Encoding.UTF8);
            compilation = compilation.ReplaceSyntaxTree(old, old.WithChangedText(text));
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            driver = driver.RunGenerators(compilation);
            double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (edit < WarmUpEdits)
                continue;
            edits.Add(time);
            bytes.Add(allocated);
        }

        SourceText[] sources = [.. driver.GetRunResult().Results.Single().GeneratedSources.Select(source => source.SourceText)];
        return new(
            Statistics.Median(cold),
            Statistics.Median(edits),
            Statistics.Median(bytes),
            sources.Length,
            sources.Sum(source => source.Lines.Count),
            sources.Sum(source => (double)Encoding.UTF8.GetByteCount(source.ToString())));
    }

    private static GeneratorDriver NewDriver() => CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: Language);

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

    private sealed record Figures(double Cold, double Edit, double EditBytes, int Files, int Lines, double Bytes);
}
