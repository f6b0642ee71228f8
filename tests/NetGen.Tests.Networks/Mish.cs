using System.Runtime.CompilerServices;

namespace NetGen.Tests.Parity;

/// <summary>Mish (Misra 2020), an activation that the library does not have.</summary>
internal readonly struct Mish : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, IFloatVector<T> => x * T.Tanh(T.Softplus(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x)
        where T : struct, IFloatVector<T>
    {
        T tanh = T.Tanh(T.Softplus(x));
        return tanh + (x * T.Sigmoid(x) * (1f - (tanh * tanh)));
    }
}
