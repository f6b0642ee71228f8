using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests.Documents;

/// <summary>
/// The C# code of a document as one program. The statements of each block become a method; fields have what the documents
/// take for granted, and a local variable of a block may have the same name. Types are seen by all blocks.
/// </summary>
internal sealed class Document
{
    /// <summary>The class that has the methods.</summary>
    public const string ProgramName = "DocumentedProgram";

    /// <summary>What SDK projects import by themselves, those of web services among them.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.Extensions.DependencyInjection;
        global using NetGen;
        """;

    /// <summary>What the documents take for granted: digits to learn from, and a network that tells them apart.</summary>
    private const string Fields = """
        private readonly DigitNet net = new(seed: 1);
        private readonly Dataset train = Digits(200);
        private readonly Dataset test = Digits(50);
        private readonly float[] image = new float[DigitNet.InputLength];
        private readonly float[] images = new float[3 * DigitNet.InputLength];
        private readonly int[] labels = [3, 1, 4];

        private static Dataset Digits(int count)
        {
            var random = new Random(count);
            float[] pixels = [.. Enumerable.Range(0, count * DigitNet.InputLength).Select(_ => random.NextSingle())];
            int[] digits = [.. Enumerable.Range(0, count).Select(i => i % 10)];
            return Dataset.FromLabels(pixels, DigitNet.InputLength, digits, 10);
        }
        """;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
    ];

    private Document(ImmutableArray<CodeBlock> blocks) => Blocks = blocks;

    /// <summary>Its blocks in order.</summary>
    public ImmutableArray<CodeBlock> Blocks { get; }

    /// <summary>Reads a document.</summary>
    /// <param name="file">Its name, for the compiler's messages.</param>
    /// <param name="text">The document.</param>
    public static Document Parse(string file, string text) => new([.. CodeBlock.In(file, text)]);

    /// <summary>The program.</summary>
    public CSharpCompilation Compile()
    {
        string source = $$"""
            {{string.Join('\n', Blocks.SelectMany(block => block.Usings).Distinct())}}
            public sealed class {{ProgramName}}
            {
            {{Fields}}
            {{string.Concat(Blocks.Select(block => block.Method()))}}
            }
            {{string.Concat(Blocks.Select(block => block.Types()))}}
            """;
        CSharpParseOptions options = new(LanguageVersion.CSharp13, DocumentationMode.None);
        return CSharpCompilation.Create(
            "Documented",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, options), CSharpSyntaxTree.ParseText(source, options)],
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
    }
}
