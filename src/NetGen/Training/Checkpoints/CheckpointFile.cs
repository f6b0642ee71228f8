using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetGen;

/// <summary>
/// Checkpoints of trainings: weight files in the safetensors format that hold more tensors, and in their metadata the state of the training.
/// Every value that belongs to a parameter has that parameter's name after a prefix, and lies in PyTorch's layout, so a checkpoint outlives
/// a change in how kernels store weights.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>The version of the state in the metadata.</summary>
    public const int Version = 1;

    /// <summary>Writes a checkpoint; an older file is replaced only when the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network.</param>
    /// <param name="state">The state of the training.</param>
    /// <param name="groups">Values for each parameter besides the parameters themselves.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing the file is not allowed, or it is a directory.</exception>
    public static void Save(string path, INetwork network, JsonObject state, IReadOnlyList<ParameterGroup> groups)
    {
        ParameterTable table = Extend(network.ParameterTable, groups);
        float[] values = new float[table.Count];
        network.Parameters.CopyTo(values);
        int offset = network.ParameterTable.Count;
        foreach (ParameterGroup group in groups)
        {
            group.Values.Span.CopyTo(values.AsSpan(offset));
            offset += group.Length(network.ParameterTable);
        }

        using var file = new AtomicFile(path);
        try
        {
            SafeTensorsWriter.Write(file.Stream, table, values, SavedLayers.Of(network.ParameterTable), state.ToJsonString());
            file.Commit();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw file.Named(error);
        }
    }

    /// <summary>Reads a checkpoint. Everything is checked; nothing is changed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network.</param>
    /// <param name="expect">
    /// Compares the state of the training with what it must be, adds the differences to the list, and says which groups the file must have.
    /// </param>
    /// <returns>The parameters, and the values of each group.</returns>
    /// <exception cref="WeightFileException">The file is damaged, or belongs to another training; all differences are listed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static (float[] Parameters, Dictionary<string, float[]> Groups) Load(
        string path, INetwork network, Func<JsonObject, FaultList, IReadOnlyList<ParameterGroup>> expect)
    {
        ParameterTable own = network.ParameterTable;
        IReadOnlyList<ParameterGroup> groups = [];
        using FileStream stream = BusyFile.OpenRead(path);
        float[] values = SafeTensorsReader.Read(stream, path, own, (text, faults) =>
        {
            groups = Parse(text, faults) is { } state ? expect(state, faults) : [];
            return Extend(own, groups);
        });
        var loaded = new Dictionary<string, float[]>(StringComparer.Ordinal);
        int offset = own.Count;
        foreach (ParameterGroup group in groups)
        {
            loaded[group.Prefix] = values[offset..(offset + group.Length(own))];
            offset += group.Length(own);
        }

        return (values[..own.Count], loaded);
    }

    private static JsonObject? Parse(ReadOnlySpan<byte> text, FaultList faults)
    {
        if (text.IsEmpty)
        {
            faults.Add($"It has weights, but is no checkpoint of a training: '{SafeTensorsHeader.CheckpointName}' is missing in {SafeTensorsHeader.MetadataName}. To start from these weights, load them into a network and train that.");
            return null;
        }

        try
        {
            if (JsonNode.Parse(Encoding.UTF8.GetString(text)) is JsonObject state)
            {
                ReadAll(state);
                return state;
            }

            faults.Add($"The state of the training is no object.");
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            faults.Add($"The state of the training is damaged: {error.Message}");
        }

        return null;
    }

    // A node reads names and texts only when they are used. Only then it throws if a name occurs twice, or if a text has half of a character.
    private static void ReadAll(JsonNode? node)
    {
        if (node is JsonObject values)
        {
            foreach ((_, JsonNode? value) in values)
                ReadAll(value);
        }
        else if (node is JsonArray items)
        {
            foreach (JsonNode? item in items)
                ReadAll(item);
        }
        else if (node?.GetValueKind() == JsonValueKind.String)
        {
            _ = node.GetValue<string>();
        }
    }

    // The parameters of the network, and the values of each group after them.
    private static ParameterTable Extend(ParameterTable table, IReadOnlyList<ParameterGroup> groups)
    {
        ImmutableArray<ParameterInfo>.Builder all = table.Parameters.ToBuilder();
        int offset = table.Count;
        foreach (ParameterGroup group in groups)
        {
            foreach (ParameterInfo parameter in table.Parameters)
            {
                if (group.Includes(parameter))
                    all.Add(parameter with { Name = $"{group.Prefix}.{parameter.Name}", Offset = offset + parameter.Offset, Role = ParameterRole.Statistic });
            }

            offset = checked(offset + group.Length(table));
        }

        return new ParameterTable(table.Network, offset, all.ToArray());
    }
}
