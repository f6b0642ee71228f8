using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Declaration;
using NetGen.Generator.Layers;
using NetGen.Generator.Rules;

namespace NetGen.CodeFixes;

/// <summary>Puts <c>Flatten</c> or <c>GlobalAveragePool</c> before a layer that needs flat features (NG0108).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class InsertFlattenFix : CodeFixProvider
{
    // The first is offered first: it keeps all values.
    private static readonly (string Kind, string Stem)[] Kinds = [("Flatten", new FlattenKind().Stem), ("GlobalAveragePool", new GlobalAveragePoolKind().Stem)];

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
            if (root is null || Attributes.At(root, diagnostic.Location) is not { } layer)
                continue;
            foreach ((string kind, string stem) in Kinds)
            {
                if (AsksForDefaultName(layer, stem))
                    continue;
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Insert [{kind}]",
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(Insert(root, layer, kind))),
                        equivalenceKey: nameof(InsertFlattenFix) + kind),
                    diagnostic);
            }
        }
    }

    /// <summary>
    /// Whether a layer of the network asks for another one by a default name of the inserted kind, such as <c>flatten1</c>: it would then get the inserted layer, because
    /// default names are counted.
    /// </summary>
    private static bool AsksForDefaultName(AttributeSyntax layer, string stem) =>
        layer.Parent?.Parent is TypeDeclarationSyntax type
        && type.AttributeLists.SelectMany(static list => list.DescendantTokens()).Any(token =>
            token.IsKind(SyntaxKind.StringLiteralToken)
            && token.ValueText.StartsWith(stem, StringComparison.Ordinal)
            && int.TryParse(token.ValueText.Substring(stem.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static SyntaxNode Insert(SyntaxNode root, AttributeSyntax layer, string kind)
    {
        AttributeListSyntax list = (AttributeListSyntax)layer.Parent!;
        int index = list.Attributes.IndexOf(layer);

        // With NetGen. if the layer's own name has it.
        NameSyntax name = layer.Name.ReplaceNode(AttributeSites.SimpleName(layer.Name), SyntaxFactory.IdentifierName(kind));
        AttributeSyntax inserted = SyntaxFactory.Attribute(name).WithLeadingTrivia(layer.GetLeadingTrivia());
        AttributeSyntax remaining = layer.WithoutLeadingTrivia();

        // What is inserted reads what the layer asked for, and the layer reads what is inserted.
        if (remaining.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals?.Name.Identifier.ValueText == "From") is { } from)
        {
            inserted = inserted.WithArgumentList(SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(from.WithoutTrivia())));
            remaining = remaining.ArgumentList.Arguments.Count == 1
                ? remaining.WithArgumentList(null)
                : remaining.RemoveNode(from, SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxNodeOrToken[] before = [.. list.Attributes.GetWithSeparators().Take(2 * index)];
        SyntaxNodeOrToken[] after = [.. list.Attributes.GetWithSeparators().Skip((2 * index) + 1)];
        return root.ReplaceNode(
            list,
            list.WithAttributes(SyntaxFactory.SeparatedList<AttributeSyntax>(
                [.. before, inserted, comma, remaining, .. after])));
    }
}
