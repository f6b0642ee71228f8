using NetGen.CompilerServices;
using static System.FormattableString;

namespace NetGen;

/// <summary>Takes the statistics of a <see cref="NormalizationAttribute">Normalization</see> layer from data.</summary>
public static class AdaptExtensions
{
    private const string Kind = "Normalization";

    /// <summary>
    /// Sets mean and variance of the network's <c>Normalization</c>, which must be its first layer, to those of each channel of the inputs, over all samples and
    /// positions, as Keras' <c>adapt</c>. The source is read once, in its order and outside of training (epoch 0), in double precision. A <c>Normalization</c>
    /// behind other layers keeps its statistics.
    /// </summary>
    /// <param name="network">The network; call this before training.</param>
    /// <param name="source">The training samples.</param>
    /// <exception cref="ArgumentException">The source is empty, its samples have another length than the input, or a channel has values that are not finite; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The first layer is no <c>Normalization</c>.</exception>
    [NetworkMember(NetworkMemberRole.Update)]
    public static void Adapt(this INetwork network, ISampleSource source)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(source);
        NetworkSummary summary = network.Summary;
        if (summary.Layers.IsEmpty || summary.Layers[0] is not { Kind: Kind, Name: var name })
            throw new InvalidOperationException($"{summary.Name} does not begin with Normalization, so there is nothing to adapt to the inputs{WhatElse(summary)}.");
        if (source.Count == 0)
            throw new ArgumentException("The source has no samples.", nameof(source));
        if (source.InputLength != summary.InputLength)
            throw new ArgumentException(Invariant($"{summary.Name} takes {summary.InputLength} values a sample, but those of the source have {source.InputLength}."), nameof(source));

        RunningMoments moments = RunningMoments.Of(source, summary.InputShape[^1], targets: false, summary.InputType);
        float[] mean = moments.Means();
        float[] variance = moments.Variances();
        for (int channel = 0; channel < mean.Length; channel++)
        {
            if (!float.IsFinite(mean[channel]) || !float.IsFinite(variance[channel]))
                throw new ArgumentException(Invariant($"Channel {channel} has values that are not finite."), nameof(source));
        }

        ParameterTable table = network.ParameterTable;
        using ParameterEdit edit = network.EditParameters();
        mean.CopyTo(edit.Values[table[name + ".mean"].Offset..]);
        variance.CopyTo(edit.Values[table[name + ".variance"].Offset..]);
    }

    /// <summary>What to do about a layer that Adapt does not reach, for the message; empty if there is none.</summary>
    private static string WhatElse(NetworkSummary summary) => summary.Layers.FirstOrDefault(static layer => layer.Kind == Kind) is not { Name: var name } ? ""
        : $": '{name}' reads what other layers compute of them. Let it be the first layer, or set '{name}.mean' and '{name}.variance', by EditParameters or from a file of weights";
}
