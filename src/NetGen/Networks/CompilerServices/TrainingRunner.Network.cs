namespace NetGen.CompilerServices;

/// <content>What the generated class of a network reads and overrides.</content>
public abstract partial class TrainingRunner
{
    /// <summary>The seed of the dropout masks, which also depend on the step.</summary>
    protected ulong Seed { get; private set; }

    /// <summary>The number of the step of the last forward computation, on which its dropout masks depend.</summary>
    protected long CurrentStep { get; private set; }

    /// <summary>The number of samples in the batch.</summary>
    protected int Samples => _samples;

    /// <summary>The network's parameters.</summary>
    protected FloatRef Parameters => new(_parameters);

    // The generator calls these values the preparations of backward. Here they are called "packed", because the code of older generators uses these names.

    /// <summary>The weights, packed for backward: transposed, and for convolutions also flipped.</summary>
    protected FloatRef PackedWeights => new(_packed);

    /// <summary>The values that kernels read and that were computed from parameters at the beginning of the forward computation.</summary>
    protected FloatRef PreparedValues => new(_prepared);

    /// <summary>The values that reductions compute from the whole batch.</summary>
    protected FloatRef BatchValues => new(_batchValues);

    /// <summary>In a network with reductions, the number of samples in a shard; the last one may have fewer.</summary>
    protected int ShardSize => _shardSize;

    /// <summary>Whether normalisations use the running statistics instead of the batch's and leave them unchanged, as in Monte Carlo prediction.</summary>
    protected bool UsesRunningStatistics { get; private set; }

    /// <summary>The gradients with respect to the parameters, for the code of older generators.</summary>
    protected FloatRef BatchGradients => new(_gradients);

    /// <summary>The memory of a sample: its activations, and the gradients that exist for all samples at once.</summary>
    /// <param name="sample">Which sample of the batch.</param>
    protected FloatRef ActivationsOf(int sample) => new(ref _activations.At((nint)sample * _plan.ActivationsLength));

    /// <summary>The workspace of a worker: the memory of values that exist for one sample or one shard at a time.</summary>
    /// <param name="worker">Which worker.</param>
    protected FloatRef WorkspaceOf(int worker) => new(ref _workspace.At((nint)worker * _plan.WorkspaceLength));

    /// <summary>The gradients with respect to the parameters that one shard computes.</summary>
    /// <param name="shard">Which shard.</param>
    protected FloatRef GradientsOf(int shard) => new(ref _shardGradients.At((nint)shard * _plan.ShardedParameters));

    /// <summary>What a shard stores for a reduction of forward.</summary>
    /// <param name="begin">The first sample of the shard.</param>
    protected FloatRef SumsOf(int begin) => new(ref _sums.At((nint)ShardAt(begin) * _plan.SumsLength));

    /// <summary>Where a shard notes the largest outputs of units.</summary>
    /// <param name="begin">The first sample of the shard.</param>
    protected FloatRef UnitsOf(int begin) => new(ref _units.At((nint)ShardAt(begin) * _plan.UnitsLength));

    /// <summary>The packed panels of a layer.</summary>
    /// <param name="offset">The offset for a batch of one sample. It is multiplied by <see cref="BatchSize"/>, because every panel has one row per sample.</param>
    protected ref float PanelsAt(int offset) => ref _panels.At((nint)BatchSize * offset);

    /// <summary>The key of a sample's dropout mask.</summary>
    /// <param name="layer">The position of the dropout layer in the network.</param>
    /// <param name="sample">Which sample of the batch.</param>
    protected ulong MaskKey(int layer, int sample) => DropoutMask.Key(Seed, CurrentStep, layer, sample);

    /// <summary>
    /// Computes the activations of a shard up to the first reduction or layer of the whole batch; without these, up to the values before the head (before Softmax: the logits).
    /// </summary>
    /// <param name="inputs">The samples of the whole batch.</param>
    /// <param name="begin">The first sample of the shard.</param>
    /// <param name="end">The sample after its last one.</param>
    protected virtual void ForwardShard(ReadOnlySpan<float> inputs, int begin, int end) =>
        throw new InvalidOperationException("ForwardShard was called, but this network has one that takes the worker.");

    /// <summary>The same with the workspace of a worker. Overridden by networks whose forward kernels need one.</summary>
    /// <param name="inputs">The samples of the whole batch.</param>
    /// <param name="begin">The first sample of the shard.</param>
    /// <param name="end">The sample after its last one.</param>
    /// <param name="worker">The worker whose workspace is used.</param>
    protected virtual void ForwardShard(ReadOnlySpan<float> inputs, int begin, int end, int worker) => ForwardShard(inputs, begin, end);

    /// <summary>
    /// Backward of a shard, from the loss down to the last reduction or layer of the whole batch; without these, all gradients with respect to the parameters.
    /// </summary>
    /// <param name="shard">Which shard.</param>
    /// <param name="begin">Its first sample.</param>
    /// <param name="end">The sample after its last one.</param>
    /// <param name="worker">The number of the thread that does it.</param>
    protected abstract void BackwardShard(int shard, int begin, int end, int worker);

    /// <summary>
    /// Backward of a shard towards the inputs, from the loss down to the last reduction or layer of the whole batch; without these, all the way. It uses the shard's parameter gradients as work memory: only the
    /// reductions of batch normalisation read them. <see cref="Gradients"/> stays unchanged.
    /// </summary>
    /// <param name="shard">Which shard.</param>
    /// <param name="begin">Its first sample.</param>
    /// <param name="end">The sample after its last one.</param>
    /// <param name="worker">The number of the thread that does it.</param>
    /// <param name="destination">Where the gradients of the whole batch go.</param>
    protected abstract void InputGradientShard(int shard, int begin, int end, int worker, Span<float> destination);

