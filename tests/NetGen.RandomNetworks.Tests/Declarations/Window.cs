namespace NetGen.RandomNetworks.Declarations;

/// <summary>How a window slides along one direction.</summary>
/// <param name="Size">The size of the window, without dilation.</param>
/// <param name="Stride">Its step.</param>
/// <param name="Same">Whether the padding is Same.</param>
/// <param name="Padding">Explicit padding.</param>
/// <param name="Dilation">The step inside the window.</param>
internal readonly record struct Window(int Size, int Stride, bool Same, int Padding = 0, int Dilation = 1)
{
    private int Covered => ((Size - 1) * Dilation) + 1;

    public bool Fits(int size) => Same || Covered <= size + (2 * Padding);

    /// <summary>The padding as an argument.</summary>
    /// <param name="property">The property for explicit padding in this direction.</param>
    public string Text(string property) => Padding > 0 ? FormattableString.Invariant($"{property} = {Padding}") : Same ? "Padding = Padding.Same" : "Padding = Padding.Valid";

    public int Positions(int size) => Same ? ((size - 1) / Stride) + 1 : ((size + (2 * Padding) - Covered) / Stride) + 1;
}
