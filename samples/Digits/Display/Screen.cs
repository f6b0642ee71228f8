using System.Globalization;
using NetGen;
using Spectre.Console;
using Spectre.Console.Rendering;
using static System.FormattableString;

namespace Digits.Display;

/// <summary>Shows the program's results, in colour on a terminal and as plain text in a file.</summary>
/// <param name="console">Where tables and colours go.</param>
internal sealed class Screen(IAnsiConsole console)
{
    private const int Gap = 2;
    private const int MostPerRow = 6;

    /// <summary>How many digits fit side by side.</summary>
    public int DigitsPerRow { get; } =
        Math.Clamp((console.Profile.Width + Gap) / (DigitArt.Width + Gap), 1, MostPerRow);

    /// <summary>
    /// The screen of this process. Escape codes are switched off for files and pipes, where Spectre.Console would write
    /// them if only the terminal at hand knows them.
    /// </summary>
    public static Screen Open()
    {
        bool file = Console.IsOutputRedirected;
        return new Screen(AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Out),
            Ansi = file ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = file ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
        }));
    }

    /// <summary>Begins a part of the output.</summary>
    public void Heading(string text)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{text}[/]");
    }

    /// <summary>Writes a sentence, in lines that are broken between words; paths and addresses stay whole.</summary>
    public void Write(string text)
    {
        int column = 0;
        foreach (string word in text.Split(' '))
        {
            bool breaks = column > 0 && column + 1 + word.Length > console.Profile.Width;
            if (column > 0)
                Output.Write(breaks ? Environment.NewLine : " ");
            Output.Write(word);
            column = breaks || column == 0 ? word.Length : column + 1 + word.Length;
        }

        Output.WriteLine();
    }

    /// <summary>Shows what a network is made of.</summary>
    public void Summary(NetworkSummary summary) => WriteLines(summary.ToString(console.Profile.Width));

    /// <summary>Shows how well a network reads.</summary>
    /// <param name="name">What is said to reach the accuracy.</param>
    /// <param name="result">An evaluation of a classifier.</param>
    public void Accuracy(string name, EvaluationResult result)
    {
        ConfusionMatrix matrix = result.ConfusionMatrix!;
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"{name}: [bold green]{100 * matrix.Accuracy:0.00} %[/] right ({matrix.Correct} of {matrix.Total} test digits), loss {result.Loss:0.0000}");
    }

    /// <summary>
    /// Shows which digits were taken for which: a row for each digit, a column for each answer. Where that is too wide, the
    /// matrix chooses its own form.
    /// </summary>
    public void Confusion(ConfusionMatrix matrix)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(Column("is \\ as"));
        for (int predicted = 0; predicted < matrix.Classes; predicted++)
            table.AddColumn(Column(Invariant($"[bold]{predicted}[/]")));
        table.AddColumn(Column("right"));

        for (int actual = 0; actual < matrix.Classes; actual++)
        {
            int row = actual;
            IEnumerable<string> cells = Enumerable.Range(0, matrix.Classes).Select(predicted => Cell(matrix, row, predicted));
            table.AddRow([Invariant($"[bold]{row}[/]"), .. cells, Invariant($"{100 * matrix.Recall(row):0.0} %")]);
        }

        if (((IRenderable)table).Measure(RenderOptions.Create(console), int.MaxValue).Max <= console.Profile.Width)
            console.Write(table);
        else
            WriteLines(matrix.ToString(console.Profile.Width));
    }

    /// <summary>Draws digits side by side, each with what the network reads in it.</summary>
    public void Digits(IEnumerable<Reading> readings)
    {
        foreach (Reading[] row in readings.Chunk(DigitsPerRow))
        {
            var grid = new Grid();
            foreach (Reading _ in row)
                grid.AddColumn(new GridColumn().NoWrap().Width(DigitArt.Width).Padding(0, 0, Gap, 0));
            grid.AddRow([.. row.Select(reading => new Rows(new DigitArt(reading.Image), Caption(reading)))]);
            console.Write(grid);
            console.WriteLine();
        }
    }

    private TextWriter Output => console.Profile.Out.Writer;

    private void WriteLines(string lines) => Output.Write(lines.ReplaceLineEndings());

    private static TableColumn Column(string header) => new TableColumn(header).RightAligned().NoWrap().Padding(1, 0, 0, 0);

    private static string Cell(ConfusionMatrix matrix, int actual, int predicted)
    {
        int count = matrix[actual, predicted];
        string colour = actual == predicted ? "green" : count > 0 ? "red" : "grey";
        return count > 0 ? Invariant($"[{colour}]{count}[/]") : $"[{colour}].[/]";
    }

    private static Markup Caption(Reading reading)
    {
        string seen = Invariant($"{reading.Digit}  {100 * reading.Confidence:0.0} %");
        return new Markup(reading.Right ? $"[green]{seen}[/]" : Invariant($"[red]{seen}[/]  is {reading.Label}"));
    }
}
