using static System.FormattableString;

namespace NetGen;

/// <summary>
/// A read-only view of samples held in memory: the inputs of a network, and for each either a class label or target values.
/// </summary>
/// <remarks>
/// The memory given to <see cref="FromLabels(float[], int, int[], int?)"/> and
/// <see cref="FromTargets(float[], int, float[], int)"/> is used as it is, not copied, and must not be changed afterwards.
/// Inputs that are bytes stay bytes, a quarter of the memory, and are converted batch by batch. A network whose input is declared as
/// <see cref="InputType.UInt8"/> takes them as they are, whatever the scale of the data set, also through sources that are made
/// from it. <see cref="Slice"/>,
/// <see cref="Take"/>, <see cref="Select"/>, <see cref="Shuffle"/> and <see cref="Split"/> are views of the same memory and cost at most one
/// integer a sample. Instances are safe for use by several threads.
/// </remarks>
public sealed class Dataset : ISampleSource
{
    private readonly SampleStore _store;
    private readonly int[]? _order;
    private readonly int _start;

    private Dataset(SampleStore store, int[]? order, int start, int count)
    {
        _store = store;
        _order = order;
        _start = start;
        Count = count;
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Number of values of one sample's input, in the network's channels-last order.</summary>
    public int InputLength => _store.InputLength;

    /// <summary>
    /// Number of classes: labels are 0 to <see cref="ClassCount"/> − 1. Views keep the number of the whole. 0 for a data
    /// set with targets.
    /// </summary>
    public int ClassCount => _store.ClassCount;

    /// <summary>Number of target values of one sample; 0 for a data set with labels.</summary>
    public int TargetLength => _store.TargetLength;

    /// <summary>Whether the samples carry a class label (otherwise they carry targets).</summary>
    public bool HasLabels => _store.Labels is not null;

    /// <summary>Makes a data set for a classifier.</summary>
    /// <param name="inputs">The inputs of all samples, one after the other; used, not copied.</param>
    /// <param name="inputLength">Number of values of one sample, at least 1.</param>
    /// <param name="labels">The class of each sample, from 0; used, not copied.</param>
    /// <param name="classCount">Number of classes, or <see langword="null"/> for the largest label + 1.</param>
    /// <exception cref="ArgumentException">The lengths do not agree, or a label is out of range.</exception>
    public static Dataset FromLabels(float[] inputs, int inputLength, int[] labels, int? classCount = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        return WithLabels(new FloatInputs(inputs), inputLength, labels, classCount);
    }

    /// <inheritdoc cref="FromLabels(float[], int, int[], int?)"/>
    public static Dataset FromLabels(
        ReadOnlyMemory<float> inputs, int inputLength, ReadOnlyMemory<int> labels, int? classCount = null) =>
        WithLabels(new FloatInputs(inputs), inputLength, labels, classCount);

    /// <summary>
    /// Makes a data set for a classifier from bytes, such as the pixels of images. They stay bytes in memory; the network
    /// gets <c>byte · scale + offset</c>, which with the default scale is exactly <c>byte / 255f</c>. A network that takes bytes
    /// (<see cref="InputType.UInt8"/>) gets the bytes as they are, 0 to 255.
    /// </summary>
    /// <param name="inputs">The inputs of all samples, one after the other; used, not copied.</param>
    /// <param name="inputLength">Number of values of one sample, at least 1.</param>
    /// <param name="labels">The class of each sample, from 0; used, not copied.</param>
    /// <param name="classCount">Number of classes, or <see langword="null"/> for the largest label + 1.</param>
    /// <param name="scale">The factor of each byte, finite; the default turns 0 to 255 into 0 to 1.</param>
    /// <param name="offset">Is added to each product, finite.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not agree, a label is out of range, or <paramref name="scale"/> or <paramref name="offset"/> is
    /// infinite or not a number.
    /// </exception>
    public static Dataset FromLabels(ReadOnlyMemory<byte> inputs, int inputLength, ReadOnlyMemory<int> labels,
        int? classCount = null, double scale = ByteInputs.ToUnit, double offset = 0) =>
        WithLabels(new ByteInputs(inputs, scale, offset), inputLength, labels, classCount);

    /// <summary>Makes a data set for regression, or for a classifier trained on class probabilities.</summary>
    /// <param name="inputs">The inputs of all samples, one after the other; used, not copied.</param>
    /// <param name="inputLength">Number of values of one sample, at least 1.</param>
    /// <param name="targets">The wanted outputs of all samples, one after the other; used, not copied.</param>
    /// <param name="targetLength">Number of wanted outputs of one sample, at least 1.</param>
    /// <exception cref="ArgumentException">The lengths do not agree.</exception>
    public static Dataset FromTargets(float[] inputs, int inputLength, float[] targets, int targetLength)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        return WithTargets(new FloatInputs(inputs), inputLength, targets, targetLength);
    }

