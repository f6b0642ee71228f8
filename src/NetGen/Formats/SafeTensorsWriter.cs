using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetGen;

/// <summary>Writes the parameters of a network as a safetensors file, byte after byte.</summary>
internal static class SafeTensorsWriter
{
    /// <summary>
    /// The version of the weight files. It is raised when an older library would misread a file; more metadata is no
    /// reason.
    /// </summary>
    public const int Version = 1;

    // Floats converted at a time.
    private const int ChunkLength = 1 << 16;

    /// <summary>Writes a file.</summary>
    /// <param name="stream">Receives it.</param>
    /// <param name="table">The network's parameters by name.</param>
    /// <param name="parameters">Their values, as stored.</param>
    public static void Write(Stream stream, ParameterTable table, ReadOnlySpan<float> parameters) =>
        Write(stream, table, parameters, SavedLayers.Of(table), checkpoint: null);

    /// <summary>Writes a file that may be a checkpoint.</summary>
    /// <param name="stream">Receives it.</param>
    /// <param name="table">All tensors by name.</param>
    /// <param name="parameters">Their values, as stored.</param>
    /// <param name="layers">The layers of the network; null when the kind of a layer is not known.</param>
    /// <param name="checkpoint">The state of the training, as JSON; null for a file of weights.</param>
    public static void Write(Stream stream, ParameterTable table, ReadOnlySpan<float> parameters, string? layers, string? checkpoint)
    {
        // The reference implementation puts tensors of one type in the order of their names.
        ParameterInfo[] ordered = [.. table.Parameters.OrderBy(p => p.Name, StringComparer.Ordinal)];
        WriteHeader(stream, ordered, layers, checkpoint);
        foreach (ParameterInfo parameter in ordered)
            Write(stream, parameter, parameters.Slice(parameter.Offset, parameter.Length));
    }

    private static void WriteHeader(Stream stream, ParameterInfo[] ordered, string? layers, string? checkpoint)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafeTensorsHeader.MetadataName);
            json.WriteString("format", "pt");
            json.WriteString(SafeTensorsHeader.VersionName, Version.ToString(CultureInfo.InvariantCulture));
            if (layers is not null) json.WriteString(SafeTensorsHeader.LayersName, layers);
            if (checkpoint is not null) json.WriteString(SafeTensorsHeader.CheckpointName, checkpoint);
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

        // Only the state of a training can be so long: a metric may keep the outputs of all samples.
        if (buffer.WrittenCount > SafeTensorsHeader.LongestHeader)
        {
            throw new IOException(string.Create(
                CultureInfo.InvariantCulture,
                $"The header would have {buffer.WrittenCount:N0} bytes, but the format allows {SafeTensorsHeader.LongestHeader:N0}. Save at the ends of epochs, when metrics keep no samples."));
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
}
