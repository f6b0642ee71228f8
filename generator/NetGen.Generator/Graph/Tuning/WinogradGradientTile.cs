namespace NetGen.Generator.Graph.Tuning;

/// <summary>
/// The tiles of a weight gradient that is computed with Winograd's transforms: the gradients of r×r weights from m×m gradients with respect
/// to the outputs, F(r×r, m×m).
/// </summary>
/// <param name="Size">The sizes of a tile.</param>
/// <param name="Block">Tiles that are transformed and multiplied together.</param>
/// <param name="Samples">The samples whose tiles a block gathers; 1 where a sample has one block or more.</param>
internal sealed record WinogradGradientTile(WinogradSize Size, int Block, int Samples) : WinogradBlock(Size, Block)
{
    /// <summary>The floats of the sums of products: for each place of a tile, a matrix as large as the weights of one kernel position.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="filters">Channels of the output.</param>
    public int SumsLength(int channels, int filters) => Matrices * channels * filters;
}
