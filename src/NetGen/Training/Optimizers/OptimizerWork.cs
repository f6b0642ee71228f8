using NetGen.CompilerServices;

namespace NetGen;

/// <summary>The work of an optimizer's steps. Each item is a part of the parameters; which parts there are does not depend on the threads.</summary>
internal sealed class OptimizerWork(Optimizer optimizer) : IParallelWork
{
    /// <summary>The number of gradients that are changed at a time: they stay in the L1 cache until the update reads them.</summary>
    private const int BlockLength = 2048;

    private const int SumPhase = 0;
    private const int UpdatePhase = 1;
    private const int MaxNormPhase = 2;
    private const int GradientPhase = 3;

    private readonly StepParts _parts = new();
    private readonly MaxNormPanels _panels = new();
    private GradientChange _change;
    private double[] _sums = [];

    // During a step, what computes the gradients that are not stored.
    private TrainingRunner? _waiting;

    // The learning rate, and the decimal number that it shows.
    private float _rateShown = float.NaN;
    private double _rate;

    private bool LimitsWeights => optimizer.MaxNorm < float.PositiveInfinity;

    /// <summary>Cuts the parameters into parts, unless that was done for the same settings.</summary>
    /// <exception cref="InvalidOperationException">A setting names what the network has not.</exception>
    public void Cut(int total, ParameterTable? table)
    {
        _parts.Cut(total, table, optimizer.LearningRateFactors, penalizes: optimizer.L1 != 0 || optimizer.L2 != 0);
        if (LimitsWeights)
            _panels.Find(table, optimizer.LearningRateFactors);
    }

    /// <summary>Does one step on the parameters that were cut.</summary>
    /// <param name="parameters">The trained parameters, which are changed in place.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="threads">How many threads at most share the work.</param>
    /// <returns>The norm of the gradients, if it is limited.</returns>
    public float? Run(Span<float> parameters, ReadOnlySpan<float> gradients, int threads)
    {
        float? norm = null;
        Begin();
        if (optimizer.ClipNorm < float.PositiveInfinity)
        {
            // Their order is the same whatever other settings cut.
            int sums = StepParts.CountOf(gradients.Length);
            if (_sums.Length != sums)
                _sums = new double[sums];
            WorkerPool.Run(this, SumPhase, sums, threads, gradients);
            norm = (float)Math.Sqrt(Sum());
            _change.Factor = ClipFactor(norm.Value, optimizer.ClipNorm);
        }

        WorkerPool.Run(this, UpdatePhase, _parts.Count, threads, gradients, parameters);
        LimitWeights(parameters, threads);
        return norm;
    }

    /// <summary>
    /// Does one step with gradients of which only the first ones are stored. The others are computed part by part, and each is used while it is in the cache. Their norm is not known, so it cannot be limited.
    /// </summary>
    /// <param name="parameters">The trained parameters, which are changed in place.</param>
    /// <param name="waiting">What computes the gradients.</param>
    /// <param name="threads">How many threads at most share the work; not more than the pass has.</param>
    public void Run(Span<float> parameters, TrainingRunner waiting, int threads)
    {
        Begin();
        _waiting = waiting;
        int stored = _parts.CountBefore(waiting.ShardedGradients.Length);
        try
        {
            WorkerPool.Run(this, GradientPhase, waiting.GradientParts + stored, threads, waiting.ShardedGradients, parameters);
        }
        finally
        {
            _waiting = null;
        }

        waiting.MarkUsed();
        LimitWeights(parameters, threads);
    }

    public void Execute(int phase, int index, int worker, ReadOnlySpan<float> input, Span<float> output)
    {
        switch (phase)
        {
            case SumPhase:
                int begin = index * StepParts.MaxLength;
                _sums[index] = SquareSum.Of(input.Slice(begin, Math.Min(StepParts.MaxLength, input.Length - begin)), optimizer.ClipValue);
                break;
            case UpdatePhase:
                UpdateStored(_parts[index], output, input);
                break;
            case GradientPhase:
                TrainingRunner waiting = _waiting!;
                if (index < waiting.GradientParts)
                    UpdateWithPart(waiting, index, worker, output);
                else
                    UpdateStored(_parts[index - waiting.GradientParts], output, input);
                break;
            case MaxNormPhase:
                _panels.Limit(index, output, optimizer.MaxNorm);
                break;
            default:
                throw new InvalidOperationException($"There is no work {phase}.");
        }
    }

    private void Begin()
    {
        if (_rateShown != optimizer.LearningRate)
            (_rateShown, _rate) = (optimizer.LearningRate, Setting.AsWritten(optimizer.LearningRate));
        _change = new GradientChange { Limit = optimizer.ClipValue, L1 = optimizer.L1, L2 = optimizer.L2 };
    }

    private void LimitWeights(Span<float> parameters, int threads)
    {
        if (LimitsWeights)
            WorkerPool.Run(this, MaxNormPhase, _panels.Count, threads, output: parameters);
    }

    private void UpdateWithPart(TrainingRunner waiting, int item, int worker, Span<float> allParameters)
    {
        ReadOnlySpan<float> gradients = waiting.GradientOfPart(
            item, worker, allParameters, optimizer.StateOr(0, allParameters), optimizer.StateOr(1, allParameters), out int offset);
        Update(_parts.At(offset) with { Offset = offset, Length = gradients.Length }, allParameters.Slice(offset, gradients.Length), gradients);
    }

    // The last of these parts may also contain parameters whose gradients are not stored.
    private void UpdateStored(StepPart part, Span<float> allParameters, ReadOnlySpan<float> storedGradients)
    {
        int length = Math.Min(part.Length, storedGradients.Length - part.Offset);
        Update(part with { Length = length }, allParameters.Slice(part.Offset, length), storedGradients.Slice(part.Offset, length));
    }

    private void Update(StepPart part, Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        // All threads have read the parameters in forward.
        CacheLines.Own(parameters);
        double rate = _rate * part.Factor;
        if (_change.IsNone && !part.IsPenalized)
            optimizer.UpdatePart(parameters, gradients, part.Offset, rate);
        else
            UpdateWithChanged(parameters, gradients, part, rate);
    }

    // Rounded where PyTorch rounds: it divides a number by a tensor as reciprocal · number. Not a number stays so.
    private static float ClipFactor(float norm, float limit)
    {
        float factor = 1 / (norm + 1e-6f) * limit;
        return factor > 1 ? 1 : factor;
    }

    private double Sum()
    {
        double sum = 0;
        foreach (double part in _sums)
            sum += part;
        return sum;
    }

    private void UpdateWithChanged(Span<float> parameters, ReadOnlySpan<float> gradients, StepPart part, double rate)
    {
        Span<float> block = stackalloc float[BlockLength];
        for (int done = 0; done < part.Length; done += BlockLength)
        {
            Span<float> changed = block[..Math.Min(BlockLength, part.Length - done)];
            Span<float> own = parameters.Slice(done, changed.Length);
            if (part.IsPenalized)
                _change.Apply(own, gradients.Slice(done, own.Length), changed);
            else
                _change.Apply(gradients.Slice(done, own.Length), changed);
            optimizer.UpdatePart(own, changed, part.Offset + done, rate);
        }
    }
}
