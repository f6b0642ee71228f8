using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Text;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>The generator's own list of keywords is the compiler's: what prints code knows no compiler.</summary>
public class IdentifierTests
{
    [Fact]
    public void The_keywords_are_those_of_the_compiler() => Assert.Equal(
        Enum.GetValues<SyntaxKind>()
            .Where(kind => SyntaxFacts.IsKeywordKind(kind) || SyntaxFacts.IsContextualKeyword(kind))
            .Select(SyntaxFacts.GetText)
            .Where(text => SyntaxFacts.GetKeywordKind(text) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(text) != SyntaxKind.None)
            .Distinct()
            .Order(StringComparer.Ordinal),
        Identifiers.All.Order(StringComparer.Ordinal));
}
