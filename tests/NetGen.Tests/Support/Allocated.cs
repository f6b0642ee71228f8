namespace NetGen.Tests.Support;

/// <summary>
/// The least bytes that one of many calls allocates. What the call itself allocates shows every time; what the runtime allocates once, when it
/// compiles a method again, or the test runner on threads of its own, does not.
/// </summary>
internal static class Allocated
{
    private const int Attempts = 50;

    // On a busy machine the test runner's threads may allocate during each of 50 calls.
    private const int AttemptsOfProcess = 500;

    /// <summary>What the calling thread allocates.</summary>
    /// <param name="action">The call; it is made once more before, uncounted.</param>
    /// <param name="attempts">The most calls that are counted; fewer are if one of them allocates nothing.</param>
    public static long ByThread(Action action, int attempts = Attempts) => Least(action, GC.GetAllocatedBytesForCurrentThread, attempts);

    /// <summary>What all threads of the process allocate.</summary>
    public static long ByProcess(Action action) => Least(action, () => GC.GetTotalAllocatedBytes(precise: true), AttemptsOfProcess);

    private static long Least(Action action, Func<long> allocated, int attempts)
    {
        action();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < attempts && least > 0; attempt++)
        {
            long before = allocated();
            action();
            least = Math.Min(least, allocated() - before);
        }

        return least;
    }
}
