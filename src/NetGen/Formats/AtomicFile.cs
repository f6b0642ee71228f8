namespace NetGen;

/// <summary>
/// A file that comes to be all at once: it is written beside its place and put there by <see cref="Commit"/>. Without
/// that, whatever was at its place stays as it was.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private bool _committed;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it shall be; a symbolic link is followed.</param>
    /// <param name="decorate">Wraps the stream that writes the temporary file.</param>
    public AtomicFile(string path, Func<Stream, Stream>? decorate = null)
    {
        bool isLink = new FileInfo(path).LinkTarget is not null;
        _target = Path.GetFullPath(isLink ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName : path);
        _temporary = $"{_target}.tmp{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };

        // Who may read the old file shall be who may read the new one.
        if (!OperatingSystem.IsWindows() && File.Exists(_target)) options.UnixCreateMode = File.GetUnixFileMode(_target);
        var file = new FileStream(_temporary, options);
        Stream = decorate is null ? file : decorate(file);
    }

    /// <summary>What is written here becomes the file's content.</summary>
    public Stream Stream { get; }

    /// <summary>Brings the content to the disk and the file to its place.</summary>
    public void Commit()
    {
        Stream.Flush();
        if (Stream is FileStream file) file.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporary, _target, overwrite: true);
        _committed = true;
    }

    /// <summary>Closes the file; if it was not committed, no trace of it is left.</summary>
    public void Dispose()
    {
        if (_committed) return;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // Closing writes what is still buffered, which fails on the same full disk; the first error is the one to tell.
        }

        try
        {
            File.Delete(_temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // As above: what went wrong first is under way to the caller.
        }
    }
}
