using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Rules;

/// <summary>What is wrong with the generator itself: NG0002. It has a page in <c>docs/rules</c>.</summary>
internal static class GeneratorRules
{
    public static readonly DiagnosticDescriptor NotWritten = new(
        "NG0002",
        "The code of a network can be written",
        "The code of the network '{0}' could not be written, by a fault of NetGen, not of the declaration; please report it with the declaration: {1}",
        "NetGen.Generator",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A declaration without errors always has code; where the generator fails all the same, the build must not go on without it.",
        RulePages.Of("NG0002"),
        WellKnownDiagnosticTags.NotConfigurable);
}
