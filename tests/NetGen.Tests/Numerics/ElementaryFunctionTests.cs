using System.Runtime.Intrinsics;
using NetGen.Benchmarks.Functions;
using NetGen.CompilerServices;
using NetGen.Numerics;
using Xunit;

namespace NetGen.Tests.Numerics;

/// <summary>
/// The elementary functions at every 9973rd of all floats. The benchmarks' command <c>functions</c> checks all of them, and docs/functions.md has
/// what it found.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class ElementaryFunctionTests
{
    private const long Stride = 9973;

    // GELU's tanh form has the error of its argument, which grows with the argument: see the test of its absolute error.
    private static readonly Dictionary<string, double> MaxUlp = new(StringComparer.Ordinal)
    {
        ["exp"] = 1.6,
        ["expm1"] = 1.6,
        ["log"] = 1,
        ["sigmoid"] = 2.2,
        ["tanh"] = 1.5,
        ["softplus"] = 2,
        ["erf"] = 1.2,
        ["SiLU"] = 2.2,
        ["GELU"] = 8,
        ["GELU, tanh form"] = 256,
    };

    public static TheoryData<string> Names => [.. MaxUlp.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Errors_are_small_order_is_kept_and_all_widths_agree(string name)
    {
        FunctionErrors errors = FunctionErrors.Of(Find(name), Stride, threads: 1);
        Assert.True(errors.MaxUlp <= MaxUlp[name], $"{errors}");
        Assert.Equal(0, errors.WrongSpecial);
        Assert.Equal(0, errors.DifferentBits);
        if (Find(name).IsNonDecreasing)
            Assert.Equal(0, errors.Decreases);
    }

    /// <summary>The instruction of AVX-512 and the two factors of other processors give the same bits, also where the result is a denormal or infinite.</summary>
    [Fact]
    public void A_power_of_two_is_multiplied_with_one_rounding()
    {
        Random random = new(1);
        for (int i = 0; i < 100_000; i++)
        {
            float value = (float)((1 + random.NextDouble()) * Math.Pow(2, random.Next(-20, 20)) * (random.Next(2) == 0 ? 1 : -1));
            float n = random.Next(-170, 170);
            float expected = (float)(value * Math.Pow(2, n));
            Same(expected, Scaled<Floats128>(value, n), value, n);
            Same(expected, Scaled<Floats256>(value, n), value, n);
            Same(expected, Scaled<Floats512>(value, n), value, n);
            Same(expected, First(Exponential.ScaleInSteps<Floats128>(value, n)), value, n);
        }

        static float Scaled<T>(float value, float n) where T : struct, IVectorBits<T>, IFloatVector<T> => First(T.Scale(value, n));

        static float First<T>(T vector) where T : struct, IVectorBits<T>, IFloatVector<T>
        {
            float[] values = new float[T.Count];
            T.Store(vector, values);
            return values[0];
        }

        static void Same(float expected, float actual, float value, float n) => Assert.True(
            BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual), FormattableString.Invariant($"{value:R} · 2^{n} is {actual:R} instead of {expected:R}."));
    }

    [Fact]
    public void The_absolute_error_of_the_tanh_form_is_that_of_its_result_near_16()
    {
        FunctionErrors errors = FunctionErrors.Of(Find("GELU, tanh form"), Stride, threads: 1);
        Assert.True(errors.MaxAbsolute < 1e-6, $"{errors}");
    }

    /// <summary>The term of the binary cross-entropy, at every 997th float from 0 to 1.</summary>
    [Fact]
    public void The_logarithm_of_one_plus_a_power_has_a_small_error()
    {
        double largest = 0;
        for (int bits = 0; bits <= BitConverter.SingleToInt32Bits(1); bits += 997)
        {
            float x = BitConverter.Int32BitsToSingle(bits);
            double expected = References.LogOfOnePlus(x);
            float actual = ((Vector512<float>)Logarithm.OfOnePlus<Floats512>(x))[0];
            largest = Math.Max(largest, Math.Abs(actual - expected) / (MathF.BitIncrement((float)expected) - (float)expected));
            Assert.Equal(actual, ((Vector128<float>)Logarithm.OfOnePlus<Floats128>(x))[3]);
            Assert.Equal(actual, ((Vector256<float>)Logarithm.OfOnePlus<Floats256>(x))[5]);
        }

        Assert.True(largest <= 1.5, $"{largest} ulp");
    }

    [Theory]
    [InlineData("exp", 0, 1, float.PositiveInfinity)]
    [InlineData("expm1", -1, 0, float.PositiveInfinity)]
    [InlineData("log", float.NaN, float.NegativeInfinity, float.PositiveInfinity)]
    [InlineData("sigmoid", 0, 0.5f, 1)]
    [InlineData("tanh", -1, 0, 1)]
    [InlineData("softplus", 0, 0.693147181f, float.PositiveInfinity)]
    [InlineData("erf", -1, 0, 1)]
    [InlineData("SiLU", 0, 0, float.PositiveInfinity)]
    [InlineData("GELU", 0, 0, float.PositiveInfinity)]
    [InlineData("GELU, tanh form", 0, 0, float.PositiveInfinity)]
    public void Infinity_zero_and_NaN_give_what_they_should(string name, float atMinusInfinity, float atZero, float atInfinity)
    {
        Func<Vector128<float>, Vector128<float>> function = Find(name).Narrow;
        Vector128<float> y = function(Vector128.Create(float.NegativeInfinity, 0, float.PositiveInfinity, float.NaN));
        Assert.Equal(atMinusInfinity, y[0]);
        Assert.Equal(atZero, y[1]);
        Assert.Equal(atInfinity, y[2]);
        Assert.True(float.IsNaN(y[3]));
    }

    [Theory]
    [InlineData("expm1")]
    [InlineData("tanh")]
    [InlineData("erf")]
    [InlineData("SiLU")]
    public void Minus_zero_stays_minus_zero(string name) => Assert.True(float.IsNegative(Find(name).Wide(Vector512.Create(-0f))[0]));

    [Theory]
    [InlineData("expm1")]
    [InlineData("tanh")]
    public void Denormals_are_their_own_results(string name)
    {
        foreach (float x in new[] { float.Epsilon, -float.Epsilon, 3 * float.Epsilon, 1e-40f, -1e-40f })
            Assert.Equal(x, Find(name).Wide(Vector512.Create(x))[5]);
    }

    private static CheckedFunction Find(string name) => CheckedFunction.All.Single(function => function.Name == name);
}
