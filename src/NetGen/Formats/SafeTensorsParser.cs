using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace NetGen;

/// <summary>
/// Reads the JSON of a safetensors header in one pass. Names stay where they are in the header and are compared there, so
/// that the memory for a tensor is some dozens of bytes, whatever the header says.
/// </summary>
internal sealed class SafeTensorsParser
{
    private const string Type = "dtype";
    private const string Shape = "shape";
    private const string Offsets = "data_offsets";

    private readonly byte[] _text;
    private readonly FaultList _faults;
    private readonly TextRangeComparer _comparer;

    // The tensor that is being read, for messages.
    private TextRange? _tensor;

    // How far lines are counted. They are counted before a string is unescaped, which may add line breaks that are not in the file.
    private int _counted;
    private long _lines;
    private int _lineStart;

    private SafeTensorsParser(byte[] text, FaultList faults)
    {
        _text = text;
        _faults = faults;
        _comparer = new TextRangeComparer(text);
    }

    /// <summary>The tensors, in the order of the header.</summary>
    public List<SafeTensorsEntry> Entries { get; } = [];

    /// <summary>The value of <see cref="SafeTensorsHeader.VersionName"/>.</summary>
    public TextRange? Version { get; private set; }

    /// <summary>The value of <see cref="SafeTensorsHeader.LayersName"/>.</summary>
    public TextRange? Layers { get; private set; }

    /// <summary>The value of <see cref="SafeTensorsHeader.CheckpointName"/>.</summary>
    public TextRange? Checkpoint { get; private set; }

    /// <summary>Reads a header.</summary>
    /// <param name="text">The header, beginning with <c>{</c>. Escaped names are replaced by what they stand for.</param>
    /// <param name="faults">Receives what is wrong.</param>
    /// <returns>What it says, or null when it cannot be understood.</returns>
    public static SafeTensorsParser? Parse(byte[] text, FaultList faults)
    {
        if (!Utf8.IsValid(text))
        {
            faults.Add($"The header is malformed: it is not UTF-8 at byte {ValidLength(text)}.");
            return null;
        }

        var parser = new SafeTensorsParser(text, faults);
        var json = new Utf8JsonReader(text);
        try
        {
            parser.Parse(ref json);
            return parser;
        }
        catch (HeaderException error)
        {
            faults.Add($"The header is malformed at byte {json.TokenStartIndex}: {error.Message}");
        }
        catch (JsonException error)
        {
            faults.Add($"The header is malformed at byte {parser.Position(error)}{parser.InTensor}: {Reason(error)}");
        }
        catch (InvalidOperationException)
        {
            // What the reader throws for such an escape.
            faults.Add($"The header is malformed at byte {json.TokenStartIndex}{parser.InTensor}: a string has an escape that is half a surrogate pair.");
        }

        return null;
    }

    private string InTensor => _tensor is { } tensor ? ", in " + Quote(tensor) : "";

    private void Parse(ref Utf8JsonReader json)
    {
        json.Read();
        var names = new HashSet<TextRange>(_comparer);
        while (NextName(ref json) is { } name)
        {
            if (!names.Add(name)) throw new HeaderException($"{Quote(name)} occurs twice in the header.");
            if (Is(name, SafeTensorsHeader.MetadataName))
            {
                ParseMetadata(ref json);
            }
            else
            {
                _tensor = name;
                ParseEntry(ref json, name);
                _tensor = null;
            }
        }

        // Reports anything but white space after the object.
        json.Read();
    }

    // Reads the name of the next property; null at the end of the object.
    private TextRange? NextName(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.EndObject ? null : String(ref json);
    }

    // The string at the reader's position. An escaped string is unescaped in place, which never makes it longer.
    private TextRange String(ref Utf8JsonReader json)
    {
        int start = (int)json.TokenStartIndex + 1;
        if (!json.ValueIsEscaped) return new TextRange(start, json.ValueSpan.Length);
        CountLines(long.MaxValue, start);
        _counted = start + json.ValueSpan.Length;
        byte[] unescaped = ArrayPool<byte>.Shared.Rent(json.ValueSpan.Length);
        try
        {
            int length = json.CopyString(unescaped);
            unescaped.AsSpan(0, length).CopyTo(_text.AsSpan(start));
            return new TextRange(start, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(unescaped);
        }
    }

    private void ParseMetadata(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return;
        if (json.TokenType != JsonTokenType.StartObject)
            throw new HeaderException($"{SafeTensorsHeader.MetadataName} is no object.");
        var names = new HashSet<TextRange>(_comparer);
        while (NextName(ref json) is { } name)
        {
            if (!names.Add(name))
                throw new HeaderException($"{Quote(name)} occurs twice in {SafeTensorsHeader.MetadataName}.");
            json.Read();
            if (json.TokenType != JsonTokenType.String)
                throw new HeaderException($"{Quote(name)} in {SafeTensorsHeader.MetadataName} is no string.");
            if (Is(name, SafeTensorsHeader.VersionName)) Version = String(ref json);
            if (Is(name, SafeTensorsHeader.LayersName)) Layers = String(ref json);
            else if (Is(name, SafeTensorsHeader.CheckpointName)) Checkpoint = String(ref json);
        }
    }

    private void ParseEntry(ref Utf8JsonReader json, TextRange tensor)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) throw new HeaderException($"{Quote(tensor)} is no object.");
        TextRange? type = null;
        int? shapeStart = null;
        ulong? elements = 0;
        (ulong Begin, ulong End)? offsets = null;
        HashSet<TextRange>? others = null;
        while (NextName(ref json) is { } name)
        {
            json.Read();
            if (Is(name, Type))
            {
                CheckFirst(type is null, Type, tensor);
                if (json.TokenType != JsonTokenType.String) throw new HeaderException($"{Type} of {Quote(tensor)} is no string.");
                type = String(ref json);
            }
            else if (Is(name, Shape))
            {
                CheckFirst(shapeStart is null, Shape, tensor);
                shapeStart = (int)json.TokenStartIndex;
                elements = ParseShape(ref json, tensor);
            }
            else if (Is(name, Offsets))
            {
                CheckFirst(offsets is null, Offsets, tensor);
                offsets = ParseOffsets(ref json, tensor);
            }
            else
            {
                others ??= new HashSet<TextRange>(_comparer);
                if (!others.Add(name)) throw new HeaderException($"{Quote(name)} occurs twice in {Quote(tensor)}.");
                json.Skip();
            }
        }

