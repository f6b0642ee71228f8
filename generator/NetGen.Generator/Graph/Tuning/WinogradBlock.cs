namespace NetGen.Generator.Graph.Tuning;

/// <summary>
/// A block of tiles of m×m outputs in the workspace: two transformed sides of the tiles, one behind the other, each as a matrix for each place of a tile, and the memory for
/// one tile between the two steps of a transform. The first side is made of the inputs; the second one of the outputs, or of the gradients with respect to them.
/// </summary>
/// <param name="Outputs">m: rows and columns of the outputs of a tile.</param>
/// <param name="Block">Tiles that are transformed and multiplied together.</param>
internal abstract record WinogradBlock(int Outputs, int Block)
{
    /// <summary>Rows and columns of the filters.</summary>
    public const int Filter = 3;

    /// <summary>Floats to which the values of a tile are filled up: the longest vector.</summary>
    private const int Multiple = 16;

    /// <summary>Rows and columns of the inputs of a tile.</summary>
    public int Inputs => Outputs + Filter - 1;

    /// <summary>The products of matrices that take the place of the convolution: one for each input of a tile.</summary>
    public int Matrices => Inputs * Inputs;

    /// <summary>Floats from the values of a tile to those of the next one.</summary>
    /// <param name="values">The values: channels of the input, or of the output.</param>
    public static int TileStride(int values) => (values + Multiple - 1) / Multiple * Multiple;

    /// <summary>Floats from a matrix to the next one. With a power of two, the values of a tile would map to the same sets of the L1 cache.</summary>
    /// <param name="values">The values of a tile.</param>
    public int MatrixStride(int values) => (Block * TileStride(values)) + Multiple;

    /// <summary>Where the matrices of the second side begin.</summary>
    /// <param name="channels">Channels of the input.</param>
    public int SecondOffset(int channels) => Matrices * MatrixStride(channels);

    /// <summary>Where the memory begins in which the values of one tile lie between the two steps of a transform.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="columns">Channels of the output.</param>
    public int ScratchOffset(int channels, int columns) => SecondOffset(channels) + (Matrices * MatrixStride(columns));

    /// <summary>The floats of the workspace.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="columns">Channels of the output.</param>
    public int WorkspaceLength(int channels, int columns) => ScratchOffset(channels, columns) + (Matrices * Multiple);
}
