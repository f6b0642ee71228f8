using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Model;

namespace NetGen.Generator.Emission;

/// <summary>
/// Writes full names for types whose short names the user's code has taken. Most networks have none, and their code stays readable.
/// </summary>
internal static class NameQualifier
{
    public static string Qualify(string text, EquatableArray<string> shadowed)
    {
        if (shadowed.Count == 0)
            return text;

        CompilationUnitSyntax root = SyntaxFactory.ParseCompilationUnit(text, options: new CSharpParseOptions(LanguageVersion.CSharp13, DocumentationMode.Parse));
        Dictionary<string, string> aliases = root.Usings
            .Where(directive => directive.Alias is not null)
            .ToDictionary(directive => directive.Alias!.Name.Identifier.ValueText, directive => directive.NamespaceOrType.ToString());
        StringBuilder qualified = new(text);
        foreach (SimpleNameSyntax name in root.DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>().Where(MeansType).Reverse())
        {
            string type = name.Identifier.ValueText + (name.Parent is AttributeSyntax ? "Attribute" : "");
            if (!shadowed.Contains(type) || name.Identifier.Text[0] == '@')
                continue;
            string full = aliases.TryGetValue(type, out string? target) ? target : GeneratedTypes.Namespaces[type] + "." + name.Identifier.Text;
            qualified.Remove(name.Identifier.SpanStart, name.Identifier.Span.Length).Insert(name.Identifier.SpanStart, "global::" + full);
        }

        return qualified.ToString();
    }

    private static bool MeansType(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name && !GeneratedMembers.Contains(name.Identifier.ValueText, []),
        ArgumentSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax => false,
        NameMemberCrefSyntax cref => !GeneratedMembers.Contains(name.Identifier.ValueText, []) || cref.Parameters is not null,
        _ => name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is null,
    };
}