    /// <summary>Packs weights for backward: transposed, and for convolutions also flipped.</summary>
    /// <param name="layer">Which group of <see cref="TrainingPlan.Packings"/>.</param>
    /// <param name="item">Which of its items.</param>
    protected virtual void PackWeights(int layer, int item) => throw new InvalidOperationException($"There is no packing {layer}.");

    /// <summary>Computes <see cref="PreparedValues"/> from the parameters.</summary>
    protected virtual void Prepare() => throw new InvalidOperationException("There is nothing to prepare.");

    /// <summary>Forward of a shard after a reduction.</summary>
    /// <param name="phase">How many reductions there were.</param>
    /// <param name="begin">The first sample of the shard.</param>
    /// <param name="end">The sample after its last one.</param>
    protected virtual void ForwardPhase(int phase, int begin, int end) => CheckPhase(phase);

    /// <summary>The same with the workspace of a worker. Overridden by networks whose forward kernels need one.</summary>
    /// <param name="phase">The number of the phase.</param>
    /// <param name="begin">The first sample of the shard.</param>
    /// <param name="end">The sample after its last one.</param>
    /// <param name="worker">The worker whose workspace is used.</param>
    protected virtual void ForwardPhase(int phase, int begin, int end, int worker) => ForwardPhase(phase, begin, end);

    /// <summary>Backward of a shard after a reduction.</summary>
    /// <param name="phase">The phase of forward that it is the backward of.</param>
    /// <param name="shard">Which shard.</param>
    /// <param name="begin">The first sample of the shard.</param>
    /// <param name="end">The sample after its last one.</param>
    /// <param name="worker">Which worker.</param>
    protected virtual void BackwardPhase(int phase, int shard, int begin, int end, int worker) => CheckPhase(phase);

    /// <summary>Backward of a shard after a reduction, down to the inputs.</summary>
    /// <param name="phase">The phase of forward that it is the backward of.</param>
    /// <param name="shard">Which shard.</param>
    /// <param name="begin">The first sample of the shard.</param>
    /// <param name="end">The sample after its last one.</param>
    /// <param name="worker">Which worker.</param>
    /// <param name="destination">Where the gradients with respect to the inputs go.</param>
    protected virtual void InputGradientPhase(int phase, int shard, int begin, int end, int worker, Span<float> destination) => CheckPhase(phase);

    /// <summary>Forward of a part of a layer, for the whole batch.</summary>
    /// <param name="layer">Which group of <see cref="TrainingPlan.Layers"/>.</param>
    /// <param name="part">Which of its items.</param>
    protected virtual void ForwardLayer(int layer, int part) => throw new InvalidOperationException($"There is no layer {layer}.");

    /// <summary>The same, where the first layer reads the samples in the caller's memory.</summary>
    /// <param name="inputs">The samples of the whole batch.</param>
    /// <param name="layer">Which group of <see cref="TrainingPlan.Layers"/>.</param>
    /// <param name="part">Which of its items.</param>
    protected virtual void ForwardLayer(ReadOnlySpan<float> inputs, int layer, int part) => ForwardLayer(layer, part);

    /// <summary>The gradient with respect to a panel of the inputs of a layer, for the whole batch.</summary>
    /// <param name="layer">Which group of <see cref="TrainingPlan.Layers"/>.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="worker">Which worker.</param>
    protected virtual void InputGradientLayer(int layer, int panel, int worker) => throw new InvalidOperationException($"There is no layer {layer}.");

    /// <summary>Reduces what the shards have stored, and writes the result to <see cref="BatchValues"/>.</summary>
    /// <param name="reduction">Which reduction, in the order of forward.</param>
    protected virtual void Reduce(int reduction) => throw new InvalidOperationException($"There is no reduction {reduction}.");

    /// <summary>Reduces the gradients of the shards to the values of the whole batch that backward reads next.</summary>
    /// <param name="reduction">Which reduction, in the order of forward.</param>
    protected virtual void ReduceGradients(int reduction) => throw new InvalidOperationException($"There is no reduction {reduction}.");

    /// <summary>Packs a panel for a gradient over the whole batch.</summary>
    /// <param name="source">Which group of <see cref="TrainingPlan.Panels"/>.</param>
    /// <param name="panel">Which of its panels.</param>
    protected virtual void PackPanel(int source, int panel) => throw new InvalidOperationException($"There are no panels {source}.");

    /// <summary>Computes a part of a gradient over the whole batch.</summary>
    /// <param name="layer">Which of <see cref="TrainingPlan.WholeBatchWeights"/>.</param>
    /// <param name="part">Which part, and where it goes.</param>
    protected virtual void WholeBatchGradient(int layer, in GradientPart part) => throw new InvalidOperationException($"There is no gradient {layer}.");

    /// <summary>The same in the code of older generators: computes a part in the memory of the gradients.</summary>
    /// <param name="layer">Which group of <see cref="TrainingPlan.WholeBatch"/>.</param>
    /// <param name="item">Which of its items.</param>
    protected virtual void WholeBatchGradient(int layer, int item) => throw new InvalidOperationException($"There is no gradient {layer}.");

    // Between layers that are computed for the whole batch, shards may have nothing to do. Then the generated class does not override the method of the phases.
    private void CheckPhase(int phase)
    {
        if (_plan.Layers.Count == 0)
            throw new InvalidOperationException($"There is no phase {phase}.");
    }
}
