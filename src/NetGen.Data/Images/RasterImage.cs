using static System.FormattableString;

namespace NetGen.Data;

/// <summary>An image of 8 bits per channel.</summary>
/// <param name="Height">Number of rows.</param>
/// <param name="Width">Number of columns.</param>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="Pixels">The values, row by row with the channels last.</param>
public sealed record RasterImage(int Height, int Width, int Channels, byte[] Pixels)
{
    /// <summary>The image in grey or in colour.</summary>
    /// <param name="channels">
    /// 1 for grey: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601, as Pillow's <c>convert("L")</c>). 3 for colour: a grey image gets three equal
    /// channels.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The number of channels is neither 1 nor 3.</exception>
    public RasterImage Convert(int channels)
    {
        CheckChannels(channels);
        if (channels == Channels)
            return this;
        byte[] pixels = new byte[checked(Height * Width * channels)];
        if (channels == 1)
        {
            for (int i = 0; i < pixels.Length; i++)
                pixels[i] = Grey(Pixels[3 * i], Pixels[(3 * i) + 1], Pixels[(3 * i) + 2]);
        }
        else
        {
            for (int i = 0; i < Pixels.Length; i++)
                pixels.AsSpan(3 * i, 3).Fill(Pixels[i]);
        }
        return new RasterImage(Height, Width, channels, pixels);
    }

    /// <summary>Checks a number of channels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither 1 nor 3.</exception>
    internal static void CheckChannels(int channels)
    {
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), Invariant($"There must be 1 channel (grey) or 3 (colour), but got {channels}."));
    }

    // The weights times 2^16; they sum to 2^16, so white stays white.
    private static byte Grey(int red, int green, int blue) => (byte)(((red * 19595) + (green * 38470) + (blue * 7471) + 0x8000) >> 16);
}
