using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Samples in a file that is mapped into memory: the system reads the parts that are used, and drops them again when memory is needed. So the file
/// may be larger than the memory, and larger than 2 GB. Any number of threads may read. Do not shorten the file meanwhile: on Linux and macOS, the
/// system ends a process that reads what is no longer there.
/// </summary>
public sealed class MappedSamples : ISampleSource, IDisposable
{
    private readonly MappedValues _inputs;
    private readonly MappedValues? _mappedTargets;
    private readonly ReadOnlyMemory<float> _targets;
    private readonly ReadOnlyMemory<int> _labels;

    private MappedSamples(RawFile inputs, int inputLength, ReadOnlyMemory<int> labels, int classCount)
    {
        _inputs = new MappedValues(inputs, inputLength, labels.Length);
        _labels = labels;
        InputLength = inputLength;
        ClassCount = classCount;
    }

    private MappedSamples(RawFile inputs, int inputLength, ReadOnlyMemory<float> targets, int targetLength, RawFile? targetFile)
    {
        _mappedTargets = targetFile is null ? null : new MappedValues(targetFile, targetLength, null);
        try
        {
            _inputs = new MappedValues(inputs, inputLength, _mappedTargets?.Count ?? targets.Length / targetLength);
        }
        catch
        {
            _mappedTargets?.Dispose();
            throw;
        }
        _targets = targets;
        InputLength = inputLength;
        TargetLength = targetLength;
    }

    /// <inheritdoc/>
    public int Count => _inputs.Count;

    /// <inheritdoc/>
    public int InputLength { get; }

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <inheritdoc/>
    public int TargetLength { get; }

    /// <summary>Maps a file of inputs, for a classifier.</summary>
    /// <param name="inputs">The inputs of all samples, one after the other: bytes or floats.</param>
    /// <param name="inputLength">Number of values of one sample, at least 1.</param>
    /// <param name="labels">The class of each sample, from 0; used, not copied. There is at least one.</param>
    /// <param name="classCount">Number of classes, at least 1.</param>
    /// <exception cref="ArgumentException">A label or another argument is out of range.</exception>
    /// <exception cref="InvalidDataException">The file has fewer or more samples than there are labels; the message says which is cut short.</exception>
    /// <exception cref="IOException">The file cannot be read or does not exist.</exception>
    public static MappedSamples FromLabels(RawFile inputs, int inputLength, ReadOnlyMemory<int> labels, int classCount)
    {
        CheckInputs(inputs, inputLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        if (labels.IsEmpty)
            throw new ArgumentException("There are no labels.", nameof(labels));
        RawLabels.Check(labels.Span, classCount, null);
        return new MappedSamples(inputs, inputLength, labels, classCount);
    }

    /// <summary>Maps a file of inputs, for a classifier, with labels from a second file, which is read at once.</summary>
    /// <param name="inputs">The inputs of all samples, one after the other: bytes or floats.</param>
    /// <param name="inputLength">Number of values of one sample, at least 1.</param>
    /// <param name="labels">The class of each sample, from 0: bytes or integers.</param>
    /// <param name="classCount">Number of classes, at least 1.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    /// <exception cref="InvalidDataException">
    /// A label is out of range, or the files have different numbers of samples; the message says which sample is cut short.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read or does not exist.</exception>
    public static MappedSamples FromLabels(RawFile inputs, int inputLength, RawFile labels, int classCount)
    {
        CheckInputs(inputs, inputLength);
        ArgumentNullException.ThrowIfNull(labels);
        labels.Check(nameof(labels), RawType.Byte, RawType.Int32);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        int[] classes = RawLabels.Read(labels);
        if (classes.Length == 0)
            throw new InvalidDataException($"'{labels.Path}' has no labels.");
        RawLabels.Check(classes, classCount, labels.Path);
        return new MappedSamples(inputs, inputLength, classes, classCount);
    }

    /// <summary>Maps a file of inputs, for regression or for a classifier trained on class probabilities.</summary>
    /// <param name="inputs">The inputs of all samples, one after the other: bytes or floats.</param>
    /// <param name="inputLength">Number of values of one sample, at least 1.</param>
    /// <param name="targets">The wanted outputs of all samples, one after the other; used, not copied. There is at least one sample.</param>
    /// <param name="targetLength">Number of wanted outputs of one sample, at least 1.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    /// <exception cref="InvalidDataException">The file has fewer or more samples; the message says which is cut short.</exception>
    /// <exception cref="IOException">The file cannot be read or does not exist.</exception>
    public static MappedSamples FromTargets(RawFile inputs, int inputLength, ReadOnlyMemory<float> targets, int targetLength)
    {
        CheckInputs(inputs, inputLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetLength, 1);
        if (targets.IsEmpty || targets.Length % targetLength != 0)
        {
            throw new ArgumentException(
                Invariant($"{targets.Length} targets are not those of one or more samples of {targetLength} targets."), nameof(targets));
        }
        return new MappedSamples(inputs, inputLength, targets, targetLength, null);
    }

    /// <summary>Maps a file of inputs and a file of targets, for regression or for a classifier trained on class probabilities.</summary>
    /// <param name="inputs">The inputs of all samples, one after the other: bytes or floats.</param>
    /// <param name="inputLength">Number of values of one sample, at least 1.</param>
    /// <param name="targets">The wanted outputs of all samples, one after the other: bytes or floats.</param>
    /// <param name="targetLength">Number of wanted outputs of one sample, at least 1.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    /// <exception cref="InvalidDataException">
    /// The files have different numbers of samples, or a file ends within one; the message says which is cut short.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read or does not exist.</exception>
    public static MappedSamples FromTargets(RawFile inputs, int inputLength, RawFile targets, int targetLength)
    {
        CheckInputs(inputs, inputLength);
        ArgumentNullException.ThrowIfNull(targets);
        targets.Check(nameof(targets), RawType.Byte, RawType.Float32);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetLength, 1);
        return new MappedSamples(inputs, inputLength, default, targetLength, targets);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The file is no longer mapped.</exception>
    public void Read(Sample sample)
    {
        SourceChecks.Index(sample.Index, Count);
        SourceChecks.Room(sample, InputLength, TargetLength);
        if (sample.InputType == InputType.UInt8)
            _inputs.ReadUnscaled(sample.Index, sample.Input);
        else
            _inputs.Read(sample.Index, sample.Input);
        if (TargetLength == 0)
            sample.Label = _labels.Span[sample.Index];
        else if (_mappedTargets is null)
            _targets.Span.Slice(sample.Index * TargetLength, TargetLength).CopyTo(sample.Target);
        else
            _mappedTargets.Read(sample.Index, sample.Target);
    }

    /// <summary>Ends the mapping. Calls of <see cref="Read"/> that are running finish first; later ones throw.</summary>
    public void Dispose()
    {
        _inputs.Dispose();
        _mappedTargets?.Dispose();
    }

    private static void CheckInputs(RawFile inputs, int inputLength)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        inputs.Check(nameof(inputs), RawType.Byte, RawType.Float32);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputLength, 1);
    }
}
