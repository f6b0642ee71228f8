using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.CodeFixes;

/// <summary>Removes attributes, and lists of them that would be empty.</summary>
internal static class Attributes
{
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
