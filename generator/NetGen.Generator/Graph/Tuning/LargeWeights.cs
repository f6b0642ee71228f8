namespace NetGen.Generator.Graph.Tuning;

/// <summary>Dense layers with so many weights that these do not stay in the L2 cache, of 1 MB: a call for few samples waits for the weights.</summary>
internal static class LargeWeights
{
    /// <summary>The least number of weights of such a layer: 1 MB.</summary>
    public const int Least = 1 << 18;

    /// <summary>The most inputs of a layer whose inputs for 128 samples take half of the L2 cache.</summary>
    private const int MostInputs = 1024;

    /// <summary>Whether an operation is such a layer.</summary>
    public static bool AreOf(Operation operation) => operation.TakesAllSamples && operation.Cost >= Least;

    /// <summary>Whether one of the operations is such a layer.</summary>
    public static bool AreIn(IReadOnlyList<Operation> operations) => operations.Any(AreOf);

    /// <summary>
    /// The largest number of samples that predictions take together through layers on all samples. Large weights are read once for each call, so it takes more there, if the inputs of so many
    /// samples stay in the L2 cache: they are read again for each panel.
    /// </summary>
    public static int Chunk(IReadOnlyList<Operation> operations)
    {
        Operation[] large = [.. operations.Where(AreOf)];
        return large.Length > 0 && large.All(layer => layer.Source.Shape.Length <= MostInputs) ? 128 : 64;
    }
}
