using System.Buffers.Binary;
using System.IO.Compression;

namespace NetGen.Tests.Data;

/// <summary>Writes small IDX files, right and wrong ones.</summary>
internal static class IdxFile
{
    public static byte[] Bytes(int[] dimensions, byte[] data, byte type = 0x08)
    {
        byte[] header = new byte[4 + 4 * dimensions.Length];
        header[2] = type;
        header[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), dimensions[i]);
        return [.. header, .. data];
    }

    public static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return compressed.ToArray();
    }

    /// <summary>Digits that are no digits: image i has the pixel value i everywhere.</summary>
    public static byte[] Images(int count, int height = 28, int width = 28) =>
        Bytes([count, height, width], [.. Enumerable.Range(0, count * height * width).Select(i => (byte)(i / (height * width)))]);

    public static byte[] Labels(params byte[] labels) => Bytes([labels.Length], labels);
}
