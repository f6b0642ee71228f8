using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <content>Monte Carlo prediction.</content>
public abstract partial class TrainingRunner
{
    // The sums over passes, and the sample as often as it fits into a batch.
    private MonteCarlo? _spread;
    private float[] _copies = [];

    /// <summary>Mean and variance of the outputs over forward passes of one sample, each with a mask of its own.</summary>
    /// <param name="input">The sample.</param>
    /// <param name="passes">How many passes.</param>
    /// <param name="mean">Where the means go.</param>
    /// <param name="variance">Where the sample variances go.</param>
    public void PredictMonteCarlo(ReadOnlySpan<float> input, int passes, Span<float> mean, Span<float> variance)
    {
        input.CopyTo(Copies());
        PredictMonteCarlo(passes, mean, variance);
    }

    /// <summary>
    /// Mean and variance of the outputs over forward passes of one sample, as of a new pass with this seed. Afterwards the pass waits in the parameters' memory for the
    /// next such prediction.
    /// </summary>
    /// <param name="input">The sample.</param>
    /// <param name="passes">How many passes.</param>
    /// <param name="seed">The seed of the masks.</param>
    /// <param name="mean">Where the means go.</param>
    /// <param name="variance">Where the sample variances go.</param>
    public void PredictMonteCarlo(ReadOnlySpan<float> input, int passes, ulong seed, Span<float> mean, Span<float> variance)
    {
        input.CopyTo(Copies());
        PredictMonteCarlo(passes, seed, mean, variance);
    }

    /// <inheritdoc cref="PredictMonteCarlo(ReadOnlySpan{float}, int, ulong, Span{float}, Span{float})"/>
    public void PredictMonteCarlo(ReadOnlySpan<byte> input, int passes, ulong seed, Span<float> mean, Span<float> variance)
    {
        // Converted once, and not in each of the passes.
        ByteCopy.Run(ref MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(Copies()), input.Length, scale: 1, offset: 0);
        PredictMonteCarlo(passes, seed, mean, variance);
    }

    private Span<float> Copies()
    {
        if (_copies.Length == 0)
            _copies = new float[BatchSize * _plan.InputLength];
        return _copies;
    }

    private void PredictMonteCarlo(int passes, ulong seed, Span<float> mean, Span<float> variance)
    {
        Seed = seed;
        Step = 0;
        PredictMonteCarlo(passes, mean, variance);
        _parameters.LeaveMonteCarlo(this);
    }

    /// <summary>Predicts the sample that is the first of the copies.</summary>
    private void PredictMonteCarlo(int passes, Span<float> mean, Span<float> variance)
    {
        MonteCarlo spread = _spread ??= new MonteCarlo(_plan.OutputLength);
        spread.Clear();
        for (int copy = 1; copy < Math.Min(BatchSize, passes); copy++)
            _copies.AsSpan(0, _plan.InputLength).CopyTo(_copies.AsSpan(copy * _plan.InputLength));
        _loss.SetNothing();
        UsesRunningStatistics = true;
        for (int done = 0; done < passes; done += BatchSize)
        {
            int copies = Math.Min(BatchSize, passes - done);
            Forward(_copies.AsSpan(0, copies * _plan.InputLength), copies);
            spread.Add(Outputs);
        }

        spread.CopyTo(mean, variance);
    }
}
