using NetGen.Generator.Text;
using Xunit;

namespace NetGen.Generator.Tests.Text;

/// <summary>How statements are gathered on lines, and how long ones are broken.</summary>
public class CodeWriterTests
{
    [Fact]
    public void Rows_are_spread_evenly_over_as_few_lines_as_can_be()
    {
        string statement = new string('a', 39) + ";";
        Assert.Equal([(3 * 41) - 1, (2 * 41) - 1], LengthsOf(code => code.Rows(Enumerable.Repeat(statement, 5))));
        Assert.Equal([(2 * 41) - 1, (2 * 41) - 1], LengthsOf(code => code.Rows(Enumerable.Repeat(statement, 4))));
    }

    [Fact]
    public void A_row_stays_whole_unless_it_is_longer_than_the_longest_line()
    {
        string statement = new string('a', 49) + ";";
        Assert.Equal([(3 * 51) - 1], LengthsOf(code => code.Rows([[statement, statement, statement]])));
        Assert.Equal([(2 * 51) - 1, (2 * 51) - 1], LengthsOf(code => code.Rows([[statement, statement, statement, statement]])));
    }

    [Fact]
    public void Indentation_counts()
    {
        string statement = new string('a', 69) + ";";
        Assert.Equal([70, 70], LengthsOf(code => code.Rows([statement, statement])));
        Assert.Equal([(2 * 69) + 1], LengthsOf(code => code.Rows([statement.Substring(1), statement.Substring(1)])));
        Assert.Equal([4 + 69, 4 + 69], LengthsOf(code =>
        {
            using (code.Indent())
                code.Rows([statement.Substring(1), statement.Substring(1)]);
        }));
    }

    [Fact]
    public void What_is_declared_together_gets_its_type_on_every_line() => Assert.Equal(
        "Floats a0 = 1, a1 = 2;\n", TextOf(code => code.Rows([["a0 = 1", "a1 = 2"]], "Floats ", ", ", ";")));

    [Fact]
    public void Statements_that_belong_together_fill_their_lines()
    {
        string half = new string('a', 69) + ";";
        Assert.Equal([1 + 1 + 70, 70], LengthsOf(code => code.Together("a", half, half)));
        Assert.Equal("", TextOf(code => code.Together()));
    }

    [Fact]
    public void A_long_statement_goes_on_behind_a_comma_a_step_further_in() => Assert.Equal(
        $"f({new string('a', 100)},\n    {new string('b', 100)},\n    {new string('c', 100)});\n",
        TextOf(code => code.Statement($"f({new string('a', 100)}, {new string('b', 100)}, {new string('c', 100)});")));

    [Fact]
    public void A_statement_without_a_comma_is_left_alone() => Assert.Equal(
        new string('a', 200) + "\n", TextOf(code => code.Statement(new string('a', 200))));

    [Fact]
    public void A_long_comment_goes_on_at_a_space() => Assert.Equal(
        $"// {new string('a', 100)}\n// {new string('b', 100)} c\n", TextOf(code => code.Comment($"{new string('a', 100)} {new string('b', 100)} c")));

    private static int[] LengthsOf(Action<CodeWriter> write) => [.. TextOf(write).TrimEnd('\n').Split('\n').Select(line => line.Length)];

    private static string TextOf(Action<CodeWriter> write)
    {
        CodeWriter code = new();
        write(code);
        return code.ToString();
    }
}
