using static System.FormattableString;

namespace NetGen;

/// <summary>
/// The MNIST database of handwritten digits (LeCun, Cortes, Burges), and every set that is distributed in the same four
/// files, such as Fashion-MNIST: 28×28 grey images in ten classes.
/// </summary>
public static class Mnist
{
    private const int Side = 28;
    private const int Classes = 10;

    /// <summary>Reads the four files of a directory.</summary>
    /// <param name="directory">
    /// Holds <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and
    /// <c>t10k-labels-idx1-ubyte</c>, each plain or with <c>.gz</c> (the plain file wins).
    /// </param>
    /// <returns>Training and test set; inputs of shape (28, 28, 1), pixels divided by 255. In memory they stay bytes.</returns>
    /// <exception cref="DirectoryNotFoundException">The directory does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file is missing; the message names all that are.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or not one of 28×28 images or ten classes.</exception>
    public static (Dataset Train, Dataset Test) Load(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"The directory '{directory}' with the MNIST files does not exist.");

        string[] names = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];
        string?[] paths = Array.ConvertAll(names, name => Find(directory, name));
        string[] missing = [.. names.Where((_, i) => paths[i] is null)];
        if (missing.Length > 0)
        {
            throw new FileNotFoundException(
                $"'{directory}' lacks {string.Join(", ", missing)} (each may also have the ending .gz).",
                Path.Combine(directory, missing[0]));
        }
        return (Read(paths[0]!, paths[1]!), Read(paths[2]!, paths[3]!));
    }

    private static string? Find(string directory, string name)
    {
        string plain = Path.Combine(directory, name);
        string compressed = plain + ".gz";
        return File.Exists(plain) ? plain : File.Exists(compressed) ? compressed : null;
    }

    private static Dataset Read(string imagesPath, string labelsPath)
    {
        IdxImages images = Idx.ReadImages(imagesPath);
        if (images.Height != Side || images.Width != Side)
        {
            throw new InvalidDataException(
                Invariant($"'{imagesPath}' has images of {images.Height} × {images.Width} pixels; MNIST's are {Side} × {Side}."));
        }
        int[] labels = Idx.ReadLabels(labelsPath);
        if (labels.Length != images.Count)
        {
            throw new InvalidDataException(
                Invariant($"'{imagesPath}' has {images.Count} images, but '{labelsPath}' has {labels.Length} labels."));
        }
        int stray = Array.FindIndex(labels, label => label >= Classes);
        if (stray >= 0)
        {
            throw new InvalidDataException(
                Invariant($"'{labelsPath}' has the label {labels[stray]} for sample {stray}; MNIST's are 0 to {Classes - 1}."));
        }
        return Dataset.FromLabels(images.Pixels, Side * Side, labels, Classes);
    }
}
