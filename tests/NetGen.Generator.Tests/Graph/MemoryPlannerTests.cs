using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Memory;
using Xunit;

namespace NetGen.Generator.Tests.Graph;

/// <summary>Memory by lifetime: nothing that lives at the same time overlaps, and zeros stay zeros.</summary>
public class MemoryPlannerTests
{
    private static readonly Halo One = new(1, 1, 1, 1);

    [Fact]
    public void What_follows_one_another_shares()
    {
        (int[] offsets, int length) = MemoryPlanner.Place([Flat(100, 0, 1), Flat(80, 2, 3), Flat(112, 4, 5)]);
        Assert.Equal([0, 0, 0], offsets);
        Assert.Equal(112, length);
    }

    [Fact]
    public void What_is_read_while_the_next_is_written_does_not()
    {
        (int[] offsets, int length) = MemoryPlanner.Place([Flat(16, 0, 1), Flat(16, 1, 2), Flat(16, 2, 3)]);
        Assert.NotEqual(offsets[0], offsets[1]);
        Assert.NotEqual(offsets[1], offsets[2]);
        Assert.Equal(32, length);
    }

    [Fact]
    public void Offsets_lie_on_cache_lines()
    {
        (int[] offsets, int length) = MemoryPlanner.Place([Flat(17, 0, 9), Flat(3, 0, 9), Flat(1, 0, 9)]);
        Assert.All(offsets, offset => Assert.Equal(0, offset % 16));
        Assert.Equal(64, length);
    }

    [Fact]
    public void A_halo_shares_with_the_same_halo_alone()
    {
        (int[] offsets, int length) = MemoryPlanner.Place(
        [
            Image(6, One, 0, 1), Image(6, One, 2, 3), Image(6, default, 4, 5), Image(6, new(2, 2, 2, 2), 6, 7), Image(6, One, 3, 4),
        ]);
        Assert.Equal(offsets[0], offsets[1]);
        Assert.Equal(5 - 1, offsets.Distinct().Count());
        Assert.Equal(Lengths(64, 64, 48, 100), length);
    }

    [Fact]
    public void Random_lifetimes_never_overlap()
    {
        Random random = new(1);
        for (int run = 0; run < 300; run++)
        {
            MemoryNeed[] needs =
            [
                .. Enumerable.Range(0, random.Next(1, 30)).Select(_ =>
                {
                    int from = random.Next(20);
                    int to = random.Next(10) == 0 ? MemoryNeed.Always : from + random.Next(6);
                    return random.Next(3) == 0 ? Image(random.Next(1, 5), One, from, to) : Flat(random.Next(1, 200), from, to);
                }),
            ];
            (int[] offsets, int length) = MemoryPlanner.Place(needs);
            for (int i = 0; i < needs.Length; i++)
            {
                Assert.InRange(offsets[i] + needs[i].Layout.Length, 1, length);
                for (int j = 0; j < i; j++)
                {
                    bool apart = offsets[i] + needs[i].Layout.Length <= offsets[j] || offsets[j] + needs[j].Layout.Length <= offsets[i];
                    bool sameZeros = needs[i].Layout == needs[j].Layout && offsets[i] == offsets[j];
                    bool zeros = needs[i].HasZeros || needs[j].HasZeros;
                    Assert.True(apart || (!needs[i].Overlaps(needs[j]) && (!zeros || sameZeros)), $"run {run}: {needs[i]} and {needs[j]}");
                }
            }
        }
    }

    private static MemoryNeed Flat(int length, int from, int to) => new(new BufferLayout(new SampleShape(1, 1, length), default), from, to);

    private static MemoryNeed Image(int side, Halo halo, int from, int to) => new(new BufferLayout(new SampleShape(side, side, 1), halo), from, to);

    private static int Lengths(params int[] floats) => floats.Sum(length => (length + 15) / 16 * 16);
}
