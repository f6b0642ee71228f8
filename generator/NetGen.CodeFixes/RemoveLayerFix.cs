using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using NetGen.Generator.Rules;

namespace NetGen.CodeFixes;

/// <summary>Removes a layer that does nothing, or nothing good: NG0204, NG0205, NG0302.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class RemoveLayerFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DropoutRules.AfterLastWeights.Id, DropoutRules.NoEffect.Id, ActivationRules.Twice.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is null
                || Attributes.At(root, diagnostic.Location) is not { } layer
                || await Attributes.AskForNamesAsync(context.Document, layer, context.CancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Remove [{layer}]",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(Attributes.Remove(root, [layer]))),
                    equivalenceKey: nameof(RemoveLayerFix)),
                diagnostic);
        }
    }
}
