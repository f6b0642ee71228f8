using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace NetGen;

/// <summary>
/// The temporary files of <see cref="AtomicFile"/>: their names, their creation, and the removal of those that a killed
/// process left behind.
/// </summary>
/// <remarks>
/// The process that writes such a file holds it open until it has its final name, and the system closes it when the process
/// ends. So if an exclusive open (<see cref="FileShare.None"/>) succeeds, no living process writes the file. The writer lets
/// others read, because after the rename and before the close they may already load the file.
/// </remarks>
internal static class TemporaryFile
{
    private const string Mark = ".tmp";
    private const int RandomLength = 32;
    private const int LongestName = 255;
    private const int Attempts = 10;

    /// <summary>Creates a temporary file in the folder of its target. It can be renamed while it is open.</summary>
    /// <param name="target">The file that it will replace.</param>
    /// <param name="path">The path of the temporary file; also set when creating it fails.</param>
    /// <param name="mode">Its permissions; null for the default.</param>
    public static FileStream Create(string target, out string path, UnixFileMode? mode)
    {
        for (int attempt = 1; ; attempt++)
        {
            path = Stem(target) + Guid.NewGuid().ToString("N");
            if (TryCreate(path, mode, isLast: attempt == Attempts) is not { } file) continue;
            if (File.Exists(path)) return file;

            // Between its creation and its lock, another process that saves took the file for a leftover and deleted it.
            file.Dispose();
        }
    }

    /// <summary>Removes the temporary files of a target that no living process writes.</summary>
    /// <param name="target">The file that they would have replaced.</param>
    /// <param name="own">The one that this process writes.</param>
    public static void RemoveLeftovers(string target, string own)
    {
        try
        {
            foreach (string path in Siblings(target))
            {
                // Opening a pipe would wait for its other end, so only regular files count.
                if (path == own || FileKind.IrregularItself(path) is not null) continue;

                // If even the own file can be opened exclusively, locks do not work (some network drives, or switched off), and nothing is removed.
                if (TryOpen(own, FileOptions.None)) return;
                TryOpen(path, FileOptions.DeleteOnClose);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed: the leftovers stay, and saving goes on.
        }
    }

    private static FileStream? TryCreate(string path, UnixFileMode? mode, bool isLast)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete };
        if (OperatingSystem.IsWindows() || mode is not { } wanted) return Open();
        options.UnixCreateMode = wanted;
        FileStream? file = Open();
        try
        {
            // The process's umask has removed permissions.
            if (file is not null) File.SetUnixFileMode(file.SafeFileHandle, wanted);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A drive without permissions. No more users can read the new file than the old one.
        }

        return file;

        FileStream? Open()
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException error) when (!isLast && error.GetType() == typeof(IOException))
            {
                // Another process took the file for a leftover, as in Create, and still has it open.
                return null;
            }
        }
    }

    private static bool TryOpen(string path, FileOptions options)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0, options);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The whole folder is read, but only names that match take memory: it may have a million others.
    private static FileSystemEnumerable<string> Siblings(string target)
    {
        string stem = Path.GetFileName(Stem(target));
        return new(
            Path.GetDirectoryName(target)!,
            (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => IsOf(stem, entry.FileName) && !entry.IsDirectory,
        };
    }

    private static bool IsOf(string stem, ReadOnlySpan<char> name) =>
        name.Length == stem.Length + RandomLength
        && name.StartsWith(stem)
        && name[stem.Length..].IndexOfAnyExcept("0123456789abcdef") < 0;

    // A name that is too long for a suffix is replaced by its hash.
    private static string Stem(string target)
    {
        string name = Path.GetFileName(target);
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length + Mark.Length + RandomLength > LongestName)
            name = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, RandomLength / 2));
        return Path.Join(Path.GetDirectoryName(target), name + Mark);
    }
}
