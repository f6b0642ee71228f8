using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// Tells regular files from devices, pipes and sockets, which .NET also reports as files. Replacing one of these with a new
/// file would delete it.
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

    /// <summary>What is at a path, after symbolic links, if it is not a regular file.</summary>
    /// <param name="path">The path.</param>
    /// <returns>For example <c>a character device</c>; null for a regular file, for nothing, and for what cannot be told
    /// (outside Linux only folders can).</returns>
    public static string? Irregular(string path) => Irregular(path, flags: 0);

    /// <summary>As <see cref="Irregular(string)"/>, but a symbolic link is not followed.</summary>
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
            // An old C library, without statx.
            return null;
        }

        return BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt16LittleEndian(status[ModeOffset..])
            : BinaryPrimitives.ReadUInt16BigEndian(status[ModeOffset..]);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, Span<byte> status);
}
