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

    private MemberDeclarationSyntax? _member;

    private PredictRewrite()
    {
    }

    /// <summary>Plans the rewrite around one read of outputs; null where it is not mechanical.</summary>
    public static PredictRewrite? Find(SemanticModel model, SyntaxNode outputs, CancellationToken cancellationToken)
    {
        if (NetworkSymbols.Find(model.Compilation) is not { } symbols
            || model.GetOperation(outputs, cancellationToken) is not IPropertyReferenceOperation { Instance: { } instance } read
            || PassUse.Unconverted(instance) is not (ILocalReferenceOperation or IMemberReferenceOperation))
        {
            return null;
        }

        return PassUse.Unconverted(instance) is ILocalReferenceOperation
            ? FindLocal(model, read, symbols, cancellationToken)
            : FindMember(model, read, symbols);
    }

    private static PredictRewrite? FindMember(SemanticModel model, IPropertyReferenceOperation read, NetworkSymbols symbols)
    {
        if (MemberSite.Find(model, read, symbols) is not { } member
            || member.ForwardOf(read) is not { Syntax.Parent: not ConditionalAccessExpressionSyntax } forward
            || member.ReadsOf(forward) is not { } reads
            || reads.Any(other => member.ForwardOf(other) is null || other.Syntax is MemberBindingExpressionSyntax)
            || ForwardSite.Find(forward, reads) is not { } site
            || PredictCall.Find(model, forward, member.Predictor, symbols, site.Statement) is not { } call)
        {
            return null;
        }

        var rewrite = new PredictRewrite();
        HashSet<SyntaxNode> gone = rewrite.Plan(site, call, out LocalDeclarationStatementSyntax? declared, out string name);
        if (member.IsOnlyUsedIn(gone)) rewrite._member = member.Declaration;
        return rewrite.PlanStatements(model, site, call, [], declared, name, gone) ? rewrite : null;
    }

    private static PredictRewrite? FindLocal(
        SemanticModel model, IPropertyReferenceOperation read, NetworkSymbols symbols, CancellationToken cancellationToken)
    {
        if (LocalPasses.In(PassUse.RootOf(read), symbols, cancellationToken) is not { } passes
            || passes.PredictionsOf(read) is not { Pass: { Creations.Count: 1, Aliases.Count: 0 } pass, Seen: { AreMore: false, Forwards: { Length: 1 } forwards } }
            || pass.Variable is not ILocalSymbol local)
        {
            return null;
        }

        IInvocationOperation forward = pass.ForwardAt(forwards[0]);
        List<IPropertyReferenceOperation> reads = [.. pass.Outputs.Where(other => passes.SeenBy(pass, other)?.Forwards.Contains(forward.Syntax) == true)];
        if (reads.Any(other => passes.SeenBy(pass, other) is { Forwards.Length: > 1 })
            || pass.Outputs.Any(IsReadElsewhere)
            || forward.Syntax.Parent is ConditionalAccessExpressionSyntax
            || ForwardSite.Find(forward, reads) is not { } site
            || PassSite.Find(pass.Creations[0].Call, local, symbols) is not { } origin
            || PredictCall.Find(model, forward, Predictor.Of(origin.Begin), symbols, site.Statement) is not { } call)
        {
            return null;
        }

        // Whatever only served the forward pass goes with it.
        var rewrite = new PredictRewrite();
        HashSet<SyntaxNode> gone = rewrite.Plan(site, call, out LocalDeclarationStatementSyntax? declared, out string name);
        List<LocalDeclarationStatementSyntax> removed = [];
        if (References(PassUse.RootOf(forward), local).All(reference => reference.Syntax.AncestorsAndSelf().Any(gone.Contains)))
        {
            if (!origin.Begin.Arguments.All(static argument => Purity.IsPure(argument.Value))) return null;
            removed.Add(origin.Declaration);
        }

        return rewrite.PlanStatements(model, site, call, removed, declared, name, gone) ? rewrite : null;

        // A lambda may read what the forward pass computes, too, and can capture no span.
        bool IsReadElsewhere(IPropertyReferenceOperation other) =>
            PassUse.FunctionOf(other) != PassUse.FunctionOf(forward)
            && (passes.SeenBy(pass, other) is not { Forwards.IsEmpty: false } seen || seen.Forwards.Contains(forward.Syntax));
    }

    public SyntaxNode Apply(SyntaxNode root)
    {
        HashSet<SyntaxNode> owners = [.. _statements.Keys.Select(static statement => StatementLists.OwnerOf(statement)!)];
        var removed = new SyntaxAnnotation();
        root = root.ReplaceNodes(
            owners.Concat(_expressions.Keys).Concat(_member is null ? [] : [_member]),
            (original, current) => original == _member ? current.WithAdditionalAnnotations(removed)
                : owners.Contains(original) ? StatementLists.Rewrite(original, current, _statements)
                : _expressions[original].WithTriviaFrom(original));
        return root.GetAnnotatedNodes(removed).FirstOrDefault() is MemberDeclarationSyntax member ? RemoveMember(root, member) : root;
    }

    /// <summary>A comment above a member may be about more than that, so that such a member stays.</summary>
    private static SyntaxNode RemoveMember(SyntaxNode root, MemberDeclarationSyntax member)
    {
        bool isBare = member.GetLeadingTrivia().Concat(member.GetTrailingTrivia()).All(
            static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        if (!isBare || member.Parent is not TypeDeclarationSyntax type) return root;
        SyntaxList<MemberDeclarationSyntax> rest = type.Members.Remove(member);
        if (type.Members[0] == member && rest.Count != 0)
        {
            IEnumerable<SyntaxTrivia> own = rest[0].GetLeadingTrivia().SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
            rest = rest.Replace(rest[0], rest[0].WithLeadingTrivia(own));
        }

        return root.ReplaceNode(type, type.WithMembers(rest));
    }

    /// <summary>Plans what replaces the reads.</summary>
    /// <returns>The nodes that the rewrite removes.</returns>
    private HashSet<SyntaxNode> Plan(ForwardSite site, PredictCall call, out LocalDeclarationStatementSyntax? declaration, out string name)
    {
        (IPropertyReferenceOperation Read, ILocalSymbol Local, LocalDeclarationStatementSyntax Statement)? declared =
            site.Declared(PassUse.RootOf(site.Forward));
        declaration = declared?.Statement;
        name = declared?.Local.Name ?? call.FreeName("outputs");
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

        return [site.Forward.Syntax, .. site.Reads.Select(static read => read.Syntax)];
    }

    private bool PlanStatements(
        SemanticModel model,
        ForwardSite site,
        PredictCall call,
        List<LocalDeclarationStatementSyntax> removed,
        LocalDeclarationStatementSyntax? declared,
        string name,
        HashSet<SyntaxNode> gone)
    {
        foreach (LocalDeclarationStatementSyntax statement in removed.Concat(Unused(model, PassUse.RootOf(site.Forward), site, gone)))
            _statements.Add(statement, null);
        if (declared is not null) _statements.Add(declared, []);
        if (_statements.Keys.Any(static statement => statement.ContainsDirectives || StatementLists.OwnerOf(statement) is null)) return false;
        _statements.Add(site.Statement, call.Statements(name, site.Statement, declared));
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
