using static System.FormattableString;

namespace NetGen.Data;

/// <summary>
/// Reads images: PNG (every colour type and bit depth, interlaced or not), and the portable formats PGM and PPM, as text (P2, P3) or binary (P5, P6).
/// The content decides which it is, not the name. Values of another range, such as 16 bits, are scaled to 0 to 255 and rounded; transparency is ignored.
/// </summary>
public static class ImageFile
{
    /// <summary>Reads an image.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The image, in grey if the file is grey, otherwise in colour.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or of another format.</exception>
    /// <exception cref="IOException">The file cannot be read or does not exist.</exception>
    public static RasterImage Read(string path) => Read(path, static _ => { });

    /// <summary>Reads an image of known size.</summary>
    /// <param name="path">The file.</param>
    /// <param name="height">Number of rows that it must have.</param>
    /// <param name="width">Number of columns that it must have.</param>
    /// <param name="channels">1 for grey, 3 for colour; an image of the other kind is converted.</param>
    /// <exception cref="InvalidDataException">The file is damaged, of another format, or of another size.</exception>
    /// <exception cref="IOException">The file cannot be read or does not exist.</exception>
    public static RasterImage Read(string path, int height, int width, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        RasterImage.CheckChannels(channels);
        RasterImage image = Read(path, header =>
        {
            if (header.Height != height || header.Width != width)
                throw new InvalidDataException(Invariant($"it has {header.Height} × {header.Width} pixels instead of {height} × {width}"));
        });
        return image.Convert(channels);
    }

    // The header is checked before memory is taken for the pixels.
    private static RasterImage Read(string path, Action<ImageHeader> check)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] file = File.ReadAllBytes(path);
        try
        {
            if (PngReader.Recognizes(file))
                return PngReader.Read(file, check);
            if (PnmReader.Recognizes(file))
                return PnmReader.Read(file, check);
            throw new InvalidDataException("it is neither PNG nor PGM nor PPM");
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"'{path}' is no image that can be used: {fault.Message}.", fault);
        }
    }
}
