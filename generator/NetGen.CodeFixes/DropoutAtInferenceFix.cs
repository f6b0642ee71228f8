using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using NetGen.CodeFixes.Dropout;
using NetGen.Generator.Rules;
using NetGen.Generator.Analysis.Dropout;

namespace NetGen.CodeFixes;

/// <summary>
/// The fix of NG0201 and NG0202: replaces a forward pass, and every read of its outputs, by a call of <c>Predict</c> into an array.
/// It is offered where the rewrite is mechanical; <c>docs/rules/NG0201.md</c> says where that is.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DropoutAtInferenceFix))]
[Shared]
public sealed class DropoutAtInferenceFix : CodeFixProvider
{
    private const string Title = "Call Predict, which has no dropout";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DropoutRules.AtInference.Id, DropoutRules.AtInferenceOnMember.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new OneByOne();

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.ContainsKey(DropoutAtInferenceAnalyzer.OneForward)) continue;
            if (await RewriteAsync(context.Document, NodeOf, context.CancellationToken).ConfigureAwait(false) is not { } root)
                continue;
            Document changed = context.Document.WithSyntaxRoot(root);
            context.RegisterCodeFix(
                CodeAction.Create(Title, _ => Task.FromResult(changed), nameof(DropoutAtInferenceFix)), diagnostic);

            SyntaxNode? NodeOf(SyntaxNode root) => Find(root, diagnostic);
        }
    }

    private static SyntaxNode Find(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    private static async Task<SyntaxNode?> RewriteAsync(
        Document document, Func<SyntaxNode, SyntaxNode?> outputs, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return root is not null && model is not null && outputs(root) is { } node
            ? PredictRewrite.Find(model, node, cancellationToken)?.Apply(root)
            : null;
    }

    /// <summary>
    /// Fixes one read after the other, each in the document that the previous fix gave. A fix replaces all reads of its forward pass, and the
    /// last fix of a pass also removes the pass.
    /// </summary>
    private sealed class OneByOne : DocumentBasedFixAllProvider
    {
        protected override async Task<Document?> FixAllAsync(
            FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics)
        {
            CancellationToken cancellationToken = fixAllContext.CancellationToken;
            if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root) return document;
            Dictionary<SyntaxNode, SyntaxAnnotation> marks = diagnostics
                .Where(static diagnostic => diagnostic.Properties.ContainsKey(DropoutAtInferenceAnalyzer.OneForward))
                .Select(diagnostic => Find(root, diagnostic))
                .Distinct()
                .ToDictionary(static node => node, static _ => new SyntaxAnnotation());
            document = document.WithSyntaxRoot(
                root.ReplaceNodes(marks.Keys, (node, changed) => changed.WithAdditionalAnnotations(marks[node])));
            foreach (SyntaxAnnotation mark in marks.OrderBy(static pair => pair.Key.SpanStart).Select(static pair => pair.Value))
            {
                SyntaxNode? fixedRoot = await RewriteAsync(
                    document, current => current.GetAnnotatedNodes(mark).FirstOrDefault(), cancellationToken).ConfigureAwait(false);
                if (fixedRoot is not null) document = document.WithSyntaxRoot(fixedRoot);
            }

            return document;
        }
    }
}
