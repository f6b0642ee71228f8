using System.Buffers.Binary;
using System.Runtime.InteropServices;

using static System.FormattableString;

namespace NetGen;

/// <summary>Reads the labels of all samples from a file.</summary>
internal static class RawLabels
{
    /// <summary>Reads all labels.</summary>
    /// <exception cref="InvalidDataException">The file ends within its header or a label, or has too many for an array.</exception>
    public static int[] Read(RawFile file)
    {
        using FileStream stream = File.OpenRead(file.Path);
        long length = stream.Length - file.HeaderLength;
        if (length < 0)
        {
            throw new InvalidDataException(
                Invariant($"'{file.Path}' is cut short: its header has {file.HeaderLength} bytes, and there are {stream.Length}."));
        }
        if (length % file.ValueLength != 0)
        {
            throw new InvalidDataException(
                Invariant($"'{file.Path}' has {length} bytes of labels, which is no whole number of labels of {file.ValueLength} bytes."));
        }
        if (length > Array.MaxLength)
        {
            throw new InvalidDataException(
                Invariant($"'{file.Path}' has {length} bytes of labels; at most {Array.MaxLength} are possible."));
        }
        stream.Position = file.HeaderLength;
        byte[] bytes = new byte[length];
        stream.ReadExactly(bytes);
        if (file.Type == RawType.Byte)
            return Array.ConvertAll(bytes, static label => (int)label);

        int[] labels = MemoryMarshal.Cast<byte, int>(bytes).ToArray();
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(labels, labels);
        return labels;
    }

    /// <summary>Checks that labels are classes.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="path">The file that they come from; null for an argument.</param>
    /// <exception cref="InvalidDataException">A label of a file is none.</exception>
    /// <exception cref="ArgumentException">A label of the argument <c>labels</c> is none.</exception>
    public static void Check(ReadOnlySpan<int> labels, int classCount, string? path)
    {
        int stray = labels.IndexOfAnyExceptInRange(0, classCount - 1);
        if (stray < 0)
            return;
        string fault = Invariant($"The label of sample {stray} is {labels[stray]}; labels must be 0 to {classCount - 1}.");
        throw path is null ? new ArgumentException(fault, nameof(labels)) : new InvalidDataException($"'{path}': {fault}");
    }
}
