using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NetGen.Data.Tests.Images;

/// <summary>Writes small PNG files, right and wrong ones.</summary>
internal static class PngFile
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Writes an image.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="type">The colour type.</param>
    /// <param name="depth">Bits of a sample.</param>
    /// <param name="samples">All samples, row by row.</param>
    /// <param name="filter">The filter of a row; null for each in turn.</param>
    /// <param name="interlaced">Whether it is interlaced.</param>
    /// <param name="palette">Three bytes for each colour.</param>
    public static byte[] Bytes(
        int height, int width, int type, int depth, int[] samples, int? filter = null, bool interlaced = false, byte[]? palette = null)
    {
        int perPixel = samples.Length / (height * width);
        using MemoryStream data = new();
        foreach ((int x0, int y0, int stepX, int stepY) in interlaced ? Adam7 : [(0, 0, 1, 1)])
        {
            byte[] above = [];
            for (int y = y0; y < height && x0 < width; y += stepY)
            {
                int[] row = [.. Enumerable.Range(0, (width - x0 + stepX - 1) / stepX).SelectMany(i => samples.Skip(((y * width) + x0 + (i * stepX)) * perPixel).Take(perPixel))];
                byte[] packed = Pack(row, depth);
                data.Write(Filter(packed, above, filter ?? y % 5, Math.Max(perPixel * depth / 8, 1)));
                above = packed;
            }
        }
        List<byte[]> chunks = [Header(height, width, type, depth, interlaced ? 1 : 0)];
        if (palette is not null)
            chunks.Add(Chunk("PLTE", palette));
        byte[] compressed = Compress(data.ToArray());

        // Two chunks of data and one that readers may skip.
        return File([.. chunks, Chunk("tEXt", "Title\0test"u8.ToArray()), Chunk("IDAT", compressed[..5]), Chunk("IDAT", compressed[5..]), Chunk("IEND", [])]);
    }

    public static byte[] File(params byte[][] chunks) => [0x89, .. "PNG\r\n\u001A\n"u8, .. chunks.SelectMany(chunk => chunk)];

    public static byte[] Header(int height, int width, int type = 0, int depth = 8, int interlace = 0)
    {
        byte[] data = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[12]) = ((byte)depth, (byte)type, (byte)interlace);
        return Chunk("IHDR", data);
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.Latin1.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    public static byte[] Compress(byte[] data)
    {
        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.Optimal))
            zlib.Write(data);
        return compressed.ToArray();
    }

    // Bit by bit, unlike the reader's table.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }
        return ~crc;
    }

    private static byte[] Pack(int[] samples, int depth)
    {
        byte[] bytes = new byte[((samples.Length * depth) + 7) / 8];
        for (int i = 0; i < samples.Length; i++)
        {
            for (int bit = 0; bit < depth; bit++)
            {
                int place = (i * depth) + bit;
                bytes[place / 8] |= (byte)(((samples[i] >> (depth - 1 - bit)) & 1) << (7 - (place % 8)));
            }
        }
        return bytes;
    }

    private static byte[] Filter(byte[] row, byte[] above, int filter, int distance)
    {
        byte[] filtered = new byte[row.Length + 1];
        filtered[0] = (byte)filter;
        for (int i = 0; i < row.Length; i++)
        {
            int a = i >= distance ? row[i - distance] : 0;
            int b = above.Length > 0 ? above[i] : 0;
            int c = i >= distance && above.Length > 0 ? above[i - distance] : 0;
            int[] nearest = [.. new[] { a, b, c }.OrderBy(x => Math.Abs(a + b - c - x))];
            filtered[i + 1] = (byte)(row[i] - new[] { 0, a, b, (a + b) / 2, nearest[0] }[filter]);
        }
        return filtered;
    }
}
