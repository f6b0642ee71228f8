using NetGen.CompilerServices;

namespace NetGen;

/// <summary>Finds out whether gradients are finite; threads share the work.</summary>
internal sealed class GradientCheck(int threads) : IParallelWork
{
    // 32 KiB: what one part reads stays in the L1 cache.
    private const int PartLength = 8192;

    private bool _foundFault;

    /// <summary>Whether no gradient is infinite or NaN. Allocates nothing.</summary>
    /// <param name="pass">The pass, after backward. Gradients that wait to be computed are not computed for this, unless their factors are very large.</param>
    public bool AllFinite(ITrainingPass pass)
    {
        if ((pass as IRunnerPass)?.Runner is not { } runner)
            return AllFinite(pass.Gradients);
        return AllFinite(runner.GradientsWait && runner.CheckPanels() ? runner.ShardedGradients : runner.StoredGradients());
    }

    private bool AllFinite(ReadOnlySpan<float> gradients)
    {
        _foundFault = false;
        WorkerPool.Run(this, 0, (gradients.Length + PartLength - 1) / PartLength, threads, gradients, default);
        return !_foundFault;
    }

    void IParallelWork.Execute(int phase, int index, int worker, ReadOnlySpan<float> input, Span<float> output)
    {
        int offset = index * PartLength;
        if (FiniteCheck.FirstNotFinite(input.Slice(offset, Math.Min(PartLength, input.Length - offset))) >= 0)
            Volatile.Write(ref _foundFault, true);
    }
}
