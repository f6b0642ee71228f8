using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>What is wrong with a declaration.</summary>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Site">Finds where. Nobody asks for the place of what is no error while code is generated.</param>
/// <param name="Arguments">What fills the message.</param>
internal sealed record Fault(DiagnosticDescriptor Rule, Func<CancellationToken, Location> Site, ImmutableArray<string> Arguments)
{
    /// <summary>Whether it keeps the network from being built.</summary>
    public bool IsError => Rule.DefaultSeverity == DiagnosticSeverity.Error;

    public Diagnostic ToDiagnostic(CancellationToken cancellation) =>
        Diagnostic.Create(Rule, Site(cancellation), [.. Arguments]);
}

/// <summary>What the parser makes of a declaration, for both its readers.</summary>
/// <param name="Model">The network for the generator; null when it cannot be built.</param>
/// <param name="Outline">What is known of a network whose layers alone have errors; otherwise null.</param>
/// <param name="Faults">
/// What is to be reported. Without an error beside a null model when the compiler itself has one to report about the declaration.
/// </param>
internal sealed record ParsedDeclaration(NetworkModel? Model, NetworkOutline? Outline, ImmutableArray<Fault> Faults)
{
    /// <summary>What is no network at all, or a mistake that the compiler reports.</summary>
    public static ParsedDeclaration Nothing { get; } = new(null, null, []);
}
