using static System.FormattableString;

namespace NetGen;

/// <summary>Samples of a source side by side, in buffers that are allocated once.</summary>
internal sealed class Batch
{
    private readonly ISampleSource _source;
    private readonly int[] _samples;
    private readonly float[] _inputs;
    private readonly int[] _labels;
    private readonly float[] _targets;
    private readonly float[] _weights;
    private readonly NetworkSummary _network;
    private readonly LossFunction _loss;
    private readonly int _classes;
    private readonly bool _checksTargets;
    private readonly IReadOnlyList<float>? _classWeights;
    private bool _isWeighted;

    /// <summary>Allocates room for batches.</summary>
    /// <param name="source">Where the samples come from.</param>
    /// <param name="capacity">The largest number of samples in a batch.</param>
    /// <param name="network">The network that takes them.</param>
    /// <param name="classWeights">The factor of each class in the samples' weights; none if all are 1.</param>
    public Batch(ISampleSource source, int capacity, NetworkSummary network, IReadOnlyList<float>? classWeights = null)
    {
        _source = source;
        _network = network;

        // The targets of a data set in memory were checked before.
        _checksTargets = source is not Dataset && source.TargetLength > 0;
        _loss = LossFunction.Of(network);
        _classes = _loss.Classes(network.OutputLength);
        _classWeights = classWeights;
        Capacity = capacity;
        HasLabels = source.TargetLength == 0;
        _samples = new int[capacity];
        _inputs = new float[checked(capacity * source.InputLength)];
        _labels = HasLabels ? new int[capacity] : [];
        _targets = new float[checked(capacity * source.TargetLength)];
        _weights = new float[capacity];
    }

    /// <summary>Number of samples that there is room for.</summary>
    public int Capacity { get; }

    /// <summary>Whether the samples have labels; they have targets otherwise.</summary>
    public bool HasLabels { get; }

    /// <summary>Whether labels, targets and weights are read but not checked.</summary>
    public bool IsForInputsOnly { get; init; }

    /// <summary>Number of samples last read.</summary>
    public int Count { get; private set; }

    /// <summary>The samples last read, by their index in the source.</summary>
    public ReadOnlySpan<int> Samples => _samples.AsSpan(0, Count);

    /// <summary>Their inputs.</summary>
    public ReadOnlySpan<float> Inputs => _inputs.AsSpan(0, Count * _source.InputLength);

    /// <summary>Their labels; empty for samples with targets.</summary>
    public ReadOnlySpan<int> Labels => HasLabels ? _labels.AsSpan(0, Count) : default;

    /// <summary>Their targets; empty for samples with labels.</summary>
    public ReadOnlySpan<float> Targets => _targets.AsSpan(0, Count * _source.TargetLength);

    /// <summary>Their weights; empty if all are 1.</summary>
    public ReadOnlySpan<float> Weights => _isWeighted ? _weights.AsSpan(0, Count) : default;

    /// <summary>The weight of one sample.</summary>
    public float Weight(int index) => _weights[index];

    /// <summary>The divisor of their mean loss: the sum of their weights, times the weights that the loss gives their labels.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>The input of one sample.</summary>
    public ReadOnlySpan<float> Input(int index) => _inputs.AsSpan(index * _source.InputLength, _source.InputLength);

    /// <summary>The targets of one sample.</summary>
    public ReadOnlySpan<float> Target(int index) => _targets.AsSpan(index * _source.TargetLength, _source.TargetLength);

    /// <summary>The class of one sample: its label, or the class that its targets stand for.</summary>
    public int Class(int index) => HasLabels ? _labels[index] : Classes.Of(Target(index), _classes);

    /// <summary>Whether a sample counts in losses and metrics: its label is not one that the loss ignores.</summary>
    public bool Counts(int index) => !HasLabels || !_loss.Ignores(_labels[index]);

    /// <summary>Reads the samples with the given indices, at most as many as there is room for.</summary>
    /// <param name="indices">The samples.</param>
    /// <param name="epoch">The epoch, counted from 1; 0 outside of training.</param>
    /// <exception cref="InvalidDataException">The source gave a label or a weight that is out of range.</exception>
    public void Read(ReadOnlySpan<int> indices, int epoch)
    {
        lock (_source)
        {
            Begin(indices.Length);
            for (int i = 0; i < indices.Length; i++)
                Read(indices[i], epoch, i);
        }
    }

    /// <summary>Reads consecutive samples, at most as many as there is room for.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="InvalidDataException">The source gave a label or a weight that is out of range.</exception>
    public void Read(int start, int count)
    {
        lock (_source)
        {
            Begin(count);
            for (int i = 0; i < count; i++)
                Read(start + i, epoch: 0, i);
        }
    }

    // A callback may evaluate the source from which the background thread reads; the lock keeps their reads apart.
    private void Begin(int count)
    {
        Count = count;
        TotalWeight = 0;
        _isWeighted = false;
    }

    private void Read(int index, int epoch, int place)
    {
        int label = 0;
        float weight = 1;
        Span<float> input = _inputs.AsSpan(place * _source.InputLength, _source.InputLength);
        Span<float> target = _targets.AsSpan(place * _source.TargetLength, _source.TargetLength);
        _source.Read(new Sample(index, epoch, input, target, ref label, ref weight) { InputType = _network.InputType });
        _samples[place] = index;
        if (IsForInputsOnly)
            return;
        if (HasLabels)
        {
            if ((uint)label >= (uint)_classes && !_loss.Ignores(label))
                throw Fault(Invariant($"gave sample {index} the label {label}; {_network.Name} needs labels from 0 to {_classes - 1}."));
            _labels[place] = label;
        }
        else if (_checksTargets && _loss.TargetFault(_network.Name, target, index) is { } fault)
        {
            throw Fault($"gave targets that do not suit the network: {fault}");
        }

        if (!(weight >= 0 && float.IsFinite(weight)))
            throw Fault(Invariant($"gave sample {index} the weight {weight}; weights must be finite and not negative."));
        if (_classWeights is not null && Counts(place))
            weight *= _classWeights[Class(place)];
        _weights[place] = weight;
        _isWeighted |= weight != 1;
        TotalWeight += HasLabels && _loss.WeighsLabels ? weight * _loss.LabelWeight(label) : weight;
    }

    private InvalidDataException Fault(string what) => new($"{_source.GetType().Name} {what}");
}
