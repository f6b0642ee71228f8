using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Rules;

/// <summary>The NG03xx rules about activations.</summary>
internal static class ActivationRules
{
    private const string Category = "NetGen.Activations";

    /// <summary>NG0301: arguments are both layers, the widths before, between and after them, and what they count.</summary>
    public static readonly DiagnosticDescriptor Collapses = new(
        "NG0301",
        "An activation stands between layers with weights",
        "No activation stands between '{0}' and '{1}': {2} → {3} → {4} {5} without one are a single linear layer {2} → {4}, written as two; " +
        "put an activation such as ReLU after '{0}'",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A linear function of a linear function is linear: two such layers can do no more than one, unless the values between them are a bottleneck.",
        RulePages.Of("NG0301"));

    /// <summary>NG0302: arguments are the activation without effect, the other one, and why.</summary>
    public static readonly DiagnosticDescriptor Twice = new(
        "NG0302",
        "An activation has an effect",
        "'{0}' has no effect {1} '{2}': {3}; remove '{0}'",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A rectifier leaves values as they are that are not negative, so that a second one does nothing.",
        RulePages.Of("NG0302"));

    /// <summary>NG0303: arguments are the activation, and what is wrong with it there.</summary>
    public static readonly DiagnosticDescriptor RectifiedHead = new(
        "NG0303",
        "The last values are not rectified",
        "'{0}' rectifies {1}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "After a ReLU outputs cannot be negative, and an output that is 0 for every sample gets no gradient and stays 0.",
        RulePages.Of("NG0303"));

    /// <summary>NG0304: arguments are the network, the number of layers, their widths, and the bound in percent.</summary>
    public static readonly DiagnosticDescriptor DeepAndNarrow = new(
        "NG0304",
        "A deep ReLU stack is wide enough",
        "'{0}' has {1} ReLU layers of {2} units: up to {3} % of its random initialisations give a constant whatever the input, and cannot be " +
        "trained, by the bound 1 - Π(1 - 2^-units) of Lu, Shin, Su and Karniadakis (2019); make them wider, fewer or leaky, or add a skip connection",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Where all units of one layer are 0 the input no longer reaches the output. The fewer units a layer has and the more layers there are, the likelier it is.",
        RulePages.Of("NG0304"));

    /// <summary>NG0311: arguments are the network, the number of layers with a sigmoid, and the bound of the gradient's factor.</summary>
    public static readonly DiagnosticDescriptor SigmoidStack = new(
        "NG0311",
        "A deep stack has no sigmoids",
        "'{0}' has {1} hidden layers with Sigmoid, whose derivative is at most 1/4: apart from the weights, at most 1/4^{1} = {2} of a gradient gets through " +
        "all of them; use ReLU, or put BatchNorm or LayerNorm before each Sigmoid",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Through each sigmoid a gradient becomes at least four times smaller, so that the first layers of a deep network hardly learn.",
        RulePages.Of("NG0311"));
}
