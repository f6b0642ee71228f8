using CsvHelper;

using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Reads the records of a CSV file and checks each.</summary>
internal static class TableReader
{
    private const int FaultsShown = 20;

    /// <summary>Reads all records.</summary>
    /// <returns>The inputs of all records, and the names of their columns.</returns>
    /// <exception cref="InvalidDataException">The file is at fault; the message says where.</exception>
    public static (float[] Inputs, string[] Features) Read(string path, CsvOptions options, ColumnChoice choice, OutputColumns outputs)
    {
        using CsvReader reader = CsvReader.FromFile(path, new CsvReaderOptions
        {
            Separator = options.Separator,
            Encoding = options.Encoding,
            HasHeader = false,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        });
        string[] names = options.ColumnNames is { } given ? [.. given] : Header(reader, path);
        (int[] featurePlaces, int[] outputPlaces) = choice.Find(path, names);
        NumberColumns features = new(featurePlaces.Length);
        FaultLines faults = new(FaultsShown);
        int records = 0;
        while (Next(reader, path))
        {
            records++;
            if (reader.FieldCount != names.Length)
            {
                faults.Add(Invariant($"line {reader.LineNumber}: {reader.FieldCount} fields instead of {names.Length}"));
                continue;
            }
            Add(features, featurePlaces);
            Add(outputs, outputPlaces);
        }
        if (faults.Count > 0)
            throw new InvalidDataException(Invariant($"'{path}' has {faults.Count} fault{(faults.Count == 1 ? "" : "s")}:\n{faults}"));
        if (records == 0)
            throw new InvalidDataException($"'{path}' has no records.");
        return (features.ToArray(), [.. featurePlaces.Select(place => names[place])]);

        void Add(OutputColumns columns, int[] places)
        {
            for (int i = 0; i < places.Length; i++)
            {
                if (columns.Add(i, reader.GetString(places[i]), options.Culture) is { } fault)
                    faults.Add(Invariant($"line {reader.LineNumber}, column {Quote.Text(names[places[i]])}: {fault}"));
            }
        }
    }

    private static string[] Header(CsvReader reader, string path)
    {
        if (!Next(reader, path))
            throw new InvalidDataException($"'{path}' is empty; its first record should be the names of the columns.");
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i))];
    }

    private static bool Next(CsvReader reader, string path)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException fault)
        {
            throw new InvalidDataException($"'{path}': {fault.Message}", fault);
        }
    }
}