        if (type is null) throw Missing(tensor, Type);
        if (shapeStart is null) throw Missing(tensor, Shape);
        if (offsets is not var (begin, end)) throw Missing(tensor, Offsets);
        string? known = TensorType.Find(_text.AsSpan(type.Value.Start, type.Value.Length));
        if (known is null) _faults.Add($"{Quote(tensor)} has the unknown type {Quote(type.Value)}.");
        else CheckSize(tensor, known, shapeStart.Value, elements, begin, end);
        Entries.Add(new SafeTensorsEntry(tensor, shapeStart.Value, known, begin, end));
    }

    // The number of elements, or null when it is beyond 2^64.
    private ulong? ParseShape(ref Utf8JsonReader json, TextRange tensor)
    {
        ulong? product = 1;
        for (StartArray(ref json, tensor, Shape); NextNumber(ref json, tensor, Shape) is { } dimension;)
            product = product is { } elements ? Product(elements, dimension) : null;
        return product;
    }

    private (ulong Begin, ulong End) ParseOffsets(ref Utf8JsonReader json, TextRange tensor)
    {
        int count = 0;
        ulong begin = 0, end = 0;
        for (StartArray(ref json, tensor, Offsets); NextNumber(ref json, tensor, Offsets) is { } offset; count++)
            (begin, end) = (end, offset);
        if (count != 2)
            throw new HeaderException(FormattableString.Invariant($"{Offsets} of {Quote(tensor)} has {count} numbers instead of 2."));
        return (begin, end);
    }

    private void StartArray(ref Utf8JsonReader json, TextRange tensor, string key)
    {
        if (json.TokenType != JsonTokenType.StartArray) throw new HeaderException($"{key} of {Quote(tensor)} is no array.");
    }

    private ulong? NextNumber(ref Utf8JsonReader json, TextRange tensor, string key)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.EndArray) return null;
        return SafeTensorsHeader.IsNumber(ref json, out ulong number)
            ? number
            : throw new HeaderException($"{key} of {Quote(tensor)} has an element that is no whole number from 0 to 2^64 - 1.");
    }

    private void CheckSize(TextRange tensor, string type, int shapeStart, ulong? elements, ulong begin, ulong end)
    {
        if (elements is not { } count || Product(count, (ulong)TensorType.Bits(type)) is not { } bits)
            _faults.Add($"{Quote(tensor)} of shape {SafeTensorsHeader.ShapeText(_text, shapeStart)} is larger than 2^64 bits.");
        else if (begin > end || bits % 8 != 0 || bits / 8 != end - begin)
            _faults.Add($"{Quote(tensor)} of type {type} and shape {SafeTensorsHeader.ShapeText(_text, shapeStart)} needs {bits / 8} bytes, but its offsets go from {begin} to {end}.");
    }

    private void CheckFirst(bool isFirst, string key, TextRange tensor)
    {
        if (!isFirst) throw new HeaderException($"'{key}' occurs twice in {Quote(tensor)}.");
    }

    private HeaderException Missing(TextRange tensor, string key) => new($"{Quote(tensor)} has no {key}.");

    private static ulong? Product(ulong a, ulong b) => Math.BigMul(a, b, out ulong low) == 0 ? low : null;

    private bool Is(TextRange name, string expected) => Ascii.Equals(_text.AsSpan(name.Start, name.Length), expected);

    private string Quote(TextRange name) => QuotedText.Quote(_text.AsSpan(name.Start, name.Length));

    private static int ValidLength(ReadOnlySpan<byte> text)
    {
        Span<char> decoded = stackalloc char[256];
        int valid = 0;
        while (Utf8.ToUtf16(text[valid..], decoded, out int read, out _, replaceInvalidSequences: false) == OperationStatus.DestinationTooSmall)
            valid += read;
        Utf8.ToUtf16(text[valid..], decoded, out int last, out _, replaceInvalidSequences: false);
        return valid + last;
    }

    // The reader reports a line, from 0; a byte offset is easier to find in a header.
    private long Position(JsonException error)
    {
        CountLines(error.LineNumber ?? 0, _text.Length);
        return _lineStart + (error.BytePositionInLine ?? 0);
    }

    // Counts lines up to a line or to a position, whichever comes first.
    private void CountLines(long line, int end)
    {
        while (_lines < line && _text.AsSpan(_counted, end - _counted).IndexOf((byte)'\n') is >= 0 and var length)
        {
            _counted += length + 1;
            _lineStart = _counted;
            _lines++;
        }
    }

    // The reader's message without the line and position at its end.
    private static string Reason(JsonException error)
    {
        int end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        byte[] message = Encoding.UTF8.GetBytes(end < 0 ? error.Message : error.Message[..end]);
        return QuotedText.Clean(message);
    }

    /// <summary>The header is JSON, but not that of tensors.</summary>
    private sealed class HeaderException(string message) : Exception(message);
}
