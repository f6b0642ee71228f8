using System.IO.Compression;

using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Reads PNG files (W3C, "Portable Network Graphics (PNG) Specification", third edition).</summary>
internal static class PngReader
{
    // deflate cannot shrink data further than this (RFC 1951: 258 bytes from two bits).
    private const long HighestDeflateRatio = 1032;

    // Adam7: the first column and row of each pass, and the distance to the next one.
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Whether a file begins like one that can be read.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> file) => file.StartsWith(PngChunks.Signature);

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="check">Is called with the size before memory is taken for the pixels.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static RasterImage Read(ReadOnlySpan<byte> file, Action<ImageHeader> check)
    {
        PngChunks chunks = new(file);
        chunks.Next();
        if (chunks.Type != "IHDR")
            throw new InvalidDataException($"its first chunk is {Quote.Text(chunks.Type)} instead of 'IHDR'");
        PngHeader header = PngHeader.Read(chunks.Data);
        check(header.Size);

        byte[]? palette = null;
        using MemoryStream compressed = new();
        for (chunks.Next(); chunks.Type != "IEND"; chunks.Next())
        {
            if (chunks.Type == "PLTE")
                palette = chunks.Data.ToArray();
            else if (chunks.Type == "IDAT")
                compressed.Write(chunks.Data);
            else if (char.IsAsciiLetterUpper(chunks.Type[0]))
                throw new InvalidDataException($"it has the chunk {Quote.Text(chunks.Type)}, which is needed and not known");
        }
        if (header.ColourType == PngHeader.Palette && palette is null)
            throw new InvalidDataException("its palette is missing");

        header.Size.CheckPossible(header.BitsPerPixel, compressed.Length * HighestDeflateRatio, header.Channels);
        compressed.Position = 0;
        using ZLibStream data = new(compressed, CompressionMode.Decompress);
        return Read(data, header, palette);
    }

    private static RasterImage Read(ZLibStream data, PngHeader header, byte[]? palette)
    {
        (int height, int width) = header.Size;
        byte[] pixels = new byte[height * width * header.Channels];
        foreach ((int firstX, int firstY, int stepX, int stepY) in header.IsInterlaced ? Passes : [(0, 0, 1, 1)])
        {
            int columns = (int)(((long)width - firstX + stepX - 1) / stepX);
            if (columns <= 0)
                continue;
            PngRow row = new(header, columns, palette);
            for (int y = firstY; y < height; y += stepY)
            {
                Fill(data, row.Next());
                row.Unfilter();
                for (int i = 0; i < columns; i++)
                    row.Read(i, pixels.AsSpan(((y * width) + firstX + (i * stepX)) * header.Channels, header.Channels));
            }
        }
        return new RasterImage(height, width, header.Channels, pixels);
    }

    private static void Fill(ZLibStream data, Span<byte> row)
    {
        int read;
        try
        {
            read = data.ReadAtLeast(row, row.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"it is damaged: it cannot be decompressed ({fault.Message})", fault);
        }
        if (read < row.Length)
            throw new InvalidDataException(Invariant($"it is cut short: a row of {row.Length} bytes has {read}"));
    }
}
