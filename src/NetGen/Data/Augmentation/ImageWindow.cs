namespace NetGen;

/// <summary>Copies a window of an image that may reach beyond it.</summary>
internal static class ImageWindow
{
    /// <summary>Copies a window.</summary>
    /// <param name="image">The image.</param>
    /// <param name="size">Its size.</param>
    /// <param name="top">The row of the image where the window begins; may lie outside.</param>
    /// <param name="left">The column of the image where the window begins; may lie outside.</param>
    /// <param name="window">Takes the values of the window.</param>
    /// <param name="windowSize">The size of the window, with as many channels.</param>
    /// <param name="fill">The value of what lies outside.</param>
    public static void Copy(
        ReadOnlySpan<float> image, ImageSize size, int top, int left, Span<float> window, ImageSize windowSize, float fill)
    {
        // The columns of the window that lie inside.
        int first = Math.Clamp(-left, 0, windowSize.Width);
        int end = Math.Clamp(size.Width - left, first, windowSize.Width);
        for (int y = 0; y < windowSize.Height; y++)
        {
            Span<float> row = windowSize.Row(window, y);
            if ((uint)(top + y) >= (uint)size.Height)
            {
                row.Fill(fill);
                continue;
            }
            row[..(first * size.Channels)].Fill(fill);
            row[(end * size.Channels)..].Fill(fill);
            size.Row(image, top + y)[((left + first) * size.Channels)..((left + end) * size.Channels)].CopyTo(row[(first * size.Channels)..]);
        }
    }
}
