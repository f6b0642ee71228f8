using NetGen.Generator.Graph.Operations;
using NetGen.Generator.Graph.Tuning;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>The sizes of a convolution's kernel, and its strides in floats.</summary>
/// <param name="Name">The method.</param>
/// <param name="Summary">The comment above it.</param>
/// <param name="KernelHeight">Lines of the filters.</param>
/// <param name="LineLength">The number of weights in one line of a filter: kernel width × the input channels that the filter reads.</param>
/// <param name="Columns">Outputs at one position; with groups, those of one group.</param>
/// <param name="Height">Output rows before pooling.</param>
/// <param name="Width">Output columns before pooling.</param>
/// <param name="InputLineStride">From an input line to the next one.</param>
/// <param name="InputRowStride">From the input of an output row to that of the next one.</param>
/// <param name="InputPixelStride">From the input of an output pixel to that of the next one.</param>
/// <param name="OutputRowStride">From a stored row to the next one, after pooling.</param>
/// <param name="OutputPixelStride">From a stored pixel to the next one, after pooling.</param>
/// <param name="Bias">Whether there is a bias.</param>
/// <param name="KeepsArgmax">Whether the kernel stores the argmax of each window.</param>
/// <param name="Epilogue">The functions that are applied before the store.</param>
/// <param name="Halo">The zeros around the input; the kernel skips lines of zeros.</param>
internal sealed record ConvolutionShape(
    string Name,
    string Summary,
    int KernelHeight,
    int LineLength,
    int Columns,
    int Height,
    int Width,
    int InputLineStride,
    int InputRowStride,
    int InputPixelStride,
    int OutputRowStride,
    int OutputPixelStride,
    bool Bias,
    bool KeepsArgmax,
    Epilogue Epilogue,
    Halo Halo)
{
    /// <summary>How many lines of the input are the image, without the halo.</summary>
    public int ImageLines { get; init; }

    /// <summary>How many columns of the input are the image, without the halo.</summary>
    public int ImageColumns { get; init; }

    /// <summary>Columns of the kernel.</summary>
    public int KernelWidth { get; init; }

    /// <summary>Pixels from one row or column of the kernel to the next one.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>
    /// How many groups there are: the kernel computes them one after the other. Each reads its own channels, and its weights are a block of their own.
    /// </summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether each output channel is computed from the same channel of the input alone.</summary>
    public bool IsDepthwise { get; init; }

    /// <summary>For the gradient of a depthwise convolution with respect to the input: which weights it reads, backwards; null in forward.</summary>
    public FlippedFilter? Flipped { get; init; }

    /// <summary>Rows of the matrix of weights: the terms of a sum, or more where a sum takes only some of the weights.</summary>
    public int WeightRows => Flipped is null ? Terms : Flipped.Weights;

    /// <summary>
    /// Whether the kernel takes the weights both unpacked and packed for backward, because vector widths differ in which they use. That is so
    /// for gradients with respect to the inputs of convolutions with few channels.
    /// </summary>
    public bool TakesBothWeights { get; init; }

    /// <summary>Whether the kernel may take the lines of the last filters, for <see cref="NarrowColumns"/>.</summary>
    public bool TakesLines { get; init; }

    /// <summary>Whether the kernel may take repeated filters, for <see cref="RepeatedInputs"/>.</summary>
    public bool TakesRepeated { get; init; }

    /// <summary>Whether the kernel may use Winograd's transforms; then it takes transformed weights.</summary>
    public WinogradMode Winograd { get; init; }

    /// <summary>Whether results are added to the stored values instead of overwriting them.</summary>
    public bool Adds { get; init; }

    /// <summary>Whether another pass or kernel with these sizes may have to add its results, so that none may be computed twice.</summary>
    public bool MayAdd { get; init; }

    /// <summary>The tensors that the epilogue reads.</summary>
    public IReadOnlyList<OperandAccess> Operands { get; init; } = [];

    /// <summary>How threads share the rows or the filters of one sample; null if they do not.</summary>
    public Sharing? Sharing { get; init; }

    /// <summary>The rows, after pooling, of a part that a thread takes; 0 where a call computes all.</summary>
    public int PartRows => Sharing is { SharesPanels: false, Size: var rows } ? rows : 0;

    /// <summary>Whether a call computes a part of the filters.</summary>
    public bool SharesFilters => Sharing is { SharesPanels: true };

    /// <summary>What the choice of tiles depends on.</summary>
    public ConvolutionShape WithoutNames => this with { Name = "", Summary = "", Operands = [] };

    /// <summary>What the kernel's code depends on.</summary>
    public KernelKey Key => new(this with { Name = "", Summary = "", Epilogue = Epilogue.None, Operands = [] }, OperandAccess.CodeOf(Epilogue, Operands, Name));

    /// <summary>The number of terms in the sum of one output.</summary>
    public int Terms => KernelHeight * LineLength;

    /// <summary>The values of an input pixel that one output reads.</summary>
    public int Channels => LineLength / KernelWidth;

    /// <summary>All values of an input pixel.</summary>
    public int InputChannels => IsDepthwise ? Columns : Channels * Groups;

    /// <summary>All values of an output pixel.</summary>
    public int OutputChannels => Columns * Groups;

    /// <summary>Input columns from one output to the next.</summary>
    public int Step => InputPixelStride / InputChannels;

    /// <summary>Input rows from one output row to the next.</summary>
    public int RowStep => InputRowStride / (InputLineStride / Dilation);

    /// <summary>Floats from the input of a kernel column to that of the next one.</summary>
    public int TapStride => Dilation * InputChannels;

    /// <summary>Whether the inputs that a line of a filter multiplies are contiguous; they are not with groups or dilation.</summary>
    public bool IsContiguous => TapStride == Channels;

    /// <summary>
    /// The runs of terms of a filter line for a tile. If the tile is as wide as the image, each kernel column skips the positions where it
    /// would multiply padding beside the image; a tile that moves along the row cannot skip them.
    /// </summary>
    /// <param name="rows">Rows of the tile, before pooling.</param>
    /// <param name="columns">Columns of the tile, before pooling.</param>
    public IReadOnlyList<TermRun> Runs(int rows, int columns)
    {
        int[] all = [.. Enumerable.Range(0, rows * columns)];
        if (columns < Width || (Halo.Left == 0 && Halo.Right == 0))
            return [Run(0, all) with { Taps = KernelWidth }];
        List<TermRun> runs = [];
        for (int column = 0; column < KernelWidth; column++)
        {
            int[] inside = [.. all.Where(p => IsInside((p % columns * Step) + (column * Dilation)))];
            TermRun? last = runs.Count == 0 ? null : runs[runs.Count - 1];
            if (last is not null && last.Positions.SequenceEqual(inside))
                runs[runs.Count - 1] = last with { Taps = last.Taps + 1 };
            else
                runs.Add(Run(column, inside));
        }

        return runs;

        TermRun Run(int column, int[] positions) => new(column * Channels, column * TapStride, Channels, TapStride, positions);
    }

    /// <summary>
    /// The input columns that a tile reads, from left to right, each with the kernel columns that multiply it. Kernel column <c>k</c> does so
    /// for column <c>(Column - k · Dilation) / Step</c> of the tile.
    /// </summary>
    /// <param name="columns">Columns of the tile, before pooling.</param>
    public IReadOnlyList<(int Column, int[] KernelColumns)> InputColumns(int columns)
    {
        (int Column, int[] KernelColumns)[] all =
        [
            .. from x in Enumerable.Range(0, ((columns - 1) * Step) + ((KernelWidth - 1) * Dilation) + 1)
               let meeting = Enumerable.Range(0, KernelWidth).Where(k => x >= k * Dilation && (x - (k * Dilation)) % Step == 0 && (x - (k * Dilation)) / Step < columns).ToArray()
               where meeting.Length > 0
               select (x, meeting),
        ];
        (int Column, int[] KernelColumns)[] inside = columns < Width ? all : [.. all.Where(pixel => IsInside(pixel.Column))];

        // Where all windows lie beside the image, the kernel multiplies zeros.
        return inside.Length == 0 ? all : inside;
    }

    /// <summary>The share of the products of a row that are left in a tile as wide as the image, which skips those with padding beside it.</summary>
    public double InsideShare
    {
        get
        {
            int inside = (from position in Enumerable.Range(0, Width) from column in Enumerable.Range(0, KernelWidth) where IsInside((position * Step) + (column * Dilation)) select column).Count();
            return (Halo.Left == 0 && Halo.Right == 0) || inside == 0 ? 1 : (double)inside / (Width * KernelWidth);
        }
    }

    /// <summary>Whether a column of the input belongs to the image; columns count from the halo's first one.</summary>
    public bool IsInside(int column) => column >= Halo.Left && column < Halo.Left + ImageColumns;
}

