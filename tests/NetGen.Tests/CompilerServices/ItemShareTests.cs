using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

public sealed class ItemShareTests
{
    [Fact]
    public void Items_are_taken_from_both_ends()
    {
        ItemShare share = default;
        Assert.False(share.TryTakeFirst(out _));
        share.Set(5, 9);
        Assert.True(share.TryTakeFirst(out int item));
        Assert.Equal(5, item);
        Assert.True(share.TryTakeLast(out item));
        Assert.Equal(8, item);
        Assert.True(share.TryTakeFirst(out item));
        Assert.Equal(6, item);
        Assert.True(share.TryTakeLast(out item));
        Assert.Equal(7, item);
        Assert.False(share.TryTakeFirst(out _));
        Assert.False(share.TryTakeLast(out _));
    }

    [Fact]
    public void The_largest_numbers_of_items_are_kept_apart()
    {
        ItemShare share = default;
        share.Set(int.MaxValue - 2, int.MaxValue);
        Assert.True(share.TryTakeLast(out int item));
        Assert.Equal(int.MaxValue - 1, item);
        Assert.True(share.TryTakeFirst(out item));
        Assert.Equal(int.MaxValue - 2, item);
        Assert.False(share.TryTakeLast(out _));
    }

    [Fact]
    public void Threads_that_take_from_both_ends_get_each_item_once()
    {
        const int Count = 100_000;
        ItemShare[] share = new ItemShare[1];
        int[] taken = new int[Count];
        share[0].Set(0, Count);
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(thread => new Thread(() =>
        {
            while (thread % 2 == 0 ? share[0].TryTakeFirst(out int item) : share[0].TryTakeLast(out item))
                Interlocked.Increment(ref taken[item]);
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.All(taken, count => Assert.Equal(1, count));
    }
}
