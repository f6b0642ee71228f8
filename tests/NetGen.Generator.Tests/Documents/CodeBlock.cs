using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Tests.Documents;

/// <summary>A fenced block of C# in a document: using directives, statements and types.</summary>
/// <param name="File">The document.</param>
/// <param name="Line">The line of its first line of code, counted from 1.</param>
/// <param name="Runs">Whether it can be run, as it says behind the language.</param>
/// <param name="Code">The code.</param>
internal sealed partial record CodeBlock(string File, int Line, bool Runs, string Code)
{
    private readonly CompilationUnitSyntax _root = SyntaxFactory.ParseCompilationUnit(
        Code, options: new CSharpParseOptions(LanguageVersion.CSharp13));

    /// <summary>The method that its statements become.</summary>
    public string MethodName => string.Create(CultureInfo.InvariantCulture, $"Line{Line}");

    /// <summary>All C# blocks of a document.</summary>
    public static IEnumerable<CodeBlock> In(string file, string text) => Fence().Matches(text).Select(match =>
    {
        Group code = match.Groups["code"];
        return new CodeBlock(file, text[..code.Index].Count(c => c == '\n') + 1, match.Groups["run"].Success, code.Value);
    });

    /// <summary>Its using directives.</summary>
    public IEnumerable<string> Usings => _root.Usings.Select(directive => directive.ToString());

    /// <summary>Its statements as a method.</summary>
    public string Method()
    {
        string statements = string.Concat(_root.Members.OfType<GlobalStatementSyntax>().Select(WithLine));
        string head = _root.DescendantNodes().OfType<AwaitExpressionSyntax>().Any() ? "async Task" : "Task";
        string tail = head == "Task" ? "return Task.CompletedTask;" : "";
        return $$"""
            public {{head}} {{MethodName}}()
            {
            {{statements}}
            #line hidden
            {{tail}}
            }

            """;
    }

    /// <summary>Its types.</summary>
    public string Types() => string.Concat(_root.Members.Where(member => member is not GlobalStatementSyntax).Select(WithLine));

    /// <summary>The code with a directive by which the compiler names the document's line.</summary>
    private string WithLine(MemberDeclarationSyntax member)
    {
        int line = Line + member.SyntaxTree.GetLineSpan(member.FullSpan).StartLinePosition.Line;
        return string.Create(CultureInfo.InvariantCulture, $"\n#line {line} \"{File}\"\n{member.ToFullString()}");
    }

    [GeneratedRegex("^```csharp(?<run> run)?\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
