using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NetGen;

/// <summary>
/// The header of a safetensors file: eight bytes of length, then a JSON object that gives type, shape and place of every
/// tensor. Files come from anywhere, so nothing in it is trusted: lengths are compared with the file before memory is
/// taken, products are checked for overflow, and the tensors must cover the data exactly.
/// </summary>
internal sealed class SafeTensorsHeader
{
    /// <summary>The key of the metadata, a table of texts; all other keys are tensors.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The metadata that gives the version of NetGen's weight files.</summary>
    public const string VersionName = "netgen.format";

    /// <summary>The metadata that lists the layers of the network that was saved.</summary>
    public const string LayersName = "netgen.layers";

    /// <summary>The metadata that makes a weight file a checkpoint: the state of a training, as JSON.</summary>
    public const string CheckpointName = "netgen.checkpoint";

    // The limit of the reference implementation.
    internal const int LongestHeader = 100_000_000;
    private const int LengthBytes = sizeof(ulong);
    private const int FirstStep = 1 << 16;

    // No tensor of a network has more dimensions, and a message shows no more.
    private const int MaxDimensionsShown = 8;

    private readonly byte[] _text;

    private SafeTensorsHeader(byte[] text, SafeTensorsParser parsed)
    {
        _text = text;
        Entries = parsed.Entries;
        Version = parsed.Version;
        Layers = parsed.Layers;
        Checkpoint = parsed.Checkpoint;
    }

    /// <summary>The tensors, in the order of their data.</summary>
    public List<SafeTensorsEntry> Entries { get; }

    /// <summary>The value of <see cref="VersionName"/>, when the file has it.</summary>
    public TextRange? Version { get; }

    /// <summary>The value of <see cref="LayersName"/>, when the file has it.</summary>
    public TextRange? Layers { get; }

    /// <summary>The value of <see cref="CheckpointName"/>, when the file has it.</summary>
    public TextRange? Checkpoint { get; }

    /// <summary>
    /// Reads and checks the header of a file, and leaves the stream at the first byte of the data.
    /// </summary>
    /// <param name="stream">The file.</param>
    /// <param name="available">Number of bytes from here to the end of the file, if that can be known.</param>
    /// <param name="faults">Receives what is wrong.</param>
    /// <returns>The header, or null when it cannot be understood at all. With faults, offsets are not to be used.</returns>
    public static SafeTensorsHeader? Read(Stream stream, long? available, FaultList faults)
    {
        Span<byte> prefix = stackalloc byte[LengthBytes];
        int got = stream.ReadAtLeast(prefix, LengthBytes, throwOnEndOfStream: false);
        if (got < LengthBytes)
        {
            faults.Add($"The file has {got} bytes; a safetensors file begins with {LengthBytes} bytes of header length.");
            return null;
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        long? following = available - LengthBytes;
        byte[] text = length > LongestHeader || (long)length > following ? [] : ReadText(stream, (int)length, following.HasValue);
        bool isWhole = (ulong)text.Length == length;
        if (!isWhole || text is not [(byte)'{', ..])
        {
            if (ForeignFile.Recognise(prefix, text, stream) is { } foreign) faults.Add($"{foreign}");
            else if (length > LongestHeader)
                faults.Add($"The header claims {length} bytes; at most {LongestHeader} are allowed. Is it a safetensors file?");
            else if (!isWhole)
                faults.Add($"The header claims {length} bytes, but only {following ?? text.Length} follow its length.");
            else
                faults.Add($"The header is malformed: it does not begin with '{{'{Instead(text)}.");
            return null;
        }

        if (SafeTensorsParser.Parse(text, faults) is not { } parsed) return null;
        var header = new SafeTensorsHeader(text, parsed);
        header.CheckOffsets(following - text.Length, faults);
        return header;
    }

    /// <summary>A piece of the header.</summary>
    public ReadOnlySpan<byte> this[TextRange range] => _text.AsSpan(range.Start, range.Length);

    /// <summary>The shape of a tensor as text, for example <c>[32, 1, 3, 3]</c>.</summary>
    public string ShapeText(SafeTensorsEntry entry) => ShapeText(_text, entry.ShapeStart);

    /// <summary>The shape at a place of a header, as text.</summary>
    public static string ShapeText(ReadOnlySpan<byte> header, int start)
    {
        var text = new StringBuilder("[");
        var json = new Utf8JsonReader(header[start..], isFinalBlock: false, default);
        json.Read();
        for (int i = 0; json.Read() && IsNumber(ref json, out ulong dimension); i++)
        {
            if (i > 0) text.Append(", ");
            if (i == MaxDimensionsShown) return text.Append("…]").ToString();
            text.Append(CultureInfo.InvariantCulture, $"{dimension}");
        }

        return text.Append(']').ToString();
    }

    /// <summary>Whether a tensor has the given dimensions.</summary>
    public bool HasShape(SafeTensorsEntry entry, ReadOnlySpan<int> shape)
    {
        var json = new Utf8JsonReader(_text.AsSpan(entry.ShapeStart), isFinalBlock: false, default);
        json.Read();
        foreach (int expected in shape)
        {
            if (!json.Read() || !IsNumber(ref json, out ulong dimension) || dimension != (ulong)expected) return false;
        }

        return json.Read() && json.TokenType == JsonTokenType.EndArray;
    }

    /// <summary>Whether the reader stands at a whole number from 0 to 2^64 - 1.</summary>
    public static bool IsNumber(ref Utf8JsonReader json, out ulong number)
    {
        number = 0;
        return json.TokenType == JsonTokenType.Number && json.TryGetUInt64(out number);
    }

    // Allocates as bytes arrive, unless it is certain that they are there. If the file ends early, the result is shorter.
    private static byte[] ReadText(Stream stream, int length, bool isCertain)
    {
        byte[] text = new byte[isCertain ? length : Math.Min(length, FirstStep)];
        int filled = 0;
        while (true)
        {
            filled += stream.ReadAtLeast(text.AsSpan(filled), text.Length - filled, throwOnEndOfStream: false);
            if (filled < text.Length) return text[..filled];
            if (filled == length) return text;
            Array.Resize(ref text, (int)Math.Min(length, 2L * text.Length));
        }
    }

    private static string Instead(ReadOnlySpan<byte> text) => text.IsEmpty ? ", but is empty" : $" but with {QuotedText.Quote(text[..1])}";

    private void CheckOffsets(long? dataLength, FaultList faults)
    {
        Entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        ulong end = 0;
        foreach (SafeTensorsEntry entry in Entries)
        {
            if (entry.Begin != end)
                faults.Add($"{QuotedText.Quote(this[entry.Name])} begins at byte {entry.Begin} of the data, but the tensors in front of it end at {end}.");
            end = entry.End;
        }

        if (dataLength is { } length && end != (ulong)length)
            faults.Add($"The tensors end at byte {end} of the data, but the file has {length} bytes of data.");
    }
}
