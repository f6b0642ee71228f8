using System.Runtime.Intrinsics;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Functions;

/// <summary>An elementary function at the three vector widths, and its reference.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Reference">The function in double precision.</param>
/// <param name="IsNonDecreasing">Whether it is non-decreasing.</param>
/// <param name="Wide">The function at 512 bits.</param>
/// <param name="Medium">The function at 256 bits.</param>
/// <param name="Narrow">The function at 128 bits.</param>
internal sealed record CheckedFunction(
    string Name,
    Func<double, double> Reference,
    bool IsNonDecreasing,
    Func<Vector512<float>, Vector512<float>> Wide,
    Func<Vector256<float>, Vector256<float>> Medium,
    Func<Vector128<float>, Vector128<float>> Narrow)
{
    /// <summary>All functions.</summary>
    public static IReadOnlyList<CheckedFunction> All { get; } =
    [
        new("exp", Math.Exp, true, x => Floats512.Exp(x), x => Floats256.Exp(x), x => Floats128.Exp(x)),
        new("expm1", References.Expm1, true, x => Floats512.Expm1(x), x => Floats256.Expm1(x), x => Floats128.Expm1(x)),
        new("log", Math.Log, true, x => Floats512.Log(x), x => Floats256.Log(x), x => Floats128.Log(x)),
        new("sigmoid", References.Sigmoid, true, Simd512.Sigmoid, Simd256.Sigmoid, Simd128.Sigmoid),
        new("tanh", Math.Tanh, true, Simd512.Tanh, Simd256.Tanh, Simd128.Tanh),
        new("softplus", References.Softplus, true, Simd512.Softplus, Simd256.Softplus, Simd128.Softplus),
        new("erf", References.Erf, true, x => Floats512.Erf(x), x => Floats256.Erf(x), x => Floats128.Erf(x)),
        new("SiLU", References.Silu, false, Simd512.Silu, Simd256.Silu, Simd128.Silu),
        new("GELU", References.Gelu, false, Simd512.Gelu, Simd256.Gelu, Simd128.Gelu),
        new("GELU, tanh form", References.GeluTanh, false, Simd512.GeluTanh, Simd256.GeluTanh, Simd128.GeluTanh),
    ];

    /// <summary>The function at 512 bits, of many values; their number is a multiple of 16.</summary>
    public void Evaluate512(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        for (int i = 0; i < inputs.Length; i += Vector512<float>.Count)
            Wide(Vector512.Create(inputs[i..])).CopyTo(outputs[i..]);
    }

    /// <summary>The function at 256 bits.</summary>
    public void Evaluate256(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        for (int i = 0; i < inputs.Length; i += Vector256<float>.Count)
            Medium(Vector256.Create(inputs[i..])).CopyTo(outputs[i..]);
    }

    /// <summary>The function at 128 bits.</summary>
    public void Evaluate128(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        for (int i = 0; i < inputs.Length; i += Vector128<float>.Count)
            Narrow(Vector128.Create(inputs[i..])).CopyTo(outputs[i..]);
    }
}
