using System.Globalization;

using static System.FormattableString;

namespace NetGen.Data;

/// <summary>The column of the class.</summary>
internal sealed class LabelColumn : OutputColumns
{
    private readonly List<int> _labels = [];
    private readonly Dictionary<string, int> _classes = new(StringComparer.Ordinal);
    private readonly int? _classCount;
    private readonly bool _classesAreGiven;

    private LabelColumn(CsvOptions options)
    {
        _classCount = options.ClassCount;
        _classesAreGiven = options.ClassNames is not null;
        foreach (string name in options.ClassNames ?? [])
        {
            if (!_classes.TryAdd(name, _classes.Count))
                throw new ArgumentException($"The class {Quote.Text(name)} is named twice.", nameof(options));
        }
    }

    /// <summary>Checks what the options say about classes.</summary>
    /// <exception cref="ArgumentException">They contradict each other.</exception>
    public static LabelColumn Create(string label, CsvOptions options)
    {
        if (options.ClassCount is not null && options.ClassNames is not null)
        {
            throw new ArgumentException(
                $"The classes of '{label}' are either texts or numbers: ClassNames and ClassCount cannot both be set.", nameof(options));
        }
        if (options.ClassCount < 1)
            throw new ArgumentException(Invariant($"The number of classes must be at least 1, but got {options.ClassCount}."), nameof(options));
        if (options.ClassNames is { Count: 0 })
            throw new ArgumentException("There are no class names.", nameof(options));
        return new LabelColumn(options);
    }

    public override string? Add(int column, string text, IFormatProvider culture)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "the class is missing";
        if (_classCount is { } count)
        {
            bool isNumber = int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, culture, out int number);
            _labels.Add(number);
            return isNumber && number < count ? null : Quote.Text(text) + Invariant($" is no class; classes are 0 to {count - 1}");
        }
        if (!_classes.TryGetValue(text, out int label))
        {
            if (_classesAreGiven)
                return $"{Quote.Text(text)} is none of the {Invariant($"{_classes.Count}")} classes";
            label = _classes.Count;
            _classes.Add(text, label);
        }
        _labels.Add(label);
        return null;
    }

    /// <summary>The labels and the names of their classes.</summary>
    public (int[] Labels, string[] Names) Finish()
    {
        if (_classCount is { } count)
            return ([.. _labels], [.. Enumerable.Range(0, count).Select(i => Invariant($"{i}"))]);
        if (_classesAreGiven)
            return ([.. _labels], [.. _classes.OrderBy(pair => pair.Value).Select(pair => pair.Key)]);

        // The labels so far are in the order in which the classes were met.
        string[] names = [.. _classes.Keys.Order(StringComparer.Ordinal)];
        int[] sorted = new int[names.Length];
        for (int i = 0; i < names.Length; i++)
            sorted[_classes[names[i]]] = i;
        return ([.. _labels.Select(label => sorted[label])], names);
    }
}
