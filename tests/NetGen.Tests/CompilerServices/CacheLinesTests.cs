using System.Runtime.InteropServices;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

public sealed class CacheLinesTests
{
    // No multiple of a cache line, so neighbours share lines.
    private const int Length = 37;
    private const int Items = 16;

    /// <summary>Bits that a calculation could change: NaNs with a payload, −0, denormals.</summary>
    private static readonly int[] Delicate = [0x7F800001, unchecked((int)0xFFC12345), int.MinValue, 1, unchecked((int)0x80000001)];

    [Fact]
    public void Values_keep_their_bits()
    {
        int[] bits = [.. Enumerable.Range(0, Items * Length).Select(i => Delicate[i % Delicate.Length])];
        int[] expected = [.. bits];
        WorkerPool.Run(new Owning(bits, adds: false), 0, Items, threads: 4);
        Assert.Equal(expected, bits);
    }

    /// <summary>Threads change neighbouring parts all the time: what a thread wrote back beyond its own part would undo a change of its neighbour.</summary>
    [Fact]
    public void Only_the_part_itself_is_written()
    {
        const int Times = 2000;
        int[] counts = new int[Items * Length];
        Owning work = new(counts, adds: true);
        for (int time = 0; time < Times; time++)
            WorkerPool.Run(work, 0, Items, threads: 4);
        Assert.All(counts, count => Assert.Equal(Times, count));
    }

    private sealed class Owning(int[] values, bool adds) : IParallelWork
    {
        public void Execute(int kind, int index, int worker, ReadOnlySpan<float> input, Span<float> output)
        {
            Span<int> own = values.AsSpan(index * Length, Length);
            CacheLines.Own(MemoryMarshal.Cast<int, float>(own));
            for (int i = 0; adds && i < own.Length; i++)
                own[i]++;
        }
    }
}
