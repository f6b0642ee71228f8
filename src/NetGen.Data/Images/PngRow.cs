using System.Buffers.Binary;

using static System.FormattableString;

namespace NetGen.Data;

/// <summary>A row of a PNG file: its bytes, from which the filter is removed, and its pixels.</summary>
internal sealed class PngRow
{
    private readonly PngHeader _header;
    private readonly byte[]? _palette;
    private readonly int _distance;
    private byte[] _row;
    private byte[] _above;

    /// <summary>Begins before the first row of a pass, above which all bytes are 0.</summary>
    /// <param name="header">The header of the file.</param>
    /// <param name="columns">Number of pixels of the row.</param>
    /// <param name="palette">Three bytes for each colour; null if there is no palette.</param>
    public PngRow(PngHeader header, int columns, byte[]? palette)
    {
        _header = header;
        _palette = palette;
        _distance = Math.Max(header.BitsPerPixel / 8, 1);
        _row = new byte[header.RowLength(columns) + 1];
        _above = new byte[_row.Length];
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Takes its bytes, the filter type first.</returns>
    public Span<byte> Next()
    {
        (_row, _above) = (_above, _row);
        return _row;
    }

    /// <summary>Turns what the filter left into the row's bytes.</summary>
    /// <exception cref="InvalidDataException">There is no such filter.</exception>
    public void Unfilter()
    {
        int filter = _row[0];
        if (filter > 4)
            throw new InvalidDataException(Invariant($"it is damaged: a row has the filter {filter}"));
        for (int i = 1; i < _row.Length; i++)
        {
            int left = i > _distance ? _row[i - _distance] : 0;
            int above = _above[i];
            int aboveLeft = i > _distance ? _above[i - _distance] : 0;
            _row[i] += filter switch
            {
                1 => (byte)left,
                2 => (byte)above,
                3 => (byte)((left + above) / 2),
                4 => (byte)Paeth(left, above, aboveLeft),
                _ => 0,
            };
        }
    }

    /// <summary>Writes a pixel as 8 bits per channel, without transparency.</summary>
    /// <exception cref="InvalidDataException">The palette has no such colour.</exception>
    public void Read(int column, Span<byte> pixel)
    {
        if (_header.ColourType == PngHeader.Palette)
        {
            int colour = Packed(column);
            if (3 * colour > _palette!.Length - 3)
                throw new InvalidDataException(Invariant($"it has the colour {colour}, and its palette has {_palette.Length / 3}"));
            _palette.AsSpan(3 * colour, 3).CopyTo(pixel);
            return;
        }
        for (int channel = 0; channel < pixel.Length; channel++)
        {
            int sample = (column * _header.SamplesPerPixel) + channel;
            pixel[channel] = _header.BitDepth switch
            {
                8 => _row[1 + sample],
                16 => (byte)(((BinaryPrimitives.ReadUInt16BigEndian(_row.AsSpan(1 + (2 * sample))) * 255) + 32767) / 65535),
                int depth => (byte)(Packed(column) * 255 / ((1 << depth) - 1)),
            };
        }
    }

    /// <summary>A sample of at most 8 bits, in a file with one for each pixel.</summary>
    private int Packed(int column)
    {
        int bit = column * _header.BitDepth;
        int shift = 8 - _header.BitDepth - (bit % 8);
        return (_row[1 + (bit / 8)] >> shift) & ((1 << _header.BitDepth) - 1);
    }

    private static int Paeth(int left, int above, int aboveLeft)
    {
        int estimate = left + above - aboveLeft;
        int toLeft = Math.Abs(estimate - left);
        int toAbove = Math.Abs(estimate - above);
        int toAboveLeft = Math.Abs(estimate - aboveLeft);
        return toLeft <= toAbove && toLeft <= toAboveLeft ? left : toAbove <= toAboveLeft ? above : aboveLeft;
    }
}
