using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen;

/// <summary>Rows of a table in memory that are apart from one another.</summary>
internal static class Rows
{
    // From this length on, a call of the framework's copy costs less than the copy itself.
    private const int Long = 64;

    /// <summary>Copies the first values of each row to contiguous memory. Most rows are short, so none costs a call.</summary>
    /// <param name="rows">The first value of the first row.</param>
    /// <param name="stride">Floats from one row to the next one.</param>
    /// <param name="length">The number of values to copy of a row.</param>
    /// <param name="destination">Where the values go; its length is a multiple of <paramref name="length"/>.</param>
    public static void Gather(ref float rows, int stride, int length, Span<float> destination)
    {
        ref float target = ref MemoryMarshal.GetReference(destination);
        for (nint left = destination.Length; left >= length; left -= length)
        {
            int i = 0;
            if (length >= Long)
            {
                MemoryMarshal.CreateReadOnlySpan(ref rows, length).CopyTo(MemoryMarshal.CreateSpan(ref target, length));
                i = length;
            }

            for (; i <= length - Vector128<float>.Count; i += Vector128<float>.Count)
                Vector128.LoadUnsafe(ref rows, (nuint)i).StoreUnsafe(ref target, (nuint)i);
            for (; i < length; i++)
                Unsafe.Add(ref target, i) = Unsafe.Add(ref rows, i);
            rows = ref Unsafe.Add(ref rows, stride);
            target = ref Unsafe.Add(ref target, length);
        }
    }
}
