using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace NetGen.Generator.Tests.Harness;

/// <summary>Applies a code fix to a program and compares the text; the fixed program must compile without warnings.</summary>
internal sealed class CodeFixTest<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private readonly (string Name, string Text)[] _others;
    private readonly bool _isProgram;

    public CodeFixTest(params (string Name, string Text)[] others)
        : this(isProgram: false, others)
    {
    }

    private CodeFixTest(bool isProgram, (string Name, string Text)[] others)
    {
        _isProgram = isProgram;
        _others = others;
    }

    /// <summary>The same with top-level statements allowed.</summary>
    public CodeFixTest<TAnalyzer, TFix> AsPrograms() => new(isProgram: true, _others);

    /// <summary>Fixes the first diagnostic.</summary>
    /// <param name="before">The program.</param>
    /// <param name="after">The fixed program.</param>
    /// <param name="title">The title of the fix; null for the first that is offered.</param>
    /// <returns>The fixed project.</returns>
    public async Task<Project> FixFirstAsync(string before, string after, string? title = null)
    {
        Project project = Create(before);
        Diagnostic diagnostic = (await DiagnoseAsync(project)).First();
        CodeAction? action = await ActionAsync(Program(project), diagnostic, title);
        Assert.True(action is not null, "No fix is offered.");
        return await VerifyAsync(project, action, after);
    }

    /// <summary>Fixes all diagnostics of the project at once.</summary>
    public async Task<Project> FixAllAsync(string before, string after, FixAllScope scope = FixAllScope.Project)
    {
        Project project = Create(before);
        var fix = new TFix();
        ImmutableArray<Diagnostic> diagnostics = await DiagnoseAsync(project);
        CodeAction? first = null;
        foreach (Diagnostic diagnostic in diagnostics) first ??= await ActionAsync(Program(project), diagnostic);
        var context = new FixAllContext(
            Program(project), fix, scope, first?.EquivalenceKey!, fix.FixableDiagnosticIds, new Diagnostics(), CancellationToken.None);
        CodeAction? action = await fix.GetFixAllProvider()!.GetFixAsync(context);
        Assert.True(action is not null, "No fix for all is offered.");
        return await VerifyAsync(project, action, after);
    }

    /// <summary>The program must have diagnostics, and none of them may have a fix.</summary>
    public async Task NoFixAsync(string program)
    {
        Project project = Create(program);
        ImmutableArray<Diagnostic> diagnostics = await DiagnoseAsync(project);
        Assert.NotEmpty(diagnostics);
        foreach (Diagnostic diagnostic in diagnostics) Assert.Null(await ActionAsync(Program(project), diagnostic));
    }

    private Project Create(string program)
    {
        Project project = TestSolution.Create([("Program.cs", program), .. _others]);
        return _isProgram ? project.AsProgram() : project;
    }

    private static Document Program(Project project) => project.Documents.Single(static document => document.Name == "Program.cs");

    private static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Project project) =>
        await (await project.CompileAsync()).AnalyzeAsync(new TAnalyzer());

    private static async Task<CodeAction?> ActionAsync(Document document, Diagnostic diagnostic, string? title = null)
    {
        CodeAction? found = null;
        var context = new CodeFixContext(document, diagnostic, (action, _) => found ??= title is null || action.Title == title ? action : null, CancellationToken.None);
        await new TFix().RegisterCodeFixesAsync(context);
        return found;
    }

    private static async Task<Project> VerifyAsync(Project project, CodeAction action, string after)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        Project changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
        string text = (await Program(changed).GetTextAsync()).ToString();
        Assert.Equal(after, text);
        await changed.CompileAsync();
        return changed;
    }

    private sealed class Diagnostics : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(
            Project project, CancellationToken cancellationToken) => await DiagnoseAsync(project);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(
            Document document, CancellationToken cancellationToken)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await DiagnoseAsync(document.Project)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(
            Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
