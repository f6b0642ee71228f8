using System.Runtime.CompilerServices;
using NetGen.Numerics;

namespace NetGen;

/// <summary>The loss of Huber (1964): half of the square of a small error, and a line for larger ones.</summary>
/// <param name="delta">The largest error that counts with its square.</param>
internal readonly struct HuberError(float delta) : IErrorLoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T>(T error)
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        T size = T.Abs(error);
        return T.Select(T.LessThan(size, delta), 0.5f * size * size, delta * (size - (0.5f * delta)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Slope<T>(T error)
        where T : struct, IVectorBits<T>, IFloatVector<T> => T.AtMost(T.AtLeast(error, -delta), delta);
}
