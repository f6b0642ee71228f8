using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Declaration;

/// <summary>Finds attributes and their arguments in the source.</summary>
internal static class AttributeSites
{
    /// <summary>
    /// The location of an argument's value, by the name of the parameter or property; that of the attribute if the argument is not written. A
    /// name with a number, <c>layers[1]</c>, means one value of a <c>params</c> parameter whose values are written one by one.
    /// </summary>
    public static Location Find(AttributeData attribute, string? argument, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
            return Location.None;
        if (FindType(attribute, syntax, argument) is { } type)
            return type.GetLocation();
        int bracket = argument?.IndexOf('[') ?? -1;
        AttributeArgumentSyntax? found = argument is null ? null
            : bracket < 0 ? FindArgument(attribute, syntax, argument)
            : FindElement(attribute, syntax, argument.Substring(0, bracket), int.Parse(argument.Substring(bracket + 1).TrimEnd(']'), CultureInfo.InvariantCulture));
        return found?.Expression.GetLocation() ?? syntax.GetLocation();
    }

    /// <summary>The name of an attribute without its namespace or alias.</summary>
    public static SimpleNameSyntax SimpleName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right,
        AliasQualifiedNameSyntax qualified => qualified.Name,
        _ => (SimpleNameSyntax)name,
    };

    /// <summary>A type between the angle brackets, by the name of the type parameter.</summary>
    private static TypeSyntax? FindType(AttributeData attribute, AttributeSyntax syntax, string? argument)
    {
        if (SimpleName(syntax.Name) is not GenericNameSyntax generic || attribute.AttributeClass is not { } type)
            return null;
        int index = type.TypeParameters.ToList().FindIndex(parameter => parameter.Name == argument);
        return index >= 0 && index < generic.TypeArgumentList.Arguments.Count ? generic.TypeArgumentList.Arguments[index] : null;
    }

    private static AttributeArgumentSyntax? FindElement(AttributeData attribute, AttributeSyntax syntax, string argument, int element)
    {
        AttributeArgumentSyntax? first = FindArgument(attribute, syntax, argument);
        AttributeArgumentSyntax[] positional = [.. syntax.ArgumentList?.Arguments.Where(other => other.NameEquals is null && other.NameColon is null) ?? []];
        int index = Array.IndexOf(positional, first);
        return index >= 0 && index + element < positional.Length ? positional[index + element] : first;
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
