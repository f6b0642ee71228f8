using System.Runtime.CompilerServices;
using NetGen.CompilerServices;
using NetGen.Numerics;

namespace NetGen;

/// <summary>The mean loss of the errors of a sample's outputs, with the identity as output function.</summary>
/// <typeparam name="TError">The loss of single errors.</typeparam>
/// <param name="error">The same, with its settings.</param>
internal readonly struct LossOfErrors<TError>(TError error) : ILossOfSample
    where TError : struct, IErrorLoss
{
    /// <inheritdoc/>
    public float Of(ReadOnlySpan<float> values, int label, Span<float> outputs) => throw NoLabel();

    /// <inheritdoc/>
    public float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, Span<float> outputs)
    {
        float sum = OutputLoops.Sum(new LossOfOutput(error), values, targets);
        values.CopyTo(outputs);
        return sum / values.Length;
    }

    /// <inheritdoc/>
    public void Gradient(ReadOnlySpan<float> outputs, int label, float scale, Span<float> gradient) => throw NoLabel();

    /// <inheritdoc/>
    public void Gradient(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float scale, Span<float> gradient) =>
        OutputLoops.Map(new SlopeOfOutput(error, scale / targets.Length), outputs, targets, gradient);

    /// <inheritdoc/>
    public void Outputs(ReadOnlySpan<float> values, Span<float> outputs) => values.CopyTo(outputs);

    private static InvalidOperationException NoLabel() => new("The loss of a regression is computed from targets, not from a label.");

    private readonly struct LossOfOutput(TError error) : IOutputFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Of<T>(T output, T target)
            where T : struct, IVectorBits<T>, IFloatVector<T> => error.Of(output - target);
    }

    private readonly struct SlopeOfOutput(TError error, float factor) : IOutputFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Of<T>(T output, T target)
            where T : struct, IVectorBits<T>, IFloatVector<T> => error.Slope(output - target) * factor;
    }
}
