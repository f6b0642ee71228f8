namespace NetGen;

/// <summary>
/// An activation of your own: a struct that implements this interface is used as <c>[Activation&lt;Mish&gt;]</c>. The formula is written once, over a
/// vector type; the network's code calls it with vectors of the width of the processor, and the JIT inlines it.
/// </summary>
/// <remarks>
/// Mark both methods with <c>[MethodImpl(MethodImplOptions.AggressiveInlining)]</c>. A value depends on its own input alone. Let a NaN stay a NaN, so that
/// a diverged network is not hidden. <c>ActivationCheck.Run&lt;Mish&gt;()</c> checks the derivative in a
/// test.
/// <code>
/// public readonly struct Mish : IActivation
/// {
///     [MethodImpl(MethodImplOptions.AggressiveInlining)]
///     public static T Value&lt;T&gt;(T x)
///         where T : struct, IFloatVector&lt;T&gt; =&gt; x * T.Tanh(T.Softplus(x));
///
///     [MethodImpl(MethodImplOptions.AggressiveInlining)]
///     public static T Derivative&lt;T&gt;(T x)
///         where T : struct, IFloatVector&lt;T&gt;
///     {
///         T tanh = T.Tanh(T.Softplus(x));
///         return tanh + (x * T.Sigmoid(x) * (1f - (tanh * tanh)));
///     }
/// }
/// </code>
/// </remarks>
public interface IActivation
{
    /// <summary>The value of the function at <paramref name="x"/>.</summary>
    /// <typeparam name="T">A vector of floats.</typeparam>
    /// <param name="x">The inputs.</param>
    static abstract T Value<T>(T x)
        where T : struct, IFloatVector<T>;

    /// <summary>The derivative of the function at <paramref name="x"/>.</summary>
    /// <typeparam name="T">A vector of floats.</typeparam>
    /// <param name="x">The inputs.</param>
    static abstract T Derivative<T>(T x)
        where T : struct, IFloatVector<T>;
}
