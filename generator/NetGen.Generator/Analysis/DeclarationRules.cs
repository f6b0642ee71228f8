using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Layers;

namespace NetGen.Generator.Analysis;

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
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor InputMissing = new(
        "NG0102",
        "A network has an input",
        "The network '{0}' has no [Input]: give the shape of one sample, such as [Input(28, 28, 1)]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor InputRepeated = new(
        "NG0103",
        "A network has one input",
        "The network '{0}' has a second [Input]; it takes one",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor LayersSpread = new(
        "NG0104",
        "Layers stand on one declaration",
        "The layers of '{0}' stand on more than one declaration of the class, so they have no order; put [Input] and all layers on one",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor ArgumentOutOfRange = new(
        "NG0105",
        "An argument is in its range",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor WindowLargerThanInput = new(
        "NG0106",
        "A kernel or window fits into its input",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor NeedsImage = new(
        "NG0107",
        "Convolution and pooling work on images",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor NeedsFlatFeatures = new(
        "NG0108",
        "Dense and Softmax work on flat features",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor LayerNameRepeated = new(
        "NG0109",
        "Layer names are unique",
        "{0} cannot be called '{1}': another layer is called '{2}', and the members for their parameters would have the same names",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor LayerNameInvalid = new(
        "NG0110",
        "A layer name is an identifier",
        "{0} cannot be called '{1}': the name of a layer is an identifier, since members are named after it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor FormNotSupported = new(
        "NG0111",
        "A network is an ordinary class",
        "The network '{0}' is {1}, which is not supported: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor ContainerNotPartial = new(
        "NG0112",
        "Types around a network are partial",
        "The network '{0}' is nested in '{1}', which must be partial too",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor MemberTaken = new(
        "NG0113",
        "Generated members have their names to themselves",
        "The network '{0}' cannot be generated: '{1}' {2}, but a generated member has that name",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor CannotConstruct = new(
        "NG0114",
        "A network is created by its generated constructor",
        "The network '{0}' {1}: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        "NG0115",
        "The language version is high enough",
        "The code of '{0}' needs C# {1}, but the project is compiled as C# {2}; remove LangVersion from the project or raise it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor NoLayers = new(
        "NG0116",
        "A network has layers",
        "The network '{0}' has no layers; add them below [Input], such as [Dense(10), Softmax]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor NothingToTrain = new(
        "NG0117",
        "A network has weights",
        "The network '{0}' has no layer with weights, so there is nothing to train; add a Dense or Conv2D layer",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor TooLarge = new(
        "NG0118",
        "Sizes fit into memory",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor HeadNotLast = new(
        "NG0119",
        "Softmax is the last layer",
        "{0} '{1}' must be the last layer of '{3}', but {2} follows it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor LossContradictsHead = new(
        "NG0120",
        "The loss suits the last layer",
        "The loss {0} contradicts the last layer, {1}: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor InputNotFirst = new(
        "NG0121",
        "The input comes before the layers",
        "The [Input] of '{0}' comes after the layer {1}; layers are read top to bottom, so put it first",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor InputDropped = new(
        "NG0122",
        "A stride or pooling drops part of its input",
        "{0}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor NetworkMissing = new(
        "NG0123",
        "Layers stand on a network",
        "The class '{0}' has layers but no [Network], so nothing is generated for it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    /// <summary>The rules that the parser reports.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfParser { get; } =
    [
        NotPartial, InputMissing, InputRepeated, LayersSpread, ArgumentOutOfRange, WindowLargerThanInput, NeedsImage,
        NeedsFlatFeatures, LayerNameRepeated, LayerNameInvalid, FormNotSupported, ContainerNotPartial, MemberTaken,
        CannotConstruct, LanguageTooOld, NoLayers, NothingToTrain, TooLarge, HeadNotLast, LossContradictsHead,
        InputNotFirst, InputDropped,
    ];

    /// <summary>The rule for what a layer finds.</summary>
    public static DiagnosticDescriptor For(LayerFault fault) => fault switch
    {
        LayerFault.ArgumentOutOfRange => ArgumentOutOfRange,
        LayerFault.WindowLargerThanInput => WindowLargerThanInput,
        LayerFault.NeedsImage => NeedsImage,
        LayerFault.NeedsFlatFeatures => NeedsFlatFeatures,
        LayerFault.TooLarge => TooLarge,
        LayerFault.InputDropped => InputDropped,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
