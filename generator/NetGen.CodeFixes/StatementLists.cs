using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.CodeFixes;

/// <summary>
/// Replaces and removes statements wherever statements stand in a list: blocks, switch sections and top-level programs.
/// The comments of a removed statement go to the one that follows, and blank lines between statements stay.
/// </summary>
internal static class StatementLists
{
    /// <summary>The block, switch section or compilation unit that lists a statement; null for a lone one after an if.</summary>
    public static SyntaxNode? OwnerOf(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax or SwitchSectionSyntax => statement.Parent,
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit,
        _ => null,
    };

    /// <summary>Rewrites one list.</summary>
    /// <param name="original">The owner as it stands in the tree.</param>
    /// <param name="current">The same owner with changes further down already made.</param>
    /// <param name="replacements">What takes the place of original statements; an empty list removes one with its comments, and
    /// null hands its comments on to the statement that follows.</param>
    public static SyntaxNode Rewrite(
        SyntaxNode original, SyntaxNode current, IReadOnlyDictionary<StatementSyntax, IReadOnlyList<StatementSyntax>?> replacements)
    {
        switch (original, current)
        {
            case (BlockSyntax before, BlockSyntax after):
                (List<StatementSyntax> inBlock, SyntaxTriviaList left) = Replace(before.Statements, after.Statements, replacements);
                return after
                    .WithStatements(SyntaxFactory.List(inBlock))
                    .WithCloseBraceToken(after.CloseBraceToken.WithLeadingTrivia(left.AddRange(after.CloseBraceToken.LeadingTrivia)));
            case (SwitchSectionSyntax before, SwitchSectionSyntax after):
                return after.WithStatements(SyntaxFactory.List(Replace(before.Statements, after.Statements, replacements).Statements));
            case (CompilationUnitSyntax before, CompilationUnitSyntax after):
                (List<StatementSyntax> topLevel, SyntaxTriviaList rest) = Replace(Statements(before), Statements(after), replacements);
                IEnumerable<MemberDeclarationSyntax> globals = topLevel.Select(SyntaxFactory.GlobalStatement);
                return after
                    .WithMembers(SyntaxFactory.List(globals.Concat(after.Members.Where(static m => m is not GlobalStatementSyntax))))
                    .WithEndOfFileToken(after.EndOfFileToken.WithLeadingTrivia(rest.AddRange(after.EndOfFileToken.LeadingTrivia)));
            default:
                throw new ArgumentException($"A {original.Kind()} lists no statements.", nameof(original));
        }

        static IReadOnlyList<StatementSyntax> Statements(CompilationUnitSyntax unit) =>
            [.. unit.Members.OfType<GlobalStatementSyntax>().Select(static global => global.Statement)];
    }

    /// <summary>Whether nothing stands before a statement on its line.</summary>
    public static bool StartsLine(StatementSyntax statement) =>
        statement.GetFirstToken().GetPreviousToken() is var previous
        && (previous.IsKind(SyntaxKind.None) || LineOf(statement, previous.Span.End) < LineOf(statement, statement.SpanStart));

    /// <summary>Whether nothing stands after a statement on its line.</summary>
    public static bool EndsLine(StatementSyntax statement) =>
        statement.GetLastToken().GetNextToken() is var next
        && (next.IsKind(SyntaxKind.None) || LineOf(statement, statement.Span.End) < LineOf(statement, next.SpanStart));

    /// <summary>The comments among trivia, each on a line of its own.</summary>
    public static IEnumerable<SyntaxTrivia> CommentLines(SyntaxTriviaList trivia, SyntaxTrivia indentation, SyntaxTrivia endOfLine)
    {
        foreach (SyntaxTrivia comment in trivia.Where(static t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia)))
        {
            yield return indentation;
            yield return comment;
            yield return endOfLine;
        }
    }

    public static SyntaxTrivia IndentationOf(StatementSyntax statement) =>
        statement.GetLeadingTrivia() is { Count: > 0 } trivia && trivia.Last().IsKind(SyntaxKind.WhitespaceTrivia)
            ? trivia.Last()
            : SyntaxFactory.Whitespace("");

    public static SyntaxTrivia EndOfLineOf(SyntaxNode node)
    {
        SyntaxTrivia found = node.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(static t => t.IsKind(SyntaxKind.EndOfLineTrivia));
        return found.IsKind(SyntaxKind.EndOfLineTrivia) ? found : SyntaxFactory.LineFeed;
    }

    private static int LineOf(SyntaxNode node, int position) => node.SyntaxTree.GetText().Lines.IndexOf(position);

    private static (List<StatementSyntax> Statements, SyntaxTriviaList Left) Replace(
        IReadOnlyList<StatementSyntax> before,
        IReadOnlyList<StatementSyntax> after,
        IReadOnlyDictionary<StatementSyntax, IReadOnlyList<StatementSyntax>?> replacements)
    {
        var statements = new List<StatementSyntax>();
        var comments = new List<SyntaxTrivia>();
        SyntaxTriviaList? startOfLine = null;
        bool hasRemoved = false;
        bool blankLine = false;
        for (int i = 0; i < before.Count; i++)
        {
            if (!replacements.TryGetValue(before[i], out IReadOnlyList<StatementSyntax>? replacement))
            {
                Add(after[i]);
            }
            else if (replacement is { Count: > 0 })
            {
                foreach (StatementSyntax statement in replacement) Add(statement);
            }
            else if (!StartsLine(before[i]) || !EndsLine(before[i]))
            {
                // The others on the line close up: the next one begins it where this one did, the one before ends it.
                if (StartsLine(before[i])) startOfLine = before[i].GetLeadingTrivia();
                else if (EndsLine(before[i]) && statements.Count != 0)
                    statements[statements.Count - 1] = statements[statements.Count - 1].WithTrailingTrivia(before[i].GetTrailingTrivia());
            }
            else
            {
                hasRemoved = true;
                blankLine |= StartsWithBlankLine(before[i]);
                if (replacement is not null) continue;
                SyntaxTriviaList around = before[i].GetLeadingTrivia().AddRange(before[i].GetTrailingTrivia());
                comments.AddRange(CommentLines(around, IndentationOf(before[i]), EndOfLineOf(before[i])));
            }
        }

        return (statements, [.. comments]);

        void Add(StatementSyntax statement)
        {
            if (startOfLine is { } trivia) statement = statement.WithLeadingTrivia(trivia);
            startOfLine = null;
            if (hasRemoved)
            {
                SyntaxTriviaList own = statement.GetLeadingTrivia();
                bool ownBlankLine = StartsWithBlankLine(statement);
                bool separate = statements.Count != 0 && (blankLine || ownBlankLine);
                IEnumerable<SyntaxTrivia> blank = separate ? [EndOfLineOf(before[0])] : [];
                IEnumerable<SyntaxTrivia> rest = ownBlankLine
                    ? own.SkipWhile(static trivia => !trivia.IsKind(SyntaxKind.EndOfLineTrivia)).Skip(1)
                    : own;
                statement = statement.WithLeadingTrivia(blank.Concat(comments).Concat(rest));
            }

            statements.Add(statement);
            comments.Clear();
            hasRemoved = blankLine = false;
        }
    }

    private static bool StartsWithBlankLine(StatementSyntax statement) =>
        statement.GetLeadingTrivia().FirstOrDefault(static t => !t.IsKind(SyntaxKind.WhitespaceTrivia)).IsKind(SyntaxKind.EndOfLineTrivia);
}
