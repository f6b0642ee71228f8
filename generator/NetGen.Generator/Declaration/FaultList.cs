using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Declaration;

/// <summary>Collects what is wrong with a declaration.</summary>
internal sealed class FaultList
{
    private readonly List<Fault> _faults = [];

    /// <summary>Whether something was reported that keeps the network from being built.</summary>
    public bool HasErrors { get; private set; }

    public ImmutableArray<Fault> ToImmutable() => [.. _faults];

    /// <summary>Reports at an attribute, or at one of its arguments where that is given.</summary>
    public void At(AttributeData attribute, string? argument, DiagnosticDescriptor rule, params string[] arguments) =>
        Add(new Fault(rule, cancellation => AttributeSites.Find(attribute, argument, cancellation), [.. arguments]));

    /// <summary>Reports at a place that is known.</summary>
    public void At(Location location, DiagnosticDescriptor rule, params string[] arguments) =>
        Add(new Fault(rule, _ => location, [.. arguments]));

    private void Add(Fault fault)
    {
        HasErrors |= fault.IsError;
        _faults.Add(fault);
    }
}
