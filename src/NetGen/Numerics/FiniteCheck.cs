using System.Numerics;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>Looks for values that are infinite, NaN, or too large.</summary>
internal static class FiniteCheck
{
    /// <summary>Whether no value is NaN, or has a larger magnitude than <paramref name="limit"/>.</summary>
    public static bool AreAtMost(ReadOnlySpan<float> values, float limit)
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        var limits = new Vector<float>(limit);
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            // NaN fails the comparison, too.
            if (!Vector.LessThanOrEqualAll(Vector.Abs(Vector.LoadUnsafe(ref first, (nuint)i)), limits))
                return false;
        }

        for (; i < values.Length; i++)
        {
            if (!(MathF.Abs(values[i]) <= limit))
                return false;
        }

        return true;
    }

    /// <summary>The index of the first value that is infinite or NaN, or -1.</summary>
    public static int FirstNotFinite(ReadOnlySpan<float> values)
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            // NaN fails the comparison, too.
            if (!Vector.LessThanOrEqualAll(Vector.Abs(Vector.LoadUnsafe(ref first, (nuint)i)), new Vector<float>(float.MaxValue)))
                break;
        }

        for (; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                return i;
        }

        return -1;
    }
}
