namespace NetGen.Tests.Support;

/// <summary>
/// The least bytes that one of many calls allocates. What the call itself allocates shows every time; what the runtime allocates once, when it
/// compiles a method again, or the test runner on threads of its own, does not.
/// </summary>
internal static class Allocated
{
    /// <summary>What the calling thread allocates.</summary>
    public static long ByThread(Action action) => Least(action, GC.GetAllocatedBytesForCurrentThread);

    /// <summary>What all threads of the process allocate.</summary>
    public static long ByProcess(Action action) => Least(action, () => GC.GetTotalAllocatedBytes(precise: true));

    private static long Least(Action action, Func<long> allocated)
    {
        action();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 50 && least > 0; attempt++)
        {
            long before = allocated();
            action();
            least = Math.Min(least, allocated() - before);
        }

        return least;
    }
}
