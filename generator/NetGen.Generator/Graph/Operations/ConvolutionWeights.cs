using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Tuning;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Operations;

/// <summary>The weights of a convolution in the forms that its kernels read, beside the one in which they are stored: each is prepared once for a version of the parameters.</summary>
/// <param name="operation">The convolution.</param>
/// <param name="weight">The parameter with the weights.</param>
/// <param name="bias">The parameter with the biases.</param>
internal sealed class ConvolutionWeights(ConvolutionOperation operation, string weight, string bias)
{
    private const string Flipped = "Flipped";

    private const string FilterLines = "Lines";

    private const string FlippedLines = "FlippedLines";

    private const string RepeatedFilters = "Repeated";

    private const string RepeatedFlipped = "RepeatedFlipped";

    /// <summary>The names of all forms, after that of the operation.</summary>
    public static readonly IReadOnlyList<string> NameSuffixes = [Flipped, FilterLines, FlippedLines, RepeatedFilters, RepeatedFlipped, .. WinogradSize.All.Select(TransformedSuffix)];

    private FilterShape Filters => operation.Filters;

    /// <summary>What a forward kernel reads for tiles of a size.</summary>
    public PreparedOf TransformedOf(WinogradSize size) => new(Transformed(size), TransformedSuffix(size));

    /// <summary>What a forward kernel reads for the last filters.</summary>
    public PreparedOf LinesOf() => new(Lines, FilterLines);

    /// <summary>What a forward kernel reads that repeats its inputs.</summary>
    public PreparedOf RepeatedOf() => new(Repeated, RepeatedFilters);

    /// <summary>What such a kernel reads for the gradient with respect to the input.</summary>
    public PreparedOf BackwardRepeatedOf() => new(BackwardRepeated, RepeatedFlipped);

    /// <summary>What a kernel of the gradient with respect to the input reads.</summary>
    /// <param name="offset">The offset of its phase.</param>
    public PreparedOf FlippedOf(int offset) => new(FlippedWeights, Flipped, offset);

    /// <summary>The same for tiles of a size.</summary>
    /// <param name="number">The number of the size among those that are used, the largest first.</param>
    public PreparedOf FlippedAndTransformedOf(int number) => FlippedOf((operation.Terms * Filters.Count) + BackwardSizes.Take(number).Sum(LengthOfTransformed));

    /// <summary>What such a kernel reads for the last channels.</summary>
    /// <param name="offset">The offset of its phase.</param>
    public PreparedOf BackwardLinesOf(int offset) => new(BackwardLines!, FlippedLines, offset);

    /// <summary>The weights that are transformed for tiles of a size.</summary>
    public Preparation Transformed(WinogradSize size) => new(
        operation.Name,
        operation.LayerText,
        [TransformedSuffix(size)],
        LengthOfTransformed(size),
        items: 1,
        (parameter, array, _) => new(
            "WinogradWeights.Transform",
            [
                parameter(weight), Invariant($"{size.Filter}"), Invariant($"{size.Outputs}"), Invariant($"{operation.GroupChannels}"), Invariant($"{Filters.Count}"), array(TransformedSuffix(size)),
            ]));

    /// <summary>The number of weights that are transformed for tiles of a size.</summary>
    private int LengthOfTransformed(WinogradSize size) => size.Matrices * operation.GroupChannels * Filters.Count;

    private static string TransformedSuffix(WinogradSize size) => "Transformed" + size.Suffix;

    /// <summary>The lines of the last filters.</summary>
    public Preparation Lines => new(
        operation.Name,
        operation.LayerText,
        [FilterLines],
        (Filters.Count - NarrowColumns.First(Filters.Count)) * Filters.Height * NarrowColumns.PaddedLine(operation.LineLength),
        items: 1,
        (parameter, array, _) => new(
            "WeightPacking.FilterLines",
            [
                parameter(weight), Invariant($"{Filters.Height}"), Invariant($"{operation.LineLength}"), Invariant($"{Filters.Count}"),
                Invariant($"{NarrowColumns.First(Filters.Count)}"), Invariant($"{NarrowColumns.PaddedLine(operation.LineLength)}"), array(FilterLines),
            ]));

