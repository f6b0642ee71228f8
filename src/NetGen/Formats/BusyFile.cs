namespace NetGen;

/// <summary>
/// Reads and replaces a file that other processes may read and replace at the same time. Where the system lets only one process
/// open it, the others try again for a second: nobody holds the file for long.
/// </summary>
internal static class BusyFile
{
    private const int Attempts = 100;
    private const int Milliseconds = 10;

    // The systems' error codes for a file that another process holds.
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <remarks>
    /// Sharing allows writing, because the process that has just saved the file still has it open for a moment, and deleting, because
    /// the file may be replaced while it is read. On Unix, a third process that saves may hold the file for a moment: it took it for a
    /// leftover (<see cref="TemporaryFile.RemoveLeftovers"/>) just before the file got its final name.
    /// </remarks>
    public static FileStream OpenRead(string path) => WhenFree(
        () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0),
        IsHeldByAnother);

    /// <summary>Moves a file to the place of another.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">Its place.</param>
    /// <remarks>Windows does not replace a file that a process has open, with any sharing; it reports that access is denied.</remarks>
    public static void Replace(string path, string target) => WhenFree(
        () =>
        {
            File.Move(path, target, overwrite: true);
            return true;
        },
        error => OperatingSystem.IsWindows() && (error is UnauthorizedAccessException || IsHeldByAnother(error)));

    private static bool IsHeldByAnother(Exception error) => error is IOException && error.HResult == Held;

    private static int Held => OperatingSystem.IsWindows() ? WindowsSharingViolation
        : OperatingSystem.IsLinux() ? LinuxWouldBlock
        : MacWouldBlock;

    private static T WhenFree<T>(Func<T> use, Func<Exception, bool> isBusy)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return use();
            }
            catch (Exception error) when (attempt < Attempts && isBusy(error))
            {
                Thread.Sleep(Milliseconds);
            }
        }
    }
}
