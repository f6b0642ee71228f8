using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using static System.FormattableString;

namespace NetGen.CompilerServices;

/// <summary>Checks arguments, above all those of generated methods; nothing is computed before all of them are right.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchChecks
{
    /// <summary>Checks a number that a caller asks for.</summary>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="value">The number.</param>
    /// <param name="least">The least that is possible.</param>
    /// <param name="argument">The argument that holds it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less.</exception>
    internal static void AtLeast(string what, int value, int least, string argument)
    {
        if (value < least)
            throw new ArgumentOutOfRangeException(argument, Invariant($"The {what} must be at least {least}, but got {value}."));
    }

    /// <summary>
    /// Whether the arguments of a prediction are one sample and its outputs, in separate memory: then nothing more is to be checked. Any others
    /// are for <see cref="Samples(string, ReadOnlySpan{float}, int, ReadOnlySpan{float}, int)"/>.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="inputLength">Floats of one sample.</param>
    /// <param name="output">Where the outputs go.</param>
    /// <param name="outputLength">Floats of one sample's output.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreOfOneSample(ReadOnlySpan<float> input, int inputLength, ReadOnlySpan<float> output, int outputLength) =>
        input.Length == inputLength && output.Length == outputLength && !input.Overlaps(output);

    /// <summary>The number of samples in <paramref name="input"/>, for which <paramref name="output"/> must have room.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="input">One or more samples.</param>
    /// <param name="inputLength">Floats of one sample.</param>
    /// <param name="output">Where the outputs go.</param>
    /// <param name="outputLength">Floats of one sample's output.</param>
    /// <exception cref="ArgumentException">The input is no whole number of samples, or the output has another length than they need.</exception>
    public static int Samples(string network, ReadOnlySpan<float> input, int inputLength, ReadOnlySpan<float> output, int outputLength)
    {
        int samples = Samples(network, input.Length, inputLength, nameof(input));
        CheckOutput(network, samples, output, outputLength);

        // The same memory is allowed: the outputs of a chunk are written after its inputs have been read.
        if (input.Overlaps(output, out int offset) && (offset != 0 || input.Length != output.Length))
        {
            throw new ArgumentException(
                $"The output of {network} overlaps its input, so samples would be overwritten before they are read. Use separate memory, or exactly the same memory if both have the same length.",
                nameof(output));
        }

        return samples;
    }

    /// <summary>The number of samples in <paramref name="input"/>, for which <paramref name="output"/> must have room.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="input">One or more samples.</param>
    /// <param name="inputLength">Bytes of one sample.</param>
    /// <param name="output">Where the outputs go.</param>
    /// <param name="outputLength">Floats of one sample's output.</param>
    /// <exception cref="ArgumentException">The input is no whole number of samples, or the output has another length than they need, or they overlap.</exception>
    public static int Samples(string network, ReadOnlySpan<byte> input, int inputLength, ReadOnlySpan<float> output, int outputLength)
    {
        int samples = Samples(network, input.Length, inputLength, nameof(input));
        CheckOutput(network, samples, output, outputLength);

        // The outputs of a chunk may need more memory than its inputs, so even memory that begins at the same place is overwritten too early.
        if (input.Overlaps(MemoryMarshal.AsBytes(output)))
            throw new ArgumentException($"The output of {network} overlaps its input, so samples would be overwritten before they are read. Use separate memory.", nameof(output));
        return samples;
    }

    /// <summary>The number of samples of a training batch, with a label for each.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="inputs">The samples.</param>
    /// <param name="inputLength">Floats of one sample.</param>
    /// <param name="batchSize">The largest number of samples in a batch.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a label is out of range.</exception>
    public static int Samples(
        string network, ReadOnlySpan<float> inputs, int inputLength, int batchSize, ReadOnlySpan<int> labels, int classes) =>
        Samples(network, inputs.Length, inputLength, batchSize, labels, classes, ignored: null);

    /// <summary>The number of samples of a training batch, with a label for each, of which one is no class.</summary>
    /// <inheritdoc cref="Samples(string, ReadOnlySpan{float}, int, int, ReadOnlySpan{int}, int)"/>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="inputs">The number of values of all samples.</param>
    /// <param name="inputLength">Values of one sample.</param>
    /// <param name="batchSize">The largest number of samples in a batch.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="ignored">The label of samples that do not count; null for none.</param>
    internal static int Samples(
        string network, int inputs, int inputLength, int batchSize, ReadOnlySpan<int> labels, int classes, int? ignored)
    {
        int samples = BatchSamples(network, inputs, inputLength, batchSize);
        if (labels.Length != samples)
        {
            throw new ArgumentException(
                Invariant($"{network} wants one label for each sample: {samples} for these inputs, but got {labels.Length}."), nameof(labels));
        }

        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes && labels[i] != ignored)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labels),
                    labels[i],
                    Invariant($"{network} knows the classes 0 to {classes - 1}, but the label of sample {i} is {labels[i]}."));
            }
        }

        return samples;
    }

    /// <summary>The number of samples of a training batch, with targets for each.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="inputs">The samples.</param>
    /// <param name="inputLength">Floats of one sample.</param>
    /// <param name="batchSize">The largest number of samples in a batch.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="outputLength">Floats of one sample's targets.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static int Samples(
        string network, ReadOnlySpan<float> inputs, int inputLength, int batchSize, ReadOnlySpan<float> targets, int outputLength) =>
        Samples(network, inputs.Length, inputLength, batchSize, targets, outputLength);

    /// <summary>The number of samples of a training batch, with targets for each.</summary>
    /// <inheritdoc cref="Samples(string, ReadOnlySpan{float}, int, int, ReadOnlySpan{float}, int)"/>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="inputs">The number of values of all samples.</param>
    /// <param name="inputLength">Values of one sample.</param>
    /// <param name="batchSize">The largest number of samples in a batch.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="outputLength">Floats of one sample's targets.</param>
    internal static int Samples(string network, int inputs, int inputLength, int batchSize, ReadOnlySpan<float> targets, int outputLength)
    {
        int samples = BatchSamples(network, inputs, inputLength, batchSize);
        if (targets.Length != (long)samples * outputLength)
        {
            throw new ArgumentException(
                Invariant($"{network} wants {outputLength} targets for each sample: {(long)samples * outputLength} for these inputs, but got {targets.Length}."),
                nameof(targets));
        }

        return samples;
    }

    /// <summary>Checks that the targets of a classifier are probabilities: for each sample 0 or more, with a sum of 1 within 0.001.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="targets">The targets, a whole number of samples.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="ArgumentException">A target is negative or NaN, or the targets of a sample have another sum.</exception>
    public static void Probabilities(string network, ReadOnlySpan<float> targets, int classes)
    {
        for (int sample = 0; !targets.IsEmpty; sample++)
        {
            if (ProbabilityFault(network, targets[..classes], sample) is { } fault)
                throw new ArgumentException(fault, nameof(targets));

            targets = targets[classes..];
        }
    }

    /// <summary>Checks that an input is exactly one sample, to be classified.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="input">The sample.</param>
    /// <param name="inputLength">Floats of one sample.</param>
    /// <exception cref="ArgumentException">The input is not one sample.</exception>
    public static void OneSample(string network, ReadOnlySpan<float> input, int inputLength) => OneSample(network, input.Length, inputLength);

    /// <summary>Checks that an input is exactly one sample, to be classified.</summary>
    /// <param name="network">The network's name, for the message.</param>
    /// <param name="input">The sample.</param>
    /// <param name="inputLength">Bytes of one sample.</param>
    /// <exception cref="ArgumentException">The input is not one sample.</exception>
    public static void OneSample(string network, ReadOnlySpan<byte> input, int inputLength) => OneSample(network, input.Length, inputLength);

    /// <summary>Why the targets of one sample are not probabilities; <see langword="null"/> when they are.</summary>
    internal static string? ProbabilityFault(string network, ReadOnlySpan<float> targets, int sample)
    {
        double sum = 0;
        int negative = -1;
        for (int i = 0; i < targets.Length; i++)
        {
            sum += targets[i];
            if (!(targets[i] >= 0) && negative < 0)
                negative = i;
        }

        if (negative < 0 && Math.Abs(sum - 1) <= 1e-3)
            return null;

        string expected = Invariant($"{network} learns class probabilities, which are 0 or more and add up to 1 for each sample");
        return negative < 0
            ? Invariant($"{expected}, but the targets of sample {sample} add up to {(float)sum}.")
            : Invariant($"{expected}, but target {negative} of sample {sample} is {targets[negative]} (its targets add up to {(float)sum}).");
    }

    private static void CheckOutput(string network, int samples, ReadOnlySpan<float> output, int outputLength)
    {
        if (output.Length != (long)samples * outputLength)
        {
            throw new ArgumentException(
                Invariant($"{network} gives {outputLength} values a sample, so the output of {samples} {Word(samples)} has a length of {(long)samples * outputLength}, but got {output.Length}."),
                nameof(output));
        }
    }

    private static int BatchSamples(string network, int inputs, int inputLength, int batchSize)
    {
        int samples = Samples(network, inputs, inputLength, nameof(inputs));
        if (samples > batchSize)
        {
            throw new ArgumentException(
                Invariant($"This training pass of {network} was begun for batches of at most {batchSize} {Word(batchSize)}, but got {samples}."),
                nameof(inputs));
        }

        return samples;
    }

    private static void OneSample(string network, int length, int inputLength)
    {
        if (length != inputLength)
            throw new ArgumentException(Invariant($"{network} classifies one sample of {inputLength} values, but got {length}."), "input");
    }

    private static int Samples(string network, int length, int inputLength, string argument)
    {
        if (length == 0 || length % inputLength != 0)
        {
            throw new ArgumentException(
                Invariant($"{network} takes {inputLength} values a sample, so a length of {inputLength} or a multiple of it was expected, but got {length}."),
                argument);
        }

        return length / inputLength;
    }

    private static string Word(int samples) => samples == 1 ? "sample" : "samples";
}
