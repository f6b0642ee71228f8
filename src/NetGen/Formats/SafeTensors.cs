namespace NetGen;

/// <summary>
/// Weight files in the safetensors format (huggingface/safetensors), with PyTorch's tensor names, shapes and element
/// order: what PyTorch's <c>state_dict</c> of the same network holds.
/// </summary>
/// <remarks>
/// The metadata of a file that is saved has <c>netgen.format</c>, the version of these files, and <c>netgen.layers</c>, the
/// layers with parameters as kind, name and shape, in order. When a file has them, they are checked: a newer version and
/// the layers of another network are refused. A file without them, as PyTorch writes it, is checked by names and shapes.
/// Tensors named <c>num_batches_tracked</c>, which PyTorch saves for each BatchNorm, are accepted and ignored.
/// </remarks>
public static class SafeTensors
{
    /// <summary>
    /// Writes the parameters of a network to a file, as float32. The file is replaced as a whole: if writing fails, an older file
    /// stays as it was, and a load at the same time gets the old file or the new one. A symbolic link is followed, the permissions
    /// of the old file are kept, and temporary files that killed processes left of earlier saves are removed.
    /// </summary>
    /// <remarks>
    /// On Linux, a device, a pipe or a socket is refused. On Windows, these do not lie in folders, so nothing can be put in their
    /// place. On macOS, .NET cannot tell them from files: do not give one, since the file takes its place. To write into one,
    /// open it and save to the stream.
    /// </remarks>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="table">The network's parameters by name.</param>
    /// <param name="parameters">Their values, as stored.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    /// <exception cref="IOException">The file cannot be written, for example because the disk is full, or, on Linux,
    /// <paramref name="path"/> is a device, a pipe or a socket.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to, or <paramref name="path"/> is a
    /// folder.</exception>
    public static void Save(string path, ParameterTable table, ReadOnlySpan<float> parameters) =>
        Save(path, table, parameters, decorate: null);

    /// <summary>Writes the parameters of a network to a stream, as <see cref="Save(string, ParameterTable, ReadOnlySpan{float})"/>
    /// does to a file.</summary>
    /// <param name="stream">Receives the file from its position on; it need not seek, and stays open.</param>
    /// <param name="table">The network's parameters by name.</param>
    /// <param name="parameters">Their values, as stored.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length, or
    /// <paramref name="stream"/> cannot be written to.</exception>
    /// <exception cref="IOException">The stream cannot take the bytes.</exception>
    public static void Save(Stream stream, ParameterTable table, ReadOnlySpan<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(table);
        table.CheckLength(parameters.Length, nameof(parameters));
        if (!stream.CanWrite) throw new ArgumentException("The stream cannot be written to.", nameof(stream));
        SafeTensorsWriter.Write(stream, table, parameters);
    }

    /// <summary>
    /// Reads the parameters of a network from a file or a pipe. Everything is checked before anything is changed: the
    /// container, and that it has exactly the network's tensors in their shapes. Types F64, F16 and BF16 are converted to
    /// float32.
    /// </summary>
    /// <param name="path">The file. A pipe is read until it is closed.</param>
    /// <param name="table">The network's parameters by name.</param>
    /// <param name="parameters">Receives the values, as stored; unchanged when an exception is thrown.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    /// <exception cref="WeightFileException">The file is damaged or belongs to another network; all faults are
    /// listed.</exception>
    /// <exception cref="IOException">The file cannot be read, for example because another program has it open exclusively.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static void Load(string path, ParameterTable table, Span<float> parameters)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(table);
        table.CheckLength(parameters.Length, nameof(parameters));

        using FileStream file = BusyFile.OpenRead(path);
        SafeTensorsReader.Read(file, path, table, parameters);
    }

    /// <summary>Reads the parameters of a network from a stream, with the same checks as from a file.</summary>
    /// <param name="stream">Holds the file from its position to its end; it need not seek, is read to its end, and stays
    /// open. Memory is taken as bytes come, not as the file claims.</param>
    /// <param name="table">The network's parameters by name.</param>
    /// <param name="parameters">Receives the values, as stored; unchanged when an exception is thrown.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length, or
    /// <paramref name="stream"/> cannot be read.</exception>
    /// <exception cref="WeightFileException">The content is damaged or belongs to another network; all faults are
    /// listed. Bytes after the last tensor are a fault too.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static void Load(Stream stream, ParameterTable table, Span<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(table);
        table.CheckLength(parameters.Length, nameof(parameters));
        if (!stream.CanRead) throw new ArgumentException("The stream cannot be read.", nameof(stream));
        SafeTensorsReader.Read(stream, path: null, table, parameters);
    }

    /// <summary>Reads the parameters of a network from memory, with the same checks as from a file.</summary>
    /// <param name="bytes">The whole file, for example an embedded resource.</param>
    /// <param name="table">The network's parameters by name.</param>
    /// <param name="parameters">Receives the values, as stored; unchanged when an exception is thrown.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    /// <exception cref="WeightFileException">The content is damaged or belongs to another network; all faults are
    /// listed.</exception>
    public static unsafe void Load(ReadOnlySpan<byte> bytes, ParameterTable table, Span<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.CheckLength(parameters.Length, nameof(parameters));
        fixed (byte* first = bytes)
        {
            using Stream stream = bytes.IsEmpty ? Stream.Null : new UnmanagedMemoryStream(first, bytes.Length);
            SafeTensorsReader.Read(stream, path: null, table, parameters);
        }
    }

    internal static void Save(
        string path, ParameterTable table, ReadOnlySpan<float> parameters, Func<Stream, Stream>? decorate)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(table);
        table.CheckLength(parameters.Length, nameof(parameters));
        using var file = new AtomicFile(path, decorate);
        try
        {
            SafeTensorsWriter.Write(file.Stream, table, parameters);
            file.Commit();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw file.Named(error);
        }
    }
}
