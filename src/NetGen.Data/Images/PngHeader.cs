using System.Buffers.Binary;

using static System.FormattableString;

namespace NetGen.Data;

/// <summary>What the first chunk of a PNG file (IHDR) says.</summary>
/// <param name="Size">The size of the image.</param>
/// <param name="BitDepth">Bits of a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="ColourType">0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha.</param>
/// <param name="IsInterlaced">Whether the image comes in seven passes (Adam7).</param>
internal sealed record PngHeader(ImageHeader Size, int BitDepth, int ColourType, bool IsInterlaced)
{
    /// <summary>The colour type with a palette.</summary>
    public const int Palette = 3;

    // As libpng has it, unless it is told otherwise.
    private const int LargestSide = 1_000_000;

    /// <summary>Samples of a pixel in the file.</summary>
    public int SamplesPerPixel => ColourType switch
    {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };

    /// <summary>Bits of a pixel in the file.</summary>
    public int BitsPerPixel => SamplesPerPixel * BitDepth;

    /// <summary>Channels of the image that is made of it.</summary>
    public int Channels => ColourType is 0 or 4 ? 1 : 3;

    /// <summary>Bytes of a row of so many pixels, without its filter type.</summary>
    public int RowLength(int width) => ((width * BitsPerPixel) + 7) / 8;

    /// <summary>Reads the chunk's data.</summary>
    /// <exception cref="InvalidDataException">It says something that the standard does not know.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> data)
    {
        if (data.Length != 13)
            throw new InvalidDataException(Invariant($"its header has {data.Length} bytes instead of 13"));
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        (int depth, int type, int interlace) = (data[8], data[9], data[12]);
        if (width is 0 or > LargestSide || height is 0 or > LargestSide)
            throw new InvalidDataException(Invariant($"its header announces {height} × {width} pixels; both must be 1 to {LargestSide}"));
        bool isKnown = type switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            Palette => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!isKnown || data[10] != 0 || data[11] != 0 || interlace > 1)
        {
            string numbers = Invariant($"colour type {type}, bit depth {depth}, compression {data[10]}, filter {data[11]}, interlace {interlace}");
            throw new InvalidDataException($"its header has a combination that PNG does not have: {numbers}");
        }
        return new PngHeader(new ImageHeader((int)height, (int)width), depth, type, interlace == 1);
    }
}
