namespace NetGen.Generator.Graph.Tuning;

/// <summary>
/// The tiles of a weight gradient that is computed with Winograd's transforms: F(3×3, m×m), the gradients of 3×3 weights from m×m gradients with respect
/// to the outputs.
/// </summary>
/// <param name="Outputs">m: rows and columns of the outputs of a tile.</param>
/// <param name="Block">Tiles that are transformed and multiplied together.</param>
/// <param name="Samples">The samples whose tiles a block gathers; 1 where a sample has one block or more.</param>
internal sealed record WinogradGradientTile(int Outputs, int Block, int Samples)
{
    /// <summary>Rows and columns of the inputs of a tile.</summary>
    public int Inputs => Outputs + WinogradTile.Filter - 1;

    /// <summary>The products of matrices: one for each input of a tile.</summary>
    public int Matrices => Inputs * Inputs;

    /// <summary>Floats from a matrix to the next one.</summary>
    /// <param name="values">The values of a tile: channels of the input, or of the output.</param>
    public int MatrixStride(int values) => WinogradTile.MatrixStride(Block, values);

    /// <summary>Where the transformed gradients begin in the workspace, behind the transformed inputs.</summary>
    /// <param name="channels">Channels of the input.</param>
    public int GradientsOffset(int channels) => Matrices * MatrixStride(channels);

    /// <summary>Where the memory begins in which the values of one tile lie between the two steps of a transform.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="filters">Channels of the output.</param>
    public int ScratchOffset(int channels, int filters) => GradientsOffset(channels) + (Matrices * MatrixStride(filters));

    /// <summary>The floats of the workspace.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="filters">Channels of the output.</param>
    public int WorkspaceLength(int channels, int filters) => ScratchOffset(channels, filters) + (Matrices * WinogradTile.Multiple);

    /// <summary>The floats of the sums of products: for each place of a tile, a matrix as large as the weights of one kernel position.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="filters">Channels of the output.</param>
    public int SumsLength(int channels, int filters) => Matrices * channels * filters;
}
