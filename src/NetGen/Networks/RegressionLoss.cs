namespace NetGen;

/// <summary>A loss of errors, with the identity as output function.</summary>
/// <typeparam name="TLoss">The computation for one sample.</typeparam>
/// <param name="loss">The same, with its settings.</param>
internal abstract class RegressionLoss<TLoss>(TLoss loss) : LossOverSamples<TLoss>(loss)
    where TLoss : struct, ILossOfSample
{
    /// <inheritdoc/>
    public sealed override int Classes(int outputs) => 0;

    /// <inheritdoc/>
    public sealed override void Predict(INetwork network, ReadOnlySpan<float> inputs, Span<float> values, int threads) =>
        network.Predict(inputs, values, threads);

    /// <inheritdoc/>
    public sealed override void Outputs(ref float values, int stride, int length, Span<float> outputs) =>
        Rows.Gather(ref values, stride, length, outputs);

    /// <inheritdoc/>
    public sealed override void ApplyHead(int length, Span<float> values)
    {
        // The head is the identity.
    }

    /// <inheritdoc/>
    public sealed override void CheckTargets(string network, ReadOnlySpan<float> targets, int outputs)
    {
        // Every number is a valid target.
    }

    /// <inheritdoc/>
    public sealed override string? TargetFault(string network, ReadOnlySpan<float> targets, int sample) => null;
}

/// <summary>What all losses of errors share.</summary>
internal static class RegressionLoss
{
    /// <summary>The exception where such a loss is asked for a label.</summary>
    public static InvalidOperationException NoLabel() => new("The loss of a regression is computed from targets, not from a label.");
}
