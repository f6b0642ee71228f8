using NetGen.Generator.Graph.Kernels;
using NetGen.Generator.Graph.Tuning;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Operations;

/// <summary>A part of the gradient with respect to the input: the convolution of a phase.</summary>
/// <param name="Shape">The convolution.</param>
/// <param name="First">The offset of the first value that it writes.</param>
/// <param name="Source">The offset of the first gradient that it reads.</param>
/// <param name="Weights">The offset of its flipped weights.</param>
/// <param name="Lines">The offset of the lines of its last columns.</param>
internal sealed record InputGradientPart(ConvolutionShape Shape, int First, int Source, int Weights, int Lines);

/// <summary>
/// The gradient with respect to the input of a convolution: convolutions of the gradient with respect to the output with the flipped and transposed weights, one for each
/// phase of the stride.
/// </summary>
/// <param name="operation">The convolution.</param>
internal sealed class ConvolutionInputGradient(ConvolutionOperation operation)
{
    /// <summary>
    /// The buffer of the gradient with respect to <see cref="ConvolutionOperation.Computed"/>, with a halo, so that the gradient with respect to the input is computed by
    /// convolutions of it with stride 1.
    /// </summary>
    public BufferLayout Layout
    {
        get
        {
            GradientPhase[] rows = [.. PhaseRows.Where(phase => phase.Count > 0)];
            GradientPhase[] columns = [.. PhaseColumns.Where(phase => phase.Count > 0)];
            return new BufferLayout(operation.Computed, new Halo(Most(rows, phase => phase.Before), Most(columns, phase => phase.Before), Most(rows, phase => phase.After), Most(columns, phase => phase.After)));

            static int Most(GradientPhase[] phases, Func<GradientPhase, int> length) => phases.Select(length).DefaultIfEmpty(0).Max();
        }
    }

    private IEnumerable<GradientPhase> PhaseRows => GradientPhase.Of(
        operation.Source.Shape.Height, operation.Computed.Height, Filters.Height, operation.Source.Shape.Height == 1 && Filters is { Height: 1, Padding.Top: 0 } ? 1 : Filters.Stride, Filters.Dilation, Filters.Padding.Top);

    private IEnumerable<GradientPhase> PhaseColumns => GradientPhase.Of(
        operation.Source.Shape.Width, operation.Computed.Width, Filters.Width, Filters.Stride, Filters.Dilation, Filters.Padding.Left);

    /// <summary>The names of the kernels, after that of the operation.</summary>
    public IEnumerable<string> NameSuffixes => from rows in PhaseRows from columns in PhaseColumns select SuffixOf(rows, columns);

    /// <summary>The length of the lines of the last channels in all phases, with their zeros.</summary>
    public int LengthOfAllLines => (from rows in PhaseRows from columns in PhaseColumns select LengthOfLines(rows, columns)).Sum();

    private FilterShape Filters => operation.Filters;

    /// <summary>The convolutions, one for each phase of the stride.</summary>
    /// <param name="adds">Whether they add to a gradient that another reader of the input has stored.</param>
    public IEnumerable<InputGradientPart> Parts(bool adds)
    {
        int weights = 0;
        int lines = 0;
        BufferLayout gradient = Layout;
        foreach (GradientPhase rows in PhaseRows)
        {
            foreach (GradientPhase columns in PhaseColumns)
            {
                int taps = rows.Lines * columns.Lines;
                if (rows.Count > 0 && columns.Count > 0)
                {
                    int first = ((rows.First * operation.Source.Shape.Width) + columns.First) * operation.Source.Shape.Channels;
                    int source = ((gradient.Halo.Top + rows.Start) * gradient.RowStride) + ((gradient.Halo.Left + columns.Start) * gradient.PixelStride);
                    yield return new(Convolution(rows, columns, adds), first, source, weights, lines);
                }

                weights += taps * operation.GroupChannels * Filters.Count;
                lines += LengthOfLines(rows, columns);
            }
        }
    }

    /// <summary>The length of the lines of the last channels in a phase, with their zeros.</summary>
    private int LengthOfLines(GradientPhase rows, GradientPhase columns) =>
        (operation.GroupChannels - NarrowColumns.First(operation.GroupChannels)) * rows.Lines * NarrowColumns.PaddedLine(columns.Lines * Filters.Count);

    private ConvolutionShape Convolution(GradientPhase rows, GradientPhase columns, bool adds)
    {
        BufferLayout gradient = Layout;
        BufferLayout input = new(operation.Source.Shape, default);
        int stride = Filters.Stride;
        bool takesDots = stride == 1 && Filters.Groups == 1 && Filters.Dilation == 1 && ConvolutionTiling.MayUseDots(operation.Source.Shape.Channels, Filters.Width, Filters.Count);
        string which = stride == 1 ? ""
            : operation.Source.Shape.Height == 1 ? $", columns {Some(columns)}"
            : $", rows {Some(rows)} and columns {Some(columns)}";
        return new ConvolutionShape(
            operation.Name + SuffixOf(rows, columns), $"{operation.LayerText}: the gradient with respect to the input, {operation.Source}{which}.", rows.Lines,
            operation.IsDepthwise ? columns.Lines : columns.Lines * operation.GroupFilters, operation.IsDepthwise ? Filters.Count : operation.GroupChannels, rows.Count, columns.Count,
            columns.Dilation * gradient.RowStride, gradient.RowStride, Filters.Count, stride * input.RowStride, stride * input.PixelStride,
            Bias: false, KeepsArgmax: false, Epilogue.None, new Halo(rows.Before, columns.Before, rows.After, columns.After))
        {
            ImageLines = rows.ImageLines,
            ImageColumns = columns.ImageLines,
            KernelWidth = columns.Lines,
            Dilation = columns.Dilation,
            Groups = operation.IsDepthwise ? 1 : Filters.Groups,
            IsDepthwise = operation.IsDepthwise,
            Flipped = operation.IsDepthwise ? new(Filters, rows, columns) : null,
            TakesBothWeights = takesDots,
            TakesLines = !takesDots && Filters.Groups == 1 && columns.Dilation == 1,
            TakesRepeated = Filters.Groups == 1 && Filters.Dilation == 1 && stride == 1,
            Winograd = Filters.Stride == 1 ? operation.WinogradInBackward : WinogradMode.Never,
            MayAdd = operation.Source.Tensor.Readers.Count > 1,
            Adds = adds,
        };

        string Some(GradientPhase phase) => phase.Count == 1 ? Invariant($"{phase.First}") : Invariant($"{phase.First}, {phase.First + stride}, …");
    }

    /// <summary>The name of the kernel of a phase, after that of the operation.</summary>
    private string SuffixOf(GradientPhase rows, GradientPhase columns) => "InputGradient" + (
        Filters.Stride == 1 ? ""
        : operation.Source.Shape.Height == 1 ? Invariant($"Column{columns.First}")
        : Invariant($"Row{rows.First}Column{columns.First}"));
}
