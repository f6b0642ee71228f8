using static System.FormattableString;

namespace NetGen.Data;

/// <summary>
/// Reads the portable formats (https://netpbm.sourceforge.net/doc/pgm.html and ppm.html): "P", a digit, then width, height and largest value as text,
/// with comments from <c>#</c> to the end of a line, then the values.
/// </summary>
internal ref struct PnmReader
{
    private readonly ReadOnlySpan<byte> _file;
    private int _position;

    private PnmReader(ReadOnlySpan<byte> file)
    {
        _file = file;
        _position = 2;
    }

    /// <summary>Whether a file begins like one that can be read.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> file) => file.Length > 1 && file[0] == 'P' && file[1] is (byte)'2' or (byte)'3' or (byte)'5' or (byte)'6';

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="check">Is called with the size before memory is taken for the pixels.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static RasterImage Read(ReadOnlySpan<byte> file, Action<ImageHeader> check) => new PnmReader(file).Read(check);

    private RasterImage Read(Action<ImageHeader> check)
    {
        bool isText = _file[1] is (byte)'2' or (byte)'3';
        int channels = _file[1] is (byte)'3' or (byte)'6' ? 3 : 1;
        int width = Number("width", int.MaxValue, atLeast: 1);
        int height = Number("height", int.MaxValue, atLeast: 1);
        int largest = Number("largest value", 65535, atLeast: 1);
        ImageHeader header = new(height, width);
        check(header);

        // A single whitespace character ends the header. As text, a value takes a digit and whitespace, of which the last may be missing.
        _position++;
        int remaining = Math.Max(_file.Length - _position, 0);
        int bytesPerValue = largest > 255 ? 2 : 1;
        header.CheckPossible(isText ? 16 * channels : 8 * bytesPerValue * channels, isText ? remaining + 1L : remaining, channels);

        byte[] pixels = new byte[height * width * channels];
        for (int i = 0; i < pixels.Length; i++)
        {
            int value = isText ? Number("value", largest, atLeast: 0) : Binary(bytesPerValue);
            if (value > largest)
                throw new InvalidDataException(Invariant($"value {i} is {value}, and the largest is to be {largest}"));
            pixels[i] = (byte)(((value * 255) + (largest / 2)) / largest);
        }
        return new RasterImage(height, width, channels, pixels);
    }

    private int Binary(int bytes)
    {
        int value = _file[_position++];
        return bytes == 1 ? value : (value << 8) | _file[_position++];
    }

    private int Number(string what, int atMost, int atLeast)
    {
        SkipSpace();
        int start = _position;
        long value = 0;
        while (_position < _file.Length && char.IsAsciiDigit((char)_file[_position]) && value <= atMost)
            value = (value * 10) + (_file[_position++] - '0');
        if (_position == start)
        {
            throw new InvalidDataException(_position < _file.Length
                ? Invariant($"there is no number for the {what} at byte {start}")
                : Invariant($"it is cut short: it ends before the {what}"));
        }
        return value <= atMost && value >= atLeast
            ? (int)value
            : throw new InvalidDataException(Invariant($"the {what} must be {atLeast} to {atMost}, but is {value} or more"));
    }

    private void SkipSpace()
    {
        for (; _position < _file.Length; _position++)
        {
            byte next = _file[_position];
            if (next == '#')
            {
                int length = _file[_position..].IndexOfAny((byte)'\n', (byte)'\r');
                _position = length < 0 ? _file.Length - 1 : _position + length;
            }
            else if (next is not ((byte)' ' or (>= (byte)'\t' and <= (byte)'\r')))
            {
                return;
            }
        }
    }
}
