using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Copies values and brings them to another range on the way.</summary>
internal static class ScaledCopy
{
    /// <summary>Writes <c>value·scale + offset</c> for each value.</summary>
    /// <param name="source">The first value.</param>
    /// <param name="target">Receives the results; the memory does not overlap, or is the same.</param>
    /// <param name="length">The number of values.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="offset">What is added.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(ref float source, ref float target, int length, float scale, float offset)
    {
        var scales = new Vector<float>(scale);
        var offsets = new Vector<float>(offset);
        nint i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref source, (nuint)i), scales, offsets).StoreUnsafe(ref target, (nuint)i);
        for (; i < length; i++)
            Unsafe.Add(ref target, i) = MathF.FusedMultiplyAdd(Unsafe.Add(ref source, i), scale, offset);
    }
}
