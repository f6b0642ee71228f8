using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>Copies a sample that came as floats or as bytes into the memory of the first operation.</summary>
internal static class SampleCopy
{
    /// <summary>Copies a sample line by line, each value as <c>value·scale + offset</c>.</summary>
    /// <param name="samples">One sample after the other.</param>
    /// <param name="areBytes">Whether these are bytes, as <see cref="ByteSpan.Wrap"/> gives them.</param>
    /// <param name="sample">Which sample.</param>
    /// <param name="sampleLength">The number of values of a sample.</param>
    /// <param name="target">Where its first value goes.</param>
    /// <param name="lines">The number of lines, which are contiguous in the sample.</param>
    /// <param name="stride">Floats from a line to the next one in the target.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="offset">What is added.</param>
    public static void Run(
        ReadOnlySpan<float> samples, bool areBytes, nint sample, int sampleLength, FloatRef target, int lines, int stride, float scale, float offset)
    {
        int length = sampleLength / lines;
        ref float first = ref MemoryMarshal.GetReference(samples);
        if (areBytes)
        {
            ref byte bytes = ref Unsafe.Add(ref Unsafe.As<float, byte>(ref first), sample * sampleLength);
            for (nint line = 0; line < lines; line++)
                ByteCopy.Run(ref Unsafe.Add(ref bytes, line * length), ref target[line * stride], length, scale, offset);
            return;
        }

        ref float values = ref Unsafe.Add(ref first, sample * sampleLength);
        if (scale == 1 && offset == 0)
            target.Copy(ref values, lines, length, stride);
        else
            target.CopyScaled(ref values, lines, length, stride, scale, offset);
    }
}
