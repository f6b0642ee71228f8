using NetGen.Numerics;
using Xunit;

namespace NetGen.Tests.Numerics;

public sealed class CounterRandomTests
{
    [Fact]
    public void Gives_the_blocks_of_Philox_one_after_the_other()
    {
        const ulong Seed = 0x0123456789ABCDEF, Stream = 0xFEDCBA9876543210;
        var random = new CounterRandom(Seed, Stream);
        for (uint block = 0; block < 3; block++)
        {
            (uint x0, uint x1, uint x2, uint x3) = (block, 0, 0x76543210, 0xFEDCBA98);
            Philox.Block(Seed, ref x0, ref x1, ref x2, ref x3);
            Assert.Equal(
                [x0, x1, x2, x3],
                new[] { random.NextUInt32(), random.NextUInt32(), random.NextUInt32(), random.NextUInt32() });
        }
    }

    [Fact]
    public void Equal_seeds_repeat_and_other_seeds_and_streams_do_not()
    {
        ulong[] first = Draw(new CounterRandom(7, 1));
        Assert.Equal(first, Draw(new CounterRandom(7, 1)));
        Assert.Empty(first.Intersect(Draw(new CounterRandom(8, 1))));
        Assert.Empty(first.Intersect(Draw(new CounterRandom(7, 2))));

        static ulong[] Draw(CounterRandom random) => [.. Enumerable.Range(0, 1000).Select(_ => random.NextUInt64())];
    }

    [Fact]
    public void Fractions_are_uniform_and_below_one()
    {
        var random = new CounterRandom(3);
        const int Count = 200_000;
        var bins = new int[20];
        for (int i = 0; i < Count; i++)
        {
            float single = random.NextSingle();
            double wide = random.NextDouble();
            Assert.InRange(single, 0f, BitDecrement(1f));
            Assert.InRange(wide, 0.0, Math.BitDecrement(1.0));
            bins[(int)(single * 10)]++;
            bins[10 + (int)(wide * 10)]++;
        }

        Assert.All(bins, n => Assert.InRange(n, (Count / 10) - 700, (Count / 10) + 700));

        static float BitDecrement(float x) => MathF.BitDecrement(x);
    }

    [Fact]
    public void Normal_numbers_have_the_moments_and_tails_of_the_normal_distribution()
    {
        var random = new CounterRandom(4);
        const int Count = 400_000;
        double sum = 0, squares = 0, cubes = 0, fourths = 0, products = 0, previous = 0;
        int beyond1 = 0, beyond2 = 0, beyond3 = 0;
        for (int i = 0; i < Count; i++)
        {
            double x = random.NextNormal();
            sum += x;
            squares += x * x;
            cubes += x * x * x;
            fourths += x * x * x * x;
            products += x * previous;
            previous = x;
            if (Math.Abs(x) > 1) beyond1++;
            if (Math.Abs(x) > 2) beyond2++;
            if (Math.Abs(x) > 3) beyond3++;
        }

        // Five standard errors of each estimate.
        double root = Math.Sqrt(Count);
        Assert.Equal(0, sum / Count, 5 / root);
        Assert.Equal(1, squares / Count, 5 * Math.Sqrt(2) / root);
        Assert.Equal(0, cubes / Count, 5 * Math.Sqrt(15) / root);
        Assert.Equal(3, fourths / Count, 5 * Math.Sqrt(96) / root);
        Assert.Equal(0, products / Count, 5 / root);
        Assert.Equal(0.317311, beyond1 / (double)Count, 0.004);
        Assert.Equal(0.045500, beyond2 / (double)Count, 0.002);
        Assert.Equal(0.002700, beyond3 / (double)Count, 0.0005);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(100)]
    public void Bounded_integers_take_every_value_equally_often(int bound)
    {
        var random = new CounterRandom(5);
        var counts = new int[bound];
        int draws = 10_000 * bound;
        for (int i = 0; i < draws; i++) counts[random.NextInt32(bound)]++;
        double chiSquare = counts.Sum(n => (n - 10_000.0) * (n - 10_000.0) / 10_000.0);

        // Mean bound - 1, variance twice that.
        Assert.True(chiSquare <= bound - 1 + (5 * Math.Sqrt(2.0 * bound)), $"chi-square {chiSquare} at {bound}");
    }

    [Fact]
    public void A_bound_just_above_half_the_range_is_not_biased()
    {
        // Taking the remainder of a word would make the lower half of the values twice as likely here.
        const int Bound = (1 << 30) + (1 << 29);
        var random = new CounterRandom(6);
        int low = 0;
        for (int i = 0; i < 100_000; i++)
        {
            int value = random.NextInt32(Bound);
            Assert.InRange(value, 0, Bound - 1);
            if (value < Bound / 2) low++;
        }

        Assert.InRange(low, 49_200, 50_800);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_bound_below_one_is_refused(int bound) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(1).NextInt32(bound));

    [Fact]
    public void A_shuffle_keeps_every_item()
    {
        int[] items = [.. Enumerable.Range(0, 1000)];
        new CounterRandom(8).Shuffle<int>(items);
        Assert.NotEqual(Enumerable.Range(0, 1000), items);
        Assert.Equal(Enumerable.Range(0, 1000), items.Order());
        new CounterRandom(8).Shuffle<int>([]);
    }

    [Fact]
    public void A_shuffle_gives_every_order_equally_often()
    {
        var random = new CounterRandom(9);
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < 24_000; i++)
        {
            char[] items = ['a', 'b', 'c', 'd'];
            random.Shuffle<char>(items);
            string order = new(items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, n => Assert.InRange(n, 840, 1160));
    }
}
