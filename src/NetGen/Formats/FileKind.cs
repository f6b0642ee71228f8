using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// Tells files from what only looks like one. .NET reports devices, pipes and sockets as files; putting a new file in
/// their place would delete them.
/// </summary>
internal static partial class FileKind
{
    /// <summary>The word for a folder.</summary>
    public const string Folder = "a folder";

    private const int CurrentDirectory = -100;
    private const int DoNotFollow = 0x100;
    private const uint TypeAndMode = 0x3;

    // struct statx of the Linux kernel, the same on every processor: 256 bytes, stx_mode at 28.
    private const int StatusLength = 256;
    private const int ModeOffset = 28;

    /// <summary>What a path leads to through symbolic links, unless that is a file or nothing.</summary>
    /// <param name="path">The path.</param>
    /// <returns>For example <c>a character device</c>; null for a regular file, for nothing, and for what cannot be told
    /// (outside Linux only folders can).</returns>
    public static string? Irregular(string path) => Irregular(path, flags: 0);

    /// <summary>The same of what is at a path itself, which may be a symbolic link.</summary>
    /// <param name="path">The path.</param>
    public static string? IrregularItself(string path) => Irregular(path, DoNotFollow);

    private static string? Irregular(string path, int flags)
    {
        if (OperatingSystem.IsLinux() && Mode(path, flags) is { } mode) return Name(mode);
        return Directory.Exists(path) ? Folder : null;
    }

    private static string? Name(int mode) => (mode & 0xF000) switch
    {
        0x8000 => null,
        0x1000 => "a pipe",
        0x2000 => "a character device",
        0x4000 => Folder,
        0x6000 => "a block device",
        0xA000 => "a symbolic link",
        0xC000 => "a socket",
        _ => "no regular file",
    };

    private static int? Mode(string path, int flags)
    {
        Span<byte> status = stackalloc byte[StatusLength];
        try
        {
            if (StatX(CurrentDirectory, path, flags, TypeAndMode, status) != 0) return null;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // A C library that does not have it yet.
            return null;
        }

        return BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt16LittleEndian(status[ModeOffset..])
            : BinaryPrimitives.ReadUInt16BigEndian(status[ModeOffset..]);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, Span<byte> status);
}
