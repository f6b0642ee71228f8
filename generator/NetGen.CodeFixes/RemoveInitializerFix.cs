using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Layers;
using NetGen.Generator.Model;
using NetGen.Generator.Rules;

namespace NetGen.CodeFixes;

/// <summary>Removes an initialiser with the number that belongs to it, so that the default takes its place: NG0305, NG0306, NG0307, NG0312.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class RemoveInitializerFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        InitializationRules.AllTheSame.Id, InitializationRules.NegativeBias.Id, InitializationRules.GlorotBeforeRectifier.Id,
        InitializationRules.HeBeforeSaturating.Id,
    ];

    /// <summary>One change for a document: a layer may have two such initialisers, whose arguments are neighbours.</summary>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(static async (context, document, diagnostics) =>
        await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is { } root
            ? document.WithSyntaxRoot(Without(root, [.. diagnostics.SelectMany(diagnostic => ArgumentsAt(root, diagnostic))]))
            : document);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is null || ArgumentsAt(root, diagnostic) is not { Length: > 0 } arguments)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Remove " + string.Join(" and ", arguments.Select(NameOf)),
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(Without(root, arguments))),
                    equivalenceKey: nameof(RemoveInitializerFix)),
                diagnostic);
        }
    }

    /// <summary>The initialiser that is reported, or whose number is, and the arguments that belong to it.</summary>
    private static AttributeArgumentSyntax[] ArgumentsAt(SyntaxNode root, Diagnostic diagnostic)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { Parent: AttributeArgumentListSyntax list } found)
            return [];
        EquatableArray<string> names = InitializerArguments.OfBias.Contains(NameOf(found)) ? InitializerArguments.OfBias : InitializerArguments.OfWeight;
        return [.. list.Arguments.Where(argument => names.Contains(NameOf(argument)))];
    }

    /// <summary>The document without some arguments of attributes; comments beside them stay.</summary>
    private static SyntaxNode Without(SyntaxNode root, AttributeArgumentSyntax[] arguments) => root.ReplaceNodes(
        arguments.Select(static argument => (AttributeArgumentListSyntax)argument.Parent!).Distinct(),
        (list, _) =>
        {
            bool hasComment = list.DescendantTrivia().Any(static trivia => !string.IsNullOrWhiteSpace(trivia.ToFullString()));
            return list.RemoveNodes(
                arguments.Where(argument => argument.Parent == list),
                hasComment ? SyntaxRemoveOptions.KeepExteriorTrivia : SyntaxRemoveOptions.KeepNoTrivia)!;
        });

    private static string NameOf(AttributeArgumentSyntax argument) => argument.NameEquals?.Name.Identifier.ValueText ?? "";
}