/// <summary>The weights of a depthwise filter that a phase of the gradient with respect to the input reads, from the last one to the first.</summary>
/// <param name="Filter">The sizes of the filter.</param>
/// <param name="Rows">Its lines.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record FlippedFilter(FilterShape Filter, GradientPhase Rows, GradientPhase Columns)
{
    /// <summary>All weights of the filter.</summary>
    public int Weights => Filter.Height * Filter.Width;

    /// <summary>The column of the filter that multiplies the k-th input of a line.</summary>
    public int Column(int k) => Columns.FirstLine + (Columns.LineStep * (Columns.Lines - 1 - k));
}

/// <summary>The sizes of a dense layer's kernel.</summary>
/// <param name="Name">The method.</param>
/// <param name="Summary">The comment above it.</param>
/// <param name="Rows">Inputs.</param>
/// <param name="Columns">Outputs.</param>
/// <param name="InputStride">From one sample's input to the next one's.</param>
/// <param name="OutputStride">From one sample's output to the next one's.</param>
/// <param name="Bias">Whether there is a bias.</param>
/// <param name="Epilogue">The functions that are applied before the store.</param>
internal sealed record DenseShape(
    string Name, string Summary, int Rows, int Columns, int InputStride, int OutputStride, bool Bias, Epilogue Epilogue)
{
    /// <summary>What the kernel's code depends on.</summary>
    public KernelKey Key => new(
        this with { Name = "", Summary = "", InputStride = TakesStrides ? 0 : InputStride, OutputStride = TakesStrides ? 0 : OutputStride, Epilogue = Epilogue.None, Operands = [] },
        OperandAccess.CodeOf(Epilogue, Operands, Name));

    /// <summary>
    /// Whether the strides of samples are parameters of the kernel instead of constants. They are if the layer has only one panel of columns:
    /// then inference and training, and also layers of equal sizes, can share a kernel. In unrolled code constants are faster.
    /// </summary>
    public bool TakesStrides => Columns <= RegisterTile.PanelWidth && !IsUnrolled;

    /// <summary>Whether the network is unrolled. Then the kernel has no loops over inputs and outputs, unless the method would become too large.</summary>
    public bool IsUnrolled { get; init; }

    /// <summary>Whether there are several panels of columns, and loops over them.</summary>
    public bool HasPanels => Columns > RegisterTile.PanelWidth && !IsUnrolled;

    /// <summary>The index of a sample's inputs.</summary>
    public string InputIndex => TakesStrides ? "xStride * sample" : KernelWriter.Index(("sample", InputStride));

    /// <summary>The index of a sample's outputs.</summary>
    public string OutputIndex => TakesStrides ? "yStride * sample" : KernelWriter.Index(("sample", OutputStride));

    /// <summary>Floats from one sample's outputs to the next one's.</summary>
    public string OutputStrideText => TakesStrides ? "yStride" : Invariant($"{OutputStride}");

    /// <summary>Where the inputs of a sample of a tile begin, counted from those of the tile's first sample.</summary>
    public TilePosition InputOf(int sample) => !TakesStrides ? new(sample * InputStride)
        : sample < 2 ? new(0, "xStride", sample)
        : new(0, Invariant($"x{sample}"), 1);

    /// <summary>Where the outputs of a sample of a tile begin, counted from those of the tile's first sample.</summary>
    public TilePosition OutputOf(int sample) => TakesStrides ? new(0, "yStride", sample) : new(sample * OutputStride);

    /// <summary>Whether threads may share the panels.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether results are added to the stored values instead of overwriting them.</summary>
    public bool Adds { get; init; }

    /// <summary>The tensors that the epilogue reads.</summary>
    public IReadOnlyList<OperandAccess> Operands { get; init; } = [];
}
