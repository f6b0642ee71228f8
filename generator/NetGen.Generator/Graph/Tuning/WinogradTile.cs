namespace NetGen.Generator.Graph.Tuning;

/// <summary>The tiles of a Winograd convolution, F(m×m, 3×3) in the words of Lavin and Gray 2016.</summary>
/// <param name="Outputs">m: rows and columns of the outputs of a tile.</param>
/// <param name="Block">Tiles that are transformed and multiplied together.</param>
/// <param name="Positions">Tiles of a register tile of the products; they divide the block.</param>
/// <param name="Vectors">Vectors of a register tile.</param>
internal sealed record WinogradTile(int Outputs, int Block, int Positions, int Vectors)
{
    /// <summary>Rows and columns of the filters.</summary>
    public const int Filter = 3;

    /// <summary>Floats to which the values of a tile are filled up: the longest vector.</summary>
    public const int Multiple = 16;

    /// <summary>Rows and columns of the inputs of a tile.</summary>
    public int Inputs => Outputs + Filter - 1;

    /// <summary>The products of matrices that take the place of the convolution: one for each input of a tile.</summary>
    public int Matrices => Inputs * Inputs;

    /// <summary>Floats from the values of a tile to those of the next one.</summary>
    /// <param name="values">The values: channels of the input, or of the output.</param>
    public static int TileStride(int values) => (values + Multiple - 1) / Multiple * Multiple;

    /// <summary>Floats from a matrix to the next one. With a power of two, the values of a tile would map to the same sets of the L1 cache.</summary>
    /// <param name="values">The values of a tile.</param>
    public int MatrixStride(int values) => MatrixStride(Block, values);

    /// <summary>Floats from a matrix to the next one, for blocks of so many tiles.</summary>
    /// <inheritdoc cref="MatrixStride(int)"/>
    public static int MatrixStride(int block, int values) => (block * TileStride(values)) + Multiple;

    /// <summary>Where the matrices of products begin in the workspace.</summary>
    /// <param name="channels">Channels of the input.</param>
    public int ProductsOffset(int channels) => Matrices * MatrixStride(channels);

    /// <summary>Where the memory begins in which the values of one tile lie between the two steps of a transform.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="columns">Channels of the output.</param>
    public int ScratchOffset(int channels, int columns) => ProductsOffset(channels) + (Matrices * MatrixStride(columns));

    /// <summary>The floats of the workspace.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="columns">Channels of the output.</param>
    public int WorkspaceLength(int channels, int columns) => ScratchOffset(channels, columns) + (Matrices * Multiple);
}
