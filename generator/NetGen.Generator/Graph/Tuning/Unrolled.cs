namespace NetGen.Generator.Graph.Tuning;

/// <summary>What the unrolled code of an operation costs for one sample; it has no loops and no calls.</summary>
/// <param name="Products">Its multiply-adds.</param>
/// <param name="Vectors">Its multiply-add instructions with vectors of four floats, the narrowest.</param>
internal sealed record Unrolled(long Products, long Vectors)
{
    /// <summary>The most multiply-adds that an unrolled network may take for one sample.</summary>
    private const int MaxProducts = 1024;

    /// <summary>
    /// The most multiply-adds of a kernel without loops. Each becomes a local of the method by inlining, and the JIT inlines nothing more in a
    /// method with over 512 locals (<c>MAX_LV_NUM_COUNT_FOR_INLINING</c> in its sources).
    /// </summary>
    private const int MaxProductsOfKernel = 400;

    /// <summary>Whether a kernel for several samples with so many multiply-adds is unrolled; it may have at most one panel of columns.</summary>
    public static bool IsWorth(int columns, int products) => columns <= RegisterTile.PanelWidth && products <= MaxProductsOfKernel;

    /// <summary>Whether a network of these operations is unrolled.</summary>
    public static bool IsWorth(IReadOnlyList<Operation> operations) =>
        operations.All(operation => operation.Unrolled is not null)
        && operations.Sum(operation => operation.Unrolled!.Vectors) <= MaxProducts / 4
        && operations.Sum(operation => operation.Unrolled!.Products) <= MaxProducts;
}
