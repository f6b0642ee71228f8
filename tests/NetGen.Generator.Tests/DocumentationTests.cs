using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The documentation of a network, which the compiler joins from the comments of all its parts.</summary>
public sealed class DocumentationTests
{
    private const string Network = "[Network, Input(4), Dense(2), Softmax] public partial class Net;";

    [Theory]
    [InlineData("", "", "summary")]
    [InlineData("// Reads.\n", "", "summary")]
    [InlineData("/// <remarks>Reads.</remarks>\n", "", "summary remarks")]
    [InlineData("/// <summary>Reads.</summary>\n", "", "summary remarks")]
    [InlineData("/** <summary>Reads.</summary> */\n", "", "summary remarks")]
    [InlineData("", "/// <summary>Reads.</summary>\npublic partial class Net { }", "summary remarks")]
    [InlineData("/// <summary>Reads.</summary>\n/// <remarks>Well.</remarks>\n", "", "summary remarks")]
    [InlineData("/// <summary>Reads.</summary>\n", "/// <remarks>Well.</remarks>\npublic partial class Net { }", "summary remarks")]
    [InlineData("/// <inheritdoc/>\n", "", "inheritdoc")]
    public void EachElementComesOnce(string comment, string otherPart, string expected)
    {
        GeneratorRun run = GeneratorRun.Of(comment + Network, otherPart);
        Assert.Empty(run.CompilerDiagnostics().Where(static diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden));
        XElement documentation = XElement.Parse(run.Output.GetTypeByMetadataName("Net")!.GetDocumentationCommentXml()!);
        Assert.Equal(expected.Split(' ').Order(), documentation.Elements().Select(static element => element.Name.LocalName).Order());
        bool hasOwn = comment.Contains("inheritdoc") || (comment + otherPart) is var own && own.Contains("<summary>") && own.Contains("<remarks>");
        Assert.Equal(!hasOwn, documentation.Value.Contains("Dense 2 units"));
    }
}
