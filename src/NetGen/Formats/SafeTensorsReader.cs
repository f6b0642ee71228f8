using System.Buffers;
using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>Reads the parameters of a network from a safetensors file, forward only: from a file, a pipe or memory.</summary>
internal static class SafeTensorsReader
{
    // Elements converted at a time.
    private const int ChunkLength = 1 << 16;

    private const string Counter = ".num_batches_tracked";

    /// <summary>Says which tensors a checkpoint must have.</summary>
    /// <param name="state">The state of the training in its metadata; empty if there is none.</param>
    /// <param name="faults">Receives what is wrong with the state.</param>
    public delegate ParameterTable CheckpointTable(ReadOnlySpan<byte> state, FaultList faults);

    /// <summary>
    /// Reads everything, and changes the parameters when all of it is right. Of a checkpoint it reads the parameters alone.
    /// </summary>
    /// <param name="stream">The file; read to its end.</param>
    /// <param name="path">Its name for messages, or null.</param>
    /// <param name="table">The network's parameters by name.</param>
    /// <param name="parameters">Receives the values, as stored.</param>
    public static void Read(Stream stream, string? path, ParameterTable table, Span<float> parameters)
    {
        var faults = new FaultList();
        SafeTensorsHeader? header = ReadHeader(stream, faults);
        int[] places = header is null ? [] : Match(header, table, table, header.Checkpoint is not null, faults);
        if (header is null || faults.Count > 0) throw Refusal(path, faults);

        float[] staging = ArrayPool<float>.Shared.Rent(table.Count);
        try
        {
            // Floats that belong to no tensor keep their values.
            parameters.CopyTo(staging);
            if (!ReadTensors(stream, header, table, places, staging, faults)) throw Refusal(path, faults);
            staging.AsSpan(0, table.Count).CopyTo(parameters);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(staging);
        }
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="stream">The file; read to its end.</param>
    /// <param name="path">Its name for messages.</param>
    /// <param name="network">The parameters of the network.</param>
    /// <param name="describe">Says which tensors there must be.</param>
    /// <returns>The values of all tensors of the table that <paramref name="describe"/> returned, as stored.</returns>
    public static float[] Read(Stream stream, string path, ParameterTable network, CheckpointTable describe)
    {
        var faults = new FaultList();
        SafeTensorsHeader? header = ReadHeader(stream, faults);
        if (header is null || faults.Count > 0) throw Refusal(path, faults);
        ParameterTable table = describe(header.Checkpoint is { } state ? header[state] : default, faults);

        // Missing and superfluous tensors only follow from another state.
        int[] places = faults.Count > 0 ? [] : Match(header, table, network, ignoresOthers: false, faults);
        if (faults.Count > 0) throw Refusal(path, faults);
        float[] values = new float[table.Count];
        if (!ReadTensors(stream, header, table, places, values, faults)) throw Refusal(path, faults);
        return values;
    }

    /// <summary>Reads some parameters, and changes them when all of the file is right. The others keep their values.</summary>
    /// <param name="stream">The file; read to its end.</param>
    /// <param name="path">Its name for messages, or null.</param>
    /// <param name="table">The network's parameters by name.</param>
    /// <param name="names">
    /// Layers and parameters that the file must have in the network's shapes; if there are none, all that it has in these shapes are read.
    /// </param>
    /// <param name="parameters">Receives the values, as stored.</param>
    /// <returns>What was read, what was not, and what nobody wanted.</returns>
    public static WeightReport ReadPart(
        Stream stream, string? path, ParameterTable table, IReadOnlyCollection<string> names, Span<float> parameters)
    {
        var faults = new FaultList();
        SafeTensorsHeader? header = ReadHeader(stream, faults);
        if (header is null || faults.Count > 0 || !IsReadableVersion(header, faults)) throw Refusal(path, faults);
        var match = new PartialMatch(header, table, names, faults);
        if (faults.Count > 0) throw Refusal(path, faults);
        float[] staging = parameters.ToArray();
        if (!ReadTensors(stream, header, table, match.Places, staging, faults)) throw Refusal(path, faults);
        staging.CopyTo(parameters);
        return match.Report;
    }

    private static SafeTensorsHeader? ReadHeader(Stream stream, FaultList faults)
    {
        long? available = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : null;
        return SafeTensorsHeader.Read(stream, available, faults);
    }

    private static WeightFileException Refusal(string? path, FaultList faults) => new(path, faults.Kept, faults.Count);

    // For each tensor the place of its parameter in the table, or -1 when its data is to be passed over.
    private static int[] Match(
        SafeTensorsHeader header, ParameterTable table, ParameterTable network, bool ignoresOthers, FaultList faults)
    {
        if (!IsReadableVersion(header, faults)) return [];
        if (header.Layers is { } layers) SavedLayers.Compare(header[layers], network, faults);
        int[] places = new int[header.Entries.Count];
        bool[] isFound = new bool[table.Parameters.Length];
        for (int i = 0; i < places.Length; i++)
        {
            SafeTensorsEntry entry = header.Entries[i];
            places[i] = Place(header, entry, table, out bool isCounter);
            if (places[i] >= 0)
            {
                isFound[places[i]] = true;
                Check(header, entry, table.Parameters[places[i]], table.Network, faults);
            }
            else if (!isCounter && !ignoresOthers)
            {
                faults.Add($"{Quote(header, entry)} of shape {header.ShapeText(entry)} is no parameter of {table.Network}.");
            }
        }

        for (int i = 0; i < isFound.Length; i++)
        {
            if (!isFound[i]) faults.Add($"'{table.Parameters[i].Name}' of shape {table.Parameters[i].Layout} is missing.");
        }

        return places;
    }

    private static bool IsReadableVersion(SafeTensorsHeader header, FaultList faults)
    {
        if (header.Version is not { } range) return true;
        ReadOnlySpan<byte> text = header[range];
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version) || version < 1)
            faults.Add($"{SafeTensorsHeader.VersionName} in {SafeTensorsHeader.MetadataName} is {QuotedText.Quote(text)}; a whole number from 1 was expected.");
        else if (version > SafeTensorsWriter.Version)
            faults.Add($"The file has version {version} of NetGen's weight files, but this library reads version {SafeTensorsWriter.Version} and older; use a newer NetGen.");
        else
            return true;
        return false;
    }

    private static int Place(SafeTensorsHeader header, SafeTensorsEntry entry, ParameterTable table, out bool isCounter)
    {
        ReadOnlySpan<byte> utf8 = header[entry.Name];
        char[] buffer = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            ReadOnlySpan<char> name = buffer.AsSpan(0, Encoding.UTF8.GetChars(utf8, buffer));

            // PyTorch counts the batches that a BatchNorm has seen; nothing here needs the number.
            isCounter = name.EndsWith(Counter) && entry.Type == TensorType.I64 && header.HasShape(entry, [])
                && table.HasLayer(name[..^Counter.Length]);
            return table.PlaceOf(name);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static void Check(
        SafeTensorsHeader header, SafeTensorsEntry entry, ParameterInfo parameter, string network, FaultList faults)
    {
        if (!header.HasShape(entry, parameter.Shape.AsSpan()))
            faults.Add($"{Quote(header, entry)} has shape {header.ShapeText(entry)}; {network} expects {parameter.Layout}.");
        if (entry.Type is { } type && !TensorType.IsReadable(type))
            faults.Add($"{Quote(header, entry)} has type '{type}'; {TensorType.Readable} can be read.");
    }

    private static string Quote(SafeTensorsHeader header, SafeTensorsEntry entry) => QuotedText.Quote(header[entry.Name]);

    private static bool ReadTensors(
        Stream stream, SafeTensorsHeader header, ParameterTable table, int[] places, Span<float> stored, FaultList faults)
    {
        for (int i = 0; i < places.Length; i++)
        {
            SafeTensorsEntry entry = header.Entries[i];
            ParameterInfo? parameter = places[i] < 0 ? null : table.Parameters[places[i]];
            bool isWhole = parameter is null
                ? Skip(stream, entry)
                : ReadTensor(stream, entry.Type!, parameter, stored.Slice(parameter.Offset, parameter.Length));
            if (isWhole) continue;
            faults.Add($"The file ends in the data of {Quote(header, entry)}, which goes to byte {entry.End} of the data.");
            return false;
        }

        // A stream of unknown length is found to be too long only here.
        if (stream.ReadByte() < 0) return true;
        ulong end = header.Entries is [.., var last] ? last.End : 0;
        faults.Add($"The tensors end at byte {end} of the data, but the file goes on.");
        return false;
    }

    private static bool Skip(Stream stream, SafeTensorsEntry entry)
    {
        byte[] ignored = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            for (ulong left = entry.End - entry.Begin; left > 0;)
            {
                int count = (int)Math.Min(left, (ulong)ignored.Length);
                if (stream.ReadAtLeast(ignored.AsSpan(0, count), count, throwOnEndOfStream: false) < count) return false;
                left -= (ulong)count;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(ignored);
        }
    }

    private static bool ReadTensor(Stream stream, string type, ParameterInfo parameter, Span<float> stored)
    {
        int size = TensorType.Bits(type) / 8;
        float[] torch = ArrayPool<float>.Shared.Rent(parameter.Length);
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkLength * size);
        try
        {
            for (int done = 0; done < parameter.Length; done += ChunkLength)
            {
                int count = Math.Min(ChunkLength, parameter.Length - done);
                Span<byte> bytes = chunk.AsSpan(0, count * size);
                if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) return false;
                TensorType.ToSingle(type, bytes, torch.AsSpan(done, count));
            }

            parameter.Layout.FromTorch(torch.AsSpan(0, parameter.Length), stored);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
            ArrayPool<float>.Shared.Return(torch);
        }
    }
}
