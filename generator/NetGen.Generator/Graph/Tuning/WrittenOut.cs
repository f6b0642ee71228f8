namespace NetGen.Generator.Graph.Tuning;

/// <summary>What an operation costs when one sample is written out, without loops and calls.</summary>
/// <param name="Products">Its multiply-adds.</param>
/// <param name="Vectors">Its multiply-add instructions with vectors of four floats, the narrowest.</param>
internal sealed record WrittenOut(long Products, long Vectors)
{
    /// <summary>The most multiply-adds of a network that is written out for one sample.</summary>
    private const int MaxProducts = 1024;

    /// <summary>
    /// The most multiply-adds of a kernel without loops. Each becomes a local of the method by inlining, and the JIT inlines nothing more in a
    /// method with over 512 locals (<c>MAX_LV_NUM_COUNT_FOR_INLINING</c> in its sources).
    /// </summary>
    private const int MaxProductsOfKernel = 400;

    /// <summary>Whether a kernel for several samples with so many multiply-adds is written out. One panel of columns is the most it may have.</summary>
    public static bool IsWorth(int columns, int products) => columns <= RegisterTile.PanelWidth && products <= MaxProductsOfKernel;

    /// <summary>Whether a network of these operations is written out.</summary>
    public static bool IsWorth(IReadOnlyList<Operation> operations) =>
        operations.All(operation => operation.WrittenOut is not null)
        && operations.Sum(operation => operation.WrittenOut!.Vectors) <= MaxProducts / 4
        && operations.Sum(operation => operation.WrittenOut!.Products) <= MaxProducts;
}
