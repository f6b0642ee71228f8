using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.CodeFixes;
using NetGen.Generator.Analysis.Accuracy;
using NetGen.Generator.Analysis.Advice;
using NetGen.Generator.Analysis.Dropout;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Rules, their pages, the index of the pages and the release files say the same.</summary>
public partial class RuleDocumentationTests
{
    private static readonly string[] Sections =
        ["## Cause", "## Why it matters", "## How to fix", "## When to suppress", "## Example"];

    private static readonly string Root = Path.GetFullPath(Path.Combine(Folder(), "..", ".."));

    private static readonly DiagnosticDescriptor[] Rules =
    [
        .. typeof(NetworkGenerator).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .DistinctBy(rule => rule.Id)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    private static readonly string[] Fixable =
    [
        .. typeof(MakePartialFix).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(CodeFixProvider)))
            .SelectMany(type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds),
    ];

    public static TheoryData<string> Ids => [.. Rules.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_a_page(string id)
    {
        DiagnosticDescriptor rule = Rules.Single(rule => rule.Id == id);
        string page = Page(id);
        Assert.StartsWith($"# {id}: {rule.Title}\n", page);
        Assert.Contains($"| Category | {rule.Category} |\n| Severity | {rule.DefaultSeverity} |\n", page);
        Assert.Contains($"| Code fix | {(Fixable.Contains(id) ? "yes" : "no")}", page);
        Assert.Equal($"docs/rules/{id}.md", rule.HelpLinkUri);
        Assert.EndsWith(".", rule.Description.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Sections, page.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_index_lists_the_pages()
    {
        string index = File.ReadAllText(Path.Combine(Root, "docs", "rules", "README.md"));
        IEnumerable<string> rows = Rules.Select(rule =>
            $"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {rule.DefaultSeverity} | {(Fixable.Contains(rule.Id) ? "yes" : "no")} |");
        Assert.Equal(rows, index.Split('\n').Where(line => line.StartsWith("| [NG", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_page_is_left_over() => Assert.Equal(
        Rules.Select(rule => rule.Id),
        Directory.EnumerateFiles(Path.Combine(Root, "docs", "rules"), "NG*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void The_release_files_list_the_rules()
    {
        string generator = Path.Combine(Root, "generator", "NetGen.Generator");
        IEnumerable<string> rows = File.ReadLines(Path.Combine(generator, "AnalyzerReleases.Shipped.md"))
            .Concat(File.ReadLines(Path.Combine(generator, "AnalyzerReleases.Unshipped.md")))
            .Where(line => line.StartsWith("NG", StringComparison.Ordinal))
            .Select(line => string.Join(" | ", line.Split('|').Select(cell => cell.Trim()).Take(3)));
        Assert.Equal(Rules.Select(rule => $"{rule.Id} | {rule.Category} | {rule.DefaultSeverity}"), rows.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_example_shows_the_rule(string id)
    {
        string[] examples = [.. Example().Matches(Page(id)).Select(match => match.Groups[1].Value)];
        if (!IsAboutDeclarations(id) || examples.Length == 0)
            return;

        Assert.Contains(Reported(examples[0]), found => found.Id == id && found.Line.Contains(id, StringComparison.Ordinal));
        Assert.All(examples.Skip(1), example => Assert.DoesNotContain(Reported(example), found => found.Id == id));
    }

    /// <summary>The examples of the others are statements around a network that is declared elsewhere.</summary>
    private static bool IsAboutDeclarations(string id) => id is not ("NG0201" or "NG0202");

    private static IEnumerable<(string Id, string Line)> Reported(string example)
    {
        GeneratorRun run = GeneratorRun.Of(example);
        return run.Reported().Concat(run.AnalyzerDiagnostics(new LayerAdviceAnalyzer(), new MonteCarloPassesAnalyzer(), new TrainingAccuracyAnalyzer())).Select(diagnostic =>
            (diagnostic.Id, example.Split('\n')[diagnostic.Location.GetLineSpan().StartLinePosition.Line]));
    }

    private static string Page(string id)
    {
        string file = Path.Combine(Root, "docs", "rules", id + ".md");
        Assert.True(File.Exists(file), $"The rule {id} has no page {file}.");
        return File.ReadAllText(file).ReplaceLineEndings("\n");
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
