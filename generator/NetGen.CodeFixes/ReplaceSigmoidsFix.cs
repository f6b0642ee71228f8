using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Declaration;
using NetGen.Generator.Rules;

namespace NetGen.CodeFixes;

/// <summary>Makes ReLUs of the hidden sigmoids of a network, with their names: NG0311.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ReplaceSigmoidsFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ActivationRules.SigmoidStack.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is null)
                continue;
            SyntaxToken[] names =
            [
                .. diagnostic.AdditionalLocations.Prepend(diagnostic.Location)
                    .Select(place => Attributes.At(root, place))
                    .OfType<AttributeSyntax>()
                    .Select(static layer => AttributeSites.SimpleName(layer.Name).Identifier),
            ];
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Use ReLU instead of Sigmoid",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceTokens(names, static (name, _) =>
                        SyntaxFactory.Identifier("ReLU").WithTriviaFrom(name)))),
                    equivalenceKey: nameof(ReplaceSigmoidsFix)),
                diagnostic);
        }
    }
}
