namespace Shapes;

/// <summary>The order in which a training takes its images.</summary>
internal enum ImageOrder
{
    /// <summary>Another random order in each epoch.</summary>
    Shuffled,

    /// <summary>Ten circles and a square, again and again.</summary>
    Alternating,

    /// <summary>All circles, and then all squares.</summary>
    Sorted,
}
