using System.Buffers.Binary;
using System.IO.Compression;

using static System.FormattableString;

namespace NetGen;

/// <summary>Grey images read from an IDX file.</summary>
/// <param name="Count">Number of images.</param>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
/// <param name="Pixels">All pixels, 0 (background in MNIST) to 255, image by image and row by row.</param>
public sealed record IdxImages(int Count, int Height, int Width, byte[] Pixels)
{
    /// <summary>
    /// The pixels as network inputs of shape (height, width, 1): each divided by 255. A <see cref="Dataset"/> also takes
    /// <see cref="Pixels"/> as they are, in a quarter of the memory.
    /// </summary>
    public float[] ToInputs()
    {
        float[] inputs = new float[Pixels.Length];
        new ByteInputs(Pixels, ByteInputs.ToUnit, 0).Copy(0, inputs);
        return inputs;
    }
}

/// <summary>
/// Reads IDX files, the format of the MNIST database (http://yann.lecun.com/exdb/mnist): two zero bytes, the element type,
/// the number of dimensions, each dimension as a big-endian 32-bit integer, then the elements. Files of unsigned bytes are
/// supported, plain or compressed with gzip (recognised by content, not by name).
/// </summary>
public static class Idx
{
    private const byte UnsignedByte = 0x08;

    /// <summary>deflate cannot shrink data further than this (RFC 1951: 258 bytes from two bits).</summary>
    private const long HighestDeflateRatio = 1032;

    /// <summary>Reads a file with three dimensions: images, rows, columns.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is no IDX file of unsigned bytes with three dimensions, or is longer or shorter than its header says.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read or does not exist.</exception>
    public static IdxImages ReadImages(string path)
    {
        (int[] dimensions, byte[] data) = Read(path, "images", 3);
        return new IdxImages(dimensions[0], dimensions[1], dimensions[2], data);
    }

    /// <summary>Reads a file with one dimension: the class of each sample.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is no IDX file of unsigned bytes with one dimension, or is longer or shorter than its header says.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read or does not exist.</exception>
    public static int[] ReadLabels(string path)
    {
        (_, byte[] data) = Read(path, "labels", 1);
        return Array.ConvertAll(data, static label => (int)label);
    }

    private static (int[] Dimensions, byte[] Data) Read(string path, string content, int rank)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = File.OpenRead(path);
        bool compressed = IsGzip(file);
        using Stream stream = compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
        int[] dimensions = ReadHeader(stream, path, content, rank);
        long length = DataLength(dimensions, path);
        CheckPossible(path, length, 4 + 4 * rank, file.Length, compressed);
        byte[] data = new byte[length];
        int read = Fill(data, stream, path);
        if (read < data.Length)
            throw Truncated(path, Invariant($"its header announces {Bytes(dimensions, length)} of {content}"), read);
        if (Fill(stackalloc byte[1], stream, path) > 0)
        {
            throw new InvalidDataException(Invariant(
                $"'{path}' has more data than the {Bytes(dimensions, length)} of {content} that its header announces."));
        }
        return (dimensions, data);
    }

    /// <summary>Reads until the buffer is full or the data ends, and names the file when it cannot be decompressed.</summary>
    private static int Fill(Span<byte> buffer, Stream stream, string path)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException(
                $"'{path}' is damaged: it cannot be decompressed with gzip ({fault.Message})", fault);
        }
    }

    private static bool IsGzip(FileStream file)
    {
        bool gzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return gzip;
    }

    private static int[] ReadHeader(Stream stream, string path, string content, int rank)
    {
        Span<byte> magic = stackalloc byte[4];
        int read = Fill(magic, stream, path);
        if (read < magic.Length)
            throw Truncated(path, "an IDX file begins with 4 bytes that say what it holds", read);
        if (magic[0] != 0 || magic[1] != 0)
        {
            throw new InvalidDataException(
                $"'{path}' is no IDX file: it begins with the bytes {Convert.ToHexString(magic)}, and the first two must be 0.");
        }
        if (magic[2] != UnsignedByte)
        {
            throw new InvalidDataException(
                $"'{path}' has elements of type {ElementType(magic[2])}; {content} must be of type {ElementType(UnsignedByte)}.");
        }
        if (magic[3] != rank)
        {
            throw new InvalidDataException(
                Invariant($"'{path}' has {Dimensions(magic[3])}; a file of {content} has {Dimensions(rank)}."));
        }

        Span<byte> sizes = stackalloc byte[4 * rank];
        read = Fill(sizes, stream, path);
        if (read < sizes.Length)
            throw Truncated(path, Invariant($"its {Dimensions(rank)} need {sizes.Length} bytes after the first 4"), read);
        int[] dimensions = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(sizes[(4 * i)..]);
            if (size > int.MaxValue)
            {
                throw new InvalidDataException(
                    Invariant($"'{path}' says that its dimension {i} is {size}; at most {int.MaxValue} is possible."));
            }
            if (size == 0 && i > 0)
            {
                throw new InvalidDataException(
                    Invariant($"'{path}' says that its dimension {i} is 0: images need rows and columns."));
            }
            dimensions[i] = (int)size;
        }
        return dimensions;
    }

    private static long DataLength(int[] dimensions, string path)
    {
        long length = 1;
        foreach (int dimension in dimensions)
        {
            // Both factors are below 2^31, so the product fits before it is compared.
            length *= dimension;
            if (length > Array.MaxLength)
            {
                throw new InvalidDataException(
                    Invariant($"'{path}' announces {Sizes(dimensions)} bytes; at most {Array.MaxLength} fit into an array."));
            }
        }
        return length;
    }

    /// <summary>Refuses a header that the size of the file shows to be wrong before any memory is taken for it.</summary>
    private static void CheckPossible(string path, long length, int headerLength, long fileLength, bool compressed)
    {
        long most = compressed ? fileLength * HighestDeflateRatio : fileLength - headerLength;
        if (length > most)
            throw Truncated(path, Invariant($"its header announces {length} bytes of data"), most, compressed ? "at most " : "");
    }

    private static InvalidDataException Truncated(string path, string expected, long actual, string qualifier = "") =>
        new(Invariant($"'{path}' is cut short: {expected}, and there are {qualifier}{actual}."));

    private static string Sizes(int[] dimensions) => string.Join(" × ", dimensions.Select(size => Invariant($"{size}")));

    private static string Bytes(int[] dimensions, long length) =>
        dimensions.Length == 1 ? Invariant($"{length} bytes") : Invariant($"{Sizes(dimensions)} = {length} bytes");

    private static string Dimensions(int rank) => rank == 1 ? "1 dimension" : Invariant($"{rank} dimensions");

    private static string ElementType(byte type) => Invariant($"0x{type:X2}") + type switch
    {
        UnsignedByte => " (unsigned byte)",
        0x09 => " (signed byte)",
        0x0B => " (16-bit integer)",
        0x0C => " (32-bit integer)",
        0x0D => " (32-bit float)",
        0x0E => " (64-bit float)",
        _ => " (unknown)",
    };
}
