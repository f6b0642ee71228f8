using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>A training pass that begins in a body.</summary>
/// <param name="site">The expression of the body that gives the pass.</param>
/// <param name="call">The call that makes it: the same expression, or what the method returns that the expression calls.</param>
internal readonly struct Creation(IOperation site, IOperation call)
{
    public IOperation Site { get; } = site;

    public IOperation Call { get; } = call;

    /// <summary>Whether a method that the body calls makes the pass.</summary>
    public bool IsByMethod => Site != Call;

    /// <summary>The pass that an expression begins, by itself or by calling a method of the same file that does nothing else; null if there is none.</summary>
    public static Creation? Of(IOperation value, NetworkSymbols symbols)
    {
        if (symbols.IsCreation(value)) return new(value, value);
        return value is IInvocationOperation call
            && symbols.IsPass(call.Type)
            && ReturnedBy(call) is { } returned
            && PassUse.Unconverted(returned) is var made
            && symbols.IsCreation(made)
            && !(made is IInvocationOperation { Instance: { } network } && IsAnyNetwork(network))
            ? new(value, made)
            : null;
    }

    /// <summary>A method may be given a network without dropout as its interface.</summary>
    private static bool IsAnyNetwork(IOperation network) =>
        PassUse.Unconverted(network) is IParameterReferenceOperation { Type.TypeKind: TypeKind.Interface or TypeKind.TypeParameter };

    /// <summary>The expression that a method or local function consists of. Other files have other semantic models, which cost too much.</summary>
    private static IOperation? ReturnedBy(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.IsVirtual || method.IsAbstract || method.IsOverride || method.IsAsync
            || method.DeclaringSyntaxReferences is not { Length: 1 } parts
            || parts[0].SyntaxTree != call.Syntax.SyntaxTree)
        {
            return null;
        }

        (BlockSyntax? block, ArrowExpressionClauseSyntax? arrow) = parts[0].GetSyntax() switch
        {
            MethodDeclarationSyntax declaration => (declaration.Body, declaration.ExpressionBody),
            LocalFunctionStatementSyntax declaration => (declaration.Body, declaration.ExpressionBody),
            _ => (null, null),
        };
        ExpressionSyntax? returned = arrow?.Expression
            ?? (block is { Statements.Count: 1 } && block.Statements[0] is ReturnStatementSyntax { Expression: { } value } ? value : null);
        return returned is null ? null : call.SemanticModel?.GetOperation(returned);
    }
}
