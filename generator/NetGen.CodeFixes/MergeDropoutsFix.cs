using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Analysis.Advice;
using NetGen.Generator.Rules;

namespace NetGen.CodeFixes;

/// <summary>Writes dropouts in a row as one (NG0206): the first gets the combined rate, the others go.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MergeDropoutsFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DropoutRules.InARow.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is null || !diagnostic.Properties.TryGetValue(DropoutAdvice.CombinedRate, out string? rate) || rate is null)
                continue;
            AttributeSyntax?[] layers =
            [
                Attributes.At(root, diagnostic.AdditionalLocations[0]),
                Attributes.At(root, diagnostic.Location),
                .. diagnostic.AdditionalLocations.Skip(1).Select(place => Attributes.At(root, place)),
            ];
            if (layers[0]?.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals is null) is not { } argument
                || layers.Any(static layer => layer is null || layer.ArgumentList?.Arguments.Count != 1)
                || await Attributes.AskForNamesAsync(context.Document, layers[0]!, context.CancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            AttributeSyntax[] others = [.. layers.Skip(1).Select(static layer => layer!)];
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Write one Dropout({rate})",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(Merge(root, argument, others, rate))),
                    equivalenceKey: nameof(MergeDropoutsFix)),
                diagnostic);
        }
    }

    private static SyntaxNode Merge(SyntaxNode root, AttributeArgumentSyntax argument, AttributeSyntax[] others, string rate)
    {
        root = root.TrackNodes(others.Append<SyntaxNode>(argument));
        AttributeArgumentSyntax current = root.GetCurrentNode(argument)!;
        root = root.ReplaceNode(current, current.WithExpression(SyntaxFactory.ParseExpression(rate)));
        return Attributes.Remove(root, [.. others.Select(other => root.GetCurrentNode(other)!)]);
    }
}
