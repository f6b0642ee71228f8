using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace NetGen.Tests.Support;

/// <summary>
/// Floats between two pages that nobody may touch: a kernel that reads or writes a single value before or behind them ends the
/// process instead of going unnoticed. Linux only.
/// </summary>
internal sealed class GuardedMemory : IDisposable
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly nint _start;
    private readonly int _pageBytes = Environment.SystemPageSize;
    private readonly int _innerBytes;

    public GuardedMemory(int capacity)
    {
        _innerBytes = ((capacity * sizeof(float)) + _pageBytes - 1) / _pageBytes * _pageBytes;
        _start = Map(0, (nuint)(_innerBytes + (2 * _pageBytes)), protection: 0, PrivateAnonymous, -1, 0);
        Assert.True(_start != -1, "mmap failed");
        Assert.Equal(0, Protect(_start + _pageBytes, (nuint)_innerBytes, ReadWrite));
    }

    /// <summary>The first floats behind the lower guard.</summary>
    public Span<float> First(int count) => At(_start + _pageBytes, count);

    /// <summary>The last floats before the upper guard.</summary>
    public Span<float> Last(int count) => At(_start + _pageBytes + _innerBytes - (count * sizeof(float)), count);

    public void Dispose() => _ = Unmap(_start, (nuint)(_innerBytes + (2 * _pageBytes)));

    private static Span<float> At(nint address, int count) =>
        MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<float>(), address), count);

    [DllImport("libc", EntryPoint = "mmap")]
    private static extern nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect")]
    private static extern int Protect(nint address, nuint length, int protection);

    [DllImport("libc", EntryPoint = "munmap")]
    private static extern int Unmap(nint address, nuint length);
}
