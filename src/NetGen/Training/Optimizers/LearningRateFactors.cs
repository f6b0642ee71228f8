using System.Collections;
using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>
/// Factors of the learning rate, by the name of a layer (<c>conv1</c>) or of a parameter (<c>conv1.bias</c>); a parameter's own factor
/// replaces that of its layer. All others have the factor 1.
/// </summary>
public sealed class LearningRateFactors : IEnumerable<KeyValuePair<string, float>>
{
    // In the order of the names, so that equal factors have equal texts.
    private readonly SortedDictionary<string, float> _factors = new(StringComparer.Ordinal);

    internal LearningRateFactors()
    {
    }

    /// <summary>The number of factors.</summary>
    public int Count => _factors.Count;

    /// <summary>The factor of a layer or a parameter; finite, 0 or more.</summary>
    /// <param name="name">Its name, for example <c>conv1</c> or <c>conv1.bias</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative, infinite or not a number.</exception>
    /// <exception cref="KeyNotFoundException">No factor was set for this name.</exception>
    public float this[string name]
    {
        get => _factors[name];
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            _factors[name] = Setting.NotNegative(value, $"The factor of '{name}'");
            Version++;
        }
    }

    /// <summary>Every change increments it.</summary>
    internal int Version { get; private set; }

    /// <summary>Removes a factor.</summary>
    /// <param name="name">The name that it was set for.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string name)
    {
        Version++;
        return _factors.Remove(name);
    }

    /// <summary>Removes all factors.</summary>
    public void Clear()
    {
        Version++;
        _factors.Clear();
    }

    /// <summary>The names and their factors, in the order of the names.</summary>
    public IEnumerator<KeyValuePair<string, float>> GetEnumerator() => _factors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>For example <c>{ conv1 = 0.1, dense1.bias = 2 }</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("{ ");
        text.AppendJoin(", ", _factors.Select(factor => string.Create(CultureInfo.InvariantCulture, $"{factor.Key} = {factor.Value}")));
        return text.Append(" }").ToString();
    }

    /// <summary>The factor of a parameter.</summary>
    internal float Of(ParameterInfo parameter) =>
        _factors.TryGetValue(parameter.Name, out float factor) || _factors.TryGetValue(parameter.LayerName, out factor) ? factor : 1;

    /// <summary>Throws if a name is that of no layer and no parameter.</summary>
    /// <exception cref="InvalidOperationException">The message lists such names, and those that there are.</exception>
    internal void CheckNames(ParameterTable table)
    {
        string[] unknown = [.. _factors.Keys.Where(name => table.PlaceOf(name) < 0 && !table.HasLayer(name)).Select(name => $"'{name}'")];
        if (unknown.Length == 0)
            return;
        throw new InvalidOperationException(
            $"LearningRateFactors has {string.Join(", ", unknown)}, but {table.Network} has no such layer or parameter. "
            + $"The layers are {string.Join(", ", table.Parameters.Select(parameter => parameter.LayerName).Distinct())}; "
            + $"the parameters are {string.Join(", ", table.Parameters.Select(parameter => parameter.Name))}.");
    }
}
