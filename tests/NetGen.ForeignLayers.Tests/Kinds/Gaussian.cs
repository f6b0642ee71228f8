using System.Runtime.CompilerServices;

namespace NetGen.ForeignLayers;

/// <summary>The Gaussian curve exp(−x²), as a user writes an activation.</summary>
public readonly struct Gaussian : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, IFloatVector<T> => T.Exp(-x * x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x)
        where T : struct, IFloatVector<T> => -2f * x * T.Exp(-x * x);
}
