namespace NetGen.Data;

/// <summary>Which columns of a table are inputs and which outputs.</summary>
/// <param name="outputs">The names of the label column or the target columns.</param>
/// <param name="options">What else is chosen.</param>
internal sealed class ColumnChoice(IReadOnlyList<string> outputs, CsvOptions options)
{
    /// <summary>Finds the columns.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="names">The names of all columns.</param>
    /// <returns>The places of the inputs and of the outputs, each in the order that was asked for.</returns>
    /// <exception cref="ArgumentException">A column is to be an input and an output.</exception>
    /// <exception cref="InvalidDataException">A column does not exist, two have the same name, or no input is left.</exception>
    public (int[] Features, int[] Outputs) Find(string path, string[] names)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            if (!places.TryAdd(names[i], i))
                throw new InvalidDataException($"'{path}': two columns are called {Quote.Text(names[i])}.");
        }
        if (options.Features?.FirstOrDefault(outputs.Contains) is { } both)
            throw new ArgumentException($"The column {Quote.Text(both)} is what the network is to predict; it cannot be a feature, too.", nameof(options));

        int[] outputPlaces = [.. outputs.Select(Place)];
        int[] features = options.Features is { } chosen
            ? [.. chosen.Select(Place)]
            : [.. names.Where(name => !outputs.Contains(name) && !options.Ignored.Contains(name)).Select(Place)];
        return features.Length > 0 ? (features, outputPlaces) : throw new InvalidDataException($"'{path}': no column is left for the inputs.");

        int Place(string name) => places.TryGetValue(name, out int place)
            ? place
            : throw new InvalidDataException($"'{path}' has no column {Quote.Text(name)}; there are {Some(names)}.");
    }

    private static string Some(string[] names) =>
        string.Join(", ", names.Take(20).Select(Quote.Text)) + (names.Length > 20 ? ", …" : "");
}
