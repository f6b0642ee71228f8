using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.CodeFixes.Dropout;

/// <summary>A forward pass as a statement of its own, and the reads that come after it in the same list of statements.</summary>
internal sealed class ForwardSite
{
    private ForwardSite(IInvocationOperation forward, ExpressionStatementSyntax statement, IReadOnlyList<IPropertyReferenceOperation> reads)
    {
        Forward = forward;
        Statement = statement;
        Reads = reads;
    }

    public IInvocationOperation Forward { get; }

    public ExpressionStatementSyntax Statement { get; }

    public IReadOnlyList<IPropertyReferenceOperation> Reads { get; }

    public static ForwardSite? Find(IInvocationOperation forward, IReadOnlyList<IPropertyReferenceOperation> reads)
    {
        ExpressionStatementSyntax? statement = forward.Parent switch
        {
            IExpressionStatementOperation => forward.Syntax.Parent as ExpressionStatementSyntax,
            ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation } =>
                forward.Syntax.Parent?.Parent as ExpressionStatementSyntax,
            _ => null,
        };
        if (statement is null || statement.ContainsDirectives || StatementLists.OwnerOf(statement) is not { } owner) return null;
        return reads.All(read => owner.Span.Contains(read.Syntax.Span) && read.Syntax.SpanStart > statement.Span.End)
            ? new ForwardSite(forward, statement, reads)
            : null;
    }

    /// <summary>
    /// The first read that only gives the outputs a name, in the same list of statements as the forward pass, if the array can take that name.
    /// </summary>
    public (IPropertyReferenceOperation Read, ILocalSymbol Local, LocalDeclarationStatementSyntax Statement)? Declared(IOperation root)
    {
        foreach (IPropertyReferenceOperation read in Reads)
        {
            bool isCopied = Reads.Count == 1 && ArrayUses.IsToArray(read.Parent);
            IOperation value = isCopied ? read.Parent! : read;
            if (value.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { IsRef: false } local } declarator }
                && declarator.Syntax.Parent is VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement }
                && StatementLists.OwnerOf(statement) == StatementLists.OwnerOf(Statement)
                && (isCopied || root.Descendants().OfType<ILocalReferenceOperation>()
                    .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local))
                    .All(ArrayUses.Fits)))
            {
                return (read, local, statement);
            }
        }

        return null;
    }
}