    /// <inheritdoc cref="FromTargets(float[], int, float[], int)"/>
    public static Dataset FromTargets(
        ReadOnlyMemory<float> inputs, int inputLength, ReadOnlyMemory<float> targets, int targetLength) =>
        WithTargets(new FloatInputs(inputs), inputLength, targets, targetLength);

    /// <summary>
    /// Makes a data set for regression, or for a classifier trained on class probabilities, from inputs that are bytes. They
    /// stay bytes in memory; the network gets <c>byte · scale + offset</c>, which with the default scale is exactly
    /// <c>byte / 255f</c>. A network that takes bytes (<see cref="InputType.UInt8"/>) gets the bytes as they are, 0 to 255.
    /// </summary>
    /// <param name="inputs">The inputs of all samples, one after the other; used, not copied.</param>
    /// <param name="inputLength">Number of values of one sample, at least 1.</param>
    /// <param name="targets">The wanted outputs of all samples, one after the other; used, not copied.</param>
    /// <param name="targetLength">Number of wanted outputs of one sample, at least 1.</param>
    /// <param name="scale">The factor of each byte, finite; the default turns 0 to 255 into 0 to 1.</param>
    /// <param name="offset">Is added to each product, finite.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not agree, or <paramref name="scale"/> or <paramref name="offset"/> is infinite or not a number.
    /// </exception>
    public static Dataset FromTargets(ReadOnlyMemory<byte> inputs, int inputLength, ReadOnlyMemory<float> targets,
        int targetLength, double scale = ByteInputs.ToUnit, double offset = 0) =>
        WithTargets(new ByteInputs(inputs, scale, offset), inputLength, targets, targetLength);

    /// <summary>
    /// The input of a sample: <see cref="InputLength"/> values. In a data set of bytes they are converted into an array of
    /// their own; <see cref="CopyInput"/> needs none.
    /// </summary>
    /// <param name="index">Which sample, 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<float> Input(int index) => _store.Inputs.Read(Place(index) * InputLength, InputLength);

    /// <summary>Writes the input of a sample into memory of the caller.</summary>
    /// <param name="index">Which sample, 0 to <see cref="Count"/> − 1.</param>
    /// <param name="destination">Receives the values: <see cref="InputLength"/> of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    public void CopyInput(int index, Span<float> destination)
    {
        int place = Place(index);
        CheckRoom(destination);
        _store.Inputs.Copy(place * InputLength, destination);
    }

    /// <summary>The class of a sample.</summary>
    /// <param name="index">Which sample, 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="InvalidOperationException">The data set has targets.</exception>
    public int Label(int index) =>
        (_store.Labels ?? throw new InvalidOperationException("This data set has targets, not labels.")).Span[Place(index)];

    /// <summary>The wanted outputs of a sample: <see cref="TargetLength"/> values.</summary>
    /// <param name="index">Which sample, 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="InvalidOperationException">The data set has labels.</exception>
    public ReadOnlySpan<float> Target(int index) =>
        (_store.Targets ?? throw new InvalidOperationException("This data set has labels, not targets."))
            .Span.Slice(Place(index) * TargetLength, TargetLength);

