using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// The gradients of dense layers that take little of the time of a training step: one method for all networks is fast enough for them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DenseGradients
{
    private const int Panel = WeightLayout.PanelWidth;

    /// <summary>Rows of weights whose products are computed together.</summary>
    private const int Rows = 8;

    /// <summary>Adds the gradient with respect to the biases, the sum of dz over the samples of a shard in their order.</summary>
    /// <param name="dz">The gradient with respect to the pre-activations, of the first sample.</param>
    /// <param name="stride">Floats from one sample to the next.</param>
    /// <param name="units">The units of the layer.</param>
    /// <param name="db">The gradient with respect to the biases.</param>
    /// <param name="samples">The number of samples.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddBias(ref float dz, nint stride, int units, ref float db, int samples)
    {
        int unit = 0;
        for (; unit <= units - Vector<float>.Count; unit += Vector<float>.Count)
        {
            Vector<float> sum = Load(ref db, unit);
            for (nint sample = 0; sample < samples; sample++)
                sum += Load(ref dz, (sample * stride) + unit);
            Store(sum, ref db, unit);
        }

        for (; unit < units; unit++)
        {
            float sum = Unsafe.Add(ref db, unit);
            for (nint sample = 0; sample < samples; sample++)
                sum += Unsafe.Add(ref dz, (sample * stride) + unit);
            Unsafe.Add(ref db, unit) = sum;
        }
    }

    /// <summary>Computes the gradient of one sample with respect to the inputs of a network's first layer: dx = W · dz.</summary>
    /// <param name="dz">The gradient with respect to the pre-activations.</param>
    /// <param name="packed">The transposed weights (<see cref="WeightPacking.TransposeDense"/>).</param>
    /// <param name="inputs">The inputs of the layer.</param>
    /// <param name="units">The units of the layer.</param>
    /// <param name="dx">Where the gradient goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Inputs(ref float dz, ref float packed, int inputs, int units, ref float dx)
    {
        int width;
        for (int first = 0; first < inputs; first += width)
        {
            width = Math.Min(Panel, inputs - first);
            ref float panel = ref Unsafe.Add(ref packed, (nint)first * units);
            int lane = 0;
            if (width == Panel)
            {
                for (; lane <= Panel - (4 * Vector<float>.Count); lane += 4 * Vector<float>.Count)
                    FourVectors(ref dz, ref Unsafe.Add(ref panel, lane), units, ref Unsafe.Add(ref dx, first + lane));
            }

            for (; lane <= width - Vector<float>.Count; lane += Vector<float>.Count)
            {
                Vector<float> sum = Vector<float>.Zero;
                for (nint unit = 0; unit < units; unit++)
                    sum = Vector.MultiplyAddEstimate(new Vector<float>(Unsafe.Add(ref dz, unit)), Load(ref panel, (unit * width) + lane), sum);
                Store(sum, ref dx, first + lane);
            }

            for (; lane < width; lane++)
            {
                float sum = 0;
                for (nint unit = 0; unit < units; unit++)
                    sum = float.MultiplyAddEstimate(Unsafe.Add(ref dz, unit), Unsafe.Add(ref panel, (unit * width) + lane), sum);
                Unsafe.Add(ref dx, first + lane) = sum;
            }
        }
    }

    /// <summary>Computes four vectors of a full panel at a time: with one sum alone, each multiply-add would wait for the one before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void FourVectors(ref float dz, ref float panel, int units, ref float dx)
    {
        Vector<float> a0 = Vector<float>.Zero, a1 = Vector<float>.Zero, a2 = Vector<float>.Zero, a3 = Vector<float>.Zero;
        for (nint unit = 0; unit < units; unit++)
        {
            ref float row = ref Unsafe.Add(ref panel, unit * Panel);
            Vector<float> value = new(Unsafe.Add(ref dz, unit));
            a0 = Vector.MultiplyAddEstimate(value, Load(ref row, 0), a0);
            a1 = Vector.MultiplyAddEstimate(value, Load(ref row, Vector<float>.Count), a1);
            a2 = Vector.MultiplyAddEstimate(value, Load(ref row, 2 * Vector<float>.Count), a2);
            a3 = Vector.MultiplyAddEstimate(value, Load(ref row, 3 * Vector<float>.Count), a3);
        }

        Store(a0, ref dx, 0);
        Store(a1, ref dx, Vector<float>.Count);
        Store(a2, ref dx, 2 * Vector<float>.Count);
        Store(a3, ref dx, 3 * Vector<float>.Count);
    }

    /// <summary>
    /// Computes the gradients of a few samples with respect to a panel of the inputs, dx = W · dz, from the weights as they are: for so few samples it takes longer to
    /// transpose them.
    /// </summary>
    /// <param name="dz">The gradient with respect to the pre-activations, of the first sample.</param>
    /// <param name="dzStride">Floats from one sample to the next.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="inputs">The inputs of the layer.</param>
    /// <param name="units">The units of the layer.</param>
    /// <param name="panel">Which panel of 32 inputs.</param>
    /// <param name="dx">The gradient with respect to all inputs, of the first sample.</param>
    /// <param name="dxStride">Floats from one sample to the next.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="adds">Whether the results are added to the stored values.</param>
    public static void InputPanel(
        ref float dz, nint dzStride, ref float weights, int inputs, int units, int panel, ref float dx, nint dxStride, int samples, bool adds)
    {
        Span<float> sums = stackalloc float[Rows];
        int end = Math.Min((panel + 1) * Panel, inputs);
        for (nint sample = 0; sample < samples; sample++)
        {
            for (int first = panel * Panel; first < end; first += Rows)
            {
                // The last rows are computed again where fewer are left.
                int row = Math.Min(first, Math.Max(end - Rows, 0));
                int count = Math.Min(Rows, end - row);
                Dots(ref Unsafe.Add(ref dz, sample * dzStride), ref weights, inputs, units, row, count, sums);
                ref float target = ref Unsafe.Add(ref dx, (sample * dxStride) + first);
                for (int i = first - row; i < count; i++, target = ref Unsafe.Add(ref target, 1))
                    target = adds ? target + sums[i] : sums[i];
            }
        }
    }

    /// <summary>Computes the products of some rows of weights with dz: the rows are side by side in each panel of columns, and each has a sum of its own, so no multiply-add waits for another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Dots(ref float dz, ref float weights, int inputs, int units, int row, int count, Span<float> sums)
    {
        sums.Clear();
        Vector<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
        int width;
        for (int unit = 0; unit < units; unit += width)
        {
            width = Math.Min(Panel, units - unit);
            ref float block = ref Unsafe.Add(ref weights, ((nint)unit * inputs) + ((nint)row * width));
            int lane = 0;
            if (count == Rows)
            {
                for (; lane <= width - Vector<float>.Count; lane += Vector<float>.Count)
                {
                    Vector<float> value = Load(ref dz, unit + lane);
                    a0 = Vector.MultiplyAddEstimate(value, Load(ref block, lane), a0);
                    a1 = Vector.MultiplyAddEstimate(value, Load(ref block, width + lane), a1);
                    a2 = Vector.MultiplyAddEstimate(value, Load(ref block, (2 * width) + lane), a2);
                    a3 = Vector.MultiplyAddEstimate(value, Load(ref block, (3 * width) + lane), a3);
                    a4 = Vector.MultiplyAddEstimate(value, Load(ref block, (4 * width) + lane), a4);
                    a5 = Vector.MultiplyAddEstimate(value, Load(ref block, (5 * width) + lane), a5);
                    a6 = Vector.MultiplyAddEstimate(value, Load(ref block, (6 * width) + lane), a6);
                    a7 = Vector.MultiplyAddEstimate(value, Load(ref block, (7 * width) + lane), a7);
                }
            }

            for (; lane < width; lane++)
            {
                for (int i = 0; i < count; i++)
                    sums[i] = float.MultiplyAddEstimate(Unsafe.Add(ref dz, unit + lane), Unsafe.Add(ref block, (i * width) + lane), sums[i]);
            }
        }

        ReadOnlySpan<float> ofVectors =
            [Vector.Sum(a0), Vector.Sum(a1), Vector.Sum(a2), Vector.Sum(a3), Vector.Sum(a4), Vector.Sum(a5), Vector.Sum(a6), Vector.Sum(a7)];
        for (int i = 0; i < Rows; i++)
            sums[i] += ofVectors[i];
    }

    private static Vector<float> Load(ref float source, nint offset) => Vector.LoadUnsafe(ref source, (nuint)offset);

    private static void Store(Vector<float> value, ref float destination, nint offset) => value.StoreUnsafe(ref destination, (nuint)offset);
}
