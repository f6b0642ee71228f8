using NetGen.Numerics;
using Xunit;

namespace NetGen.Tests.Numerics;

[Trait("Category", "Numeric")]
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

    [Theory]
    [InlineData(0u)]
    [InlineData(1_000_000u)]
    [InlineData(uint.MaxValue - 3)]
    public void Eight_blocks_at_once_are_the_same_bits(uint first)
    {
        const ulong Key = 0x0123456789ABCDEF;
        const double Deviation = 0.3;
        float[] actual = new float[GaussianBlocks.Length], expected = new float[GaussianBlocks.Length];
        for (uint i = 0; i < 1000; i++)
        {
            GaussianBlocks.Fill(Key, first + i, 5, i, 7, Deviation, actual);
            for (uint block = 0; block < 8; block++)
            {
                (uint x0, uint x1, uint x2, uint x3) = (first + i + block, 5, i, 7);
                Philox.Block(Key, ref x0, ref x1, ref x2, ref x3);
                (double a, double b) = Gaussian.Pair(x0, x1);
                (double c, double d) = Gaussian.Pair(x2, x3);
                double[] four = [a, b, c, d];
                for (int j = 0; j < 4; j++) expected[(4 * block) + j] = (float)(four[j] * Deviation);
            }

            Assert.Equal(expected.Select(BitConverter.SingleToUInt32Bits), actual.Select(BitConverter.SingleToUInt32Bits));
        }
    }
}
