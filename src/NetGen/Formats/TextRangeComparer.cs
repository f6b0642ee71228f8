namespace NetGen;

/// <summary>Compares pieces of a text by what they hold.</summary>
/// <param name="text">The text.</param>
internal sealed class TextRangeComparer(byte[] text) : IEqualityComparer<TextRange>
{
    /// <inheritdoc/>
    public bool Equals(TextRange x, TextRange y) => Bytes(x).SequenceEqual(Bytes(y));

    /// <inheritdoc/>
    public int GetHashCode(TextRange range)
    {
        // Seeded anew in every process, so that nobody can write a file whose names all collide.
        var hash = new HashCode();
        hash.AddBytes(Bytes(range));
        return hash.ToHashCode();
    }

    private ReadOnlySpan<byte> Bytes(TextRange range) => text.AsSpan(range.Start, range.Length);
}
