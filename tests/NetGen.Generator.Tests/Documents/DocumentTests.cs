using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Analysis;
using NetGen.Generator.Analysis.Advice;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Documents;

/// <summary>The C# code of the documents compiles; blocks that begin with <c>```csharp run</c> also run.</summary>
public sealed class DocumentTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Folder(), "..", "..", ".."));

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/guide.md")]
    [InlineData("src/NetGen/README.md")]
    [InlineData("src/NetGen.Data/README.md")]
    public void Every_block_compiles(string file)
    {
        GeneratorRun run = GeneratorRun.Of(Of(file).Compile());
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Empty(run.AnalyzerDiagnostics(new DeclarationAnalyzer(), new DropoutAtInferenceAnalyzer(), new UntrainedMemberAnalyzer(), new LayerAdviceAnalyzer(), new MonteCarloPassesAnalyzer())
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    [Theory]
    [InlineData("docs/guide.md")]
    public async Task Every_block_that_can_run_does(string file)
    {
        Document document = Of(file);
        using var image = new MemoryStream();
        Assert.True(GeneratorRun.Of(document.Compile()).Output.Emit(image).Success);
        Type program = Assembly.Load(image.ToArray()).GetType(Document.ProgramName)!;

        Assert.NotEmpty(document.Blocks.Where(block => block.Runs));
        RemoveFiles();
        foreach (CodeBlock block in document.Blocks.Where(block => block.Runs))
        {
            // A new instance for each block: none begins with the weights that another has changed.
            object instance = Activator.CreateInstance(program)!;
            await (Task)program.GetMethod(block.MethodName)!.Invoke(instance, [])!;
        }

        RemoveFiles();
    }

    [Theory]
    [InlineData("docs/adding-a-layer.md")]
    public void Every_block_with_a_file_stands_in_that_file(string file)
    {
        (string Source, string Code)[] blocks = [.. QuotedBlock.In(Text(file))];
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(block.Code.TrimEnd(), Text(block.Source)));
    }

    // What the blocks write. A checkpoint of an older text of the guide would be refused.
    private static void RemoveFiles()
    {
        File.Delete("training.csv");
        if (Directory.Exists("run1"))
            Directory.Delete("run1", recursive: true);
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(Root, file)).ReplaceLineEndings("\n");

    private static Document Of(string file) => Document.Parse(file, Text(file));

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
