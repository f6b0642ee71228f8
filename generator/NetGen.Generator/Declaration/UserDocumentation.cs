using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>
/// Finds the place that is left for the table of layers in the documentation of a network. The compiler joins the comments of all parts
/// of a class, so an element that the user wrote must not come a second time.
/// </summary>
internal static class UserDocumentation
{
    /// <summary>The place that no comment of the user takes.</summary>
    public static TablePlace FreePlace(INamedTypeSymbol symbol, CancellationToken cancellation)
    {
        HashSet<string> taken = [.. symbol.DeclaringSyntaxReferences
            .SelectMany(part => part.GetSyntax(cancellation).GetLeadingTrivia())
            .Select(static trivia => trivia.GetStructure())
            .OfType<DocumentationCommentTriviaSyntax>()
            .SelectMany(static comment => comment.Content)
            .Select(NameOf)
            .OfType<string>()];
        return taken.Contains("inheritdoc") || taken.Contains("include") ? TablePlace.None
            : !taken.Contains("summary") ? TablePlace.Summary
            : taken.Contains("remarks") ? TablePlace.None
            : TablePlace.Remarks;
    }

    private static string? NameOf(XmlNodeSyntax node) => node switch
    {
        XmlElementSyntax element => element.StartTag.Name.LocalName.ValueText,
        XmlEmptyElementSyntax element => element.Name.LocalName.ValueText,
        _ => null,
    };
}
