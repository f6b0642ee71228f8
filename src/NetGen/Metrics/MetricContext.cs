using static System.FormattableString;

namespace NetGen;

/// <summary>What a metric has to know before a run: what the outputs of the network are, and how many samples there are at most.</summary>
public sealed record MetricContext
{
    /// <summary>Describes a run.</summary>
    /// <param name="outputLength">Number of outputs of a sample, at least 1.</param>
    /// <param name="classes">
    /// 0 if the network is a regression. Otherwise the outputs are class probabilities, and this is the number of classes: as many as there
    /// are outputs, or 2 for one output, the probability of class 1.
    /// </param>
    /// <param name="maxSamples">The largest number of samples between two calls of <see cref="MetricState.Reset"/>, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public MetricContext(int outputLength, int classes, int maxSamples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSamples, 1);
        if (classes != 0 && classes != outputLength && (classes, outputLength) != (2, 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(classes),
                Invariant($"A network with {outputLength} outputs has as many classes, or 0 if it is a regression, but got {classes}."));
        }

        OutputLength = outputLength;
        Classes = classes;
        MaxSamples = maxSamples;
    }

    /// <summary>Number of outputs of a sample.</summary>
    public int OutputLength { get; }

    /// <summary>Number of classes; 0 for a regression.</summary>
    public int Classes { get; }

    /// <summary>The largest number of samples between two calls of <see cref="MetricState.Reset"/>.</summary>
    public int MaxSamples { get; }

    /// <summary>Whether outputs are class probabilities.</summary>
    public bool IsClassifier => Classes > 0;

    /// <summary>The context of a run of a network.</summary>
    /// <param name="network">The network's summary.</param>
    /// <param name="maxSamples">The largest number of samples between two calls of <see cref="MetricState.Reset"/>, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxSamples"/> is below 1.</exception>
    public static MetricContext Of(NetworkSummary network, int maxSamples)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new MetricContext(network.OutputLength, LossFunction.Of(network).Classes(network.OutputLength), maxSamples);
    }
}
