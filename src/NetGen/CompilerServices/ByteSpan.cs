using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Bytes in a span of floats, because workers and kernels hand on the input of a network as floats. Such a span has the length of the bytes and refers to the
/// first of them. Read as floats or sliced it would reach beyond them, so only the methods here may look inside; they read no more than the bytes. The
/// garbage collector and <c>fixed</c> know the memory by its first byte, so it is kept, moved and pinned as that of any span.
/// </summary>
internal static class ByteSpan
{
    /// <summary>Bytes as a span of floats.</summary>
    public static ReadOnlySpan<float> Wrap(ReadOnlySpan<byte> bytes) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, float>(ref MemoryMarshal.GetReference(bytes)), bytes.Length);

    /// <summary>The bytes again.</summary>
    /// <param name="wrapped">A span that <see cref="Wrap"/> made.</param>
    public static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<float> wrapped) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(wrapped)), wrapped.Length);

    /// <summary>Some of the bytes, as a span of floats.</summary>
    /// <param name="wrapped">A span that <see cref="Wrap"/> made.</param>
    /// <param name="start">The first byte.</param>
    /// <param name="length">The number of bytes.</param>
    public static ReadOnlySpan<float> Slice(ReadOnlySpan<float> wrapped, int start, int length) => Wrap(Unwrap(wrapped).Slice(start, length));
}
