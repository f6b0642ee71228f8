using System.Runtime.CompilerServices;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(2, 1)]
    [InlineData(3, 8)]
    [InlineData(1000, 2)]
    [InlineData(1000, 5)]
    public void Every_item_is_done_once(int items, int threads)
    {
        var work = new Counting(items);
        for (int run = 1; run <= 50; run++)
        {
            WorkerPool.Run(work, 3, items, threads);
            Assert.All(work.Done, n => Assert.Equal(run, n));
        }

        Assert.False(work.SharedWorker, "two items ran with the same worker number");
        Assert.InRange(work.HighestWorker, -1, threads - 1);
    }

    [Fact]
    public void Input_and_output_reach_every_item()
    {
        float[] input = [.. Enumerable.Range(0, 500).Select(i => (float)i)], output = new float[500];
        for (int threads = 1; threads <= 4; threads++)
        {
            Array.Clear(output);
            WorkerPool.Run(new Doubling(), 0, 500, threads, input, output);
            Assert.Equal(input.Select(x => 2 * x), output);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void An_exception_comes_back_to_the_caller_and_the_pool_goes_on(int threads)
    {
        for (int run = 0; run < 20; run++)
        {
            var error = Assert.Throws<InvalidOperationException>(() => WorkerPool.Run(new Failing(item => item == 7), 0, 100, threads));
            Assert.Equal("item 7", error.Message);
            var work = new Counting(100);
            WorkerPool.Run(work, 3, 100, threads);
            Assert.All(work.Done, n => Assert.Equal(1, n));
        }
    }

    /// <summary>Items fail in the runs of several threads, and items that a thread took from another one.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Of_several_exceptions_one_comes_back(int threads)
    {
        for (int run = 0; run < 200; run++)
        {
            Assert.Throws<InvalidOperationException>(() => WorkerPool.Run(new Failing(item => item >= run % 50), 0, 50, threads));
            var work = new Counting(100);
            WorkerPool.Run(work, 3, 100, threads);
            Assert.All(work.Done, n => Assert.Equal(1, n));
        }
    }

    [Fact]
    public void Several_callers_at_once_all_get_their_work_done()
    {
        Counting[] works = [.. Enumerable.Range(0, 8).Select(_ => new Counting(64))];
        Thread[] callers = [.. works.Select(work => new Thread(() =>
        {
            for (int run = 0; run < 200; run++) WorkerPool.Run(work, 3, 64, 3);
        }))];
        foreach (Thread caller in callers) caller.Start();
        foreach (Thread caller in callers) caller.Join();
        foreach (Counting work in works)
        {
            Assert.All(work.Done, n => Assert.Equal(200, n));
            Assert.False(work.SharedWorker);
        }
    }

    [Fact]
    public void Work_may_itself_hand_out_work()
    {
        var inner = new Counting(16);
        var outer = new Nested(inner);
        WorkerPool.Run(outer, 0, 40, 3);
        Assert.Equal(40, outer.Done);
        Assert.All(inner.Done, n => Assert.Equal(40, n));
    }

    [Fact]
    public void Handing_out_work_allocates_nothing()
    {
        var work = new Doubling();
        float[] input = new float[64], output = new float[64];
        WorkerPool.Run(work, 0, 64, 3, input, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int run = 0; run < 1000; run++) WorkerPool.Run(work, 0, 64, 3, input, output);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_negative_number_of_threads_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => WorkerPool.ThreadCount(-1));
        Assert.Equal(Environment.ProcessorCount, WorkerPool.ThreadCount(0));
        Assert.Equal(1, WorkerPool.ThreadCount(1));
    }

    private sealed class Counting(int items) : IParallelWork
    {
        private readonly int[] _busy = new int[64];
        private int _highestWorker = -1;

        public int[] Done { get; } = new int[items];

        public bool SharedWorker { get; private set; }

        public int HighestWorker => _highestWorker;

        public void Execute(int kind, int index, int worker, ReadOnlySpan<float> input, Span<float> output)
        {
            if (Interlocked.Increment(ref _busy[worker]) != 1) SharedWorker = true;
            if (kind == 3) Interlocked.Increment(ref Done[index]);
            if (worker > _highestWorker) _highestWorker = worker;
            Thread.SpinWait(50);
            Interlocked.Decrement(ref _busy[worker]);
        }
    }

    private sealed class Doubling : IParallelWork
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Execute(int kind, int index, int worker, ReadOnlySpan<float> input, Span<float> output) =>
            output[index] = 2 * input[index];
    }

    private sealed class Failing(Func<int, bool> fails) : IParallelWork
    {
        public void Execute(int kind, int index, int worker, ReadOnlySpan<float> input, Span<float> output)
        {
            if (fails(index)) throw new InvalidOperationException($"item {index}");
        }
    }

    private sealed class Nested(Counting inner) : IParallelWork
    {
        private int _done;

        public int Done => _done;

        public void Execute(int kind, int index, int worker, ReadOnlySpan<float> input, Span<float> output)
        {
            WorkerPool.Run(inner, 3, inner.Done.Length, 3);
            Interlocked.Increment(ref _done);
        }
    }
}
