using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// A training pass: the code that is the same for every network. It owns the activations and the gradients, checks arguments, cuts a batch
/// into shards, and shares the work items of each phase of a step among threads. One thread at a time may use it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class TrainingRunner : IParallelWork
{
    private readonly TrainingPlan _plan;
    private readonly BatchLoss _loss;
    private readonly ParameterMemory _parameters;
    private readonly AlignedBuffer _activations;
    private readonly AlignedBuffer _workspace;
    private readonly AlignedBuffer _shardGradients;
    private readonly AlignedBuffer _packed;
    private readonly AlignedBuffer _prepared;
    private readonly AlignedBuffer _batchValues;
    private readonly AlignedBuffer _sums;
    private readonly AlignedBuffer _units;
    private readonly AlignedBuffer _panels;
    private readonly AlignedBuffer _gradients;
    private int _samples;
    private bool _takesBytes;
    private int _shards;
    private int _shardSize;
    private long _weightVersion;
    private long _packedVersion;
    private long _preparedVersion = -1;
    private int _packedGroups;

    // The current phase of forward or backward: reductions or layers of the whole batch separate the phases. Before phase n of forward comes the one with number n - 1.
    private int _phase;
    private bool _awaitsBackward;

    /// <summary>Allocates the memory.</summary>
    /// <param name="plan">The sizes of the network.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="options">Batch size, seed, threads, and the step to begin at.</param>
    /// <param name="argument">The argument that holds the batch size, for the message.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is too large for an array.</exception>
    protected TrainingRunner(TrainingPlan plan, ParameterMemory parameters, TrainingOptions options, string argument)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(options);
        int batchSize = options.BatchSize;
        PassChecks.BatchSize(plan.Network, batchSize, Math.Max(plan.ActivationsLength, plan.PanelsLength), argument);
        _plan = plan;
        _loss = new BatchLoss(plan, batchSize);
        _parameters = parameters;
        Seed = options.Seed;
        Threads = WorkerPool.Start(options.Threads);
        Step = options.Step;
        BatchSize = batchSize;
        _activations = new AlignedBuffer((long)batchSize * plan.ActivationsLength);
        _workspace = new AlignedBuffer((long)Threads * plan.WorkspaceLength);
        _shardGradients = new AlignedBuffer((long)plan.Shards(batchSize) * plan.ShardedParameters);
        _packed = new AlignedBuffer(plan.PackedLength);
        _prepared = new AlignedBuffer(plan.PreparedLength);
        _batchValues = new AlignedBuffer(plan.BatchValuesLength);
        _sums = new AlignedBuffer((long)plan.Shards(batchSize) * plan.SumsLength);
        _units = new AlignedBuffer((long)plan.Shards(batchSize) * plan.UnitsLength);
        UnitActivity = plan.Units.Count == 0 ? null : new UnitActivity(plan, _units);
        _panels = new AlignedBuffer((long)batchSize * plan.PanelsLength);
        _gradients = new AlignedBuffer(plan.TrainedParameters);
        _wholeBatch = plan.WholeBatchWeights.Count == 0 ? plan.WholeBatch : new WorkGroups([.. plan.WholeBatchWeights.Select(weights => weights.Items)]);
        _storesGradients = !plan.GradientsMayWait;
        _partLength = plan.PartLength;
        _parts = new AlignedBuffer((long)Threads * _partLength);
    }

    // The kinds of work items. A call of the pool has items of one kind; threads share them, and all are done before the next call.
    private enum Work
    {
        Forward,
        ForwardLayer,
        ForwardPhase,
        Pack,
        Backward,
        BackwardLayer,
        BackwardPhase,
        PackPanels,
        SumGradients,
        StoreGradients,
        CheckPanels,
        InputGradients,
        InputGradientsPhase,
    }

    /// <summary>The largest number of samples in a batch.</summary>
    public int BatchSize { get; }

    /// <summary>How many threads at most share a batch.</summary>
    public int Threads { get; }

    /// <summary>How many steps were done: the number that the pass began with, and one more for every forward computation.</summary>
    public long Step { get; private set; }

    /// <summary>The outputs of the last forward computation.</summary>
    public ReadOnlySpan<float> Outputs => _loss.Outputs(_samples);

    /// <summary>Forward and loss of a batch whose samples have labels.</summary>
    /// <param name="inputs">The samples.</param>
    /// <param name="labels">The class of each.</param>
    /// <param name="sampleWeights">The weight of each sample in the mean loss; empty if all have the same.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a label or a weight is out of range; the pass is unchanged.</exception>
    public float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights) =>
        Forward(inputs, _loss.Set(inputs.Length, labels, sampleWeights));

    /// <summary>Forward and loss of a batch whose samples have targets.</summary>
    /// <param name="inputs">The samples.</param>
    /// <param name="targets">The targets of each.</param>
    /// <param name="sampleWeights">The weight of each sample in the mean loss; empty if all have the same.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a target or a weight is out of range; the pass is unchanged.</exception>
    public float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights) =>
        Forward(inputs, _loss.Set(inputs.Length, targets, sampleWeights));

    /// <summary>Computes the gradients with respect to the parameters.</summary>
    /// <exception cref="InvalidOperationException">There was no forward computation since the last call, or the parameters were written since.</exception>
    public void Backward()
    {
        PassChecks.AwaitsBackward(_plan.Network, _samples, _awaitsBackward);
        PassChecks.SameParameters(_plan.Network, _weightVersion, _parameters.WeightVersion);
        _awaitsBackward = false;
        PackWeights(_plan.NeededPackings);
        Run(Work.Backward, _shards);
        for (_phase = _plan.Cuts - 1; _phase >= 0; _phase--)
        {
            BackwardBetweenPhases(_plan.LayerGradients);
            Run(Work.BackwardPhase, _shards);
        }

        Run(Work.PackPanels, _plan.Panels.Items);
        _wholeBatchState = _storesGradients ? WholeBatchState.Stored : WholeBatchState.Waiting;
        Run(Work.SumGradients, StoredParts + SumItems);
    }

    /// <summary>Computes the gradients with respect to the inputs.</summary>
    /// <param name="destination">Where they go; as long as the inputs were.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="InvalidOperationException">There was no forward computation, or the parameters were written since.</exception>
    public void InputGradients(Span<float> destination)
    {
        PassChecks.InputGradients(_plan.Network, _samples, _plan.InputLength, destination);
        PassChecks.SameParameters(_plan.Network, _weightVersion, _parameters.WeightVersion);
        PackWeights(_plan.Packings.Count);
        Run(Work.InputGradients, _shards, default, destination);
        for (_phase = _plan.Cuts - 1; _phase >= 0; _phase--)
        {
            BackwardBetweenPhases(_plan.LayerInputGradients);
            Run(Work.InputGradientsPhase, _shards, default, destination);
        }
    }

    /// <summary>Which units were ever positive; null if the network does not track them.</summary>
    internal UnitActivity? UnitActivity { get; }

    /// <summary>The name of a layer that needs batches of two samples or more; null if there is none.</summary>
    internal string? LayerOfSingleValues => _plan.LayerOfSingleValues;

    /// <summary>
    /// Looks at the outputs that still exist after the last forward computation, and gives the first layer of the first kernel that stored an infinite or
    /// NaN value; null if there is none.
    /// </summary>
    internal string? FirstNotFiniteLayer()
    {
        foreach (LayerActivations outputs in _plan.Activations)
        {
            for (int sample = 0; sample < _samples; sample++)
            {
                int first = (sample * _plan.ActivationsLength) + outputs.Offset;
                for (int run = 0; run < outputs.Length; run += outputs.Step)
                {
                    if (FiniteCheck.FirstNotFinite(_activations.Span.Slice(first + run, outputs.Run)) >= 0)
                        return outputs.Layer;
                }
            }
        }

        return null;
    }

    void IParallelWork.Execute(int kind, int index, int worker, ReadOnlySpan<float> input, Span<float> output)
    {
        int begin = BeginOf(index), end = BeginOf(index + 1);
        switch ((Work)kind)
        {
            case Work.Forward:
                ForwardShard(input, begin, end, worker);
                if (_plan.Cuts == 0)
                    _loss.Forward(ActivationsOf(begin), begin, end);
                break;
            case Work.ForwardLayer:
                ForwardLayer(input, _phase - 1, index);
                break;
            case Work.ForwardPhase:
                ForwardPhase(_phase, begin, end, worker);
                if (_phase == _plan.Cuts)
                    _loss.Forward(ActivationsOf(begin), begin, end);
                break;
            case Work.Pack:
                (int layer, int item) = _plan.Packings.Find(index);
                PackWeights(layer, item);
                break;
            case Work.Backward:
                _loss.Backward(ActivationsOf(begin), begin, end);
                ClearGradients(index);
                BackwardShard(index, begin, end, worker);
                break;
            case Work.BackwardLayer:
                InputGradientLayer(_phase, index, worker);
                break;
            case Work.BackwardPhase:
                BackwardPhase(_phase, index, begin, end, worker);
                break;
            case Work.PackPanels:
                (int source, int panel) = _plan.Panels.Find(index);
                PackPanel(source, panel);
                break;
            case Work.SumGradients:
                SumGradients(index);
                break;
            case Work.StoreGradients:
                StorePart(index);
                break;
            case Work.CheckPanels:
                CheckPanel(index);
                break;
            case Work.InputGradients:
                _loss.Backward(ActivationsOf(begin), begin, end);

                // The kernels add to the sums that the reductions read, so these must start at 0.
                if (_plan.Reductions > 0)
                    ClearGradients(index);
                InputGradientShard(index, begin, end, worker, output);
                break;
            case Work.InputGradientsPhase:
                InputGradientPhase(_phase, index, begin, end, worker, output);
                break;
            default:
                throw new InvalidOperationException($"There is no work {kind}.");
        }
    }

    private int SumItems =>
        (_plan.ShardedParameters + ShardGradients.Block - 1) / ShardGradients.Block;

    private float Forward(ReadOnlySpan<float> inputs, int samples, bool areBytes = false)
    {
        _takesBytes = areBytes;

        // Forward overwrites panels. If no optimizer has used the gradients, somebody may still read them.
        if (_wholeBatchState == WholeBatchState.Used)
            _wholeBatchState = WholeBatchState.Gone;
        else
            StoreGradients();

        // The number of samples alone decides the shards, and so the order of sums: a batch has the same bits whatever the pass's batch size.
        _samples = samples;
        _shards = _plan.Shards(samples);
        _shardSize = _plan.FixedShardSize(samples);
        if (_shardSize > 0)
            _shards = (samples + _shardSize - 1) / _shardSize;
        CurrentStep = Step++;
        _weightVersion = _parameters.WeightVersion;
        PrepareValues();
        Run(Work.Forward, _shards, inputs);
        for (_phase = 1; _phase <= _plan.Cuts; _phase++)
        {
            if (_plan.Reductions > 0)
                Reduce(reduction: _phase - 1);
            else
                Run(Work.ForwardLayer, _plan.Layers.ItemsIn(_phase - 1), inputs);
            Run(Work.ForwardPhase, _shards);
        }

        if (_plan.Reductions > 0 && !UsesRunningStatistics)
            _parameters.MarkStatisticsWritten();
        UnitActivity?.Add(samples);
        _awaitsBackward = true;
        return _loss.Mean();
    }

    /// <summary>Does what backward does for the whole batch before the current phase.</summary>
    private void BackwardBetweenPhases(WorkGroups layerGradients)
    {
        if (_plan.Reductions > 0)
            ReduceGradients(reduction: _phase);
        else
            Run(Work.BackwardLayer, layerGradients.ItemsIn(_phase));
    }

    private void Run(Work work, int items, ReadOnlySpan<float> input = default, Span<float> output = default) =>
        WorkerPool.Run(this, (int)work, items, Threads, input, output);

    /// <summary>The first sample of a shard. Without a fixed size, the sizes differ by at most one.</summary>
    private int BeginOf(int shard) => _shardSize > 0 ? Math.Min(shard * _shardSize, _samples) : (int)((long)shard * _samples / _shards);

    /// <summary>The shard that begins with a sample.</summary>
    private int ShardAt(int begin) => _shardSize > 0 ? begin / _shardSize : (int)((((long)begin * _shards) + _samples - 1) / _samples);

    /// <summary>Computes the prepared values of forward, unless that was done since the parameters were written.</summary>
    private void PrepareValues()
    {
        // Version, not WeightVersion: some prepared values are computed from the running statistics.
        long version = _parameters.Version;
        if (_plan.PreparedLength == 0 || _preparedVersion == version)
            return;
        Prepare();
        _preparedVersion = version;
    }

    /// <summary>Packs the weights of the first groups, unless they were packed since the parameters were last written.</summary>
    private void PackWeights(int groups)
    {
        if (_packedGroups >= groups && _packedVersion == _weightVersion)
            return;
        Run(Work.Pack, _plan.Packings.ItemsOf(groups));
        _packedGroups = groups;
        _packedVersion = _weightVersion;
    }

    private void ClearGradients(int shard) => _shardGradients.Span.Slice(shard * _plan.ShardedParameters, _plan.ShardedParameters).Clear();

    private void SumGradients(int index)
    {
        if (index < StoredParts)
            StorePart(index);
        else
            ShardGradients.Sum(_shardGradients.Span, _plan.ShardedParameters, _shards, index - StoredParts, _gradients.Span);
    }
}
