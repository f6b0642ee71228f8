using System.Runtime.CompilerServices;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

public sealed class AlignedBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void Starts_on_a_cache_line_and_stays_there(int length)
    {
        AlignedBuffer[] buffers = [.. Enumerable.Range(0, 20).Select(_ => new AlignedBuffer(length))];
        nint[] before = [.. buffers.Select(b => Address(b))];
        GC.Collect();
        for (int i = 0; i < buffers.Length; i++)
        {
            Assert.Equal(0, before[i] % 64);
            Assert.Equal(before[i], Address(buffers[i]));
            Assert.Equal(length, buffers[i].Length);
            Assert.Equal(length, buffers[i].Span.Length);
        }
    }

    [Fact]
    public void Is_zero_at_first_also_behind_its_end()
    {
        var buffer = new AlignedBuffer(33);
        for (int i = 0; i < 33 + AlignedBuffer.Slack; i++) Assert.Equal(0, buffer.At(i));
        buffer.At(5) = 7;
        Assert.Equal(7, buffer.Span[5]);
        Assert.True(Unsafe.AreSame(ref buffer.Reference, ref buffer.Span[0]));
    }

    [Fact]
    public void Negative_lengths_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedBuffer(-1));

    /// <summary>No caller of the library gives such a length; it comes of a declaration, and of samples or threads.</summary>
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(int.MaxValue)]
    public void More_than_an_array_holds_is_no_wrong_argument(long length) => Assert.Contains(
        $"one of {length}",
        Assert.Throws<InsufficientMemoryException>(() => new AlignedBuffer(length)).Message);

    // The distance to a null reference.
    private static nint Address(AlignedBuffer buffer) => Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref buffer.Reference);
}
