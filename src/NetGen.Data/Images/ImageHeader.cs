using static System.FormattableString;

namespace NetGen.Data;

/// <summary>The size that an image file announces.</summary>
/// <param name="Height">Number of rows, at least 1.</param>
/// <param name="Width">Number of columns, at least 1.</param>
internal readonly record struct ImageHeader(int Height, int Width)
{
    /// <summary>Checks that the announced pixels can be in the file, before memory is taken for them.</summary>
    /// <param name="bitsPerPixel">The bits of a pixel in the file, before compression.</param>
    /// <param name="bytes">The number of bytes that there are, or that can come out of them.</param>
    /// <param name="channels">The channels of the image in memory.</param>
    /// <exception cref="InvalidDataException">There are not enough, or the image is too large for an array.</exception>
    public void CheckPossible(long bitsPerPixel, long bytes, int channels)
    {
        // Both are below 2^31, and a pixel has at most 64 bits: 128 bits hold the product.
        Int128 needed = ((Int128)Height * Width * bitsPerPixel) / 8;
        if (needed > bytes)
        {
            throw new InvalidDataException(Invariant(
                $"it is cut short: its header announces {Height} × {Width} pixels, which need {needed} bytes, and there are at most {bytes}"));
        }
        if ((Int128)Height * Width * channels > Array.MaxLength)
            throw new InvalidDataException(Invariant($"its {Height} × {Width} pixels do not fit into an array"));
    }
}
