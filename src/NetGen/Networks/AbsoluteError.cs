namespace NetGen;

/// <summary>The absolute value of an error. Its slope is 0 for an error of 0, as in PyTorch.</summary>
internal readonly struct AbsoluteError : IErrorLoss
{
    /// <inheritdoc/>
    public float Of(float error) => MathF.Abs(error);

    /// <inheritdoc/>
    public float Slope(float error) => error > 0 ? 1 : error < 0 ? -1 : error;
}
