using System.Buffers.Binary;
using System.Text;

using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Goes through the chunks of a PNG file, after the signature.</summary>
internal ref struct PngChunks
{
    private static readonly uint[] CrcTable = MakeCrcTable();

    private ReadOnlySpan<byte> _rest;

    /// <summary>Begins with the first chunk.</summary>
    /// <param name="file">The file.</param>
    public PngChunks(ReadOnlySpan<byte> file)
    {
        _rest = file[Signature.Length..];
    }

    /// <summary>The bytes with which a file begins.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>The type of the chunk, four letters.</summary>
    public string Type { get; private set; } = "";

    /// <summary>The data of the chunk.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Goes to the next chunk.</summary>
    /// <exception cref="InvalidDataException">The file ends, or the chunk is damaged.</exception>
    public void Next()
    {
        if (_rest.Length < 12)
            throw new InvalidDataException("it is cut short: it ends before its last chunk");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(_rest);
        Type = Encoding.Latin1.GetString(_rest[4..8]);
        if (length > _rest.Length - 12)
        {
            throw new InvalidDataException(Invariant(
                $"it is cut short: a chunk announces {length} bytes, and there are {_rest.Length - 12}"));
        }
        Data = _rest.Slice(8, (int)length);
        if (Crc(_rest.Slice(4, (int)length + 4)) != BinaryPrimitives.ReadUInt32BigEndian(_rest[((int)length + 8)..]))
            throw new InvalidDataException($"it is damaged: the checksum of the chunk {Quote.Text(Type)} is wrong");
        _rest = _rest[((int)length + 12)..];
    }

    /// <summary>The checksum of the standard (ISO 3309, CRC-32).</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            table[i] = value;
        }
        return table;
    }
}
