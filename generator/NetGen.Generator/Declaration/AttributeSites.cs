using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Declaration;

/// <summary>Finds attributes and their arguments in the source.</summary>
internal static class AttributeSites
{
    /// <summary>The value of an argument, by the name of the parameter or property; the attribute when it is not written.</summary>
    public static Location Find(AttributeData attribute, string? argument, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
            return Location.None;
        AttributeArgumentSyntax? found = argument is null ? null : FindArgument(attribute, syntax, argument);
        return found?.Expression.GetLocation() ?? syntax.GetLocation();
    }

    private static AttributeArgumentSyntax? FindArgument(AttributeData attribute, AttributeSyntax syntax, string argument)
    {
        if (syntax.ArgumentList is null)
            return null;
        foreach (AttributeArgumentSyntax candidate in syntax.ArgumentList.Arguments)
        {
            string? name = candidate.NameEquals?.Name.Identifier.ValueText ?? candidate.NameColon?.Name.Identifier.ValueText;
            if (name == argument)
                return candidate;
        }

        int index = 0;
        foreach (IParameterSymbol parameter in attribute.AttributeConstructor?.Parameters ?? [])
        {
            if (parameter.Name == argument)
                break;
            index++;
        }

        if (index >= syntax.ArgumentList.Arguments.Count)
            return null;
        AttributeArgumentSyntax positional = syntax.ArgumentList.Arguments[index];
        return positional.NameEquals is null && positional.NameColon is null ? positional : null;
    }
}
