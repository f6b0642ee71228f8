using System.Collections.Immutable;
using System.Composition.Hosting;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.MSBuild;
using Microsoft.CodeAnalysis.QuickInfo;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.EditorHost;

/// <summary>A project that is opened with the editor's services; nothing is written to its files.</summary>
internal sealed class Editor : IDisposable
{
    private readonly MSBuildWorkspace _workspace;
    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers;
    private readonly ImmutableArray<CodeFixProvider> _fixes;

    private Editor(MSBuildWorkspace workspace, Project project)
    {
        _workspace = workspace;
        Project = project;
        AnalyzerReference[] own = [.. project.AnalyzerReferences.Where(static reference => reference.Display.StartsWith("NetGen.", StringComparison.Ordinal))];
        _analyzers = [.. own.SelectMany(reference => reference.GetAnalyzers(project.Language))];
        _fixes = [.. own.OfType<AnalyzerFileReference>().SelectMany(static reference => reference.GetAssembly().GetTypes())
            .Where(static type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
            .Select(static type => (CodeFixProvider)Activator.CreateInstance(type)!)];
    }

    /// <summary>The project as it lies on the disk.</summary>
    public Project Project { get; }

    /// <summary>The folder of the user's files.</summary>
    private string Folder => Path.GetDirectoryName(Project.FilePath)! + Path.DirectorySeparatorChar;

    /// <summary>The version of the services.</summary>
    public string Version => typeof(CompletionService).Assembly.GetName().Version!.ToString();

    /// <summary>Loads a project by a build for design time, as an IDE does.</summary>
    public static async Task<Editor> OpenAsync(string services, string projectFile)
    {
        Assembly[] features = [.. new[] { "Microsoft.CodeAnalysis.Features", "Microsoft.CodeAnalysis.CSharp.Features" }.Select(
            name => Assembly.LoadFrom(Path.Combine(services, name + ".dll")))];

        // What belongs to other hosts cannot be loaded here.
        CompositionHost host = new ContainerConfiguration()
            .WithParts(MSBuildMefHostServices.DefaultAssemblies.Concat(features).Distinct().SelectMany(Types).Where(IsLoadable))
            .CreateContainer();
        var properties = new Dictionary<string, string>
        {
            ["Configuration"] = typeof(Editor).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration,
        };
        MSBuildWorkspace workspace = MSBuildWorkspace.Create(properties, MefHostServices.Create(host));
        workspace.LoadMetadataForReferencedProjects = true;
        Project project = await workspace.OpenProjectAsync(projectFile);
        foreach (WorkspaceDiagnostic fault in workspace.Diagnostics) Console.WriteLine(fault);
        return new(workspace, project);
    }

    /// <summary>A file of the project.</summary>
    public Document File(string name) => Project.Documents.Single(document => document.Name == name);

    /// <summary>The same file with another text.</summary>
    public Document Edited(string name, string text) => File(name).WithText(SourceText.From(text));

    /// <summary>What is shown when the mouse rests on a text.</summary>
    public static async Task<string> HoverAsync(Document document, string on)
    {
        string text = (await document.GetTextAsync()).ToString();
        QuickInfoItem? shown = await QuickInfoService.GetService(document)!.GetQuickInfoAsync(document, text.IndexOf(on, StringComparison.Ordinal) + 1);
        return shown is null ? "" : string.Join('\n', shown.Sections.Select(static section => section.Text));
    }

    /// <summary>What is offered behind a text.</summary>
    public static async Task<string[]> OfferedAsync(Document document, string behind)
    {
        string text = (await document.GetTextAsync()).ToString();
        CompletionList offered = await CompletionService.GetService(document)!.GetCompletionsAsync(
            document, text.IndexOf(behind, StringComparison.Ordinal) + behind.Length);
        return [.. offered.ItemsList.Select(static item => item.DisplayText)];
    }

    /// <summary>What is wrong in the files of the user, as if all of them were open; an exception in a rule is thrown on.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Project project)
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        var options = new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions,
            (exception, analyzer, _) => throw new InvalidOperationException($"{analyzer} failed.", exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        CompilationWithAnalyzers rules = compilation.WithAnalyzers(_analyzers, options);
        List<Diagnostic> found = [];
        foreach (Document document in project.Documents.Where(document => document.FilePath!.StartsWith(Folder, StringComparison.Ordinal) && document.Folders.Count == 0))
        {
            SemanticModel model = (await document.GetSemanticModelAsync())!;
            found.AddRange(model.GetDiagnostics());
            found.AddRange(await rules.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None));
        }

        return [.. found.Where(static diagnostic => !diagnostic.IsSuppressed)];
    }

    /// <summary>The titles of the actions that are offered for a diagnostic.</summary>
    public async Task<string[]> ActionsAsync(Document document, Diagnostic diagnostic) => [.. (await OfferedActionsAsync(document, diagnostic)).Select(static action => action.Title)];

    /// <summary>The text that one of the actions for a diagnostic gives.</summary>
    public async Task<string> ApplyAsync(Document document, Diagnostic diagnostic, string title)
    {
        CodeAction action = (await OfferedActionsAsync(document, diagnostic)).Single(action => action.Title == title);
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        Solution changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return (await changed.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _workspace.Dispose();

    private async Task<List<CodeAction>> OfferedActionsAsync(Document document, Diagnostic diagnostic)
    {
        List<CodeAction> actions = [];
        foreach (CodeFixProvider fix in _fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException partly)
        {
            return partly.Types.OfType<Type>();
        }
    }

    private static bool IsLoadable(Type type)
    {
        try
        {
            return type.GetCustomAttributes(inherit: false) is not null
                && type.GetConstructors().All(static constructor => constructor.GetParameters() is not null);
        }
        catch (Exception fault) when (fault is FileNotFoundException or TypeLoadException)
        {
            return false;
        }
    }
}
