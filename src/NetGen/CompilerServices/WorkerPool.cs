using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace NetGen.CompilerServices;

/// <summary>Work that splits into independent items. The result must not depend on which thread does an item, nor on the order of the items.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IParallelWork
{
    /// <summary>Does one item.</summary>
    /// <param name="kind">The kind of the items, if the work has several kinds: the value given to <see cref="WorkerPool.Run"/>.</param>
    /// <param name="index">The item, from 0.</param>
    /// <param name="worker">
    /// The number of the thread that does it, from 0 to the number of threads less one. Within one call of Run, no two threads have the same number.
    /// </param>
    /// <param name="input">The input given to <see cref="WorkerPool.Run"/>.</param>
    /// <param name="output">The output given to <see cref="WorkerPool.Run"/>.</param>
    void Execute(int kind, int index, int worker, ReadOnlySpan<float> input, Span<float> output);
}

/// <summary>
/// The threads that share the work of training and of prediction. They are started once and kept. After work, or when it was woken too late for it, a thread spins
/// for a tenth of a millisecond in case more comes, then it sleeps. Handing out work allocates nothing.
/// </summary>
/// <remarks>
/// Each thread begins with a share of the items, a run of them, and then helps the others: it takes the last items of their shares. So the same items mostly come to the same
/// thread each time, whose caches have what it wrote before: the activations of its samples, the weights that it updated.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class WorkerPool
{
    private static readonly long SpinTicks = Stopwatch.Frequency / 10_000;
    private static Worker[] s_workers = [];

    // What is left of each thread's share.
    private static ItemShare[] s_shares = new ItemShare[1];

    // 1 while a caller uses the workers. Not a lock, because locks are reentrant: a work item may call Run, and must not get the workers again.
    private static int s_taken;

    private static IParallelWork? s_work;
    private static int s_kind;
    private static int s_sharers;
    private static float* s_input;
    private static int s_inputLength;
    private static float* s_output;
    private static int s_outputLength;
    private static ExceptionDispatchInfo? s_failure;
    private static long s_ended;

    /// <summary>
    /// The most threads that may share work, the caller included: one for each processor, because more would only compete for the
    /// processors. Tests raise it, to try more threads than their machine has processors.
    /// </summary>
    internal static int MaxThreads { get; set; } = Environment.ProcessorCount;

    /// <summary>How many threads have been started.</summary>
    internal static int WorkerCount => s_workers.Length;

    /// <summary>Whether the last work ended so shortly ago that waking threads pays: one that comes too late for this work is awake for the next.</summary>
    internal static bool WasInUse => Stopwatch.GetTimestamp() - Volatile.Read(ref s_ended) < SpinTicks;

    /// <summary>Whether threads share some work now.</summary>
    internal static bool IsInUse => Volatile.Read(ref s_work) is not null;

    /// <summary>Whether all threads sleep, and none of them is about to be woken.</summary>
    internal static bool AllSleep => s_workers.All(worker => worker.Sleeps);

    /// <summary>
    /// How many threads a request for <paramref name="threads"/> means: 0 is one for each processor; for any other number, never more than
    /// <see cref="MaxThreads"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    public static int ThreadCount(int threads)
    {
        CheckThreads(threads);
        return threads == 0 ? Environment.ProcessorCount : Math.Min(threads, MaxThreads);
    }

    /// <summary>Checks a number of threads that a caller asks for.</summary>
    /// <param name="threads">The number; 0 for one on each processor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    internal static void CheckThreads(int threads) => BatchChecks.AtLeast("number of threads", threads, 0, nameof(threads));

    /// <summary>Like <see cref="ThreadCount"/>, but also starts the threads, so that the first call of <see cref="Run"/> does not have to.</summary>
    /// <param name="threads">How many threads at most will share work; 0 for one on each processor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    public static int Start(int threads)
    {
        int count = ThreadCount(threads);
        if (s_workers.Length < count - 1 && Interlocked.Exchange(ref s_taken, 1) == 0)
        {
            try
            {
                Grow(count - 1);
            }
            finally
            {
                Volatile.Write(ref s_taken, 0);
            }
        }

        return count;
    }

    /// <summary>
    /// Does all items of some work and returns when the last one is done. The calling thread is one of the workers. While the
    /// pool is busy with another caller's work, the calling thread does all items itself.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <param name="kind">Passed on to <see cref="IParallelWork.Execute"/>.</param>
    /// <param name="count">The number of items.</param>
    /// <param name="threads">How many threads at most, the caller among them; never more than <see cref="MaxThreads"/>.</param>
    /// <param name="input">Passed on to every item.</param>
    /// <param name="output">Passed on to every item.</param>
    public static void Run(
        IParallelWork work, int kind, int count, int threads, ReadOnlySpan<float> input = default, Span<float> output = default) =>
        Share(work, kind, count, threads, wakes: true, input, output);

    /// <inheritdoc cref="Run"/>
    /// <remarks>
    /// If <paramref name="wakes"/> is false, threads that sleep go on sleeping. To wake one takes the caller about 15 microseconds, and it begins about 50 later: too late for
    /// short work, unless more follows.
    /// </remarks>
    internal static void Share(
        IParallelWork work, int kind, int count, int threads, bool wakes, ReadOnlySpan<float> input, Span<float> output)
    {
        ArgumentNullException.ThrowIfNull(work);
        int helpers = Math.Min(Math.Min(threads, MaxThreads), count) - 1;
        if (helpers < 1 || Interlocked.Exchange(ref s_taken, 1) != 0)
        {
            for (int index = 0; index < count; index++)
            {
                work.Execute(kind, index, 0, input, output);
            }

            return;
        }

        try
        {
            fixed (float* inputPointer = input)
            fixed (float* outputPointer = output)
            {
                s_work = work;
                s_kind = kind;
                s_input = inputPointer;
                s_inputLength = input.Length;
                s_output = outputPointer;
                s_outputLength = output.Length;
                Grow(helpers);
                s_sharers = helpers + 1;
                for (int share = 0; share < s_sharers; share++)
                {
                    s_shares[share].Set((int)((long)count * share / s_sharers), (int)((long)count * (share + 1) / s_sharers));
                }

                for (int i = 0; i < helpers; i++)
                {
                    s_workers[i].Invite(wakes);
                }

                Work(0);
                for (int i = 0; i < helpers; i++)
                {
                    s_workers[i].RevokeOrJoin();
                }
            }

            ExceptionDispatchInfo? failure = s_failure;
            s_failure = null;
            failure?.Throw();
        }
        finally
        {
            s_work = null;
            Volatile.Write(ref s_ended, Stopwatch.GetTimestamp());
            Volatile.Write(ref s_taken, 0);
        }
    }

    private static void Grow(int helpers)
    {
        // Each thread is added once it has started: if the system cannot start another one, the pool keeps those before it.
        while (s_workers.Length < helpers)
        {
            s_shares = new ItemShare[s_workers.Length + 2];
            s_workers = [.. s_workers, new Worker(s_workers.Length + 1)];
        }
    }

    private static void Work(int worker)
    {
        try
        {
            while (s_shares[worker].TryTakeFirst(out int index))
            {
                Execute(index);
            }

            for (int other = 1; other < s_sharers; other++)
            {
                while (s_shares[(worker + other) % s_sharers].TryTakeLast(out int index))
                {
                    Execute(index);
                }
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref s_failure, ExceptionDispatchInfo.Capture(exception), null);
            for (int share = 0; share < s_sharers; share++)
            {
                s_shares[share].Set(0, 0);
            }
        }

        void Execute(int index) => s_work!.Execute(
            s_kind, index, worker, new ReadOnlySpan<float>(s_input, s_inputLength), new Span<float>(s_output, s_outputLength));
    }

    /// <summary>
    /// One thread of the pool. The caller invites it to work. If it has not begun when the work is done, the caller revokes the invitation
    /// instead of waiting until the thread wakes up.
    /// </summary>
    private sealed class Worker
    {
        private const int Idle = 0;
        private const int Invited = 1;
        private const int Running = 2;

        // Some ten microseconds.
        private const int JoinSpins = 300;

        private readonly object _sleep = new();
        private readonly int _number;
        private int _state;
        private bool _sleeping;

        public Worker(int number)
        {
            _number = number;
            new Thread(Loop) { IsBackground = true, Name = $"NetGen worker {number}" }.Start();
        }

        public bool Sleeps => Volatile.Read(ref _sleeping) && Volatile.Read(ref _state) == Idle;

        public void Invite(bool wakes)
        {
            if (!wakes && Volatile.Read(ref _sleeping))
            {
                return;
            }

            Interlocked.Exchange(ref _state, Invited);
            if (Volatile.Read(ref _sleeping))
            {
                lock (_sleep)
                {
                    Monitor.Pulse(_sleep);
                }
            }
        }

        public void RevokeOrJoin()
        {
            if (Interlocked.CompareExchange(ref _state, Idle, Invited) == Invited)
            {
                return;
            }

            // Mostly the thread does its last item, which takes about as long as the caller's. SpinWait alone would look ever more rarely, and give up the processor.
            for (int i = 0; i < JoinSpins && Volatile.Read(ref _state) != Idle; i++)
            {
                Thread.SpinWait(1);
            }

            SpinWait wait = default;
            while (Volatile.Read(ref _state) != Idle)
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }

        private void Loop()
        {
            while (true)
            {
                AwaitInvitation();
                if (Interlocked.CompareExchange(ref _state, Running, Invited) == Invited)
                {
                    Work(_number);
                    Volatile.Write(ref _state, Idle);
                }
            }
        }

        /// <summary>
        /// Waits for an invitation. A thread that is woken too late, after the work was done without it, spins again before it sleeps: of work that comes in short pieces
        /// it is then ready for the next one. If it went back to sleep at once, it would be late for every piece.
        /// </summary>
        private void AwaitInvitation()
        {
            while (!SpinUntilInvited())
            {
                lock (_sleep)
                {
                    Volatile.Write(ref _sleeping, true);

                    // The read of _state must not move before the write of _sleeping: otherwise Invite could miss that the thread sleeps, and the
                    // thread could miss the invitation. The Exchange in Invite is the other half.
                    Interlocked.MemoryBarrier();
                    if (Volatile.Read(ref _state) != Invited)
                    {
                        Monitor.Wait(_sleep);
                    }

                    Volatile.Write(ref _sleeping, false);
                }
            }
        }

        private bool SpinUntilInvited()
        {
            long until = Stopwatch.GetTimestamp() + SpinTicks;
            do
            {
                if (Volatile.Read(ref _state) == Invited)
                {
                    return true;
                }

                Thread.SpinWait(1);
            }
            while (Stopwatch.GetTimestamp() < until);

            return false;
        }
    }
}
