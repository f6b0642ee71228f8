using System.Globalization;
using System.Text;

namespace NetGen.Data;

/// <summary>How a CSV file is written, and which of its columns are used.</summary>
public sealed record CsvOptions
{
    /// <summary>The character between fields, ASCII; a comma unless set.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>How numbers are written; the invariant culture, with a decimal point, unless set.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>The encoding; unless set, that of the byte order mark, or UTF-8 without one.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The names of the columns, for a file without a header; <see langword="null"/> if its first record has them.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>
    /// The columns that become inputs, in this order; unless set, all that are not the label or targets and not <see cref="Ignored"/>, in the file's
    /// order.
    /// </summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Columns that are not read; none unless set. They need not exist.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>
    /// The texts of the classes: the label is the place of the field's text among them, and any other text is an error. For a second file give the
    /// <see cref="CsvTable.ClassNames"/> of the first one, because a class may be missing there. Unless set, the classes are the distinct texts of the
    /// column, sorted by their characters' codes (ordinally).
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>
    /// Number of classes if the label column has their numbers, 0 to this number − 1; <see langword="null"/> if it has texts.
    /// </summary>
    public int? ClassCount { get; init; }
}
