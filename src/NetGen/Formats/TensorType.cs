using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace NetGen;

/// <summary>The number types of safetensors: their names, sizes, and conversion to float32 where there is one.</summary>
internal static class TensorType
{
    /// <summary>The type that is written.</summary>
    public const string F32 = "F32";

    /// <summary>The type of PyTorch's counters.</summary>
    public const string I64 = "I64";

    /// <summary>The types that can be read into float32, for messages.</summary>
    public const string Readable = "F32, F64, F16 or BF16";

    private static readonly string[] Names =
    [
        F32, "F64", "F16", "BF16", I64, "I32", "I16", "I8", "U64", "U32", "U16", "U8", "BOOL", "C64", "F8_E5M2",
        "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "F6_E2M3", "F6_E3M2", "F4",
    ];

    /// <summary>The type of the given name, or null when the format has none of it.</summary>
    /// <param name="name">The name as it stands in a file; capitals count.</param>
    public static string? Find(ReadOnlySpan<byte> name)
    {
        foreach (string type in Names)
        {
            if (Ascii.Equals(name, type)) return type;
        }

        return null;
    }

    /// <summary>Bits of one element.</summary>
    /// <param name="type">A type that <see cref="Find"/> gave.</param>
    public static int Bits(string type) => type switch
    {
        "F4" => 4,
        "F6_E2M3" or "F6_E3M2" => 6,
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" or "F8_E4M3FNUZ" or "F8_E5M2FNUZ" => 8,
        "U16" or "I16" or "F16" or "BF16" => 16,
        "U32" or "I32" or F32 => 32,
        "U64" or I64 or "F64" or "C64" => 64,
        _ => throw new ArgumentException($"Type {type} is unknown.", nameof(type)),
    };

    /// <summary>Whether <see cref="ToSingle"/> converts this type.</summary>
    public static bool IsReadable(string type) => type is F32 or "F64" or "F16" or "BF16";

    /// <summary>Converts little-endian elements to float32, rounding to the nearest.</summary>
    /// <param name="type">A readable type.</param>
    /// <param name="bytes">The elements, as in the file.</param>
    /// <param name="values">Receives them.</param>
    public static void ToSingle(string type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        switch (type)
        {
            case F32 when BitConverter.IsLittleEndian:
                bytes.CopyTo(MemoryMarshal.AsBytes(values));
                break;
            case F32:
                for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
                break;
            case "F64":
                for (int i = 0; i < values.Length; i++) values[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
                break;
            case "F16":
                for (int i = 0; i < values.Length; i++) values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]);
                break;
            case "BF16":
                for (int i = 0; i < values.Length; i++)
                    values[i] = BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16);
                break;
            default:
                throw new ArgumentException($"Type {type} cannot be converted to float32.", nameof(type));
        }
    }

    /// <summary>Converts float32 to the little-endian bytes of <see cref="F32"/>.</summary>
    /// <param name="values">The values.</param>
    /// <param name="bytes">Receives four bytes for each.</param>
    public static void FromSingle(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
            return;
        }

        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes[(4 * i)..], values[i]);
    }
}
