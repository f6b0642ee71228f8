namespace NetGen;

/// <summary>
/// A file that is replaced as a whole or not at all: the content is written to a temporary file in the same folder, which
/// <see cref="Commit"/> moves to the path. Without a commit, an older file stays as it was.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _target;
    private readonly string _temporary;
    private bool _committed;

    /// <summary>Creates the temporary file, and removes those that killed processes left of earlier saves to this path.</summary>
    /// <param name="path">The path of the file; a symbolic link is followed.</param>
    /// <param name="decorate">Wraps the stream that writes the temporary file.</param>
    /// <exception cref="IOException">The file cannot be made, or something is there that is no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made there, or a folder is there.</exception>
    public AtomicFile(string path, Func<Stream, Stream>? decorate = null)
    {
        _path = path;
        _target = path;
        _temporary = path;
        try
        {
            RefuseIrregular(path);
            bool isLink = new FileInfo(path).LinkTarget is not null;
            _target = Path.GetFullPath(isLink ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName : path);

            // The new file gets the permissions of the old one.
            UnixFileMode? mode = !OperatingSystem.IsWindows() && File.Exists(_target) ? File.GetUnixFileMode(_target) : null;
            FileStream file = TemporaryFile.Create(_target, out _temporary, mode);
            TemporaryFile.RemoveLeftovers(_target, _temporary);
            Stream = decorate is null ? file : decorate(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Named(error);
        }
    }

    /// <summary>What is written here becomes the file's content.</summary>
    public Stream Stream { get; }

    /// <summary>Brings the content to the disk and the file to its place.</summary>
    public void Commit()
    {
        Stream.Flush();
        if (Stream is FileStream file) file.Flush(flushToDisk: true);
        RefuseIrregular(_target);

        // Closed only after it has its final name: no process takes an open file for a leftover.
        BusyFile.Replace(_temporary, _target);
        _committed = true;
        Stream.Dispose();
    }

    /// <summary>The same error, naming the path that was given instead of the temporary one.</summary>
    /// <param name="error">An error in writing or committing the file.</param>
    public Exception Named(Exception error)
    {
        string reason = error.Message
            .Replace($" : '{_temporary}'", "", StringComparison.Ordinal)
            .Replace(_temporary, _path, StringComparison.Ordinal)
            .Replace(_target, _path, StringComparison.Ordinal);
        string message = reason.StartsWith(Prefix, StringComparison.Ordinal) ? reason : $"{Prefix}: {reason}";
        return error switch
        {
            UnauthorizedAccessException => new UnauthorizedAccessException(message) { HResult = error.HResult },
            DirectoryNotFoundException => new DirectoryNotFoundException(message) { HResult = error.HResult },
            FileNotFoundException => new FileNotFoundException(message, _path) { HResult = error.HResult },
            PathTooLongException => new PathTooLongException(message) { HResult = error.HResult },
            _ => new IOException(message, error.HResult),
        };
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
            // Closing writes what is still buffered, and fails again on a full disk; the caller gets the first error.
        }

        try
        {
            File.Delete(_temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // As above: the caller gets the first error.
        }
    }

    private string Prefix => $"Cannot save '{_path}'";

    private void RefuseIrregular(string path)
    {
        switch (FileKind.Irregular(path))
        {
            case null:
                return;
            case FileKind.Folder:
                throw new UnauthorizedAccessException($"{Prefix}: it is {FileKind.Folder}.");
            case var kind:
                throw new IOException($"{Prefix}: it is {kind}, and saving replaces only regular files. To write into it, open it and save to the stream.");
        }
    }
}
