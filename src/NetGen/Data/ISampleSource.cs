namespace NetGen;

/// <summary>
/// Samples that <see cref="TrainingExtensions.Fit"/>, <c>Evaluate</c> and <c>Predict</c> read one at a time, for example from a file, a
/// database or a random generator. Samples that lie in memory are a <see cref="Dataset"/>.
/// </summary>
/// <remarks>
/// <see cref="Read"/> runs on a background thread while the network trains on earlier samples, but never on two threads at once: NetGen locks
/// the source while it reads a batch. For results that can be repeated, what it writes depends only on the sample's index and epoch.
/// </remarks>
public interface ISampleSource
{
    /// <summary>Number of samples in an epoch, at least 1.</summary>
    int Count { get; }

    /// <summary>Number of values of one sample's input, in the network's channels-last order.</summary>
    int InputLength { get; }

    /// <summary>Number of classes: labels are 0 to <see cref="ClassCount"/> − 1. 0 for samples with targets.</summary>
    int ClassCount { get; }

    /// <summary>Number of target values of one sample; 0 for samples with labels.</summary>
    int TargetLength { get; }

    /// <summary>
    /// Whether samples can only be read in their order: 0, 1, 2 and so on in each epoch. Training then never shuffles them, and nobody else may read
    /// the source meanwhile.
    /// <see langword="false"/> unless overridden.
    /// </summary>
    bool IsSequential => false;

    /// <summary>Reads a sample.</summary>
    /// <param name="sample">Says which sample, and takes its values: its input, and its label or its targets.</param>
    void Read(Sample sample);
}
