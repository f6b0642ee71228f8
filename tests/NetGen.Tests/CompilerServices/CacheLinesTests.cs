using System.Runtime.InteropServices;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

public sealed class CacheLinesTests
{
    /// <summary>Every bit of every float stays, of NaNs too, also while threads share work.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Memory_is_owned_as_it_is(int threads)
    {
        int[] bits = [.. Enumerable.Range(0, 100).Select(i => unchecked((int)0x7F800000 + (i * 0x01234567)))];
        int[] expected = [.. bits];
        Owning work = new(bits);
        WorkerPool.Run(work, 0, 10, threads);
        Assert.Equal(10, work.Done);
        Assert.Equal(expected, bits);
    }

    private sealed class Owning(int[] bits) : IParallelWork
    {
        private int _done;

        public int Done => _done;

        public void Execute(int kind, int index, int worker, ReadOnlySpan<float> input, Span<float> output)
        {
            // Ranges of 10 floats share cache lines with their neighbours, but nobody writes the values of another.
            CacheLines.Own(MemoryMarshal.Cast<int, float>(bits.AsSpan(index * 10, 10)));
            Interlocked.Increment(ref _done);
        }
    }
}
