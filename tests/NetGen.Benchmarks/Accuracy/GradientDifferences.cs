namespace NetGen.Benchmarks.Accuracy;

/// <summary>How much the gradients of a variant differ from those of direct sums, for one batch and the same weights.</summary>
/// <param name="Use">The variant's use of Winograd's transforms.</param>
/// <param name="Weights">Where the weights come from.</param>
/// <param name="Layers">The layers that have weights.</param>
internal sealed record GradientDifferences(WinogradUse Use, string Weights, IReadOnlyList<GradientDifference> Layers)
{
    /// <summary>Compares two gradients of all parameters.</summary>
    public static GradientDifferences Of(WinogradUse use, string weights, ParameterTable table, float[] direct, float[] transformed) => new(use, weights,
    [
        .. from parameter in table.Parameters
           where parameter.Shape.Length > 1
           select GradientDifference.Of(
               parameter.LayerName, direct.AsSpan(parameter.Offset, parameter.Length), transformed.AsSpan(parameter.Offset, parameter.Length)),
    ]);

    /// <summary>The gradients of a batch, with the dropout of a training's first step.</summary>
    public static float[] Gradients(INetwork network, Dataset batch, ulong seed)
    {
        // One thread: the results are the same for every number of them.
        ITrainingPass pass = network.BeginTraining(batch.Count, seed, threads: 1);
        float[] inputs = [.. Enumerable.Range(0, batch.Count).SelectMany(image => batch.Input(image).ToArray())];
        int[] labels = [.. Enumerable.Range(0, batch.Count).Select(batch.Label)];
        pass.Forward(inputs, labels);
        pass.Backward();
        return pass.Gradients.ToArray();
    }
}
