using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Rules;

/// <summary>The NG02xx rules: dropout.</summary>
internal static class DropoutRules
{
    private const string Category = "NetGen.Dropout";

    /// <summary>NG0201: arguments are the pass, and the network's type.</summary>
    public static readonly DiagnosticDescriptor AtInference = new(
        "NG0201",
        "Dropout used at inference",
        "The outputs of training pass '{0}' are read as predictions, but dropout is active in them: this forward pass " +
        "never reaches Backward; call Predict of '{1}' instead",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A training pass drops units at random, so its outputs are those of a randomly thinned network. At test time " +
        "dropout is off (Srivastava et al. 2014); Predict has no dropout in its code.",
        RulePages.Of("NG0201"));

    /// <summary>NG0202: arguments are the field or property, why nothing trains on its outputs, and the network's type.</summary>
    public static readonly DiagnosticDescriptor AtInferenceOnMember = new(
        "NG0202",
        "Dropout used at inference through a field or property",
        "The outputs of training pass '{0}' are read as predictions, but dropout is active in them: {1}; " +
        "call Predict of '{2}' instead",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A training pass drops units at random, so its outputs are those of a randomly thinned network. At test time " +
        "dropout is off (Srivastava et al. 2014); Predict has no dropout in its code.",
        RulePages.Of("NG0202"));
}
