using System.Text;

namespace NetGen;

/// <summary>Recognises what people load by mistake: pages and pointers instead of the file, and other formats.</summary>
internal static class ForeignFile
{
    // A DOCTYPE or an XML declaration has its place in the first line.
    private const int HeadLength = 128;

    /// <summary>Says what a file is that is no safetensors file.</summary>
    /// <param name="prefix">Its first bytes.</param>
    /// <param name="text">What was read after them; may be empty.</param>
    /// <param name="stream">The rest, from which a little is read when <paramref name="text"/> is empty.</param>
    /// <returns>What it is and what to do, or null when it is nothing known.</returns>
    public static string? Recognise(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> text, Stream stream)
    {
        Span<byte> buffer = stackalloc byte[HeadLength];
        prefix.CopyTo(buffer);
        Span<byte> rest = buffer[prefix.Length..];
        int length = Math.Min(text.Length, rest.Length);
        text[..length].CopyTo(rest);
        if (length == 0) length = stream.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> head = buffer[..(prefix.Length + length)];

        if (head.StartsWith("version https://git-lfs"u8))
            return "It is a git-lfs pointer, which stands for a file that was not downloaded; run 'git lfs pull'.";
        if (head.StartsWith("PK\u0003\u0004"u8))
            return "It is a ZIP archive, as torch.save writes (.pt); save the state_dict with safetensors.torch.save_file instead.";
        if (head is [0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, ..] or [0x80, 4 or 5, 0x95, ..])
            return "It is a Python pickle, as older versions of torch.save wrote (.pt); save the state_dict with safetensors.torch.save_file instead.";
        if (head.StartsWith("\uFEFF"u8)) head = head[3..];
        head = head.TrimStart(" \t\r\n"u8);
        if (StartsWith(head, "<!doctype html") || StartsWith(head, "<html") || StartsWith(head, "<head") || StartsWith(head, "<!--"))
            return "It is an HTML page, as servers send when the address is wrong or a login is needed; download the file itself.";
        return StartsWith(head, "<?xml")
            ? "It is an XML document, as servers send to report an error; download the file itself."
            : null;
    }

    private static bool StartsWith(ReadOnlySpan<byte> head, string start) =>
        head.Length >= start.Length && Ascii.EqualsIgnoreCase(head[..start.Length], start);
}
