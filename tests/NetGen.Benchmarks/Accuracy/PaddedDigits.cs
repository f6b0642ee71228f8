namespace NetGen.Benchmarks.Accuracy;

/// <summary>MNIST's digits as images of 32×32 pixels in three channels: two zeros on each side, and the grey value in every channel.</summary>
internal static class PaddedDigits
{
    private const int Side = 28, Margin = 2, PaddedSide = Side + (2 * Margin), Channels = 3, Classes = 10;

    /// <summary>The first training images, and all test images.</summary>
    /// <exception cref="IOException">The folder or a file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or there are fewer training images.</exception>
    public static (Dataset Train, Dataset Test) Load(string folder, int images)
    {
        (Dataset train, Dataset test) = Mnist.Load(folder);
        return images <= train.Count
            ? (Pad(train.Take(images)), Pad(test))
            : throw new InvalidDataException(FormattableString.Invariant($"'{folder}' has {train.Count} training images; --images asks for {images}."));
    }

    private static Dataset Pad(Dataset digits)
    {
        var inputs = new float[digits.Count * PaddedSide * PaddedSide * Channels];
        var labels = new int[digits.Count];
        for (int image = 0; image < digits.Count; image++)
        {
            ReadOnlySpan<float> pixels = digits.Input(image);
            for (int pixel = 0; pixel < pixels.Length; pixel++)
            {
                int row = (pixel / Side) + Margin, column = (pixel % Side) + Margin;
                inputs.AsSpan(((((image * PaddedSide) + row) * PaddedSide) + column) * Channels, Channels).Fill(pixels[pixel]);
            }

            labels[image] = digits.Label(image);
        }

        return Dataset.FromLabels(inputs, PaddedSide * PaddedSide * Channels, labels, Classes);
    }
}
