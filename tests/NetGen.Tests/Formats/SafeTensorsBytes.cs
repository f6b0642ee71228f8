using System.Buffers.Binary;
using System.Text;

namespace NetGen.Tests.Formats;

/// <summary>Safetensors files put together by hand.</summary>
internal static class SafeTensorsBytes
{
    /// <summary>A file of the given header, with the floats 0, 1, 2, … as its data.</summary>
    public static byte[] Of(ReadOnlySpan<byte> header, int dataLength)
    {
        byte[] data = new byte[dataLength];
        for (int i = 0; i + 4 <= dataLength; i += 4) BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(i), i / 4);
        return Of(header, data);
    }

    /// <summary>The same of a header that is text.</summary>
    public static byte[] Of(string header, int dataLength) => Of(Encoding.UTF8.GetBytes(header), dataLength);

    /// <summary>A file of the given header and data.</summary>
    public static byte[] Of(string header, ReadOnlySpan<byte> data) => Of(Encoding.UTF8.GetBytes(header), data);

    private static byte[] Of(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data)
    {
        byte[] file = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file.AsSpan(8));
        data.CopyTo(file.AsSpan(8 + header.Length));
        return file;
    }
}
