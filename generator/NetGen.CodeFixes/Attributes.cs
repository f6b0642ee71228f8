using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Declaration;

namespace NetGen.CodeFixes;

/// <summary>Finds and removes the attributes of layers.</summary>
internal static class Attributes
{
    /// <summary>The attribute at a place that a rule reports; null if there is none.</summary>
    public static AttributeSyntax? At(SyntaxNode root, Location place) => root.FindNode(place.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>();

    /// <summary>
    /// Whether a layer of the network asks for another one by name. Then no layer may go or change its kind: the default names of those after it would
    /// change.
    /// </summary>
    public static async Task<bool> AskForNamesAsync(Document document, AttributeSyntax layer, CancellationToken cancellation) =>
        layer.Parent?.Parent is TypeDeclarationSyntax type
        && await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } semantics
        && semantics.GetDeclaredSymbol(type, cancellation) is { } network
        && DeclarationParser.Parse(network, cancellation).Model is { } model
        && model.Layers.Items.Any(static declared => declared.Named.Count > 0);

    /// <summary>Removes attributes, and lists of them that would be empty.</summary>
    public static SyntaxNode Remove(SyntaxNode root, IReadOnlyCollection<AttributeSyntax> attributes)
    {
        root = root.TrackNodes(attributes);
        foreach (AttributeSyntax attribute in attributes)
        {
            AttributeSyntax current = root.GetCurrentNode(attribute)!;
            root = current.Parent is AttributeListSyntax { Attributes.Count: 1 } list
                ? RemoveList(root, list)
                : root.RemoveNode(current, SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        return root;
    }

    private static SyntaxNode RemoveList(SyntaxNode root, AttributeListSyntax list)
    {
        // What stands above the list, a comment for example, stays above what follows.
        bool hasComment = list.GetLeadingTrivia().Any(static trivia =>
            !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        if (!hasComment) return root.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)!;
        SyntaxTriviaList above = list.GetLeadingTrivia();
        root = root.TrackNodes(list);
        SyntaxToken next = root.GetCurrentNode(list)!.GetLastToken().GetNextToken();
        root = root.ReplaceToken(next, next.WithLeadingTrivia(above));
        return root.RemoveNode(root.GetCurrentNode(list)!, SyntaxRemoveOptions.KeepNoTrivia)!;
    }
}
