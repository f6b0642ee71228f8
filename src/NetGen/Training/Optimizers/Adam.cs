using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Adam (Kingma and Ba 2015, arXiv:1412.6980), equal to <c>torch.optim.Adam</c>: with <c>g</c> the gradient plus
/// <c>weightDecay·p</c>, <c>m = β1·m + (1−β1)·g</c>, <c>v = β2·v + (1−β2)·g²</c> and, in step <c>t</c>,
/// <c>p = p − learningRate/(1−β1^t) · m / (sqrt(v)/sqrt(1−β2^t) + ε)</c>.
/// </summary>
/// <param name="learningRate">The factor of a step; finite, 0 or more. 1e-3 is the usual beginning.</param>
/// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or not a number.</exception>
public class Adam(float learningRate) : Optimizer(learningRate)
{
    private static readonly ImmutableArray<string> Moments = ["exp_avg", "exp_avg_sq"];

    private float _beta1 = 0.9f;
    private float _beta2 = 0.999f;
    private float _epsilon = 1e-8f;
    private float _weightDecay;

    // Factors of the present step: 1−β1, 1−β2, 1−β1^t and sqrt(1−β2^t).
    private float _rest1;
    private float _rest2;
    private double _divisor;
    private float _correction;

    // The decay of weights: as a part of the gradient, or as a part of the parameters times the learning rate.
    private float _decayInGradient;
    private double _decayOfParameters;

    /// <summary>Decay of the mean of the gradients, in [0, 1); 0.9 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in [0, 1).</exception>
    public float Beta1
    {
        get => _beta1;
        set => _beta1 = Setting.BelowOne(value);
    }

    /// <summary>Decay of the mean of the squared gradients, in [0, 1); 0.999 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in [0, 1).</exception>
    public float Beta2
    {
        get => _beta2;
        set => _beta2 = Setting.BelowOne(value);
    }

    /// <summary>Keeps the division finite where gradients are 0; finite, 0 or more, 1e-8 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float Epsilon
    {
        get => _epsilon;
        set => _epsilon = Setting.NotNegative(value);
    }

    /// <summary>
    /// The factor of the L2 penalty, which as in PyTorch's <c>Adam</c> is part of the gradient and so of both moments;
    /// applied to weights and biases alike; finite, 0 or more. <see cref="AdamW"/> decays the parameters instead.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float WeightDecay
    {
        get => _weightDecay;
        set => _weightDecay = Setting.NotNegative(value);
    }

    /// <inheritdoc/>
    protected sealed override string Settings => Invariant(
        $"Beta1 = {Beta1}, Beta2 = {Beta2}, Epsilon = {Epsilon}, WeightDecay = {WeightDecay}");

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> StateNames => Moments;

    /// <summary>Whether weights decay apart from the gradient.</summary>
    private protected virtual bool DecouplesWeightDecay => false;

    /// <inheritdoc/>
    protected sealed override void BeginStep()
    {
        // As in PyTorch the factors of a step are computed in double precision and then rounded once.
        (double beta1, double beta2) = (Setting.AsWritten(Beta1), Setting.AsWritten(Beta2));
        _rest1 = (float)(1 - beta1);
        _rest2 = (float)(1 - beta2);
        _divisor = 1 - Math.Pow(beta1, StepCount);
        _correction = (float)Math.Sqrt(1 - Math.Pow(beta2, StepCount));
        _decayInGradient = DecouplesWeightDecay ? 0 : WeightDecay;
        _decayOfParameters = DecouplesWeightDecay ? Setting.AsWritten(WeightDecay) : 0;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected sealed override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int offset, double learningRate)
    {
        float rate = (float)-(learningRate / _divisor);
        float decayFactor = (float)(1 - (learningRate * _decayOfParameters));
        Span<float> means = State(0).Slice(offset, parameters.Length);
        Span<float> squares = State(1).Slice(offset, parameters.Length);
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        ref float m = ref MemoryMarshal.GetReference(means);
        ref float v = ref MemoryMarshal.GetReference(squares);
        var beta1s = new Vector<float>(Beta1);
        var beta2s = new Vector<float>(Beta2);
        var rest1s = new Vector<float>(_rest1);
        var rest2s = new Vector<float>(_rest2);
        var rates = new Vector<float>(rate);
        var corrections = new Vector<float>(_correction);
        var epsilons = new Vector<float>(Epsilon);
        var decays = new Vector<float>(_decayInGradient);
        var factors = new Vector<float>(decayFactor);
        int i = 0;

        // Products and sums are fused or rounded one by one exactly where PyTorch's vectorised kernels do so.
        for (; i <= parameters.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> parameter = Vector.LoadUnsafe(ref p, (nuint)i);
            Vector<float> gradient = Vector.FusedMultiplyAdd(parameter, decays, Vector.LoadUnsafe(ref g, (nuint)i));
            Vector<float> decayedMean = Vector.LoadUnsafe(ref m, (nuint)i) * beta1s;
            Vector<float> decayedSquare = Vector.LoadUnsafe(ref v, (nuint)i) * beta2s;
            Vector<float> mean = Vector.FusedMultiplyAdd(gradient, rest1s, decayedMean);
            Vector<float> square = Vector.FusedMultiplyAdd(rest2s * gradient, gradient, decayedSquare);
            mean.StoreUnsafe(ref m, (nuint)i);
            square.StoreUnsafe(ref v, (nuint)i);
            Vector<float> denominator = Vector.SquareRoot(square) / corrections + epsilons;
            (parameter * factors + rates * mean / denominator).StoreUnsafe(ref p, (nuint)i);
        }
        for (; i < parameters.Length; i++)
        {
            float gradient = MathF.FusedMultiplyAdd(parameters[i], _decayInGradient, gradients[i]);
            float mean = MathF.FusedMultiplyAdd(gradient, _rest1, means[i] * Beta1);
            float square = MathF.FusedMultiplyAdd(_rest2 * gradient, gradient, squares[i] * Beta2);
            means[i] = mean;
            squares[i] = square;
            float denominator = MathF.Sqrt(square) / _correction + Epsilon;
            parameters[i] = parameters[i] * decayFactor + rate * mean / denominator;
        }
    }
}
