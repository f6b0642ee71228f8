namespace NetGen.Data;

/// <summary>A table from a CSV file: samples, and the names of what they hold.</summary>
/// <remarks>
/// The file is read as RFC 4180 says: fields may stand in quotes, and then hold separators, line breaks and doubled quotes. Empty lines are skipped. Every
/// record is checked before an exception is thrown; its message lists the first 20 faults with line and column, and the number of all. A field that is
/// missing, empty, no number, infinite or too large for a <see langword="float"/> is a fault.
/// </remarks>
public sealed class CsvTable
{
    internal CsvTable(Dataset data, string[] featureNames, string[] targetNames, string[] classNames)
    {
        Data = data;
        FeatureNames = featureNames;
        TargetNames = targetNames;
        ClassNames = classNames;
    }

    /// <summary>The samples: a record of the file each.</summary>
    public Dataset Data { get; }

    /// <summary>The columns that the inputs come from, one for each value.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The columns that the targets come from; empty if the samples have labels.</summary>
    public IReadOnlyList<string> TargetNames { get; }

    /// <summary>The text of each class; empty if the samples have targets.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Reads a table for a classifier.</summary>
    /// <param name="path">The file.</param>
    /// <param name="label">The column of the class.</param>
    /// <param name="options">How the file is written and what is used; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="InvalidDataException">A column is missing or a field is at fault; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read or does not exist.</exception>
    public static CsvTable FromLabels(string path, string label, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(label);
        options ??= new CsvOptions();
        LabelColumn labels = LabelColumn.Create(label, options);
        (float[] inputs, string[] features) = TableReader.Read(path, options, new ColumnChoice([label], options), labels);
        (int[] classes, string[] names) = labels.Finish();
        return new CsvTable(Dataset.FromLabels(inputs, features.Length, classes, names.Length), features, [], names);
    }

    /// <summary>Reads a table for regression, or for a classifier trained on class probabilities.</summary>
    /// <param name="path">The file.</param>
    /// <param name="targets">The columns of the targets, in this order; at least one.</param>
    /// <param name="options">
    /// How the file is written and what is used; <see langword="null"/> for the defaults. What it says about classes is not used.
    /// </param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="InvalidDataException">A column is missing or a field is at fault; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read or does not exist.</exception>
    public static CsvTable FromTargets(string path, IReadOnlyList<string> targets, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0)
            throw new ArgumentException("There are no targets.", nameof(targets));
        options ??= new CsvOptions();
        NumberColumns numbers = new(targets.Count);
        (float[] inputs, string[] features) = TableReader.Read(path, options, new ColumnChoice(targets, options), numbers);
        return new CsvTable(Dataset.FromTargets(inputs, features.Length, numbers.ToArray(), targets.Count), features, [.. targets], []);
    }
}