    /// <inheritdoc/>
    public void Read(Sample sample)
    {
        int place = Place(sample.Index);
        CheckRoom(sample.Input);
        if (sample.InputType == InputType.UInt8)
            _store.Inputs.CopyUnscaled(place * InputLength, sample.Input);
        else
            _store.Inputs.Copy(place * InputLength, sample.Input);
        if (HasLabels)
            sample.Label = Label(sample.Index);
        else
            Target(sample.Index).CopyTo(sample.Target);
        if (_store.Weights is { } weights)
            sample.Weight = weights.Span[place];
    }

    /// <summary>
    /// The same samples with weights: a sample's loss counts as often as its weight says, and the mean loss of a batch is divided by the
    /// sum of its weights.
    /// </summary>
    /// <param name="weights">The weight of each sample: finite, 0 or more; used, not copied, unless this data set is a view.</param>
    /// <exception cref="ArgumentException">
    /// The number of weights is not <see cref="Count"/>, a weight is out of range, or a sample that <see cref="Select"/> has chosen several
    /// times gets different ones.
    /// </exception>
    public Dataset WithWeights(ReadOnlyMemory<float> weights)
    {
        GivenWeights.Check(weights.Span, Count, nameof(weights));
        int stored = _store.Inputs.Length / InputLength;
        if (_order is not null || Count != stored)
            weights = GivenWeights.ByPlace(weights.Span, Place, stored, nameof(weights));
        return new Dataset(_store with { Weights = weights }, _order, _start, Count);
    }

