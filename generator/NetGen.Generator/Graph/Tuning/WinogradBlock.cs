namespace NetGen.Generator.Graph.Tuning;

/// <summary>
/// A block of tiles in the workspace: two transformed sides of the tiles, one behind the other, each as a matrix for each place of a tile, and the memory between
/// the two steps of a transform, of one tile or of all at once. The first side is made of the inputs; the second one of the outputs, or of the gradients with respect to them.
/// </summary>
/// <param name="Size">The sizes of a tile.</param>
/// <param name="Block">Tiles that are transformed and multiplied together.</param>
internal abstract record WinogradBlock(WinogradSize Size, int Block)
{
    /// <summary>Floats to which the values of a tile are filled up: the longest vector.</summary>
    protected const int Multiple = 16;

    /// <inheritdoc cref="WinogradSize.Outputs"/>
    public int Outputs => Size.Outputs;

    /// <inheritdoc cref="WinogradSize.Inputs"/>
    public int Inputs => Size.Inputs;

    /// <inheritdoc cref="WinogradSize.Matrices"/>
    public int Matrices => Size.Matrices;

    /// <summary>Floats from the values of a tile to those of the next one.</summary>
    /// <param name="values">The values: channels of the input, or of the output.</param>
    public static int TileStride(int values) => (values + Multiple - 1) / Multiple * Multiple;

    /// <summary>Floats from a matrix to the next one. With a power of two, the values of a tile would map to the same sets of the L1 cache.</summary>
    /// <param name="values">The values of a tile.</param>
    public int MatrixStride(int values) => (Block * TileStride(values)) + Multiple;

    /// <summary>Floats from the transformed inputs of a tile to those of the next one.</summary>
    /// <param name="channels">Channels of the input.</param>
    public virtual int InputTileStride(int channels) => TileStride(channels);

    /// <summary>Floats from a matrix of transformed inputs to the next one.</summary>
    /// <inheritdoc cref="InputTileStride"/>
    public int InputMatrixStride(int channels) => (Block * InputTileStride(channels)) + Multiple;

    /// <summary>Where the matrices of the second side begin.</summary>
    /// <param name="channels">Channels of the input.</param>
    public int SecondOffset(int channels) => Matrices * InputMatrixStride(channels);

    /// <summary>Where the memory between the two steps of a transform begins.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="columns">Channels of the output.</param>
    public int ScratchOffset(int channels, int columns) => SecondOffset(channels) + (Matrices * MatrixStride(columns));

    /// <summary>The floats of the workspace.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="columns">Channels of the output.</param>
    public int WorkspaceLength(int channels, int columns) => ScratchOffset(channels, columns) + ScratchLength(channels);

    /// <summary>The floats of the memory between the two steps of a transform.</summary>
    /// <param name="channels">Channels of the input.</param>
    protected virtual int ScratchLength(int channels) => Matrices * Multiple;
}
