using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>What a thread does about the cache lines of memory that other threads have read.</summary>
internal static class CacheLines
{
    private const int Floats = 16;

    /// <summary>
    /// Makes the thread's core the owner of the lines of some memory that it is about to write: it writes one value of each line as it is. Before a core may write a line of which
    /// another one has a copy, it has to wait until that is gone. Here it waits for many lines at a time. While no threads share work, nothing is done.
    /// </summary>
    /// <param name="memory">The memory; no other thread may write it meanwhile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Own(Span<float> memory)
    {
        if (!WorkerPool.IsInUse)
            return;
        for (int i = 0; i < memory.Length; i += Floats)
        {
            // The compiler would leave out a plain write of what was read.
            ref float value = ref memory[i];
            Volatile.Write(ref value, value);
        }
    }

    /// <inheritdoc cref="Own(Span{float})"/>
    /// <param name="first">The first value.</param>
    /// <param name="length">The number of values.</param>
    public static void Own(ref float first, int length) => Own(MemoryMarshal.CreateSpan(ref first, length));
}
