using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>What a thread does about the cache lines of memory that other threads have read.</summary>
internal static class CacheLines
{
    private const int Floats = 16;

    /// <summary>
    /// Makes the thread's core the owner of memory that it is about to write: it writes one of every 16 values as it is. Before a core may write a line of which another one has a
    /// copy, it has to wait until that is gone. Here it waits for many lines at a time. Nothing is done while no threads share work, nor on processors where it was not measured.
    /// </summary>
    /// <remarks>On Arm, each of these writes would wait for the one before.</remarks>
    /// <param name="memory">The memory; no other thread may write it meanwhile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Own(Span<float> memory)
    {
        if (!X86Base.IsSupported || !WorkerPool.IsInUse)
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
