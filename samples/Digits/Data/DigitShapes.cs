using System.Globalization;
using System.Numerics;

namespace Digits.Data;

/// <summary>One point the pen passes through, in a frame where a digit is 1 high; x goes right, y goes down.</summary>
/// <param name="Point">The position, from the top left corner.</param>
/// <param name="Starts">The pen is put down here: a new stroke begins.</param>
/// <param name="Turns">The pen turns sharply here instead of passing smoothly.</param>
internal readonly record struct Knot(Vector2 Point, bool Starts, bool Turns);

/// <summary>
/// How people write the ten digits, as pen strokes. A digit has several styles (a one with or without flag and foot, a
/// four open or closed, a seven with or without bar, ...), and a style is a list of points in hundredths: the pen
/// passes smoothly through them, <c>/</c> marks a sharp corner at the point before it, <c>;</c> lifts the pen.
/// </summary>
internal static class DigitShapes
{
    private static readonly string[][] Styles =
    [
        [
            "35 2  13 16  5 50  13 84  35 98  57 84  65 50  57 16  33 2",
            "46 7  24 6  7 28  4 60  17 90  40 97  61 76  65 40  52 11  36 4  25 8",
            "30 4  12 26  8 58  18 90  34 97  50 78  54 44  46 14  28 3",
        ],
        [
            "35 0  35 50  34 100",
            "48 0  36 48  26 100",
            "20 24  30 13  38 0 /  38 50  37 100",
            "16 24  28 13  38 0 /  38 50  38 98 ; 12 98  38 97  62 98",
        ],
        [
            "8 22  20 5  42 2  58 18  54 42  32 70  6 97 /  36 96  66 96",
            "8 20  28 3  54 8  60 30  46 58  22 88  9 95  5 85  18 78  40 90  72 95",
            "10 28  16 8  38 2  58 14  58 34  38 62  8 94 /  30 89  50 98  70 90",
            "6 12  30 2  54 12  56 36  36 66  5 97 /  40 97  68 92",
        ],
        [
            "8 12  30 2  54 10  54 32  26 46 /  52 54  62 74  46 95  22 98  4 86",
            "8 4  34 4  58 4 /  28 40 /  54 50  62 74  44 96  8 92",
            "10 14  34 2  56 16  46 38  27 47  24 43  32 46  56 58  62 80  40 98  6 90",
            "6 8  32 1  52 18  40 40  20 46 /  46 46  60 68  48 92  20 99  2 94",
        ],
        [
            "12 4  9 30  8 55 /  36 54  66 53 ; 50 8  49 50  48 100",
            "47 2  26 32  4 65 /  36 65  70 64 ; 47 2  47 50  46 100",
            "10 5  5 34  18 52  40 51  60 42 ; 62 2  56 48  50 100",
            "38 3  20 32  5 60 /  36 60  70 58 ; 52 34  50 66  47 100",
            "54 3  22 30  6 56 /  30 58  62 56 ; 55 3  52 50  44 100",
        ],
        [
            "60 4  38 4  17 4 /  14 24  11 44 /  36 38  58 52  60 76  40 97  6 92",
            "16 5  14 24  13 44  36 40  60 56  58 84  34 98  6 90 ; 15 5  40 4  66 2",
            "60 6  36 4  18 12  17 34  36 44  56 58  56 82  36 98  8 92",
            "62 2  40 6  22 8 /  10 46 /  34 42  52 56  50 80  30 96  2 96",
        ],
        [
            "52 3  28 20  9 52  9 80  28 98  52 90  59 70  44 55  22 60  10 76",
            "38 0  20 34  8 68  18 94  40 97  56 80  50 61  30 57  12 72",
            "30 0  12 34  6 68  20 96  46 96  60 76  46 58  24 62  12 80",
            "62 8  36 6  14 30  6 64  18 94  42 98  60 78  52 56  30 52  8 66",
        ],
        [
            "5 6  34 6  62 6 /  44 48  24 100",
            "5 6  34 6  62 6 /  44 48  24 100 ; 16 52  36 51  58 50",
            "7 22  6 5 /  34 5  63 4 /  42 44  30 100",
            "4 12  20 4  42 9  64 3 /  44 48  36 98",
            "4 10  34 7  58 6  60 16  42 52  20 100",
        ],
        [
            "57 14  37 2  15 14  18 34  38 48  58 64  58 86  34 98  10 86  12 66  34 48  54 32  56 12",
            "34 48  14 34  16 12  34 2  54 12  54 34  34 48  10 62  8 84  34 98  60 84  58 62  33 47",
            "62 10  40 2  16 12  18 34  40 48  56 66  54 88  32 98  10 84  16 64  38 46  64 18",
            "36 46  22 30  28 8  46 4  56 20  46 40  22 58  6 80  18 98  42 92  50 70  34 44",
        ],
        [
            "57 20  38 4  14 13  8 36  26 50  48 40  57 18 /  57 58  52 100",
            "56 24  40 4  14 12  10 36  30 48  50 36  58 14  60 50  48 84  26 98  8 90",
            "54 12  30 2  8 20  14 44  38 46  56 26 ; 57 6  54 50  44 100",
            "50 6  24 4  6 24  16 48  42 42  56 14  52 48  34 100",
        ],
    ];

    private static readonly Knot[][][] Parsed = [.. Styles.Select(styles => styles.Select(Parse).ToArray())];

    /// <summary>The ways in which <paramref name="digit"/> (0 to 9) is written.</summary>
    public static IReadOnlyList<Knot[]> Of(int digit) => Parsed[digit];

    private static Knot[] Parse(string style)
    {
        var knots = new List<Knot>();
        bool starts = true;
        string[] words = style.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < words.Length;)
        {
            if (words[i] == ";")
            {
                starts = true;
                i++;
            }
            else if (words[i] == "/")
            {
                knots[^1] = knots[^1] with { Turns = true };
                i++;
            }
            else
            {
                knots.Add(new Knot(new Vector2(Hundredths(words[i]), Hundredths(words[i + 1])), starts, Turns: false));
                starts = false;
                i += 2;
            }
        }

        return [.. knots];
    }

    private static float Hundredths(string word) => int.Parse(word, CultureInfo.InvariantCulture) / 100f;
}
