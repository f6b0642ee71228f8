using NetGen.CompilerServices;
using NetGen.Tests.Allocation;
using NetGen.Tests.Kernels;
using NetGen.Tests.Parity;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.CompilerServices;

/// <summary>However many threads are asked for, there are never more than the bound. Alone, because it needs the pool for itself.</summary>
[Collection(nameof(Alone))]
public sealed class ThreadBoundTests
{
    [Fact]
    public void The_bound_is_the_number_of_processors()
    {
        Assert.Equal(Environment.ProcessorCount, ManyThreads.Default);
        Assert.Equal(Environment.ProcessorCount, WorkerPool.ThreadCount(0));
        Assert.Equal(WorkerPool.MaxThreads, WorkerPool.ThreadCount(int.MaxValue));
        Assert.Equal(WorkerPool.MaxThreads, WorkerPool.ThreadCount(WorkerPool.MaxThreads + 1));
        Assert.Equal(ManyThreads.Count, WorkerPool.ThreadCount(ManyThreads.Count));
    }

    [Fact]
    public void No_more_threads_are_started_than_the_bound_allows()
    {
        var work = new Meeting(0);
        WorkerPool.Run(work, 0, 3000, int.MaxValue);
        Assert.InRange(work.HighestWorker, 0, WorkerPool.MaxThreads - 1);
        Assert.InRange(WorkerPool.WorkerCount, 0, WorkerPool.MaxThreads - 1);

        var network = new JustAbovePanels(1);
        float[] inputs = Draw.Normal(3000 * JustAbovePanels.InputLength, 1);
        network.Predict(inputs, new float[3000 * JustAbovePanels.OutputLength], threads: int.MaxValue);
        Assert.InRange(WorkerPool.WorkerCount, 0, WorkerPool.MaxThreads - 1);
    }

    [Fact]
    public void A_training_pass_may_be_asked_for_any_number_of_threads()
    {
        const int Batch = 40;
        AnyNetwork network = AnyNetwork.Of(new WideClassifier(1));
        float[] inputs = Draw.Normal(Batch * network.InputLength, 1);
        int[] labels = Draw.Labels(Batch, network.OutputLength, 2);
        ITrainingPass expected = network.BeginTraining(Batch, threads: 1);
        ITrainingPass actual = network.BeginTraining(Batch, threads: int.MaxValue);
        Assert.Equal(expected.Forward(inputs, labels), actual.Forward(inputs, labels));
        expected.Backward();
        actual.Backward();
        Close.SameBits("gradients", expected.Gradients, actual.Gradients);
        Assert.InRange(WorkerPool.WorkerCount, 0, WorkerPool.MaxThreads - 1);
    }

    /// <summary>Every item waits for the others, so each is on a thread of its own: the tests of many threads do try them.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    public void As_many_threads_as_the_tests_ask_for_work_at_once(int threads)
    {
        var work = new Meeting(threads);
        WorkerPool.Run(work, 0, threads, threads);
        Assert.Equal(threads, work.Workers.Count);
        Assert.Equal(threads - 1, work.HighestWorker);
    }

    /// <summary>As all threads meet at each item, each does as many items as the others: then none takes an item of another's run.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_thread_begins_with_a_run_of_items_of_its_own(int threads)
    {
        const int Each = 10;
        var work = new Meeting(threads);
        WorkerPool.Run(work, 0, Each * threads, threads);
        Assert.Equal(Enumerable.Range(0, Each * threads).Select(item => item / Each), work.WorkerOfItem.OrderBy(pair => pair.Key).Select(pair => pair.Value));
    }

    [Fact]
    public void Threads_that_sleep_take_no_part_in_work_that_does_not_wake_them()
    {
        WorkerPool.Start(4);
        Assert.True(SpinWait.SpinUntil(() => WorkerPool.AllSleep, TimeSpan.FromMinutes(2)));
        var work = new Watching();
        WorkerPool.Share(work, 0, 1000, 4, wakes: false, default, default);
        Assert.True(work.AllSlept);
        Assert.True(WorkerPool.AllSleep);

        var meeting = new Meeting(4);
        WorkerPool.Share(meeting, 0, 4, 4, wakes: true, default, default);
        Assert.Equal(4, meeting.Workers.Count);
    }

    /// <summary>Sees in every item whether all other threads sleep: a thread that is invited does not, from before the caller's first item on.</summary>
    private sealed class Watching : IParallelWork
    {
        public bool AllSlept { get; private set; } = true;

        public void Execute(int kind, int index, int worker, ReadOnlySpan<float> input, Span<float> output) => AllSlept &= worker == 0 && WorkerPool.AllSleep;
    }

    /// <summary>Items that meet: none ends before so many have begun. Of size 0 they do not wait.</summary>
    private sealed class Meeting(int size) : IParallelWork
    {
        private readonly Barrier? _barrier = size == 0 ? null : new(size);

        public Dictionary<int, int> WorkerOfItem { get; } = [];

        public IReadOnlySet<int> Workers => WorkerOfItem.Values.ToHashSet();

        public int HighestWorker => WorkerOfItem.Values.Max();

        public void Execute(int kind, int index, int worker, ReadOnlySpan<float> input, Span<float> output)
        {
            lock (WorkerOfItem)
                WorkerOfItem[index] = worker;
            if (_barrier?.SignalAndWait(TimeSpan.FromMinutes(2)) == false)
                throw new TimeoutException($"Fewer than {size} threads took up work.");
        }
    }
}
