using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

using static System.FormattableString;

namespace NetGen;

/// <summary>
/// What a checkpoint keeps of one callback: numbers, texts and copies of the network's parameters, by name. See <see cref="TrainingCallback.SaveState"/>.
/// </summary>
public sealed class CheckpointValues
{
    // Every whole number up to it is a double.
    private const long MaxInteger = 1L << 53;

    private readonly JsonObject _values;
    private readonly string _owner;

    internal CheckpointValues(string owner, JsonObject values)
    {
        _owner = owner;
        _values = values;
    }

    /// <summary>Copies of the network's parameters, each in the order of <see cref="INetwork.Parameters"/>.</summary>
    internal Dictionary<string, float[]> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes a number. Infinities and NaN are kept.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public void Set(string name, double value) => _values[name] = double.IsFinite(value) ? value : Invariant($"{value}");

    /// <summary>Writes a text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public void Set(string name, string? value) => _values[name] = value;

    /// <summary>Writes a copy of a network's parameters, which lies in the file by name and in PyTorch's layout.</summary>
    /// <param name="name">The name of the copy, in letters, digits and underscores.</param>
    /// <param name="parameters">As many values as the network has parameters, in their order.</param>
    public void SetParameters(string name, ReadOnlySpan<float> parameters) => Parameters[name] = parameters.ToArray();

    /// <summary>Reads a whole number.</summary>
    internal long GetInteger(string name, long least = long.MinValue)
    {
        double value = GetNumber(name);
        return Math.Abs(value) <= MaxInteger && double.IsInteger(value) && value >= least
            ? (long)value
            : throw OutOfRange(name, value);
    }

    /// <summary>Reads a whole number of 32 bits.</summary>
    internal int GetInt32(string name, int least = int.MinValue)
    {
        long value = GetInteger(name, least);
        return value <= int.MaxValue ? (int)value : throw OutOfRange(name, value);
    }

    /// <summary>Reads a time in seconds.</summary>
    internal TimeSpan GetSeconds(string name)
    {
        double value = GetNumber(name);
        return value >= 0 && value < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(value) : throw OutOfRange(name, value);
    }

    /// <summary>Reads a number.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidDataException">The checkpoint has no such number.</exception>
    public double GetNumber(string name)
    {
        JsonNode? node = Find(name);
        return node?.GetValueKind() switch
        {
            JsonValueKind.Number => node.GetValue<double>(),
            JsonValueKind.String when double.TryParse(node.GetValue<string>(), CultureInfo.InvariantCulture, out double value) => value,
            _ => throw new InvalidDataException($"The checkpoint's '{name}' of {_owner} is no number."),
        };
    }

    /// <summary>Reads a text.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidDataException">The checkpoint has no such text.</exception>
    public string? GetText(string name)
    {
        JsonNode? node = Find(name);
        return node is null || node.GetValueKind() == JsonValueKind.String
            ? node?.GetValue<string>()
            : throw new InvalidDataException($"The checkpoint's '{name}' of {_owner} is no text.");
    }

    /// <summary>Reads a copy of the network's parameters; <see langword="null"/> if there is none of that name.</summary>
    /// <param name="name">The name of the copy.</param>
    public float[]? GetParameters(string name) => Parameters.GetValueOrDefault(name);

    private InvalidDataException OutOfRange(string name, double value) =>
        new(Invariant($"The checkpoint's '{name}' of {_owner} is {value}, which is out of range."));

    private JsonNode? Find(string name) => _values.TryGetPropertyValue(name, out JsonNode? node)
        ? node
        : throw new InvalidDataException($"The checkpoint has no '{name}' of {_owner}.");
}
