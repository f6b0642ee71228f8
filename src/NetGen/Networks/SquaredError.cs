namespace NetGen;

/// <summary>The square of an error.</summary>
internal readonly struct SquaredError : IErrorLoss
{
    /// <inheritdoc/>
    public float Of(float error) => error * error;

    /// <inheritdoc/>
    public float Slope(float error) => 2 * error;
}
