using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>What is wrong with a declaration.</summary>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Site">Finds where. Only the analyzer asks: the generator would pay for it with every keystroke.</param>
/// <param name="Arguments">What fills the message.</param>
internal sealed record Fault(DiagnosticDescriptor Rule, Func<CancellationToken, Location> Site, ImmutableArray<string> Arguments)
{
    public Diagnostic ToDiagnostic(CancellationToken cancellation) =>
        Diagnostic.Create(Rule, Site(cancellation), [.. Arguments]);
}

/// <summary>What the parser makes of a declaration, for both its readers.</summary>
/// <param name="Model">The network for the generator; null when it cannot be built.</param>
/// <param name="Outline">What is known of a network whose layers alone have errors; otherwise null.</param>
/// <param name="Faults">
/// What the analyzer reports. Empty beside a null model when the compiler itself has an error to say about the declaration.
/// </param>
internal sealed record ParsedDeclaration(NetworkModel? Model, NetworkOutline? Outline, ImmutableArray<Fault> Faults)
{
    /// <summary>What is no network at all, or a mistake that the compiler reports.</summary>
    public static ParsedDeclaration Nothing { get; } = new(null, null, []);
}
