using NetGen.Generator.Graph.Kernels;

namespace NetGen.Generator.Graph.Tuning;

/// <summary>The tiles of a Winograd convolution.</summary>
/// <param name="Size">The sizes of a tile.</param>
/// <param name="Block">Tiles that are transformed and multiplied together.</param>
/// <param name="Positions">Tiles of a register tile of the products; they divide the block.</param>
/// <param name="Vectors">Vectors of a register tile.</param>
/// <param name="InRow">
/// Whether a block is tiles of one row, whose inputs are transformed down their columns line by line, in vectors of neighbouring values. With few channels, the vectors of a tile alone would not be full.
/// </param>
internal sealed record WinogradTile(WinogradSize Size, int Block, int Positions, int Vectors, bool InRow) : WinogradBlock(Size, Block)
{
    /// <summary>The values of a line of the inputs of a block in one row.</summary>
    /// <param name="channels">Channels of the input.</param>
    public int LineLength(int channels) => (((Block - 1) * Outputs) + Inputs) * channels;

    /// <summary>Floats from a line of such a block, after the transform down its columns, to the next one.</summary>
    /// <inheritdoc cref="LineLength"/>
    public int LineStride(int channels) => TileStride(LineLength(channels));

    /// <inheritdoc/>
    public override int InputTileStride(int channels) => InRow ? VectorNames.Few : base.InputTileStride(channels);

    /// <inheritdoc/>
    protected override int ScratchLength(int channels) => InRow ? Math.Max(base.ScratchLength(channels), (Inputs * LineStride(channels)) + Multiple) : base.ScratchLength(channels);
}
