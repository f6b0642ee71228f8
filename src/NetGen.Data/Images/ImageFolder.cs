using static System.FormattableString;

namespace NetGen.Data;

/// <summary>
/// Images in a folder for each class, as torchvision's <c>ImageFolder</c>: <c>root/cat/1.png</c>, <c>root/cat/old/2.png</c>, <c>root/dog/1.png</c>. The
/// classes are the names of the folders, sorted by their characters' codes (ordinally), and so are the files of a class. <see cref="Read"/> reads one file
/// at a time, while a network trains; <see cref="Load"/> reads all at once.
/// </summary>
/// <remarks>
/// Files with the endings .png, .pgm, .ppm and .pnm are read, in any case of letters, as <see cref="ImageFile"/> says. An image of a format that
/// cannot be read, such as .jpg, is an error, and other files are skipped. Pixels are divided by 255, unless the network takes
/// bytes (<see cref="InputType.UInt8"/>).
/// </remarks>
public sealed class ImageFolder : ISampleSource
{
    private static readonly string[] Readable = [".png", ".pgm", ".ppm", ".pnm"];
    private static readonly string[] Unreadable = [".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".avif", ".heic"];

    private readonly string[] _files;
    private readonly int[] _labels;

    private ImageFolder(string[] classNames, string[] files, int[] labels, int height, int width, int channels)
    {
        ClassNames = classNames;
        _files = files;
        _labels = labels;
        (Height, Width, Channels) = (height, width, channels);
    }

    /// <summary>The name of each class.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The path of each sample's file.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Rows of an image.</summary>
    public int Height { get; }

    /// <summary>Columns of an image.</summary>
    public int Width { get; }

    /// <summary>Channels of an image: 1 for grey, 3 for colour.</summary>
    public int Channels { get; }

    /// <inheritdoc/>
    public int Count => _files.Length;

    /// <inheritdoc/>
    public int InputLength => Height * Width * Channels;

    /// <inheritdoc/>
    public int ClassCount => ClassNames.Count;

    /// <inheritdoc/>
    public int TargetLength => 0;

    /// <summary>Finds the images of a folder; reads none of them.</summary>
    /// <param name="path">The folder that has a folder for each class.</param>
    /// <param name="height">Rows that every image must have.</param>
    /// <param name="width">Columns that every image must have.</param>
    /// <param name="channels">1 for grey, 3 for colour; images of the other kind are converted.</param>
    /// <param name="classNames">
    /// The classes in their order, or <see langword="null"/> for the names of the folders. For the validation images give the
    /// <see cref="ClassNames"/> of the training images, because the folder of a class may be missing there.
    /// </param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    /// <exception cref="InvalidDataException">
    /// There are no class folders, one has no images or is none of <paramref name="classNames"/>, or an image is of a format that cannot be read.
    /// </exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static ImageFolder Open(string path, int height, int width, int channels, IReadOnlyList<string>? classNames = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        RasterImage.CheckChannels(channels);
        if ((Int128)height * width * channels > Array.MaxLength)
            throw new ArgumentException(Invariant($"Images of {height} × {width} × {channels} do not fit into an array."));

        string[] folders = [.. Directory.GetDirectories(path).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];
        if (folders.Length == 0)
            throw new InvalidDataException($"'{path}' has no folders; each class should have one.");
        string[] classes = [.. classNames ?? folders];
        List<string> files = [];
        List<int> labels = [];
        foreach (string folder in folders)
        {
            int label = Array.IndexOf(classes, folder);
            if (label < 0)
                throw new InvalidDataException($"'{path}' has the folder '{folder}', which is none of the {Invariant($"{classes.Length}")} classes.");
            int before = files.Count;
            files.AddRange(Images(Path.Combine(path, folder)));
            if (files.Count == before)
                throw new InvalidDataException($"'{Path.Combine(path, folder)}' has no images ({string.Join(", ", Readable)}).");
            labels.AddRange(Enumerable.Repeat(label, files.Count - before));
        }
        return new ImageFolder(classes, [.. files], [.. labels], height, width, channels);
    }

    /// <summary>Reads all images. In memory they stay bytes.</summary>
    /// <exception cref="InvalidDataException">A file is damaged or of another size, or all images together do not fit into an array.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public Dataset Load()
    {
        if ((long)Count * InputLength > Array.MaxLength)
        {
            throw new InvalidDataException(
                Invariant($"{Count} images of {InputLength} bytes do not fit into an array: train with the folder itself, which reads them one by one."));
        }
        byte[] pixels = new byte[Count * InputLength];
        for (int i = 0; i < Count; i++)
            Pixels(i).CopyTo(pixels, i * InputLength);
        return Dataset.FromLabels(pixels, InputLength, _labels, ClassCount);
    }

    /// <summary>Reads an image. This allocates the file and its pixels.</summary>
    /// <param name="sample">Says which sample, and takes its values: its input, and its label.</param>
    /// <exception cref="InvalidDataException">The file is damaged or of another size.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Read(Sample sample)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)sample.Index, (uint)Count, nameof(sample));
        if (sample.Input.Length != InputLength)
            throw new ArgumentException(Invariant($"A sample has {InputLength} values, but got room for {sample.Input.Length}."), nameof(sample));
        byte[] pixels = Pixels(sample.Index);
        float unit = sample.InputType == InputType.UInt8 ? 1 : 255;
        for (int i = 0; i < pixels.Length; i++)
            sample.Input[i] = pixels[i] / unit;
        sample.Label = _labels[sample.Index];
    }

    // The same order on every system, whatever it has between the names of folders.
    private static string InOrder(string file) => file.Replace(Path.DirectorySeparatorChar, '/');

    private byte[] Pixels(int index) => ImageFile.Read(_files[index], Height, Width, Channels).Pixels;

    private static IEnumerable<string> Images(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).OrderBy(InOrder, StringComparer.Ordinal))
        {
            string ending = Path.GetExtension(file);
            if (Unreadable.Contains(ending, StringComparer.OrdinalIgnoreCase))
                throw new InvalidDataException($"'{file}' is an image of a format that cannot be read; convert it to PNG.");
            if (Readable.Contains(ending, StringComparer.OrdinalIgnoreCase))
                yield return file;
        }
    }
}
