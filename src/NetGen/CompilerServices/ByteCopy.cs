using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>Copies bytes as floats, and brings them to another range on the way.</summary>
internal static class ByteCopy
{
    /// <summary>
    /// Writes <c>byte·scale + offset</c> for each byte. Bytes are exact as floats, and the rest is rounded once: the bits are those of <see cref="ScaledCopy"/>
    /// for the same values, whatever the width of the vectors.
    /// </summary>
    /// <param name="source">The first byte.</param>
    /// <param name="target">Receives the results; the memory does not overlap.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="offset">What is added.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(ref byte source, ref float target, int length, float scale, float offset)
    {
        nint i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i <= length - Vector512<float>.Count; i += Vector512<float>.Count)
            {
                Vector512<byte> bytes = Vector128.LoadUnsafe(ref source, (nuint)i).ToVector256Unsafe().ToVector512Unsafe();
                Vector512<float> values = Vector512.ConvertToSingle(Vector512.WidenLower(Vector512.WidenLower(bytes)).AsInt32());
                Vector512.FusedMultiplyAdd(values, Vector512.Create(scale), Vector512.Create(offset)).StoreUnsafe(ref target, (nuint)i);
            }
        }

        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                Vector256<byte> bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, i))).AsByte().ToVector256Unsafe();
                Vector256<float> values = Vector256.ConvertToSingle(Vector256.WidenLower(Vector256.WidenLower(bytes)).AsInt32());
                Vector256.FusedMultiplyAdd(values, Vector256.Create(scale), Vector256.Create(offset)).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i <= length - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            Vector128<byte> bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, i))).AsByte();
            Vector128<float> values = Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
            Vector128.FusedMultiplyAdd(values, Vector128.Create(scale), Vector128.Create(offset)).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < length; i++)
            Unsafe.Add(ref target, i) = MathF.FusedMultiplyAdd(Unsafe.Add(ref source, i), scale, offset);
    }
}
