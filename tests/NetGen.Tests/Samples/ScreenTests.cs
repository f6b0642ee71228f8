using Digits;
using Digits.Display;
using Spectre.Console;
using Xunit;

namespace NetGen.Tests.Samples;

public sealed class ScreenTests
{
    private const char Escape = '\e';

    private readonly StringWriter _text = new();

    [Fact]
    public void A_file_gets_plain_letters()
    {
        ShowEverything(Open(AnsiSupport.No, ColorSystemSupport.NoColors));
        string text = _text.ToString();
        Assert.DoesNotContain(Escape, text);
        Assert.DoesNotContain('\r', text.ReplaceLineEndings("\n"));
        Assert.DoesNotContain('▀', text);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
    }

    [Theory]
    [InlineData(ColorSystemSupport.TrueColor, "\e[38;2;255;255;255;48;2;0;0;0m▀")]
    [InlineData(ColorSystemSupport.EightBit, "\e[38;5;15;48;5;0m▀")]
    public void A_terminal_gets_two_pixels_in_a_half_block(ColorSystemSupport colours, string expected)
    {
        Screen screen = Open(AnsiSupport.Yes, colours);
        screen.Digits([new Reading(Image((x, y) => y % 2 == 0 ? 1f : 0f), 1, 1, 1f)]);
        Assert.Contains(expected, _text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sixteen_colours_are_too_few_for_shades()
    {
        Open(AnsiSupport.Yes, ColorSystemSupport.Standard).Digits([new Reading(Image((_, _) => 1f), 1, 1, 1f)]);
        Assert.DoesNotContain('▀', _text.ToString());
        Assert.Contains(new string('@', 24), _text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_are_as_dark_as_the_two_pixels_they_stand_for()
    {
        // Darker from left to right, and the lower of each two rows empty.
        Plain().Digits([new Reading(Image((x, y) => y % 2 == 0 ? (x - 2) / 23f : 0f), 3, 3, 0.5f)]);
        string[] lines = _text.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.All(lines[..12], line => Assert.Equal("   .....:::::-----=====+", line.TrimEnd()));
        Assert.Equal("3  50.0 %", lines[12].TrimEnd());
    }

    [Fact]
    public void A_mistake_says_what_the_digit_is()
    {
        Plain().Digits([new Reading(Image((_, _) => 0f), 9, 4, 0.8125f)]);
        Assert.Contains("4  81.3 %  is 9", _text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(80, 3)]
    [InlineData(104, 4)]
    [InlineData(400, 6)]
    public void As_many_digits_stand_side_by_side_as_fit(int width, int expected) =>
        Assert.Equal(expected, Open(AnsiSupport.No, ColorSystemSupport.NoColors, width).DigitsPerRow);

    [Fact]
    public void The_confusion_matrix_has_a_row_for_each_digit()
    {
        var matrix = new ConfusionMatrix(10);
        matrix.Add(7, 7);
        matrix.Add(7, 7);
        matrix.Add(7, 1);
        for (int digit = 0; digit < 10; digit++)
            matrix.Add(digit, digit);

        Plain().Confusion(matrix);
        string row = Assert.Single(Lines(), line => line.TrimStart().StartsWith("7 ", StringComparison.Ordinal));
        Assert.Equal(["7", ".", "1", ".", ".", ".", ".", ".", "3", ".", ".", "75.0", "%"], row.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_confusion_matrix_of_ten_thousand_digits_fits_into_80_columns()
    {
        var matrix = new ConfusionMatrix(10);
        for (int i = 0; i < 10_000; i++)
            matrix.Add(i % 10, i % 10);

        // The head, its rule and a line for each digit.
        Plain().Confusion(matrix);
        Assert.Equal(12, Lines().Length);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public void Everything_fits_the_width(int width)
    {
        ShowEverything(Open(AnsiSupport.No, ColorSystemSupport.NoColors, width));
        Assert.All(_text.ToString().ReplaceLineEndings("\n").Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, width));
    }

    [Fact]
    public void Sentences_are_broken_between_words()
    {
        Open(AnsiSupport.No, ColorSystemSupport.NoColors, 20).Write("Saved to /a/path/that/is/longer/than/that and loaded again");
        Assert.Equal(["Saved to", "/a/path/that/is/longer/than/that", "and loaded again"], Lines());
    }

    [Fact]
    public void Accuracy_is_given_in_per_cent_and_counts()
    {
        var matrix = new ConfusionMatrix(10);
        matrix.Add(1, 1);
        matrix.Add(2, 3);
        Plain().Accuracy("Trained", new EvaluationResult { Samples = 2, Loss = 0.25, ConfusionMatrix = matrix });
        Assert.Equal("Trained: 50.00 % right (1 of 2 test digits), loss 0.2500", Assert.Single(Lines()));
    }

    private static float[] Image(Func<int, int, float> ink) =>
        [.. Enumerable.Range(0, 28 * 28).Select(i => ink(i % 28, i / 28))];

    private static void ShowEverything(Screen screen)
    {
        var matrix = new ConfusionMatrix(10);
        for (int i = 0; i < 11_000; i++)
            matrix.Add(i % 10, i % 11 % 10);

        screen.Heading("Heading [with brackets]");
        screen.Write("Text [with brackets] that is so long that it does not fit into a line of eighty columns but takes two");
        screen.Summary(DigitNet.Summary);
        screen.Accuracy("Trained", new EvaluationResult { Samples = 11_000, Loss = 12.5, ConfusionMatrix = matrix });
        screen.Confusion(matrix);
        screen.Digits(Enumerable.Range(0, 7).Select(i => new Reading(Image((x, y) => x * y % (i + 2) / (i + 2f)), i, i / 2, 1f)));
    }

    private Screen Plain() => Open(AnsiSupport.No, ColorSystemSupport.NoColors);

    private string[] Lines() => _text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private Screen Open(AnsiSupport ansi, ColorSystemSupport colours, int width = 80)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi,
            ColorSystem = colours,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_text),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return new Screen(console);
    }
}
