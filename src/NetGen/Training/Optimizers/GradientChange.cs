using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// What a step does to gradients before an optimizer uses them: limits each, multiplies all by one factor, and adds the gradients of penalties.
/// </summary>
internal struct GradientChange
{
    /// <summary>Changes nothing.</summary>
    public GradientChange()
    {
    }

    /// <summary>Each gradient is limited to [−limit, limit].</summary>
    public float Limit { get; init; } = float.PositiveInfinity;

    /// <summary>The factor of all gradients.</summary>
    public float Factor { get; set; } = 1;

    /// <summary>The factor of the penalty on absolute values.</summary>
    public float L1 { get; init; }

    /// <summary>The factor of the penalty on squares.</summary>
    public float L2 { get; init; }

    /// <summary>Whether gradients stay as they are where no penalty reaches.</summary>
    public readonly bool IsNone => Factor == 1 && float.IsPositiveInfinity(Limit);

    /// <summary>Changes gradients.</summary>
    /// <param name="gradients">The gradients.</param>
    /// <param name="changed">Receives them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void Apply(ReadOnlySpan<float> gradients, Span<float> changed)
    {
        ref float g = ref MemoryMarshal.GetReference(gradients);
        ref float c = ref MemoryMarshal.GetReference(changed);
        var most = new Vector<float>(Limit);
        var least = new Vector<float>(-Limit);
        var factor = new Vector<float>(Factor);
        bool clips = Limit < float.PositiveInfinity;
        int i = 0;
        for (; i <= gradients.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> gradient = Vector.LoadUnsafe(ref g, (nuint)i);
            if (clips)
                gradient = Vector.Clamp(gradient, least, most);
            (gradient * factor).StoreUnsafe(ref c, (nuint)i);
        }

        for (; i < gradients.Length; i++)
            changed[i] = Math.Clamp(gradients[i], -Limit, Limit) * Factor;
    }

    /// <summary>Changes gradients and adds those of the penalties.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="changed">Receives the changed gradients.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void Apply(ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradients, Span<float> changed)
    {
        Apply(gradients, changed);
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float c = ref MemoryMarshal.GetReference(changed);
        var l1 = new Vector<float>(L1);
        var l2 = new Vector<float>(L2);
        int i = 0;
        for (; i <= changed.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> parameter = Vector.LoadUnsafe(ref p, (nuint)i);
            Vector<float> gradient = Vector.FusedMultiplyAdd(parameter, l2, Vector.LoadUnsafe(ref c, (nuint)i));
            Vector<float> slope = Vector.CopySign(l1, parameter);
            (gradient + Vector.ConditionalSelect(Vector.Equals(parameter, default).As<int, float>(), default, slope)).StoreUnsafe(ref c, (nuint)i);
        }

        for (; i < changed.Length; i++)
        {
            float gradient = MathF.FusedMultiplyAdd(parameters[i], L2, changed[i]);
            changed[i] = gradient + (parameters[i] == 0 ? 0 : MathF.CopySign(L1, parameters[i]));
        }
    }
}
