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

    /// <summary>Adds the gradient with respect to the biases, the sum of dz over the samples of a shard in their order.</summary>
    /// <param name="dz">The gradient with respect to the pre-activations, of the first sample.</param>
    /// <param name="stride">Floats from one sample to the next.</param>
    /// <param name="units">The units of the layer.</param>
    /// <param name="db">The gradient with respect to the biases.</param>
    /// <param name="samples">The number of samples.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    private static Vector<float> Load(ref float source, nint offset) => Vector.LoadUnsafe(ref source, (nuint)offset);

    private static void Store(Vector<float> value, ref float destination, nint offset) => value.StoreUnsafe(ref destination, (nuint)offset);
}