    /// <summary>The repeated filters, and the repeated biases after them.</summary>
    public Preparation Repeated => new(
        operation.Name,
        operation.LayerText,
        [RepeatedFilters],
        (operation.Terms + 1) * RepeatedInputs.FilterLength(Filters.Count),
        items: 1,
        (parameter, array, _) => new(
            "RepeatedFilters.Write",
            [
                parameter(weight), parameter(bias), Invariant($"{Filters.Height}"), Invariant($"{Filters.Width}"), Invariant($"{operation.GroupChannels}"), Invariant($"{Filters.Count}"),
                array(RepeatedFilters),
            ]));

    /// <summary>The flipped filters for the gradient with respect to the input, repeated.</summary>
    public Preparation BackwardRepeated => new(
        operation.Name,
        operation.LayerText,
        [RepeatedFlipped],
        Filters.Height * Filters.Width * Filters.Count * RepeatedInputs.FilterLength(operation.GroupChannels),
        items: 1,
        (parameter, array, _) => new(
            "RepeatedFilters.WriteFlipped",
            [
                parameter(weight), Invariant($"{Filters.Height}"), Invariant($"{Filters.Width}"), Invariant($"{operation.GroupChannels}"), Invariant($"{Filters.Count}"), array(RepeatedFlipped),
            ]));

    /// <summary>The sizes of tiles in which the gradient with respect to the input is computed with Winograd's transforms, for some vector width.</summary>
    private WinogradSize[] BackwardSizes => [.. operation.InputGradient.Parts(adds: false).SelectMany(gradient => WinogradTiling.UsedSizes(gradient.Shape))];

    /// <summary>The flipped weights, followed by what they are transformed to for tiles of each size.</summary>
    public Preparation FlippedWeights => new(
        operation.Name,
        operation.LayerText,
        [Flipped],
        (operation.Terms * Filters.Count) + BackwardSizes.Sum(LengthOfTransformed),
        items: Filters.Groups,
        (parameter, array, item) => BackwardSizes is { Length: > 0 } sizes
            ? new("WinogradWeights.TransformFlipped",
            [
                parameter(weight), Invariant($"{Filters.Height}"), Invariant($"{operation.GroupChannels}"), Invariant($"{Filters.Count}"), array(Flipped), .. sizes.Select(size => Invariant($"{size.Outputs}")),
            ])
            : Filters.Stride > 1
            ? new("WeightPacking.FlipPhases",
            [
                parameter(weight), Invariant($"{Filters.Height}"), Invariant($"{Filters.Width}"), Invariant($"{operation.GroupChannels}"), Invariant($"{operation.GroupFilters}"),
                Invariant($"{Filters.Stride}"), Invariant($"{Filters.Dilation}"), array(Flipped), Invariant($"{Filters.Groups}"), item,
            ])
            : new(Filters.Groups > 1 ? "WeightPacking.FlipGroup" : "WeightPacking.FlipConvolution",
            [
                parameter(weight), Invariant($"{Filters.Height * Filters.Width}"), Invariant($"{operation.GroupChannels}"), Invariant($"{operation.GroupFilters}"), array(Flipped),
                .. Filters.Groups > 1 ? [item] : Array.Empty<string>(),
            ]));

    /// <summary>The lines of the last channels, for the gradient with respect to the input; null where no vector width reads them.</summary>
    public Preparation? BackwardLines => operation.IsDepthwise || Filters.Groups > 1 || !operation.InputGradient.Parts(adds: false).Any(gradient => NarrowColumns.MayBeUsed(gradient.Shape)) ? null : new(
        operation.Name,
        operation.LayerText,
        [FlippedLines],
        operation.InputGradient.LengthOfAllLines,
        items: 1,
        (parameter, array, _) => new(
            "WeightPacking.FlippedLines",
            [
                parameter(weight), Invariant($"{Filters.Height}"), Invariant($"{Filters.Width}"), Invariant($"{operation.GroupChannels}"), Invariant($"{Filters.Count}"),
                Invariant($"{Filters.Stride}"), Invariant($"{Filters.Dilation}"), Invariant($"{NarrowColumns.First(operation.GroupChannels)}"), Invariant($"{NarrowColumns.LineMultiple}"), array(FlippedLines),
            ]));
}
