using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetGen;

/// <summary>
/// Weight files in the safetensors format (huggingface/safetensors), with PyTorch's tensor names, shapes and element
/// order: what PyTorch's <c>state_dict</c> of the same network holds.
/// </summary>
public static class SafeTensors
{
    // Floats converted between file and memory at a time.
    private const int ChunkLength = 1 << 16;

    /// <summary>
    /// Writes the parameters of a network to a file, as float32. The file comes to be all at once: if writing fails, a
    /// file that was there before is as it was.
    /// </summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="table">The network's parameters by name.</param>
    /// <param name="parameters">Their values, as stored.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    /// <exception cref="IOException">The file cannot be written, for example because the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be written to.</exception>
    public static void Save(string path, ParameterTable table, ReadOnlySpan<float> parameters) =>
        Save(path, table, parameters, decorate: null);

    /// <summary>
    /// Reads the parameters of a network from a file. Everything is checked before anything is changed: the container,
    /// and that it has exactly the network's tensors in their shapes. Types F64, F16 and BF16 are converted to float32.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="table">The network's parameters by name.</param>
    /// <param name="parameters">Receives the values, as stored; unchanged when an exception is thrown.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    /// <exception cref="WeightFileException">The file is damaged or belongs to another network; all faults are
    /// listed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static void Load(string path, ParameterTable table, Span<float> parameters)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(table);
        table.CheckLength(parameters.Length, nameof(parameters));
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var faults = ImmutableArray.CreateBuilder<string>();
        SafeTensorsHeader? header = SafeTensorsHeader.Read(file, faults);
        if (header is not null) Match(header, table, faults);
        if (header is null || faults.Count > 0) throw new WeightFileException(path, faults.ToImmutable());

        float[] staging = ArrayPool<float>.Shared.Rent(table.Count);
        try
        {
            // Floats that belong to no tensor keep their values.
            parameters.CopyTo(staging);
            foreach (SafeTensorsEntry entry in header.Entries)
            {
                ParameterInfo parameter = table[entry.Name];
                Read(file, header.DataStart + (long)entry.Begin, entry.Type, parameter, staging.AsSpan(parameter.Offset, parameter.Length));
            }

            staging.AsSpan(0, table.Count).CopyTo(parameters);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(staging);
        }
    }

    internal static void Save(
        string path, ParameterTable table, ReadOnlySpan<float> parameters, Func<Stream, Stream>? decorate)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(table);
        table.CheckLength(parameters.Length, nameof(parameters));

        // The reference implementation puts tensors of one type in the order of their names.
        ParameterInfo[] ordered = [.. table.Parameters.OrderBy(p => p.Name, StringComparer.Ordinal)];
        using var file = new AtomicFile(path, decorate);
        WriteHeader(file.Stream, ordered);
        foreach (ParameterInfo parameter in ordered)
            Write(file.Stream, parameter, parameters.Slice(parameter.Offset, parameter.Length));
        file.Commit();
    }

    private static void Match(SafeTensorsHeader header, ParameterTable table, ImmutableArray<string>.Builder faults)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (SafeTensorsEntry entry in header.Entries)
        {
            found.Add(entry.Name);
            string name = SafeTensorsHeader.Quote(entry.Name);
            if (!table.TryGet(entry.Name, out ParameterInfo? parameter))
            {
                faults.Add($"{name} of shape {entry.ShapeText} is no parameter of {table.Network}.");
                continue;
            }

            if (!entry.HasShape(parameter.Shape.AsSpan()))
                faults.Add($"{name} has shape {entry.ShapeText}; {table.Network} expects {parameter.Layout}.");
            if (!TensorType.IsReadable(entry.Type))
                faults.Add($"{name} has type {SafeTensorsHeader.Quote(entry.Type)}; {TensorType.Readable} can be read.");
        }

        foreach (ParameterInfo parameter in table.Parameters)
        {
            if (!found.Contains(parameter.Name))
                faults.Add($"'{parameter.Name}' of shape {parameter.Layout} is missing.");
        }
    }

    private static void WriteHeader(Stream stream, ParameterInfo[] ordered)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafeTensorsHeader.MetadataName);
            json.WriteString("format", "pt");
            json.WriteEndObject();
            long offset = 0;
            foreach (ParameterInfo parameter in ordered)
            {
                json.WriteStartObject(parameter.Name);
                json.WriteString("dtype", TensorType.F32);
                json.WriteStartArray("shape");
                foreach (int dimension in parameter.Shape) json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                offset += (long)parameter.Length * sizeof(float);
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces up to a multiple of 8 keep the data aligned for readers that map the file.
        int padding = -buffer.WrittenCount & 7;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)buffer.WrittenCount);
        stream.Write(length);
        stream.Write(buffer.WrittenSpan);
    }

    private static void Write(Stream stream, ParameterInfo parameter, ReadOnlySpan<float> stored)
    {
        float[] torch = ArrayPool<float>.Shared.Rent(parameter.Length);
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkLength * sizeof(float));
        try
        {
            parameter.Layout.ToTorch(stored, torch.AsSpan(0, parameter.Length));
            for (int done = 0; done < parameter.Length; done += ChunkLength)
            {
                int count = Math.Min(ChunkLength, parameter.Length - done);
                Span<byte> bytes = chunk.AsSpan(0, count * sizeof(float));
                TensorType.FromSingle(torch.AsSpan(done, count), bytes);
                stream.Write(bytes);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
            ArrayPool<float>.Shared.Return(torch);
        }
    }

    private static void Read(FileStream file, long position, string type, ParameterInfo parameter, Span<float> stored)
    {
        int size = TensorType.Bits(type) / 8;
        float[] torch = ArrayPool<float>.Shared.Rent(parameter.Length);
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkLength * size);
        try
        {
            file.Position = position;
            for (int done = 0; done < parameter.Length; done += ChunkLength)
            {
                int count = Math.Min(ChunkLength, parameter.Length - done);
                Span<byte> bytes = chunk.AsSpan(0, count * size);
                file.ReadExactly(bytes);
                TensorType.ToSingle(type, bytes, torch.AsSpan(done, count));
            }

            parameter.Layout.FromTorch(torch.AsSpan(0, parameter.Length), stored);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
            ArrayPool<float>.Shared.Return(torch);
        }
    }
}
