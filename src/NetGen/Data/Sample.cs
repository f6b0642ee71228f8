namespace NetGen;

/// <summary>One sample that an <see cref="ISampleSource"/> is asked for, and the memory that takes its values.</summary>
public readonly ref struct Sample
{
    private readonly ref int _label;
    private readonly ref float _weight;

    /// <summary>Describes a sample. A source that reads from another one makes its own, with memory for the other's values.</summary>
    /// <param name="index">Which sample of the source, 0 to its count − 1.</param>
    /// <param name="epoch">The epoch of the training, counted from 1; 0 outside of training.</param>
    /// <param name="input">Takes the input: <see cref="ISampleSource.InputLength"/> values.</param>
    /// <param name="target">Takes the targets: <see cref="ISampleSource.TargetLength"/> values.</param>
    /// <param name="label">Takes the label.</param>
    /// <param name="weight">Takes the weight.</param>
    public Sample(int index, int epoch, Span<float> input, Span<float> target, ref int label, ref float weight)
    {
        Index = index;
        Epoch = epoch;
        Input = input;
        Target = target;
        _label = ref label;
        _weight = ref weight;
    }

    /// <summary>Which sample of the source, 0 to <see cref="ISampleSource.Count"/> − 1.</summary>
    public int Index { get; }

    /// <summary>The epoch of the training, counted from 1; 0 outside of training. Augmentation differs from epoch to epoch.</summary>
    public int Epoch { get; }

    /// <summary>
    /// In which form the network that reads takes inputs. For <see cref="NetGen.InputType.UInt8"/> a source of bytes gives them as they are, 0 to 255, and does not
    /// scale them; a source that reads from another one hands this on.
    /// </summary>
    public InputType InputType { get; init; }

    /// <summary>Takes the input. Its old content is undefined: write every value.</summary>
    public Span<float> Input { get; }

    /// <summary>Takes the targets; empty if the samples have labels. Its old content is undefined: write every value.</summary>
    public Span<float> Target { get; }

    /// <summary>The class of a sample that has no targets, 0 to <see cref="ISampleSource.ClassCount"/> − 1.</summary>
    public int Label
    {
        get => _label;
        set => _label = value;
    }

    /// <summary>
    /// The weight of the sample in the mean loss of its batch: finite, 0 or more; 1 unless set. At least one sample of a batch needs a
    /// weight above 0.
    /// </summary>
    public float Weight
    {
        get => _weight;
        set => _weight = value;
    }
}
