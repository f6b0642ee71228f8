using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Rules;

namespace NetGen.CodeFixes;

/// <summary>Puts <c>Flatten</c> before a layer that needs flat features (NG0108).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class InsertFlattenFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.NeedsFlatFeatures.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is not { } layer)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Insert [Flatten]",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(Insert(root, layer))),
                    equivalenceKey: nameof(InsertFlattenFix)),
                diagnostic);
        }
    }

    private static SyntaxNode Insert(SyntaxNode root, AttributeSyntax layer)
    {
        AttributeListSyntax list = (AttributeListSyntax)layer.Parent!;
        int index = list.Attributes.IndexOf(layer);
        AttributeSyntax flatten = SyntaxFactory.Attribute(FlattenName(layer.Name)).WithLeadingTrivia(layer.GetLeadingTrivia());
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxNodeOrToken[] before = [.. list.Attributes.GetWithSeparators().Take(2 * index)];
        SyntaxNodeOrToken[] after = [.. list.Attributes.GetWithSeparators().Skip((2 * index) + 1)];
        return root.ReplaceNode(
            list,
            list.WithAttributes(SyntaxFactory.SeparatedList<AttributeSyntax>(
                [.. before, flatten, comma, layer.WithoutLeadingTrivia(), .. after])));
    }

    /// <summary>The name as the layer's own is written: with <c>NetGen.</c> if that one has it.</summary>
    private static NameSyntax FlattenName(NameSyntax layer)
    {
        IdentifierNameSyntax flatten = SyntaxFactory.IdentifierName("Flatten");
        return layer switch
        {
            QualifiedNameSyntax qualified => qualified.WithRight(flatten),
            AliasQualifiedNameSyntax qualified => qualified.WithName(flatten),
            _ => flatten,
        };
    }
}
