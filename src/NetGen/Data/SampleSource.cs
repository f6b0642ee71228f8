namespace NetGen;

/// <summary>Makes sources of samples from functions.</summary>
public static class SampleSource
{
    /// <summary>Makes a source for a classifier.</summary>
    /// <param name="count">Number of samples in an epoch, at least 1.</param>
    /// <param name="inputLength">Number of values of one sample, at least 1.</param>
    /// <param name="classCount">Number of classes, at least 1.</param>
    /// <param name="read">
    /// Writes every value of a sample's input, and its label. For results that can be repeated, what it writes depends on the sample's index and
    /// epoch alone.
    /// </param>
    /// <param name="isSequential">Whether samples can only be read in their order, as <see cref="ISampleSource.IsSequential"/> says.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static ISampleSource FromLabels(int count, int inputLength, int classCount, SampleAction read, bool isSequential = false)
    {
        SourceChecks.Sizes(count, inputLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        ArgumentNullException.ThrowIfNull(read);
        return new FunctionSource(count, inputLength, classCount, 0, isSequential, read);
    }

    /// <summary>Makes a source for regression, or for a classifier trained on class probabilities.</summary>
    /// <param name="count">Number of samples in an epoch, at least 1.</param>
    /// <param name="inputLength">Number of values of one sample, at least 1.</param>
    /// <param name="targetLength">Number of wanted outputs of one sample, at least 1.</param>
    /// <param name="read">
    /// Writes every value of a sample's input and targets. For results that can be repeated, what it writes depends on the sample's index and epoch
    /// alone.
    /// </param>
    /// <param name="isSequential">Whether samples can only be read in their order, as <see cref="ISampleSource.IsSequential"/> says.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static ISampleSource FromTargets(int count, int inputLength, int targetLength, SampleAction read, bool isSequential = false)
    {
        SourceChecks.Sizes(count, inputLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetLength, 1);
        ArgumentNullException.ThrowIfNull(read);
        return new FunctionSource(count, inputLength, 0, targetLength, isSequential, read);
    }
}
