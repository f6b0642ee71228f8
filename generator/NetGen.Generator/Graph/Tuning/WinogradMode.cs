namespace NetGen.Generator.Graph.Tuning;

/// <summary>Whether a convolution may be computed with Winograd's transforms.</summary>
internal enum WinogradMode
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>Where the cost model expects it to be faster.</summary>
    WhereFaster,

    /// <summary>Wherever it is possible, with the smallest tiles; for tests.</summary>
    SmallTiles,

    /// <summary>Wherever it is possible, with the largest tiles that fit; for tests.</summary>
    LargeTiles,
}
