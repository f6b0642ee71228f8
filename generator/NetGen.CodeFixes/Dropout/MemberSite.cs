using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Analysis.Dropout;

namespace NetGen.CodeFixes.Dropout;

/// <summary>A field or property that holds a pass, as one method of its type uses it.</summary>
internal sealed class MemberSite
{
    private readonly PassHistory _pass;
    private readonly PassFacts _facts;

    private MemberSite(PassHistory pass, PassFacts facts, Predictor predictor, MemberDeclarationSyntax? declaration)
    {
        _pass = pass;
        _facts = facts;
        Predictor = predictor;
        Declaration = declaration;
    }

    public Predictor Predictor { get; }

    /// <summary>The declaration, if it can be removed once nothing uses the pass any more; otherwise null.</summary>
    public MemberDeclarationSyntax? Declaration { get; }

    public static MemberSite? Find(SemanticModel model, IPropertyReferenceOperation read, NetworkSymbols symbols)
    {
        if (read.Instance is not { } instance || PassUse.Unconverted(instance) is not IMemberReferenceOperation { Member: var member } reference)
            return null;
        var pass = new PassHistory(member);
        foreach (IOperation operation in PassUse.RootOf(read).Descendants())
        {
            if (operation is not IMemberReferenceOperation other || !SymbolEqualityComparer.Default.Equals(other.Member, member)) continue;

            // The length of outputs that are no longer computed would be that of the last training step.
            if (other.Parent is IPropertyReferenceOperation property && symbols.RoleOf(property.Property) == MemberRole.Outputs
                && PassUse.Of(other, symbols).Kind != PassUseKind.Outputs)
            {
                return null;
            }

            pass.Add(other, symbols);
        }

        // A lambda may read what the forward pass computes, too, and can capture no span.
        if (pass.Aliases.Count != 0
            || pass.Outputs.Exists(other => PassUse.FunctionOf(other) != PassUse.FunctionOf(read))
            || new FlowMap([pass]).FactsAt(pass, read) is not { } facts)
        {
            return null;
        }

        SyntaxNode? declarator = member.DeclaringSyntaxReferences.FirstOrDefault() is { } declared && declared.SyntaxTree == model.SyntaxTree ? declared.GetSyntax() : null;
        ExpressionSyntax? initial = declarator switch
        {
            VariableDeclaratorSyntax field => field.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            _ => null,
        };
        var begin = initial is null ? null : model.GetOperation(initial) is { } value ? PassUse.Unconverted(value) as IInvocationOperation : null;
        if (begin is not null && CanBeCalledAgain(model, begin, read.Syntax.SpanStart))
            return new(pass, facts, Predictor.Of(begin), DeclarationOf(declarator!));

        // The pass itself knows its network.
        IPropertySymbol? network = reference.Type?.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(
            property => symbols.IsNetwork(property.Type) && property.DeclaredAccessibility == Accessibility.Public);
        return network is null
            ? null
            : new(pass, facts, new(network.Type, $"{reference.Syntax}.{network.Name}.", begin is not null && Predictor.TakesOneSample(begin)), null);
    }

    /// <summary>The one forward pass of this method whose outputs a read sees; null where there may be others.</summary>
    public IInvocationOperation? ForwardOf(IPropertyReferenceOperation read) =>
        _facts.SeenBy(read.Syntax) is { AreMore: false, Forwards: { Length: 1 } forwards } && !_facts.MayPrecedeForwards(read.Syntax)
            ? _pass.ForwardAt(forwards[0])
            : null;

    /// <summary>All reads of this method that see a forward pass.</summary>
    public IReadOnlyList<IPropertyReferenceOperation> ReadsOf(IInvocationOperation forward) =>
        [.. _pass.Outputs.Where(read => _facts.SeenBy(read.Syntax)?.Forwards.Contains(forward.Syntax) == true)];

    /// <summary>Whether the type names the member only in its declaration and in the given nodes.</summary>
    public bool IsOnlyUsedIn(IReadOnlyCollection<SyntaxNode> nodes)
    {
        if (_pass.Variable.ContainingType.DeclaringSyntaxReferences.Length != 1 || Declaration?.Parent is not { } type) return false;
        return type.DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == _pass.Variable.Name)
            .All(token => Declaration.Span.Contains(token.Span) || nodes.Any(node => node.Span.Contains(token.Span)));
    }

    /// <summary>Whether the network that began the pass is still the same, and can be named, where the outputs are read.</summary>
    private static bool CanBeCalledAgain(SemanticModel model, IInvocationOperation begin, int position)
    {
        ISymbol? network = begin.Instance switch
        {
            IParameterReferenceOperation { Parameter: var parameter } => parameter,
            IFieldReferenceOperation { Field: { IsReadOnly: true } field } => field,
            IPropertyReferenceOperation { Property: { IsReadOnly: true } property } => property,
            _ => null,
        };
        return network is not null
            && begin.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } }
            && model.LookupSymbols(position, name: network.Name).Any(found => SymbolEqualityComparer.Default.Equals(found, network));
    }

    private static MemberDeclarationSyntax? DeclarationOf(SyntaxNode declarator) => declarator switch
    {
        PropertyDeclarationSyntax property => property,
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax field } } => field,
        _ => null,
    };
}
