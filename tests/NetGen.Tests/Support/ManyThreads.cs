using System.Runtime.CompilerServices;
using NetGen.CompilerServices;

namespace NetGen.Tests.Support;

/// <summary>
/// Lets the tests share work among 8 threads, however few processors the machine has: that results do not depend on the number of
/// threads shows only when the threads are there.
/// </summary>
internal static class ManyThreads
{
    public const int Count = 8;

    /// <summary>The bound without the tests.</summary>
    public static int Default { get; private set; }

    [ModuleInitializer]
    internal static void Allow()
    {
        Default = WorkerPool.MaxThreads;
        WorkerPool.MaxThreads = Math.Max(Count, Default);
    }
}
