using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace NetGen.RandomNetworks.Declarations;

/// <summary>
/// Random choices from which a declaration is written. Every list of numbers gives one, so a recipe that fails can be made shorter without
/// a thought for shapes.
/// </summary>
/// <param name="Numbers">Not negative.</param>
internal sealed record Recipe(IReadOnlyList<int> Numbers)
{
    private const int Longest = 120;

    private const int Largest = 1 << 20;

    /// <summary>Recipes of all lengths, with shorter ones to try where one fails.</summary>
    public static Arbitrary<Recipe> Any { get; } = Arb.From(
        Gen.Choose(0, Largest).ArrayOf(Longest).Select(numbers => new Recipe(numbers)),
        recipe => recipe.Shorter());

    public override string ToString() => string.Join(' ', Numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private IEnumerable<Recipe> Shorter()
    {
        for (int part = Numbers.Count; part > 0; part /= 2)
            for (int start = 0; start < Numbers.Count; start += part)
                yield return new Recipe([.. Numbers.Take(start), .. Numbers.Skip(start + part)]);
        for (int i = 0; i < Numbers.Count; i++)
            if (Numbers[i] > 0)
                yield return new Recipe([.. Numbers.Take(i), 0, .. Numbers.Skip(i + 1)]);
    }
}

/// <summary>Reads a recipe, number after number; when none is left, all further ones are 0.</summary>
internal sealed class Choices(Recipe recipe)
{
    private int _next;

    /// <summary>A number from 0 to <paramref name="count"/> - 1.</summary>
    public int Next(int count) => _next < recipe.Numbers.Count ? recipe.Numbers[_next++] % count : 0;

    /// <summary>One of some values.</summary>
    public T Of<T>(params ReadOnlySpan<T> values) => values[Next(values.Length)];

    /// <summary>A number in a range with both ends.</summary>
    public int Between(int least, int most) => least + Next(most - least + 1);

    /// <summary>True once in <paramref name="every"/> times.</summary>
    public bool Rarely(int every) => Next(every) == every - 1;
}
