using Spectre.Console;
using Spectre.Console.Rendering;

namespace Digits.Display;

/// <summary>
/// The middle 24×24 pixels of a digit as 24 columns and 12 lines of text. Where the terminal has grey shades, each
/// character is an upper half block whose two colours are two pixels; elsewhere it is a letter as dark as the pixels.
/// </summary>
/// <param name="image">28×28 pixels in rows, 0 for paper to 1 for ink.</param>
internal sealed class DigitArt(ReadOnlyMemory<float> image) : Renderable
{
    /// <summary>Columns that a digit takes.</summary>
    public const int Width = ImageSide - (2 * Margin);

    private const int ImageSide = 28;
    private const int Margin = 2;
    private const string Darkness = " .:-=+*#%@";

    /// <inheritdoc/>
    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(Width, Width);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        bool shades = options.Ansi && options.Unicode && options.ColorSystem >= ColorSystem.EightBit;
        for (int row = Margin; row < ImageSide - Margin; row += 2)
        {
            if (shades)
            {
                for (int column = Margin; column < ImageSide - Margin; column++)
                    yield return new Segment("▀", new Style(Grey(row, column), Grey(row + 1, column)));
            }
            else
            {
                yield return new Segment(Letters(row));
            }

            yield return Segment.LineBreak;
        }
    }

    private string Letters(int row) => string.Create(Width, row, (letters, row) =>
    {
        for (int i = 0; i < letters.Length; i++)
        {
            float ink = (Pixel(row, i + Margin) + Pixel(row + 1, i + Margin)) / 2f;
            letters[i] = Darkness[(int)((ink * (Darkness.Length - 1)) + 0.5f)];
        }
    });

    private Color Grey(int row, int column)
    {
        byte shade = (byte)(Pixel(row, column) * 255f);
        return new Color(shade, shade, shade);
    }

    private float Pixel(int row, int column) => Math.Clamp(image.Span[(row * ImageSide) + column], 0f, 1f);
}
