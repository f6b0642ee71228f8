using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Adagrad (Duchi, Hazan and Singer 2011, JMLR 12), equal to <c>torch.optim.Adagrad</c>: with <c>g</c> the gradient plus
/// <c>weightDecay·p</c>, <c>s = s + g²</c> and, in step <c>t</c>,
/// <c>p = p − learningRate/(1 + (t−1)·learningRateDecay) · g / (sqrt(s) + ε)</c>.
/// </summary>
/// <param name="learningRate">The factor of a step; finite, 0 or more. 1e-2 is the usual beginning.</param>
/// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or not a number.</exception>
public sealed class Adagrad(float learningRate) : Optimizer(learningRate)
{
    private static readonly ImmutableArray<string> Sums = ["sum"];

    private float _learningRateDecay;
    private float _epsilon = 1e-10f;
    private float _weightDecay;
    private float _initialAccumulator;
    private double _divisor;

    /// <summary>How fast the learning rate falls with the steps; finite, 0 or more, 0 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float LearningRateDecay
    {
        get => _learningRateDecay;
        set => _learningRateDecay = Setting.NotNegative(value);
    }

    /// <summary>Keeps the division finite where all gradients were 0; finite, 0 or more, 1e-10 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float Epsilon
    {
        get => _epsilon;
        set => _epsilon = Setting.NotNegative(value);
    }

    /// <summary>The factor of the L2 penalty, applied to weights and biases alike; finite, 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float WeightDecay
    {
        get => _weightDecay;
        set => _weightDecay = Setting.NotNegative(value);
    }

    /// <summary>Where the sums of squared gradients begin; finite, 0 or more, 0 unless set. A change takes effect at the first step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float InitialAccumulator
    {
        get => _initialAccumulator;
        set => _initialAccumulator = Setting.NotNegative(value);
    }

    /// <inheritdoc/>
    protected override string Settings => Invariant(
        $"LearningRateDecay = {LearningRateDecay}, Epsilon = {Epsilon}, WeightDecay = {WeightDecay}, InitialAccumulator = {InitialAccumulator}");

    /// <inheritdoc/>
    public override ImmutableArray<string> StateNames => Sums;

    /// <inheritdoc/>
    protected override void BeginStep()
    {
        if (StepCount == 1)
            State(0).Fill(InitialAccumulator);

        _divisor = 1 + ((StepCount - 1) * Setting.AsWritten(LearningRateDecay));
    }

    // Products and sums are fused or rounded one by one exactly where PyTorch's vectorised kernels do so.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int offset, double learningRate)
    {
        // As in PyTorch, in double precision and then rounded once.
        float rate = (float)-(learningRate / _divisor);
        Span<float> sums = State(0).Slice(offset, parameters.Length);
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        ref float s = ref MemoryMarshal.GetReference(sums);
        var decay = new Vector<float>(WeightDecay);
        var epsilon = new Vector<float>(Epsilon);
        var rates = new Vector<float>(rate);
        int i = 0;
        for (; i <= parameters.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> parameter = Vector.LoadUnsafe(ref p, (nuint)i);
            Vector<float> gradient = Vector.FusedMultiplyAdd(parameter, decay, Vector.LoadUnsafe(ref g, (nuint)i));
            Vector<float> sum = Vector.FusedMultiplyAdd(gradient, gradient, Vector.LoadUnsafe(ref s, (nuint)i));
            sum.StoreUnsafe(ref s, (nuint)i);
            (parameter + rates * gradient / (Vector.SquareRoot(sum) + epsilon)).StoreUnsafe(ref p, (nuint)i);
        }

        for (; i < parameters.Length; i++)
        {
            float gradient = MathF.FusedMultiplyAdd(parameters[i], WeightDecay, gradients[i]);
            float sum = MathF.FusedMultiplyAdd(gradient, gradient, sums[i]);
            sums[i] = sum;
            parameters[i] += rate * gradient / (MathF.Sqrt(sum) + Epsilon);
        }
    }
}
