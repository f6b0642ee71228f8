using NetGen.Numerics;
using Xunit;

namespace NetGen.Tests.Numerics;

public sealed class GaussianTests
{
    [Fact]
    public void Logarithm_agrees_with_the_platform()
    {
        var random = new CounterRandom(1);
        for (int i = 0; i < 100_000; i++)
        {
            double x = (random.NextUInt32() + 0.5) * (1.0 / 4294967296.0);
            Assert.Equal(Math.Log(x), Gaussian.Log(x), 1e-12);
        }
    }

    [Theory]
    [InlineData(0.5 / 4294967296.0)]
    [InlineData(0.5)]
    [InlineData(0.70710678118654746)]
    [InlineData(0.70710678118654757)]
    [InlineData(0.99999999988358468)]
    [InlineData(1.0)]
    [InlineData(3.0)]
    public void Logarithm_is_right_where_the_exponent_changes(double x) =>
        Assert.Equal(Math.Log(x), Gaussian.Log(x), 1e-13);

    [Fact]
    public void Logarithm_is_never_positive_for_a_fraction()
    {
        Assert.True(Gaussian.Log((uint.MaxValue + 0.5) * (1.0 / 4294967296.0)) < 0);
        Assert.True(double.IsFinite(Gaussian.Pair(uint.MaxValue, 0).First));
        Assert.True(double.IsFinite(Gaussian.Pair(0, 0).First));
    }

    [Fact]
    public void Sine_and_cosine_agree_with_the_platform()
    {
        var random = new CounterRandom(2);
        for (int i = 0; i < 100_000; i++) Check(random.NextUInt32());
        foreach (uint eighth in new uint[] { 0, 1, 2, 3, 4, 5, 6, 7 })
        {
            Check(eighth << 29);
            Check((eighth << 29) - 1);
            Check((eighth << 29) + 1);
        }

        static void Check(uint word)
        {
            (double sine, double cosine) = Gaussian.SinCosTurn(word);
            double angle = 2 * Math.PI * (word / 4294967296.0);
            Assert.Equal(Math.Sin(angle), sine, 1e-12);
            Assert.Equal(Math.Cos(angle), cosine, 1e-12);
        }
    }
}
