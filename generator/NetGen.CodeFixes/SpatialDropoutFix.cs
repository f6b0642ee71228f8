using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
            if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is not { } layer
                || SimpleName(layer.Name) is not { Identifier.ValueText: "Dropout" or "DropoutAttribute" } name)
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

    private static SimpleNameSyntax? SimpleName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right,
        AliasQualifiedNameSyntax aliased => aliased.Name,
        _ => name as SimpleNameSyntax,
    };
}
