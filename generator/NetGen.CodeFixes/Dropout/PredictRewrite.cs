using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Analysis.Dropout;

namespace NetGen.CodeFixes.Dropout;

/// <summary>
/// One forward pass and the reads of its outputs, turned into a prediction:
/// <code>
/// var pass = net.BeginTraining(1);          float[] scores = new float[DigitNet.OutputLength];
/// pass.Forward(x, labels);            →     net.Predict(x, scores);
/// var scores = pass.Outputs;
/// </code>
/// </summary>
internal sealed class PredictRewrite
{
    private readonly Dictionary<SyntaxNode, ExpressionSyntax> _expressions = [];
    private readonly Dictionary<StatementSyntax, IReadOnlyList<StatementSyntax>?> _statements = [];

    private PredictRewrite()
    {
    }

    /// <summary>Plans the rewrite around one read of outputs; null where it is not mechanical.</summary>
    public static PredictRewrite? Find(SemanticModel model, SyntaxNode outputs, CancellationToken cancellationToken)
    {
        if (NetworkSymbols.Find(model.Compilation) is not { } symbols
            || model.GetOperation(outputs, cancellationToken) is not IPropertyReferenceOperation { Instance: { } instance } read
            || PassUse.Unconverted(instance) is not ILocalReferenceOperation
            || LocalPasses.In(PassUse.RootOf(read), symbols, cancellationToken) is not { } passes
            || passes.PredictionsOf(read) is not { Pass: { Creations.Count: 1, Aliases.Count: 0 } pass, Seen: { AreMore: false, Forwards: { Length: 1 } forwards } }
            || pass.Variable is not ILocalSymbol local)
        {
            return null;
        }

        IInvocationOperation forward = pass.ForwardAt(forwards[0]);
        List<IPropertyReferenceOperation> reads = [.. pass.Outputs.Where(other => passes.SeenBy(pass, other)?.Forwards.Contains(forward.Syntax) == true)];
        if (reads.Any(other => passes.SeenBy(pass, other) is { Forwards.Length: > 1 })
            || forward.Syntax.Parent is ConditionalAccessExpressionSyntax
            || ForwardSite.Find(forward, reads) is not { } site
            || PassSite.Find(pass.Creations[0], local, symbols) is not { } origin
            || PredictCall.Find(model, forward, origin, symbols, site.Statement) is not { } call)
        {
            return null;
        }

        var rewrite = new PredictRewrite();
        return rewrite.Plan(model, local, site, origin, call) ? rewrite : null;
    }

    public SyntaxNode Apply(SyntaxNode root)
    {
        HashSet<SyntaxNode> owners = [.. _statements.Keys.Select(static statement => StatementLists.OwnerOf(statement)!)];
        return root.ReplaceNodes(
            owners.Concat(_expressions.Keys),
            (original, current) => owners.Contains(original)
                ? StatementLists.Rewrite(original, current, _statements)
                : _expressions[original].WithTriviaFrom(original));
    }

    private bool Plan(SemanticModel model, ILocalSymbol pass, ForwardSite site, PassSite origin, PredictCall call)
    {
        IOperation root = PassUse.RootOf(site.Forward);
        (IPropertyReferenceOperation Read, ILocalSymbol Local, LocalDeclarationStatementSyntax Statement)? declared = site.Declared(root);
        string name = declared?.Local.Name ?? call.FreeName("outputs");
        foreach (IPropertyReferenceOperation read in site.Reads)
        {
            if (read == declared?.Read) continue;
            if (site.Reads.Count == 1 && ArrayUses.IsToArray(read.Parent))
                _expressions.Add(read.Parent!.Syntax, SyntaxFactory.IdentifierName(name));
            else if (ArrayUses.Fits(read))
                _expressions.Add(read.Syntax, SyntaxFactory.IdentifierName(name));
            else
                _expressions.Add(read.Syntax, SyntaxFactory.ParseExpression($"new {call.SpanType}({name})"));
        }

        // Whatever only served the forward pass goes with it.
        HashSet<SyntaxNode> gone = [site.Forward.Syntax, .. site.Reads.Select(static read => read.Syntax)];
        List<LocalDeclarationStatementSyntax> removed = [.. Unused(model, root, site, gone)];
        if (References(root, pass).All(reference => reference.Syntax.AncestorsAndSelf().Any(gone.Contains)))
        {
            if (!origin.Begin.Arguments.All(static argument => Purity.IsPure(argument.Value))) return false;
            removed.Add(origin.Declaration);
        }

        foreach (LocalDeclarationStatementSyntax statement in removed) _statements.Add(statement, null);
        if (declared is not null) _statements.Add(declared.Value.Statement, []);
        if (_statements.Keys.Any(static statement => statement.ContainsDirectives || StatementLists.OwnerOf(statement) is null)) return false;
        _statements.Add(site.Statement, call.Statements(name, site.Statement, declared?.Statement));
        return true;
    }

    /// <summary>Variables, such as invented labels, that nothing but the forward pass reads.</summary>
    private static IEnumerable<LocalDeclarationStatementSyntax> Unused(
        SemanticModel model, IOperation root, ForwardSite site, HashSet<SyntaxNode> gone)
    {
        IEnumerable<ILocalSymbol> candidates = site.Forward.Arguments
            .Where(static argument => argument.Parameter?.Ordinal != 0)
            .SelectMany(static argument => argument.Descendants().OfType<ILocalReferenceOperation>())
            .Select(static reference => reference.Local)
            .Distinct<ILocalSymbol>(SymbolEqualityComparer.Default);
        foreach (ILocalSymbol candidate in candidates)
        {
            bool isOnlyRead = References(root, candidate).All(
                reference => reference.Syntax.AncestorsAndSelf().Any(node => node is ArgumentSyntax { Parent.Parent: var call } argument
                    && call == site.Forward.Syntax
                    && site.Forward.Arguments.Any(a => a.Syntax == argument && a.Parameter?.Ordinal != 0)));
            if (isOnlyRead
                && candidate.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value } declarator
                && declarator.Parent is VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement }
                && model.GetOperation(value) is { } initial && Purity.IsPure(initial)
                && !gone.Contains(statement))
            {
                yield return statement;
            }
        }
    }

    private static IEnumerable<ILocalReferenceOperation> References(IOperation root, ILocalSymbol local) =>
        root.Descendants().OfType<ILocalReferenceOperation>().Where(
            reference => SymbolEqualityComparer.Default.Equals(reference.Local, local));
}
