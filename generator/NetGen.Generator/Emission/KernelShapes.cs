using NetGen.Generator.Lowering;

namespace NetGen.Generator.Emission;

/// <summary>A convolution as its kernel sees it: sizes and strides in floats.</summary>
/// <param name="Name">The method.</param>
/// <param name="Summary">The comment above it.</param>
/// <param name="KernelHeight">Lines of the kernel.</param>
/// <param name="Span">Weights of one kernel line for one output: kernel width times channels; they are a run in the input too.</param>
/// <param name="Columns">Outputs at one position.</param>
/// <param name="Height">Output rows before pooling.</param>
/// <param name="Width">Output columns before pooling.</param>
/// <param name="InputLineStride">From an input line to the next one.</param>
/// <param name="InputRowStride">From the input of an output row to that of the next one.</param>
/// <param name="InputPixelStride">From the input of an output pixel to that of the next one.</param>
/// <param name="OutputRowStride">From a stored row to the next one, after pooling.</param>
/// <param name="OutputPixelStride">From a stored pixel to the next one, after pooling.</param>
/// <param name="Bias">Whether there is a bias.</param>
/// <param name="KeepsIndex">Whether the place of each maximum is stored.</param>
/// <param name="Epilogue">What happens before the store.</param>
/// <param name="Halo">The zeros around the input; lines of them need not be multiplied.</param>
internal sealed record ConvolutionShape(
    string Name,
    string Summary,
    int KernelHeight,
    int Span,
    int Columns,
    int Height,
    int Width,
    int InputLineStride,
    int InputRowStride,
    int InputPixelStride,
    int OutputRowStride,
    int OutputPixelStride,
    bool Bias,
    bool KeepsIndex,
    Epilogue Epilogue,
    Halo Halo)
{
    /// <summary>The lines of the input that are image, counted from its first one.</summary>
    public int ImageLines { get; init; }

    /// <summary>The columns of the input that are image, counted from its first one.</summary>
    public int ImageColumns { get; init; }

    /// <summary>Columns of the kernel.</summary>
    public int KernelWidth { get; init; }

    public int Rows => KernelHeight * Span;

    /// <summary>Values of an input pixel.</summary>
    public int Channels => Span / KernelWidth;

    /// <summary>Input columns from one output to the next.</summary>
    public int Step => InputPixelStride / Channels;

    /// <summary>
    /// Whether a tile holds the weights of a kernel line in registers and loads each value of the input once for all outputs that it
    /// belongs to. Where a pixel has one value, the outputs of a tile share most of them.
    /// </summary>
    public bool HoldsLine(VectorWidth width) => Channels == 1 && Step < KernelWidth && RegisterTile.CanHold(KernelWidth, width);

    /// <summary>The outputs that tiles are made of.</summary>
    public PositionGrid Grid(VectorWidth width) =>
        new(Height / Epilogue.Pool, Width / Epilogue.Pool, Epilogue.Pool, Rows, HoldsLine(width) ? KernelWidth : 1);
}

/// <summary>A dense layer as its kernel sees it.</summary>
/// <param name="Name">The method.</param>
/// <param name="Summary">The comment above it.</param>
/// <param name="Rows">Inputs.</param>
/// <param name="Columns">Outputs.</param>
/// <param name="InputStride">From one sample's input to the next one's.</param>
/// <param name="OutputStride">From one sample's output to the next one's.</param>
/// <param name="Bias">Whether there is a bias.</param>
/// <param name="Epilogue">What happens before the store.</param>
/// <param name="ShardSize">In training, the number of samples of a shard; otherwise 0.</param>
internal sealed record DenseShape(
    string Name, string Summary, int Rows, int Columns, int InputStride, int OutputStride, bool Bias, Epilogue Epilogue, int ShardSize)
{
    /// <summary>How many samples the small tiles of a layer with more than one panel take together, largest first.</summary>
    public int[] SmallTiles(VectorWidth width) => width.Accumulators < 16 ? [4] : ShardSize > 0 ? [8] : [8, 4];

    /// <summary>How many samples the tiles take where there are many: the last of them is moved back to end with the samples.</summary>
    public int LargeTile(VectorWidth width) => width.Accumulators < 16 ? 6 : 11;

    /// <summary>From how many samples on the large tiles are worth their overlap; never in shards of eight.</summary>
    public int LargeFrom(VectorWidth width) => ShardSize is 0 or > 8 ? 2 * LargeTile(width) : int.MaxValue;
}
