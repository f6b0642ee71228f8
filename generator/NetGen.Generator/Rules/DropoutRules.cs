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

    /// <summary>NG0203: arguments are the number of passes, and the network's type.</summary>
    public static readonly DiagnosticDescriptor TooFewPasses = new(
        "NG0203",
        "PredictMonteCarlo makes two passes or more",
        "PredictMonteCarlo is asked for {0}, but a mean and a variance need 2 passes or more, and this call throws an exception; 30 to 100 are " +
        "usual, and for one prediction without dropout there is Predict of '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A variance of one value is undefined, so PredictMonteCarlo throws for fewer than two passes.",
        RulePages.Of("NG0203"));

    /// <summary>NG0204: arguments are the layer, and the last layer with weights.</summary>
    public static readonly DiagnosticDescriptor AfterLastWeights = new(
        "NG0204",
        "Dropout comes before the last weights",
        "'{0}' drops outputs of the network itself: no weights come after '{1}' that could learn to do without a value; move it before '{1}' or remove it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Dropout keeps the weights after it from relying on single units. After the last weights it only adds noise to outputs and loss.",
        RulePages.Of("NG0204"));

    /// <summary>NG0205: argument is the layer.</summary>
    public static readonly DiagnosticDescriptor NoEffect = new(
        "NG0205",
        "Dropout has a rate above 0",
        "'{0}' has the rate 0 and so no effect: the rate is the share of the values that is dropped, not the share that is kept; remove it or give a rate",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A dropout with the rate 0 drops nothing, in training or elsewhere.",
        RulePages.Of("NG0205"));

    /// <summary>NG0206: arguments are the first layer, the further ones, all rates, and the combined rate.</summary>
    public static readonly DiagnosticDescriptor InARow = new(
        "NG0206",
        "Dropouts do not follow each other",
        "'{0}' and {1} follow each other: rates {2} together drop 1 - {3} of the values; write one Dropout({4})",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Two dropouts in a row are one with the combined rate 1 - (1 - a)(1 - b), for twice the work.",
        RulePages.Of("NG0206"));

    /// <summary>NG0207: arguments are the layer, its rate, what it drops, and the usual limit.</summary>
    public static readonly DiagnosticDescriptor HighRate = new(
        "NG0207",
        "A dropout rate leaves enough to learn from",
        "'{0}' drops {1} of {2}, more than the {3} up to which that is usual: the rate is the share that is dropped, not the share that is kept",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Srivastava et al. 2014 found rates of 0.2 best for inputs and 0.5 for hidden units; far higher ones underfit.",
        RulePages.Of("NG0207"));

    /// <summary>NG0208: arguments are the pass, and the network's type.</summary>
    public static readonly DiagnosticDescriptor TrainingAccuracy = new(
        "NG0208",
        "Accuracy is measured without dropout",
        "The accuracy that is counted from the outputs of '{0}' is one with dropout, and of weights that change from batch to batch, so it differs from that " +
        "of '{1}' after the training; Evaluate or Predict measures the network itself",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "The outputs of a training pass are those of a randomly thinned network. Their accuracy shows how training goes on, but not how well " +
        "the whole network predicts.",
        RulePages.Of("NG0208"));

    /// <summary>NG0209: arguments are the layer, and the shape of what it drops.</summary>
    public static readonly DiagnosticDescriptor BetweenConvolutions = new(
        "NG0209",
        "Between convolutions dropout drops channels",
        "'{0}' drops single values of {1} between two convolutions: neighbouring values of a channel are alike, so the next convolution still sees what was dropped; SpatialDropout drops whole channels",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Neighbouring pixels of a channel are strongly correlated. Dropping single ones acts like a lower learning rate; dropping whole channels keeps features from relying on each other.",
        RulePages.Of("NG0209"));

    /// <summary>NG0210: arguments are the layer, the network, and the rate.</summary>
    public static readonly DiagnosticDescriptor AlphaWithoutSelu = new(
        "NG0210",
        "Alpha dropout stands in a network with SELU",
        "'{0}' sets dropped values to the limit of SELU and keeps the mean 0 and variance 1 that SELU gives, but '{1}' has no SELU; write Dropout({2})",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Klambauer et al. 2017 made alpha dropout for self-normalising networks. After other activations, -1.758 is no special value, and 0 is the right one for a dropped unit.",
        RulePages.Of("NG0210"));
}
