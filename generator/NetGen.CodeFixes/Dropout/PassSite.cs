using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Analysis.Dropout;

namespace NetGen.CodeFixes.Dropout;

/// <summary>Where a pass begins: a declaration of one variable, with a receiver that can be called again later.</summary>
internal sealed class PassSite
{
    private PassSite(IInvocationOperation begin, IOperation network, LocalDeclarationStatementSyntax declaration)
    {
        Begin = begin;
        Network = network;
        Declaration = declaration;
    }

    public IInvocationOperation Begin { get; }

    /// <summary>The receiver of the call that began the pass.</summary>
    public IOperation Network { get; }

    public LocalDeclarationStatementSyntax Declaration { get; }

    public static PassSite? Find(IOperation creation, ILocalSymbol local, NetworkSymbols symbols)
    {
        if (PassUse.Unconverted(creation) is not IInvocationOperation { Instance: { } network } begin
            || local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not VariableDeclaratorSyntax { Initializer: { } initializer } declarator
            || !initializer.Span.Contains(begin.Syntax.Span)
            || declarator.Parent is not VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration }
            || !Purity.IsChain(network))
        {
            return null;
        }

        IOperation root = PassUse.RootOf(creation);
        bool isMeasured = root.Descendants().OfType<IPropertyReferenceOperation>().Any(
            property => symbols.RoleOf(property.Property) == MemberRole.Outputs
                && property.Instance is { } instance
                && PassUse.Unconverted(instance) is ILocalReferenceOperation pass
                && SymbolEqualityComparer.Default.Equals(pass.Local, local)
                && PassUse.Of(pass, symbols).Kind != PassUseKind.Outputs);
        return isMeasured || Purity.IsWritten(root, Purity.SymbolsOf(network)) ? null : new PassSite(begin, network, declaration);
    }
}
