using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Declaration;

/// <summary>
/// Finds arguments that refer to a constant of a network in the same project, as in <c>Dense(Encoder.OutputLength)</c>. The constant is
/// written after all declarations are read, so a build has no value for it. In a network of a referenced project it is a constant like others.
/// </summary>
/// <remarks>
/// Names are looked up by hand, in types and namespaces from the inside out and in the <c>using</c> directives of the file: a semantic model
/// costs too much for what a declaration seldom has. What is not found here, such as a constant that is named through an
/// alias, stays an error of the compiler.
/// </remarks>
internal static class GeneratedConstants
{
    /// <summary>The expressions in an attribute's arguments that refer to such a constant.</summary>
    public static IEnumerable<MemberAccessExpressionSyntax> Find(INamedTypeSymbol network, AttributeData attribute, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax { ArgumentList: { } list })
            yield break;
        foreach (AttributeArgumentSyntax argument in list.Arguments)
        {
            if (argument.Expression is LiteralExpressionSyntax)
                continue;
            foreach (MemberAccessExpressionSyntax access in argument.Expression.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>())
            {
                if (access.Name.Identifier.ValueText is "InputLength" or "OutputLength" or "ParameterCount"
                    && Named(network, access.Expression) is INamedTypeSymbol type
                    && type.GetAttributes().Any(WellKnown.IsNetwork))
                    yield return access;
            }
        }
    }

    private static INamespaceOrTypeSymbol? Named(INamedTypeSymbol network, ExpressionSyntax name) => name switch
    {
        SimpleNameSyntax simple => FromInside(network, simple),
        MemberAccessExpressionSyntax access => Member(Named(network, access.Expression), access.Name),
        AliasQualifiedNameSyntax { Alias.Identifier: var alias } qualified when alias.IsKind(SyntaxKind.GlobalKeyword) =>
            Member(Root(network), qualified.Name),
        _ => null,
    };

    private static INamespaceOrTypeSymbol? FromInside(INamedTypeSymbol network, SimpleNameSyntax name)
    {
        for (INamedTypeSymbol? type = network.ContainingType; type is not null; type = type.ContainingType)
        {
            if (Member(type, name) is { } found)
                return found;
        }

        for (INamespaceSymbol? space = network.ContainingNamespace; space is not null; space = space.ContainingNamespace)
        {
            if (Member(space, name) is { } found)
                return found;
        }

        return Usings(name).Select(used => Member(Space(Root(network), used), name)).FirstOrDefault(found => found is not null);
    }

    private static INamespaceOrTypeSymbol? Member(INamespaceOrTypeSymbol? container, SimpleNameSyntax name) => container?
        .GetMembers(name.Identifier.ValueText)
        .OfType<INamespaceOrTypeSymbol>()
        .FirstOrDefault(symbol => symbol is not INamedTypeSymbol type || type.Arity == name.Arity);

    private static INamespaceSymbol Root(INamedTypeSymbol network)
    {
        INamespaceSymbol root = network.ContainingNamespace;
        while (root.ContainingNamespace is { } outer)
            root = outer;
        return root;
    }

    private static INamespaceOrTypeSymbol? Space(INamespaceSymbol root, NameSyntax name) => name switch
    {
        SimpleNameSyntax simple => Member(root, simple),
        QualifiedNameSyntax qualified => Member(Space(root, qualified.Left), qualified.Right),
        AliasQualifiedNameSyntax qualified => Member(root, qualified.Name),
        _ => null,
    };

    private static IEnumerable<NameSyntax> Usings(SyntaxNode node) => node.AncestorsAndSelf()
        .SelectMany(ancestor => ancestor switch
        {
            BaseNamespaceDeclarationSyntax space => space.Usings,
            CompilationUnitSyntax file => file.Usings,
            _ => default,
        })
        .Where(directive => directive.Alias is null && directive.StaticKeyword.IsKind(SyntaxKind.None) && directive.Name is not null)
        .Select(directive => directive.Name!);
}
