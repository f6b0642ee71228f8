using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>
/// RMSProp (Hinton 2012, lecture 6e of "Neural networks for machine learning"; centred: Graves 2013, arXiv:1308.0850), equal to
/// <c>torch.optim.RMSprop</c>: with <c>g</c> the gradient plus <c>weightDecay·p</c>, <c>v = α·v + (1−α)·g²</c>; centred, also
/// <c>a = α·a + (1−α)·g</c>, and <c>v − a²</c> in place of <c>v</c> below. Then <c>p = p − learningRate·g / (sqrt(v) + ε)</c>, or with
/// momentum <c>b = momentum·b + g / (sqrt(v) + ε)</c> and <c>p = p − learningRate·b</c>.
/// </summary>
/// <param name="learningRate">The factor of a step; finite, 0 or more. 1e-2 is PyTorch's default, 1e-3 that of Keras.</param>
/// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or not a number.</exception>
public sealed class RmsProp(float learningRate) : Optimizer(learningRate)
{
    // The means are the second block if there are any; the momentum is the last.
    private static readonly ImmutableArray<string> Plain = ["square_avg"];
    private static readonly ImmutableArray<string> WithMeans = ["square_avg", "grad_avg"];
    private static readonly ImmutableArray<string> WithMomentum = ["square_avg", "momentum_buffer"];
    private static readonly ImmutableArray<string> WithBoth = ["square_avg", "grad_avg", "momentum_buffer"];

    private float _alpha = 0.99f;
    private float _epsilon = 1e-8f;
    private float _momentum;
    private float _weightDecay;
    private float _rest;

    /// <summary>Decay of the mean of the squared gradients, in [0, 1); 0.99 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in [0, 1).</exception>
    public float Alpha
    {
        get => _alpha;
        set => _alpha = Setting.BelowOne(value);
    }

    /// <summary>Keeps the division finite where gradients are 0; finite, 0 or more, 1e-8 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float Epsilon
    {
        get => _epsilon;
        set => _epsilon = Setting.NotNegative(value);
    }

    /// <summary>The share of the last step that is repeated, in [0, 1); 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in [0, 1).</exception>
    public float Momentum
    {
        get => _momentum;
        set => _momentum = Setting.BelowOne(value);
    }

    /// <summary>Whether gradients are divided by their standard deviation instead of their root mean square.</summary>
    public bool Centered { get; set; }

    /// <summary>The factor of the L2 penalty, applied to weights and biases alike; finite, 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float WeightDecay
    {
        get => _weightDecay;
        set => _weightDecay = Setting.NotNegative(value);
    }

    /// <inheritdoc/>
    protected override string Settings => Invariant(
        $"Alpha = {Alpha}, Epsilon = {Epsilon}, Momentum = {Momentum}, Centered = {Centered}, WeightDecay = {WeightDecay}");

    /// <inheritdoc/>
    public override ImmutableArray<string> StateNames => Momentum == 0 ? Centered ? WithMeans : Plain : Centered ? WithBoth : WithMomentum;

    /// <inheritdoc/>
    protected override void BeginStep() => _rest = (float)(1 - Setting.AsWritten(Alpha));

    /// <inheritdoc/>
    protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int offset, double learningRate)
    {
        int count = parameters.Length;
        Span<float> squares = State(0).Slice(offset, count);
        Update(
            parameters, gradients, squares,
            Centered ? State(1).Slice(offset, count) : squares,
            Momentum != 0 ? State(StateNames.Length - 1).Slice(offset, count) : squares,
            (float)-learningRate);
    }

    // Products and sums are fused or rounded one by one exactly where PyTorch's vectorised kernels do so.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Update(
        Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> squares, Span<float> means, Span<float> steps, float rate)
    {
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        ref float v = ref MemoryMarshal.GetReference(squares);
        ref float m = ref MemoryMarshal.GetReference(means);
        ref float b = ref MemoryMarshal.GetReference(steps);
        var decay = new Vector<float>(WeightDecay);
        var alpha = new Vector<float>(Alpha);
        var rest = new Vector<float>(_rest);
        var epsilon = new Vector<float>(Epsilon);
        var momentum = new Vector<float>(Momentum);
        var rates = new Vector<float>(rate);
        bool centered = Centered;
        bool hasMomentum = Momentum != 0;
        int i = 0;
        for (; i <= parameters.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> parameter = Vector.LoadUnsafe(ref p, (nuint)i);
            Vector<float> gradient = Vector.FusedMultiplyAdd(parameter, decay, Vector.LoadUnsafe(ref g, (nuint)i));
            Vector<float> square = Vector.FusedMultiplyAdd(rest * gradient, gradient, Vector.LoadUnsafe(ref v, (nuint)i) * alpha);
            square.StoreUnsafe(ref v, (nuint)i);
            if (centered)
            {
                Vector<float> mean = Vector.FusedMultiplyAdd(gradient, rest, Vector.LoadUnsafe(ref m, (nuint)i) * alpha);
                mean.StoreUnsafe(ref m, (nuint)i);
                square = Vector.FusedMultiplyAdd(-mean, mean, square);
            }

            Vector<float> divisor = Vector.SquareRoot(square) + epsilon;
            if (hasMomentum)
            {
                Vector<float> step = Vector.LoadUnsafe(ref b, (nuint)i) * momentum + gradient / divisor;
                step.StoreUnsafe(ref b, (nuint)i);
                Vector.FusedMultiplyAdd(step, rates, parameter).StoreUnsafe(ref p, (nuint)i);
            }
            else
            {
                (parameter + rates * gradient / divisor).StoreUnsafe(ref p, (nuint)i);
            }
        }

        for (; i < parameters.Length; i++)
        {
            float gradient = MathF.FusedMultiplyAdd(parameters[i], WeightDecay, gradients[i]);
            float square = MathF.FusedMultiplyAdd(_rest * gradient, gradient, squares[i] * Alpha);
            squares[i] = square;
            if (centered)
            {
                float mean = MathF.FusedMultiplyAdd(gradient, _rest, means[i] * Alpha);
                means[i] = mean;
                square = MathF.FusedMultiplyAdd(-mean, mean, square);
            }

            float divisor = MathF.Sqrt(square) + Epsilon;
            if (hasMomentum)
            {
                float step = steps[i] * Momentum + gradient / divisor;
                steps[i] = step;
                parameters[i] = MathF.FusedMultiplyAdd(step, rate, parameters[i]);
            }
            else
            {
                parameters[i] += rate * gradient / divisor;
            }
        }
    }
}
