using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Layers;

namespace NetGen.Generator.Rules;

/// <summary>The rules about declarations: NG01xx. Each has a page in <c>docs/rules</c>.</summary>
internal static class DeclarationRules
{
    private const string Category = "NetGen.Declaration";

    public static readonly DiagnosticDescriptor NotPartial = new(
        "NG0101",
        "A network class is partial",
        "The network '{0}' must be partial: its code is generated into another part of the class",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The code of the network is generated into another part of the class, and C# joins parts only where each of them says partial.",
        RulePages.Of("NG0101"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor InputMissing = new(
        "NG0102",
        "A network has an input",
        "The network '{0}' has no [Input]: give the shape of one sample, such as [Input(28, 28, 1)]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "All shapes of a network follow from the shape of one sample, which [Input] gives.",
        RulePages.Of("NG0102"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor InputRepeated = new(
        "NG0103",
        "A network has one input",
        "The network '{0}' has a second [Input]; it takes one",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A network has one input; two of them contradict each other.",
        RulePages.Of("NG0103"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor LayersSpread = new(
        "NG0104",
        "Layers stand on one declaration",
        "The layers of '{0}' stand on more than one declaration of the class, so they have no order; put [Input] and all layers on one",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Layers run in source order, and between two declarations of a class there is no order.",
        RulePages.Of("NG0104"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ArgumentOutOfRange = new(
        "NG0105",
        "An argument is in its range",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Sizes, units, filters, kernels and strides are at least 1, the rate of a dropout is at least 0 and less than 1, the momentum of a normalisation is at least 0 and at most 1, its epsilon positive, and enum values are those that have a name. A loss has only its own settings, each in its range.",
        RulePages.Of("NG0105"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor WindowLargerThanInput = new(
        "NG0106",
        "A kernel or window fits into its input",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Without padding a kernel or window stays inside its input, so one that is larger than its input has no position at all.",
        RulePages.Of("NG0106"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NeedsImage = new(
        "NG0107",
        "Convolution and pooling work on images or sequences",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Convolution and pooling need to know which values are neighbours: those in two dimensions take (height, width, channels), those in one dimension (length, channels).",
        RulePages.Of("NG0107"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NeedsFlatFeatures = new(
        "NG0108",
        "Dense and Softmax work on flat features",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Dense, Softmax and LogSoftmax take one list of features; an image or a sequence goes through Flatten or GlobalAveragePool first.",
        RulePages.Of("NG0108"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor LayerNameRepeated = new(
        "NG0109",
        "Layer names are unique",
        "{0} cannot be called '{1}': another layer is called '{2}', and the members for their parameters would have the same names",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The name of a layer is the name of its parameters in weight files and of the members that show them, so it is given once.",
        RulePages.Of("NG0109"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor LayerNameInvalid = new(
        "NG0110",
        "A layer name is an identifier",
        "{0} cannot be called '{1}': the name of a layer is an identifier, since members are named after it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Members of the class are named after its layers, so the name of a layer consists of letters, digits and underscores and does not begin with a digit.",
        RulePages.Of("NG0110"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor FormNotSupported = new(
        "NG0111",
        "A network is an ordinary class",
        "The network '{0}' is {1}, which is not supported: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The generated part creates instances of the class and refers to it by one name from another file, so the class cannot be generic, abstract, static, a record, local to its file, or derived from another network.",
        RulePages.Of("NG0111"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ContainerNotPartial = new(
        "NG0112",
        "Types around a network are partial",
        "The network '{0}' is nested in '{1}', which must be partial too",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The generated part repeats the types around the network, and C# allows that only where each of them says partial.",
        RulePages.Of("NG0112"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MemberTaken = new(
        "NG0113",
        "No member has the name of a generated one",
        "The network '{0}' cannot be generated: '{1}' {2}, but a generated member has that name",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A member of the class, or of its base classes, has the name or the signature of a generated one; overloads with other parameters are allowed.",
        RulePages.Of("NG0113"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor CannotConstruct = new(
        "NG0114",
        "A network is created by its generated constructor",
        "The network '{0}' {1}: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The generated constructor creates the memory of the parameters and their first values, so every other constructor calls it and nothing else has to be set.",
        RulePages.Of("NG0114"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        "NG0115",
        "The language version is high enough",
        "The code of '{0}' needs C# {1}, but the project is compiled as C# {2}; remove LangVersion from the project or raise it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Generated code uses C# 13.",
        RulePages.Of("NG0115"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NoLayers = new(
        "NG0116",
        "A network has layers",
        "The network '{0}' has no layers; add them below [Input], such as [Dense(10), Softmax]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A network without layers has nothing to compute.",
        RulePages.Of("NG0116"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NothingToTrain = new(
        "NG0117",
        "A network has weights",
        "The network '{0}' has no layer with weights, so there is nothing to train; add a Dense or Conv2D layer",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A network is trained by changing its weights, so it has a layer with weights.",
        RulePages.Of("NG0117"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor TooLarge = new(
        "NG0118",
        "Sizes fit into memory",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A sample, the output of a layer, its padded input and all parameters together each fit into one block of memory: the longest array of .NET.",
        RulePages.Of("NG0118"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor HeadNotLast = new(
        "NG0119",
        "Softmax is the last layer",
        "{0} '{1}' must be the last layer of '{3}', but {2} follows it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Softmax and LogSoftmax turn the logits of a classifier into probabilities and are trained together with the cross-entropy, so no layer follows them.",
        RulePages.Of("NG0119"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor LossContradictsHead = new(
        "NG0120",
        "The loss suits the last layer",
        "The loss {0} contradicts the last layer, {1}: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The cross-entropy goes with a Softmax or LogSoftmax at the end, the binary cross-entropy with a Sigmoid, and the losses of a regression with any last layer other than Softmax and LogSoftmax.",
        RulePages.Of("NG0120"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor InputNotFirst = new(
        "NG0121",
        "The input comes before the layers",
        "The [Input] of '{0}' comes after the layer {1}; layers are read top to bottom, so put it first",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A declaration is read like the network runs, top to bottom and left to right, so the input comes first.",
        RulePages.Of("NG0121"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor InputDropped = new(
        "NG0122",
        "A stride or pooling drops part of its input",
        "{0}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Output sizes are rounded down, so rows or columns that are in no window have no influence on the output.",
        RulePages.Of("NG0122"));

    public static readonly DiagnosticDescriptor NetworkMissing = new(
        "NG0123",
        "Layers stand on a network",
        "The class '{0}' has layers but no [Network], so nothing is generated for it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Only [Network] starts the generator; without it the layers are attributes that nobody reads.",
        RulePages.Of("NG0123"));

    public static readonly DiagnosticDescriptor SoftmaxOfOne = new(
        "NG0124",
        "Softmax has two inputs or more",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Softmax gives shares that add up to 1, so of one value it gives 1, whatever the input and the weights.",
        RulePages.Of("NG0124"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ConstantGenerated = new(
        "NG0125",
        "A declaration uses no generated constant of its project",
        "'{0}' is generated from a declaration of this project, so it has no value yet while declarations are read; write the number, or a constant of your own that both declarations use",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "All declarations of a project are read before any code is generated, so none can use a constant that is generated from another.",
        RulePages.Of("NG0125"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ShapesDiffer = new(
        "NG0126",
        "Joined layers have shapes that fit",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A sum goes value by value, so each value needs its partner; channels are joined position by position; a reshape keeps the number of values. Nothing is broadcast.",
        RulePages.Of("NG0126"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor LayerUnknown = new(
        "NG0127",
        "Add, Concat and From name earlier layers",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Layers run in the order of the declaration, so only what comes before has an output to read.",
        RulePages.Of("NG0127"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor OutputUnread = new(
        "NG0128",
        "Every output is read",
        "Nothing reads the output of {0} '{1}': the next layer says From, and no Add or Concat names it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A branch that nothing joins is computed for nothing, and its weights are never trained.",
        RulePages.Of("NG0128"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor InitializerNumber = new(
        "NG0129",
        "An initialiser has the number that it takes",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A constant needs its value, a distribution of one's own its limit or deviation; the other initialisers take none.",
        RulePages.Of("NG0129"),
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NormOfOne = new(
        "NG0130",
        "LayerNorm has two channels or more",
        "{0}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "LayerNorm takes the mean over the channels of a position from each of them. A single channel is that mean, so 0 is left of it, and the output is the bias.",
        RulePages.Of("NG0130"));

    public static readonly DiagnosticDescriptor ActivationType = new(
        "NG0135",
        "An activation of one's own is a visible struct that implements IActivation",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Generated code calls the static methods of the type, from a file of its own.",
        RulePages.Of("NG0135"),
        WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The rules that the parser reports.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfParser { get; } =
    [
        NotPartial, InputMissing, InputRepeated, LayersSpread, ArgumentOutOfRange, WindowLargerThanInput, NeedsImage,
        NeedsFlatFeatures, LayerNameRepeated, LayerNameInvalid, FormNotSupported, ContainerNotPartial, MemberTaken,
        CannotConstruct, LanguageTooOld, NoLayers, NothingToTrain, TooLarge, HeadNotLast, LossContradictsHead,
        InputNotFirst, InputDropped, SoftmaxOfOne, ConstantGenerated, ShapesDiffer, LayerUnknown, OutputUnread, InitializerNumber,
        NormOfOne, ActivationType,
    ];

    /// <summary>The rule of that id, among those that the parser reports.</summary>
    public static DiagnosticDescriptor ById(string id) => OfParser.First(rule => rule.Id == id);

    /// <summary>The rule for what a layer finds.</summary>
    public static DiagnosticDescriptor For(LayerFault fault) => fault switch
    {
        LayerFault.ArgumentOutOfRange => ArgumentOutOfRange,
        LayerFault.WindowLargerThanInput => WindowLargerThanInput,
        LayerFault.NeedsImage => NeedsImage,
        LayerFault.NeedsFlatFeatures => NeedsFlatFeatures,
        LayerFault.TooLarge => TooLarge,
        LayerFault.InputDropped => InputDropped,
        LayerFault.SoftmaxOfOne => SoftmaxOfOne,
        LayerFault.ShapesDiffer => ShapesDiffer,
        LayerFault.LayerUnknown => LayerUnknown,
        LayerFault.InitializerNumber => InitializerNumber,
        LayerFault.ActivationType => ActivationType,
        LayerFault.NormOfOne => NormOfOne,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
