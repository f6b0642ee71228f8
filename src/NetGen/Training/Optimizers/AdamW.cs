namespace NetGen;

/// <summary>
/// Adam whose weights decay apart from the gradient (Loshchilov and Hutter 2019, arXiv:1711.05101), equal to <c>torch.optim.AdamW</c>: in each
/// step, first <c>p = p·(1 − learningRate·weightDecay)</c>, then a step of <see cref="Adam"/> without decay. Weights and biases decay alike.
/// </summary>
public sealed class AdamW : Adam
{
    /// <summary>Sets the learning rate, and <see cref="Adam.WeightDecay"/> to 0.01, as PyTorch does.</summary>
    /// <param name="learningRate">The factor of a step; finite, 0 or more. 1e-3 is the usual beginning.</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or not a number.</exception>
    public AdamW(float learningRate)
        : base(learningRate)
    {
        WeightDecay = 0.01f;
    }

    private protected override bool DecouplesWeightDecay => true;
}
