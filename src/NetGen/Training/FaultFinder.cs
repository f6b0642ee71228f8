using static System.FormattableString;

namespace NetGen;

/// <summary>Finds where a number that is infinite or NaN came from, when a loss or a gradient became one.</summary>
/// <param name="network">The network that is trained.</param>
/// <param name="pass">Its training pass, after the forward or the backward computation at fault.</param>
internal sealed class FaultFinder(INetwork network, ITrainingPass pass)
{
    /// <summary>Describes the first cause of a bad loss: a value of the samples, a parameter, or the layer whose outputs overflowed.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="advice">Helps where no wrong value was given.</param>
    public string OfLoss(Batch batch, string advice)
    {
        if (InSamples(batch) is { } sample)
            return sample;
        if (InParameters() is { } parameter)
            return parameter;
        return (pass as IPassDiagnostics)?.FirstNotFiniteLayer() is { } layer
            ? Invariant($"The first values that are not finite are the outputs of '{layer}', on {Describe(batch)}. {advice}")
            : advice;
    }

    /// <summary>
    /// Says which gradient is not finite. Backward goes from the last layer to the first, so the last such gradient is where it began.
    /// </summary>
    public string OfGradients()
    {
        ReadOnlySpan<float> gradients = pass is IRunnerPass { Runner: var runner } ? runner.StoredGradients() : pass.Gradients;
        foreach (ParameterInfo parameter in network.ParameterTable.Parameters.Reverse())
        {
            if (parameter.Role == ParameterRole.Trained && First(gradients.Slice(parameter.Offset, parameter.Length)) is { } place)
                return Invariant($"The gradient of '{parameter.Name}' became {gradients[parameter.Offset + place]}");
        }

        return First(gradients) is { } index ? Invariant($"A gradient became {gradients[index]}") : "A gradient became infinite or NaN";
    }

    /// <summary>The first value that is infinite or NaN.</summary>
    private static int? First(ReadOnlySpan<float> values) =>
        FiniteCheck.FirstNotFinite(values) is var index and >= 0 ? index : null;

    private static string? InSamples(Batch batch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            if (First(batch.Input(i)) is { } input)
                return Invariant($"Input value {input} of sample {batch.Samples[i]} is {batch.Input(i)[input]}.");
            if (!batch.HasLabels && First(batch.Target(i)) is { } target)
                return Invariant($"Target {target} of sample {batch.Samples[i]} is {batch.Target(i)[target]}.");
        }

        return null;
    }

    private string? InParameters()
    {
        foreach (ParameterInfo parameter in network.ParameterTable.Parameters)
        {
            ReadOnlySpan<float> values = network.Parameters.Slice(parameter.Offset, parameter.Length);
            if (First(values) is { } place)
                return Invariant($"The parameter '{parameter.Name}' has the value {values[place]}, which was there before this step.");
        }

        return null;
    }

    private static string Describe(Batch batch) => batch.Count == 1
        ? Invariant($"sample {batch.Samples[0]}")
        : Invariant($"a batch of {batch.Count} samples, the first of which is sample {batch.Samples[0]}");
}
