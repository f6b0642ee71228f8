namespace NetGen;

/// <summary>The loss of Huber (1964): half of the square of a small error, and a line for larger ones.</summary>
/// <param name="delta">The largest error that counts with its square.</param>
internal readonly struct HuberError(float delta) : IErrorLoss
{
    /// <inheritdoc/>
    public float Of(float error)
    {
        float size = MathF.Abs(error);
        return size < delta ? 0.5f * size * size : delta * (size - (0.5f * delta));
    }

    /// <inheritdoc/>
    public float Slope(float error) => Math.Clamp(error, -delta, delta);
}
