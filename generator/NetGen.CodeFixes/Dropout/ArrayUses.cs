using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.CodeFixes.Dropout;

/// <summary>Where an array can stand for a read-only span without changing what the code means.</summary>
internal static class ArrayUses
{
    /// <summary>Whether a use of a span means the same, and compiles, with an array in its place.</summary>
    public static bool Fits(IOperation span) => span.Parent switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: true } element => element.Instance == span,
        IImplicitIndexerReferenceOperation { Argument.Type.Name: "Index" } element => element.Instance == span,
        IPropertyReferenceOperation { Property.Name: "Length" } length => length.Instance == span,
        IArgumentOperation argument => FitsParameter(argument),
        IConversionOperation { IsImplicit: true, Parent: IForEachLoopOperation loop } conversion =>
            loop.Collection == conversion && IteratesByValue(loop),
        IForEachLoopOperation loop => loop.Collection == span && IteratesByValue(loop),
        _ => false,
    };

    /// <summary>Whether an invocation copies the span it is called on into an array.</summary>
    public static bool IsToArray(IOperation? operation) =>
        operation is IInvocationOperation { TargetMethod: { Name: "ToArray", ContainingType: { Name: "ReadOnlySpan", ContainingNamespace.Name: "System" } } };

    private static bool IteratesByValue(IForEachLoopOperation loop) =>
        loop.Syntax is ForEachStatementSyntax { Type: not RefTypeSyntax };

    /// <summary>Whether a parameter is a span for an array, too: its type is not inferred, and there is no overload that would be chosen instead.</summary>
    private static bool FitsParameter(IArgumentOperation argument) =>
        argument is { Syntax: ArgumentSyntax, Parameter: { Type.IsRefLikeType: true, OriginalDefinition.Type: INamedTypeSymbol declared } parameter }
        && declared.TypeArguments.All(static type => type.TypeKind != TypeKind.TypeParameter)
        && parameter.ContainingSymbol is IMethodSymbol method
        && (method.MethodKind is MethodKind.LocalFunction or MethodKind.DelegateInvoke
            || method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
                .Count(other => other.Parameters.Length >= method.Parameters.Length) == 1);
}
