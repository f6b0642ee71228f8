using System.Runtime.CompilerServices;
using NetGen.Numerics;

namespace NetGen;

/// <summary>The square of an error.</summary>
internal readonly struct SquaredError : IErrorLoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T>(T error)
        where T : struct, IVectorBits<T>, IFloatVector<T> => error * error;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Slope<T>(T error)
        where T : struct, IVectorBits<T>, IFloatVector<T> => error + error;
}
