using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace NetGen;

/// <summary>
/// The header of a safetensors file: eight bytes of length, then a JSON object that gives type, shape and place of every
/// tensor. Files come from anywhere, so nothing in it is believed: lengths are compared with the file before memory is
/// taken, products are checked for overflow, and the tensors must cover the data exactly.
/// </summary>
internal sealed class SafeTensorsHeader
{
    /// <summary>The one key of the header that is no tensor: text by name, for people.</summary>
    public const string MetadataName = "__metadata__";

    // The limit of the reference implementation.
    private const int LongestHeader = 100_000_000;
    private const int LengthBytes = sizeof(ulong);
    private const int LongestQuotation = 80;

    private SafeTensorsHeader(long dataStart, List<SafeTensorsEntry> entries)
    {
        DataStart = dataStart;
        Entries = entries;
    }

    /// <summary>Where the data begins in the file; offsets count from here.</summary>
    public long DataStart { get; }

    /// <summary>The tensors, in the order of their data.</summary>
    public List<SafeTensorsEntry> Entries { get; }

    /// <summary>Reads and checks the header of a file.</summary>
    /// <param name="file">The file, at its beginning.</param>
    /// <param name="faults">Receives what is wrong.</param>
    /// <returns>The header, or null when it cannot be understood at all. With faults, offsets are not to be used.</returns>
    public static SafeTensorsHeader? Read(Stream file, ImmutableArray<string>.Builder faults)
    {
        long fileLength = file.Length;
        if (fileLength < LengthBytes)
        {
            faults.Add(FormattableString.Invariant($"The file has {fileLength} bytes; a safetensors file begins with {LengthBytes} bytes of header length."));
            return null;
        }

        Span<byte> prefix = stackalloc byte[LengthBytes];
        file.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader)
        {
            faults.Add(FormattableString.Invariant($"The header claims {length} bytes; at most {LongestHeader} are allowed. Is it a safetensors file?"));
            return null;
        }

        if ((long)length > fileLength - LengthBytes)
        {
            faults.Add(FormattableString.Invariant($"The header claims {length} bytes, but only {fileLength - LengthBytes} follow its length."));
            return null;
        }

        byte[] text = new byte[length];
        file.ReadExactly(text);
        List<SafeTensorsEntry> entries;
        try
        {
            entries = Parse(text);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The reader throws the second for an escape that is half a surrogate pair.
            faults.Add($"The header is malformed: {Clean(error.Message)}");
            return null;
        }

        long dataStart = LengthBytes + (long)length;
        foreach (SafeTensorsEntry entry in entries) CheckSize(entry, faults);
        CheckOffsets(entries, (ulong)(fileLength - dataStart), faults);
        return new SafeTensorsHeader(dataStart, entries);
    }

    /// <summary>A name from a file, made fit for a message: quoted, without control characters, not too long.</summary>
    public static string Quote(string name) =>
        name.Length <= LongestQuotation ? $"'{Clean(name)}'" : $"'{Clean(name[..LongestQuotation])}…'";

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (char c in text) clean.Append(char.IsControl(c) ? '\uFFFD' : c);
        return clean.ToString();
    }

    private static List<SafeTensorsEntry> Parse(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != '{') throw new JsonException("it does not begin with '{'.");
        if (!Utf8.IsValid(text)) throw new JsonException("it is not UTF-8.");
        var json = new Utf8JsonReader(text);
        json.Read();
        var entries = new List<SafeTensorsEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (NextProperty(ref json, names, "the header") is { } name)
        {
            if (name == MetadataName) SkipMetadata(ref json);
            else entries.Add(ParseEntry(ref json, name));
        }

        // Reports anything but white space behind the object.
        json.Read();
        return entries;
    }

    // Steps to the next property's name, or over the end of the object.
    private static string? NextProperty(ref Utf8JsonReader json, HashSet<string> names, string owner)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.EndObject) return null;
        string name = json.GetString()!;
        if (!names.Add(name)) throw new JsonException($"{Quote(name)} occurs twice in {owner}.");
        return name;
    }

    private static void SkipMetadata(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return;
        if (json.TokenType != JsonTokenType.StartObject) throw new JsonException($"{MetadataName} is no object.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (NextProperty(ref json, names, MetadataName) is { } name)
        {
            json.Read();
            if (json.TokenType != JsonTokenType.String)
                throw new JsonException($"{Quote(name)} in {MetadataName} is no string.");
        }
    }

    private static SafeTensorsEntry ParseEntry(ref Utf8JsonReader json, string tensor)
    {
        string quoted = Quote(tensor);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) throw new JsonException($"{quoted} is no object.");
        string? type = null;
        List<ulong>? shape = null;
        List<ulong>? offsets = null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (NextProperty(ref json, names, quoted) is { } name)
        {
            json.Read();
            switch (name)
            {
                case "dtype" when json.TokenType == JsonTokenType.String:
                    type = json.GetString();
                    break;
                case "dtype":
                    throw new JsonException($"dtype of {quoted} is no string.");
                case "shape":
                    shape = ParseNumbers(ref json, $"shape of {quoted}");
                    break;
                case "data_offsets":
                    offsets = ParseNumbers(ref json, $"data_offsets of {quoted}");
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        if (type is null) throw new JsonException($"{quoted} has no dtype.");
        if (shape is null) throw new JsonException($"{quoted} has no shape.");
        if (offsets is null) throw new JsonException($"{quoted} has no data_offsets.");
        if (offsets.Count != 2)
            throw new JsonException(FormattableString.Invariant($"data_offsets of {quoted} has {offsets.Count} numbers instead of 2."));
        return new SafeTensorsEntry(tensor, type, shape, offsets[0], offsets[1]);
    }

    private static List<ulong> ParseNumbers(ref Utf8JsonReader json, string owner)
    {
        if (json.TokenType != JsonTokenType.StartArray) throw new JsonException($"{owner} is no array.");
        var numbers = new List<ulong>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetUInt64(out ulong number))
                throw new JsonException($"{owner} has an element that is no whole number from 0 to 2^64 - 1.");
            numbers.Add(number);
        }

        return numbers;
    }

    private static void CheckSize(SafeTensorsEntry entry, ImmutableArray<string>.Builder faults)
    {
        string name = Quote(entry.Name);
        int bits = TensorType.Bits(entry.Type);
        if (bits == 0)
        {
            faults.Add($"{name} has the unknown type {Quote(entry.Type)}.");
            return;
        }

        ulong size = (ulong)bits;
        try
        {
            foreach (ulong dimension in entry.Shape) size = checked(size * dimension);
        }
        catch (OverflowException)
        {
            faults.Add($"{name} of shape {entry.ShapeText} is larger than 2^64 bits.");
            return;
        }

        if (entry.Begin > entry.End || size % 8 != 0 || size / 8 != entry.End - entry.Begin)
            faults.Add(FormattableString.Invariant($"{name} of type {entry.Type} and shape {entry.ShapeText} needs {size / 8} bytes, but its offsets go from {entry.Begin} to {entry.End}."));
    }

    private static void CheckOffsets(List<SafeTensorsEntry> entries, ulong dataLength, ImmutableArray<string>.Builder faults)
    {
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        ulong end = 0;
        foreach (SafeTensorsEntry entry in entries)
        {
            if (entry.Begin != end)
                faults.Add(FormattableString.Invariant($"{Quote(entry.Name)} begins at byte {entry.Begin} of the data, but the tensors in front of it end at {end}."));
            end = entry.End;
        }

        if (end != dataLength)
            faults.Add(FormattableString.Invariant($"The tensors end at byte {end} of the data, but the file has {dataLength} bytes of data."));
    }
}
