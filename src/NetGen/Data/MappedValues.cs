using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using static System.FormattableString;

namespace NetGen;

/// <summary>The values of a file that is mapped into memory, a number of them for each sample.</summary>
internal sealed class MappedValues : IDisposable
{
    private readonly RawFile _file;
    private readonly int _length;
    private readonly ByteConversion _conversion;
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;
    private readonly SafeMemoryMappedViewHandle _memory;

    /// <summary>Maps a file.</summary>
    /// <param name="file">The file, of bytes or floats.</param>
    /// <param name="length">Number of values of one sample.</param>
    /// <param name="count">Number of samples that it must have; null for as many as it has.</param>
    /// <exception cref="InvalidDataException">The file is shorter or longer, or has no sample.</exception>
    public MappedValues(RawFile file, int length, int? count)
    {
        _file = file;
        _length = length;
        _conversion = new ByteConversion(file.Scale, file.Offset);
        using FileStream stream = new(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Count = CountSamples(stream.Length, count);
        _mapping = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _mapping.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _memory = _view.SafeMemoryMappedViewHandle;
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Reads the values of a sample.</summary>
    /// <exception cref="ObjectDisposedException">The file is no longer mapped.</exception>
    public void Read(int index, Span<float> destination) => Read(index, destination, _conversion);

    /// <summary>Reads the values of a sample; bytes are 0 to 255.</summary>
    /// <exception cref="ObjectDisposedException">The file is no longer mapped.</exception>
    public void ReadUnscaled(int index, Span<float> destination) => Read(index, destination, ByteConversion.Unscaled);

    public void Dispose()
    {
        _view.Dispose();
        _mapping.Dispose();
    }

    private unsafe void Read(int index, Span<float> destination, ByteConversion conversion)
    {
        // The handle counts its users, so the memory stays mapped until the copy is done.
        byte* pointer = null;
        try
        {
            _memory.AcquirePointer(ref pointer);
            byte* start = pointer + _view.PointerOffset + _file.HeaderLength + (index * (long)_length * _file.ValueLength);
            if (_file.Type == RawType.Byte)
                conversion.Convert(new ReadOnlySpan<byte>(start, _length), destination);
            else
                new ReadOnlySpan<byte>(start, _length * sizeof(float)).CopyTo(MemoryMarshal.AsBytes(destination));
        }
        finally
        {
            if (pointer is not null)
                _memory.ReleasePointer();
        }
        if (_file.Type == RawType.Float32 && !BitConverter.IsLittleEndian)
        {
            Span<int> words = MemoryMarshal.Cast<float, int>(destination);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    private int CountSamples(long fileLength, int? wanted)
    {
        long available = fileLength - _file.HeaderLength;
        if (available < 0)
        {
            throw new InvalidDataException(
                Invariant($"'{_file.Path}' is cut short: its header has {_file.HeaderLength} bytes, and there are {fileLength}."));
        }
        long sampleLength = (long)_length * _file.ValueLength;
        long whole = available / sampleLength;
        if (whole < (wanted ?? whole + (available % sampleLength == 0 ? 0 : 1)))
        {
            long start = _file.HeaderLength + (whole * sampleLength);
            throw new InvalidDataException(Invariant(
                $"'{_file.Path}' is cut short: sample {whole} has {sampleLength} bytes from {start} on, and there are {fileLength - start}."));
        }
        if (wanted is { } count && available != count * sampleLength)
        {
            throw new InvalidDataException(Invariant(
                $"'{_file.Path}' has more data than {count} samples of {sampleLength} bytes: {available - (count * sampleLength)} bytes follow them."));
        }
        if (whole == 0)
            throw new InvalidDataException($"'{_file.Path}' has no samples.");
        if (whole > int.MaxValue)
            throw new InvalidDataException(Invariant($"'{_file.Path}' has {whole} samples; at most {int.MaxValue} are possible."));
        return (int)whole;
    }
}
