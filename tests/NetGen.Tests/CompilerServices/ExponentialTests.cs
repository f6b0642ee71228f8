using System.Runtime.Intrinsics;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

[Trait("Category", "Numeric")]
public sealed class ExponentialTests
{
    [Fact]
    public void Zero_gives_exactly_one()
    {
        Assert.Equal(1f, Exp(0));
        Assert.Equal(1f, Exp(-0f));
        Assert.Equal(0f, Exp(float.NegativeInfinity));
        Assert.Equal(0f, Exp(-float.MaxValue));
        Assert.True(float.IsNaN(Exp(float.NaN)));
    }

    /// <summary>Every 4099th float from 0 to -110, beyond which all are 0.</summary>
    [Fact]
    public void No_result_is_off_by_more_than_2_units_of_the_last_place()
    {
        int end = BitConverter.SingleToInt32Bits(110f);
        double worst = 0;
        float worstAt = 0;
        for (int bits = 0; bits <= end; bits += 4099)
        {
            float x = -BitConverter.Int32BitsToSingle(bits);
            double exact = Math.Exp(x);
            double unit = Math.Max(MathF.BitIncrement((float)exact) - (double)(float)exact, float.Epsilon);
            double off = Math.Abs(Exp(x) - exact) / unit;
            if (off > worst)
                (worst, worstAt) = (off, x);
        }

        Assert.True(worst <= 2, FormattableString.Invariant($"exp({worstAt:R}) is {Exp(worstAt):R}, off by {worst} units"));
    }

    [Fact]
    public void It_never_falls_towards_0()
    {
        const float Step = 1f / (1 << 26);
        for (int i = 1; i < 100_000; i++)
        {
            float lower = Exp(-i * Step), upper = Exp(-(i - 1) * Step);
            Assert.True(lower <= upper, FormattableString.Invariant($"exp({-i * Step:R}) = {lower:R} is more than exp({-(i - 1) * Step:R}) = {upper:R}"));
        }
    }

    private static float Exp(float x) => Heads.Exp(Vector128.Create(x)).ToScalar();
}
