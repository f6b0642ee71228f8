namespace NetGen.Generator.Graph.Tuning;

/// <summary>The tiles of a Winograd convolution, F(m×m, 3×3) in the words of Lavin and Gray 2016.</summary>
/// <param name="Outputs">m: rows and columns of the outputs of a tile.</param>
/// <param name="Block">Tiles that are transformed and multiplied together.</param>
/// <param name="Positions">Tiles of a register tile of the products; they divide the block.</param>
/// <param name="Vectors">Vectors of a register tile.</param>
internal sealed record WinogradTile(int Outputs, int Block, int Positions, int Vectors) : WinogradBlock(Outputs, Block);
