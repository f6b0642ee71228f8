using System.Runtime.Intrinsics;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>A loss of errors, the mean over the outputs, with the identity as output function.</summary>
/// <typeparam name="TError">The loss of single errors.</typeparam>
/// <param name="error">The same, with its settings.</param>
internal sealed class ErrorLossFunction<TError>(TError error) : LossOverSamples<LossOfErrors<TError>>(new LossOfErrors<TError>(error))
    where TError : struct, IErrorLoss
{
    private readonly TError _error = error;

    /// <inheritdoc/>
    public override int Classes(int outputs) => 0;

    /// <inheritdoc/>
    public override void Predict(INetwork network, ReadOnlySpan<float> inputs, Span<float> values, int threads) =>
        network.Predict(inputs, values, threads);

    /// <inheritdoc/>
    public override void Outputs(ref float values, int stride, int length, Span<float> outputs) =>
        Rows.Gather(ref values, stride, length, outputs);

    /// <inheritdoc/>
    public override void ApplyHead(int length, Span<float> values)
    {
        // The head is the identity.
    }

    /// <inheritdoc/>
    public override double OfZeros(int outputs, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        foreach (float value in targets)
            sum += ((Vector128<float>)_error.Of<Floats128>(value)).ToScalar();
        return sum / targets.Length;
    }

    // Every number is a valid target.
    /// <inheritdoc/>
    public override string? TargetFault(string network, ReadOnlySpan<float> targets, int sample) => null;
}
