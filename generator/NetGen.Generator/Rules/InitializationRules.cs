using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Rules;

/// <summary>The NG03xx rules about how weights and biases begin.</summary>
internal static class InitializationRules
{
    private const string Category = "NetGen.Initialization";

    /// <summary>NG0305: arguments are the layer, its initializer, and what comes of it.</summary>
    public static readonly DiagnosticDescriptor AllTheSame = new(
        "NG0305",
        "Weights begin with different values",
        "All weights of '{0}' begin with {1}: {2}; remove Initializer",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Units that begin with the same weights compute the same. Where their gradients are 0, or the same too, they never become different.",
        RulePages.Of("NG0305"));

    /// <summary>NG0306: arguments are the layer, its bias, the activation, the deviation of the weighted sums, and the percentage that is active.</summary>
    public static readonly DiagnosticDescriptor NegativeBias = new(
        "NG0306",
        "A bias before ReLU does not begin negative",
        "The biases of '{0}' begin with {1} before '{2}': for inputs of variance 1 the sums that they are added to have a deviation of {3}, so a unit begins " +
        "active for about {4} % of the inputs instead of 50 %, and one that is active for none never learns; remove BiasInitializer",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A unit learns from inputs for which it is active. A negative bias makes these fewer from the start, or leaves none: then the unit is dead.",
        RulePages.Of("NG0306"));

    /// <summary>NG0307: arguments are the layer, its initializer, the activation, both fans, and the percentage of the mean square that is kept.</summary>
    public static readonly DiagnosticDescriptor GlorotBeforeRectifier = new(
        "NG0307",
        "He's initialisation stands before ReLU",
        "'{0}' begins with {1} before '{2}': with the variance 2 / ({3} + {4}) layer and activation keep {5} % of the mean square of the values, " +
        "with HeNormal's 2 / {3} all of it; remove Initializer",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "ReLU halves the mean square of what goes in, which Glorot's initialisation does not make up for; through many layers values and gradients fade.",
        RulePages.Of("NG0307"));

    /// <summary>NG0312: arguments are the layer, its initializer, the activation, and both fans.</summary>
    public static readonly DiagnosticDescriptor HeBeforeSaturating = new(
        "NG0312",
        "Glorot's initialisation stands before Sigmoid and Tanh",
        "'{0}' begins with {1} before '{2}': the variance 2 / {3} makes up for a ReLU, which is not there, so the sums begin twice as large in the mean square as the " +
        "inputs, where '{2}' is flatter; remove Initializer for the variance 2 / ({3} + {4}) of GlorotUniform",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Around 0 a sigmoid and a tanh are nearly linear, and far from it flat: weights that are too large take units to where their gradients are small.",
        RulePages.Of("NG0312"));
}