    /// <summary>The samples from <paramref name="start"/> on, <paramref name="count"/> of them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside the data set.</exception>
    public Dataset Slice(int start, int count)
    {
        if (start < 0 || start > Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(start), Invariant($"The start must be 0 to {Count}, but got {start}."));
        }
        if (count < 0 || count > Count - start)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), Invariant($"The data set has {Count - start} samples from {start} on; {count} were asked for."));
        }
        return View(_order, _start + start, count);
    }

    /// <summary>The first <paramref name="count"/> samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The data set has fewer.</exception>
    public Dataset Take(int count) => Slice(0, count);

    /// <summary>
    /// The samples at some indices, in their order, as PyTorch's <c>Subset</c>. A sample may be chosen several times; so a rare class can be
    /// oversampled.
    /// </summary>
    /// <param name="indices">Which samples, each 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no sample of an index.</exception>
    public Dataset Select(params ReadOnlySpan<int> indices)
    {
        int[] order = new int[indices.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = Place(indices[i]);
        return View(order, 0, order.Length);
    }

    /// <summary>The same samples in a random order that depends on the seed alone.</summary>
    public Dataset Shuffle(ulong seed)
    {
        int[] order = new int[Count];
        RandomOrder.Fill(order, seed, 0);
        for (int i = 0; i < order.Length; i++)
            order[i] = Place(order[i]);
        return View(order, 0, Count);
    }

    /// <summary>Divides the samples at random into two sets, for training and validation say.</summary>
    /// <param name="fraction">The share of the first set, between 0 and 1; both sets get at least one sample.</param>
    /// <param name="seed">Decides which samples go where.</param>
    /// <param name="stratified">
    /// Whether each class is divided in the same proportion, as by scikit-learn's <c>train_test_split(stratify=…)</c>. What the
    /// proportion leaves of a sample goes to the classes with the largest remainders, so each class is at most one sample off.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction would leave one of the sets empty.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="stratified"/> is set, and the data set has targets.</exception>
    public (Dataset First, Dataset Second) Split(double fraction, ulong seed, bool stratified = false)
    {
        if (!(fraction > 0 && fraction < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(fraction), Invariant($"The fraction must lie between 0 and 1, both excluded, but got {fraction}."));
        }
        if (stratified && !HasLabels)
            throw new InvalidOperationException("A stratified split needs labels; this data set has targets.");
        int first = (int)Math.Round(fraction * Count);
        if (first == 0 || first == Count)
        {
            throw new ArgumentOutOfRangeException(nameof(fraction),
                Invariant($"A fraction of {fraction} divides {Count} samples into {first} and {Count - first}; neither part may be empty."));
        }
        Dataset shuffled = Shuffle(seed);
        if (stratified)
        {
            int[] labels = new int[Count];
            for (int i = 0; i < labels.Length; i++)
                labels[i] = shuffled.Label(i);
            StratifiedSplit.Divide(shuffled._order, labels, ClassCount, first, seed);
        }
        return (shuffled.Slice(0, first), shuffled.Slice(first, Count - first));
    }

    /// <summary>The size of the data set, for logs and the debugger.</summary>
    public override string ToString() => HasLabels
        ? Invariant($"{Count} samples of {InputLength} {_store.Inputs.Unit}, {ClassCount} classes")
        : Invariant($"{Count} samples of {InputLength} {_store.Inputs.Unit}, {TargetLength} targets");

    private void CheckRoom(ReadOnlySpan<float> destination)
    {
        if (destination.Length != InputLength)
        {
            throw new ArgumentException(
                Invariant($"A sample has {InputLength} values, but got room for {destination.Length}."), nameof(destination));
        }
    }

    private static Dataset WithLabels(InputStore inputs, int inputLength, ReadOnlyMemory<int> labels, int? classCount)
    {
        if (classCount < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(classCount), Invariant($"The number of classes must be at least 1, but got {classCount}."));
        }
        int count = CountSamples(inputs, inputLength);
        if (labels.Length != count)
        {
            throw new ArgumentException(
                Invariant($"There are {count} samples ({inputs.Length} values / {inputLength} each) but {labels.Length} labels."),
                nameof(labels));
        }
        int largest = -1;
        ReadOnlySpan<int> classes = labels.Span;
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] < 0 || classes[i] >= (classCount ?? int.MaxValue))
            {
                string range = classCount is { } most ? Invariant($"0 to {most - 1}") : "0 or more";
                throw new ArgumentException(
                    Invariant($"The label of sample {i} is {classes[i]}; labels must be {range}."), nameof(labels));
            }
            largest = Math.Max(largest, classes[i]);
        }
        return new Dataset(new SampleStore(inputs, inputLength) { Labels = labels, ClassCount = classCount ?? largest + 1 }, null, 0, count);
    }

    private static Dataset WithTargets(InputStore inputs, int inputLength, ReadOnlyMemory<float> targets, int targetLength)
    {
        int count = CountSamples(inputs, inputLength);
        if (targetLength < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(targetLength), Invariant($"The target length must be at least 1, but got {targetLength}."));
        }
        if (targets.Length != (long)count * targetLength)
        {
            throw new ArgumentException(
                Invariant($"{count} samples of {targetLength} targets need {(long)count * targetLength} values; there are {targets.Length}."),
                nameof(targets));
        }
        return new Dataset(new SampleStore(inputs, inputLength) { Targets = targets, TargetLength = targetLength }, null, 0, count);
    }

    private static int CountSamples(InputStore inputs, int inputLength)
    {
        if (inputLength < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(inputLength), Invariant($"The input length must be at least 1, but got {inputLength}."));
        }
        if (inputs.Length % inputLength != 0)
        {
            throw new ArgumentException(
                Invariant($"{inputs.Length} values are no whole number of samples of {inputLength} values."), nameof(inputs));
        }
        return inputs.Length / inputLength;
    }

    private Dataset View(int[]? order, int start, int count) =>
        new(_store, order, start, count);

    private int Place(int index)
    {
        if ((uint)index >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(index), Invariant($"The data set has {Count} samples; there is no sample {index}."));
        }
        return _order is null ? _start + index : _order[_start + index];
    }
}
