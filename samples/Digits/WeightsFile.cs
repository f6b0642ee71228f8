using System.Formats.Tar;
using static System.FormattableString;

namespace Digits;

/// <summary>The file that the weights are saved to: looked at before the training, so that nothing learnt is lost after it.</summary>
internal static class WeightsFile
{
    private const int BlockLength = 1 << 16;

    /// <summary>Folders to save to when the user's place fails, the best one first.</summary>
    public static IReadOnlyList<string> OtherFolders { get; } = [AppFolder.Path, Path.GetTempPath()];

    /// <summary>
    /// Makes the file's folder and writes as many bytes there as the weights will have, then removes them: free space that
    /// the system reports says nothing about quotas. An older file there is no obstacle, but a folder, a pipe or a device is.
    /// </summary>
    /// <param name="path">Where the weights shall go.</param>
    /// <param name="length">How many bytes they have.</param>
    /// <exception cref="IOException">The file cannot be written there; the message says why.</exception>
    public static void Check(string path, long length)
    {
        string target = FinalTarget(path);
        string folder = Path.GetDirectoryName(target)!;
        string probe = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            if (Path.EndsInDirectorySeparator(target) || Directory.Exists(target))
                throw new IOException("It is a folder.");
            if (!IsRegularOrMissing(target))
                throw new IOException("It is no regular file.");
            Directory.CreateDirectory(folder);
            Fill(probe, length);
        }
        catch (Exception e) when (IsFault(e))
        {
            string reason = e.Message.Replace(probe, target, StringComparison.Ordinal);
            throw new IOException(
                Invariant($"The weights ({length} bytes) cannot be saved to '{path}'; --weights FILE names another place. {reason}"), e);
        }
    }

    /// <summary>
    /// Pipes, sockets and devices are files to .NET, with a length of 0, and opening one may wait or do something. An archive
    /// notes what a file is without opening it.
    /// </summary>
    private static bool IsRegularOrMissing(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > 0)
            return true;

        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            try
            {
                writer.WriteEntry(path, "file");
            }
            catch (IOException)
            {
                // A socket: archives have no place for it.
                return false;
            }
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()?.EntryType == TarEntryType.RegularFile;
    }

    /// <summary>Saves the weights, in another folder under a new name if the user's place fails.</summary>
    /// <param name="path">Where the weights shall go.</param>
    /// <param name="save">Writes them to a file.</param>
    /// <param name="otherFolders">Where else to try, in this order.</param>
    /// <returns>Where they are, and why they are not where they should be.</returns>
    /// <exception cref="IOException">No place took them; the message says why of each.</exception>
    public static SavedWeights Save(string path, Action<string> save, IReadOnlyList<string> otherFolders)
    {
        List<string> reasons = [];
        if (TrySave(path, save, reasons))
            return new SavedWeights(path, null);

        foreach (string folder in otherFolders)
        {
            string other = NewName(folder, Path.GetFileName(path));
            if (TrySave(other, save, reasons))
                return new SavedWeights(other, reasons[0]);
        }

        throw new IOException($"The weights could not be saved. {string.Join(' ', reasons)}");
    }

    private static bool TrySave(string path, Action<string> save, List<string> reasons)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            save(path);
            return true;
        }
        catch (Exception e) when (IsFault(e))
        {
            reasons.Add($"'{path}': {e.Message}");
            return false;
        }
    }

    private static void Fill(string path, long length)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            PreallocationSize = length,
            Options = FileOptions.DeleteOnClose,
        });
        byte[] block = new byte[BlockLength];
        for (long left = length; left > 0; left -= BlockLength)
            file.Write(block, 0, (int)Math.Min(BlockLength, left));
        file.Flush(flushToDisk: true);
    }

    /// <summary>A name that is free: the weights of an earlier run are not replaced by chance.</summary>
    private static string NewName(string folder, string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        string extension = Path.GetExtension(file);
        string path = Path.Combine(folder, file);
        for (int i = 2; File.Exists(path); i++)
            path = Path.Combine(folder, Invariant($"{name}-{i}{extension}"));
        return path;
    }

    /// <summary>Saving follows symbolic links, so what counts is the folder behind them.</summary>
    private static string FinalTarget(string path) =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    private static bool IsFault(Exception e) => e is IOException or UnauthorizedAccessException;
}
