using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator.Rules;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>An error of a declaration as plain values, which a cached step of the generator can carry.</summary>
/// <param name="Rule">The id of the rule.</param>
/// <param name="Arguments">What fills the message.</param>
/// <param name="Path">The file.</param>
/// <param name="Span">The place in its text.</param>
/// <param name="Lines">The same in lines.</param>
/// <param name="ShownPath">The file that messages name: another one after a <c>#line</c>.</param>
/// <param name="ShownLines">The place in that file.</param>
internal sealed record FaultRecord(
    string Rule, EquatableArray<string> Arguments, string Path, TextSpan Span, LinePositionSpan Lines, string ShownPath, LinePositionSpan ShownLines)
{
    public static FaultRecord Of(Fault fault, CancellationToken cancellation)
    {
        Location location = fault.Site(cancellation);
        FileLinePositionSpan lines = location.GetLineSpan();
        FileLinePositionSpan shown = location.GetMappedLineSpan();
        return new(fault.Rule.Id, new(fault.Arguments), lines.Path, location.SourceSpan, lines.Span, shown.Path, shown.Span);
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        DeclarationRules.ById(Rule), Location.Create(Path, Span, Lines, ShownPath, ShownLines), [.. Arguments]);
}
