using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>What a step does to gradients before an optimizer uses them: limits each, then multiplies all by one factor.</summary>
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

    /// <summary>Whether gradients stay as they are.</summary>
    public readonly bool IsNone => Factor == 1 && float.IsPositiveInfinity(Limit);

    /// <summary>Changes gradients.</summary>
    /// <param name="gradients">The gradients.</param>
    /// <param name="changed">Receives them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Apply(ReadOnlySpan<float> gradients, Span<float> changed)
    {
        ref float g = ref MemoryMarshal.GetReference(gradients);
        ref float c = ref MemoryMarshal.GetReference(changed);
        var most = new Vector<float>(Limit);
        var least = new Vector<float>(-Limit);
        var factor = new Vector<float>(Factor);
        int i = 0;
        for (; i <= gradients.Length - Vector<float>.Count; i += Vector<float>.Count)
            (Vector.Clamp(Vector.LoadUnsafe(ref g, (nuint)i), least, most) * factor).StoreUnsafe(ref c, (nuint)i);
        for (; i < gradients.Length; i++)
            changed[i] = Math.Clamp(gradients[i], -Limit, Limit) * Factor;
    }
}
