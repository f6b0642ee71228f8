using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Tuning;

/// <summary>The sizes of a tile of Winograd's transforms: F(m×m, r×r) in the words of Lavin and Gray 2016.</summary>
/// <param name="Outputs">m: rows and columns of the outputs of a tile.</param>
/// <param name="Filter">r: rows and columns of the filters.</param>
internal readonly record struct WinogradSize(int Outputs, int Filter)
{
    /// <summary>All sizes: larger tiles take fewer products, but what they compute beyond the image is lost. With 6×6 inputs, errors are still as small as tests hold them to be; with 8×8 they are not.</summary>
    public static readonly IReadOnlyList<WinogradSize> All = [new(4, 3), new(2, 3), new(2, 5)];

    /// <summary>Rows and columns of the inputs of a tile.</summary>
    public int Inputs => Outputs + Filter - 1;

    /// <summary>The products of matrices that take the place of the convolution: one for each input of a tile.</summary>
    public int Matrices => Inputs * Inputs;

    /// <summary>The products that the direct sums of a tile take for each channel and filter.</summary>
    public int DirectProducts => Outputs * Outputs * Filter * Filter;

    /// <summary>What the names of methods and of weights for this size end with.</summary>
    public string Suffix => Filter == 3 ? Invariant($"{Outputs}") : Invariant($"{Outputs}By{Filter}");

    /// <summary>The sizes for a filter, the largest first.</summary>
    public static IEnumerable<WinogradSize> Of(int filter) => All.Where(size => size.Filter == filter);
}
