using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Declaration;
using NetGen.Generator.Rules;

namespace NetGen.CodeFixes;

/// <summary>Replaces a dropout between convolutions by one of whole channels (NG0209).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class SpatialDropoutFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DropoutRules.BetweenConvolutions.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            // An alias of the attribute has another name.
            if (root is null
                || Attributes.At(root, diagnostic.Location) is not { } layer
                || AttributeSites.SimpleName(layer.Name) is not { Identifier.ValueText: "Dropout" or "DropoutAttribute" } name
                || await Attributes.AskForNamesAsync(context.Document, layer, context.CancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            context.RegisterCodeFix(
                CodeAction.Create(
                    "Drop whole channels: SpatialDropout",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceToken(
                        name.Identifier,
                        SyntaxFactory.Identifier("Spatial" + name.Identifier.ValueText).WithTriviaFrom(name.Identifier)))),
                    equivalenceKey: nameof(SpatialDropoutFix)),
                diagnostic);
        }
    }
}
