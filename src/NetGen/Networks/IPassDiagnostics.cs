namespace NetGen;

/// <summary>What generated training passes tell about computations that went wrong, or would.</summary>
internal interface IPassDiagnostics
{
    /// <summary>Which units were ever positive; null if the network does not track them.</summary>
    UnitActivity? UnitActivity { get; }

    /// <summary>The name of a layer that needs batches of two samples or more; null if there is none.</summary>
    string? LayerOfSingleValues { get; }

    /// <summary>
    /// The first layer whose outputs are infinite or NaN, of those whose outputs still exist after the last forward computation.
    /// </summary>
    /// <returns>The name of the layer; null if there is none, or if it is not known.</returns>
    string? FirstNotFiniteLayer();
}
