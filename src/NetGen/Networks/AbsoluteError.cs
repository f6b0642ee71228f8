using System.Runtime.CompilerServices;
using NetGen.Numerics;

namespace NetGen;

/// <summary>The absolute value of an error. Its slope is 0 for an error of 0, as in PyTorch.</summary>
internal readonly struct AbsoluteError : IErrorLoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T>(T error)
        where T : struct, IVectorBits<T>, IFloatVector<T> => T.Abs(error);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Slope<T>(T error)
        where T : struct, IVectorBits<T>, IFloatVector<T> => T.Select(T.GreaterThan(error, 0f), 1f, T.Select(T.LessThan(error, 0f), -1f, error));
}
