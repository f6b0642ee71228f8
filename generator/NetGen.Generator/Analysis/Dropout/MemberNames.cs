using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Analysis.Dropout;

/// <summary>
/// Finds members by their names in the source, before the compiler is asked what they are. Members with the roles that the rules look for have the
/// names of these roles: generated ones, and those of the library's interfaces.
/// </summary>
internal static class MemberNames
{
    /// <summary>Whether an expression accesses a member of that name on something: <c>a.Name</c>, <c>a?.Name</c>.</summary>
    public static bool IsAccess(SyntaxNode expression, string name) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == name,
        MemberBindingExpressionSyntax access => access.Name.Identifier.ValueText == name,
        _ => false,
    };

    /// <summary>Whether an expression calls a member of that name, also on the implicit <c>this</c>.</summary>
    public static bool IsCall(InvocationExpressionSyntax call, string name) =>
        IsAccess(call.Expression, name) || (call.Expression is IdentifierNameSyntax own && own.Identifier.ValueText == name);

    /// <summary>Whether a type accesses a member of that name in any of its parts.</summary>
    public static bool AreAccessed(ISymbol type, string name, CancellationToken cancellationToken) => type.DeclaringSyntaxReferences.Any(
        part => part.GetSyntax(cancellationToken).DescendantNodes().Any(node => IsAccess(node, name)));
}
