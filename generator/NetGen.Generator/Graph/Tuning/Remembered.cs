using System.Collections.Concurrent;

namespace NetGen.Generator.Graph.Tuning;

/// <summary>Choices that depend on nothing but their keys, and are asked for again and again: for the parameters of a kernel, its memory, its weights and its code.</summary>
/// <typeparam name="TKey">What a choice depends on.</typeparam>
/// <typeparam name="TValue">The choice.</typeparam>
internal sealed class Remembered<TKey, TValue>
    where TKey : notnull
{
    /// <summary>The most choices: more than the layers of a large solution have.</summary>
    private const int Most = 1000;

    private readonly ConcurrentDictionary<TKey, TValue> _known = new();

    /// <summary>The choice for a key, which is found where it is not known.</summary>
    public TValue Get(TKey key, Func<TValue> find)
    {
        if (_known.TryGetValue(key, out TValue? value))
            return value;
        if (_known.Count >= Most)
            _known.Clear();
        return _known[key] = find();
    }
}
