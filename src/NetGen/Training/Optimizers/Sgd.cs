using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Stochastic gradient descent with momentum (Polyak 1964; Sutskever et al. 2013), equal to <c>torch.optim.SGD</c>:
/// <c>d = g + weightDecay·p</c>, <c>b = momentum·b + d</c>, <c>p = p − learningRate·b</c>, and with Nesterov's momentum
/// <c>p = p − learningRate·(d + momentum·b)</c>. There is no dampening.
/// </summary>
/// <param name="learningRate">The factor of a step; finite, 0 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">The learning rate is negative, infinite or not a number.</exception>
public sealed class Sgd(float learningRate) : Optimizer(learningRate)
{
    private static readonly ImmutableArray<string> WithMomentum = ["momentum_buffer"];

    private float _momentum;
    private float _weightDecay;

    /// <summary>The share of the last step that is repeated, in [0, 1); 0 (the default) is plain gradient descent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in [0, 1).</exception>
    public float Momentum
    {
        get => _momentum;
        set => _momentum = Setting.BelowOne(value);
    }

    /// <summary>Whether the gradient is taken where the momentum leads (Nesterov 1983); needs <see cref="Momentum"/>.</summary>
    public bool Nesterov { get; set; }

    /// <summary>The factor of the L2 penalty, applied to weights and biases alike; finite, 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float WeightDecay
    {
        get => _weightDecay;
        set => _weightDecay = Setting.NotNegative(value);
    }

    /// <inheritdoc/>
    protected override string Settings => Invariant(
        $"Momentum = {Momentum}, Nesterov = {Nesterov}, WeightDecay = {WeightDecay}");

    /// <inheritdoc/>
    public override ImmutableArray<string> StateNames => Momentum == 0 ? [] : WithMomentum;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException"><see cref="Nesterov"/> is set and <see cref="Momentum"/> is 0.</exception>
    protected override void CheckSettings()
    {
        if (Nesterov && Momentum == 0)
        {
            throw new InvalidOperationException(
                "Sgd has Nesterov = true but Momentum = 0; Nesterov's method needs a momentum, 0.9 say.");
        }
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, int offset, double learningRate)
    {
        if (Momentum == 0)
            UpdatePlain(parameters, gradients, (float)-learningRate);
        else
            UpdateWithMomentum(parameters, gradients, State(0).Slice(offset, parameters.Length), (float)-learningRate);
    }

    // Products and sums are fused or rounded one by one exactly where PyTorch's vectorised kernels do so.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void UpdatePlain(Span<float> parameters, ReadOnlySpan<float> gradients, float rate)
    {
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        var rates = new Vector<float>(rate);
        var decay = new Vector<float>(WeightDecay);
        int i = 0;
        for (; i <= parameters.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> parameter = Vector.LoadUnsafe(ref p, (nuint)i);
            Vector<float> d = Vector.FusedMultiplyAdd(parameter, decay, Vector.LoadUnsafe(ref g, (nuint)i));
            Vector.FusedMultiplyAdd(d, rates, parameter).StoreUnsafe(ref p, (nuint)i);
        }
        for (; i < parameters.Length; i++)
        {
            float d = MathF.FusedMultiplyAdd(parameters[i], WeightDecay, gradients[i]);
            parameters[i] = MathF.FusedMultiplyAdd(d, rate, parameters[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void UpdateWithMomentum(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> velocities, float rate)
    {
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        ref float b = ref MemoryMarshal.GetReference(velocities);
        var rates = new Vector<float>(rate);
        var decay = new Vector<float>(WeightDecay);
        var momentum = new Vector<float>(Momentum);
        bool nesterov = Nesterov;
        int i = 0;
        for (; i <= parameters.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> parameter = Vector.LoadUnsafe(ref p, (nuint)i);
            Vector<float> d = Vector.FusedMultiplyAdd(parameter, decay, Vector.LoadUnsafe(ref g, (nuint)i));
            Vector<float> velocity = Vector.LoadUnsafe(ref b, (nuint)i) * momentum + d;
            velocity.StoreUnsafe(ref b, (nuint)i);
            Vector<float> direction = nesterov ? Vector.FusedMultiplyAdd(velocity, momentum, d) : velocity;
            Vector.FusedMultiplyAdd(direction, rates, parameter).StoreUnsafe(ref p, (nuint)i);
        }
        for (; i < parameters.Length; i++)
        {
            float d = MathF.FusedMultiplyAdd(parameters[i], WeightDecay, gradients[i]);
            float velocity = velocities[i] * Momentum + d;
            velocities[i] = velocity;
            float direction = nesterov ? MathF.FusedMultiplyAdd(velocity, Momentum, d) : velocity;
            parameters[i] = MathF.FusedMultiplyAdd(direction, rate, parameters[i]);
        }
    }
}
