using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Model;

namespace NetGen.Generator.Declaration;

/// <summary>What is wrong with a declaration.</summary>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Site">Finds the location. It is a function because the generator needs the locations of errors alone.</param>
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
/// What is to be reported. If the model is null and no fault is an error, the compiler itself reports an error of the declaration.
/// </param>
internal sealed record ParsedDeclaration(NetworkModel? Model, NetworkOutline? Outline, ImmutableArray<Fault> Faults)
{
    /// <summary>The result for a class that is no network, or whose mistake the compiler reports.</summary>
    public static ParsedDeclaration Nothing { get; } = new(null, null, []);
}
