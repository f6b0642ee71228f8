using NetGen.CompilerServices;

namespace NetGen;

/// <summary>The work of an optimizer's steps. Each item is a part of the parameters; which parts there are does not depend on the threads.</summary>
internal sealed class OptimizerWork(Optimizer optimizer) : IParallelWork
{
    /// <summary>The number of parameters in a part: with gradients and two blocks of state they fit into a second-level cache.</summary>
    private const int PartLength = 16384;

    /// <summary>The number of gradients that are changed at a time: they stay in the first-level cache until the update reads them.</summary>
    private const int BlockLength = 2048;

    private const int SumPhase = 0;
    private const int UpdatePhase = 1;

    private GradientChange _change;
    private double[] _sums = [];

    /// <summary>Does one step.</summary>
    /// <param name="parameters">The trained parameters, which are changed in place.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="threads">How many threads at most share the work.</param>
    /// <returns>The norm of the gradients, if it is limited.</returns>
    public float? Run(Span<float> parameters, ReadOnlySpan<float> gradients, int threads)
    {
        int parts = (parameters.Length + PartLength - 1) / PartLength;
        float? norm = null;
        _change = new GradientChange { Limit = optimizer.ClipValue };
        if (optimizer.ClipNorm < float.PositiveInfinity)
        {
            if (_sums.Length != parts)
                _sums = new double[parts];
            WorkerPool.Run(this, SumPhase, parts, threads, gradients);
            norm = (float)Math.Sqrt(Sum());
            _change.Factor = ClipFactor(norm.Value, optimizer.ClipNorm);
        }

        WorkerPool.Run(this, UpdatePhase, parts, threads, gradients, parameters);
        return norm;
    }

    public void Execute(int phase, int index, int worker, ReadOnlySpan<float> input, Span<float> output)
    {
        int offset = index * PartLength;
        int length = Math.Min(PartLength, input.Length - offset);
        ReadOnlySpan<float> gradients = input.Slice(offset, length);
        if (phase == SumPhase)
            _sums[index] = SquareSum.Of(gradients, optimizer.ClipValue);
        else if (_change.IsNone)
            optimizer.UpdatePart(output.Slice(offset, length), gradients, offset);
        else
            UpdateWithChanged(output.Slice(offset, length), gradients, offset);
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

    private void UpdateWithChanged(Span<float> parameters, ReadOnlySpan<float> gradients, int offset)
    {
        Span<float> block = stackalloc float[BlockLength];
        for (int done = 0; done < parameters.Length; done += BlockLength)
        {
            Span<float> changed = block[..Math.Min(BlockLength, parameters.Length - done)];
            _change.Apply(gradients.Slice(done, changed.Length), changed);
            optimizer.UpdatePart(parameters.Slice(done, changed.Length), changed, offset + done);
        }
    }
}
