using System.Numerics;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// Adds up the gradients of several batches, each weighted by its samples, so that one step of the optimizer does what it would do after
/// one batch with all of these samples.
/// </summary>
/// <param name="batches">How many batches a step of the optimizer takes.</param>
/// <param name="length">The number of trained parameters.</param>
internal sealed class GradientAccumulator(int batches, int length)
{
    private readonly float[] _sums = batches > 1 ? new float[length] : [];
    private int _added;
    private double _weight;

    /// <summary>How many batches were added since the last step of the optimizer.</summary>
    public int Added => _added;

    /// <summary>The sum of the weights of their samples.</summary>
    public double Weight => _weight;

    /// <summary>The sum of their gradients, each times the weight of its batch.</summary>
    public ReadOnlySpan<float> Sums => _sums;

    /// <summary>Goes on from a checkpoint.</summary>
    public void Restore(int added, double weight, ReadOnlySpan<float> sums)
    {
        _added = added;
        _weight = weight;
        sums.CopyTo(_sums);
    }

    /// <summary>Adds the gradients of a batch. When the optimizer is to step, they become the weighted mean of all that were added.</summary>
    /// <param name="pass">The pass with the gradients of the mean loss of the batch, which are changed in place.</param>
    /// <param name="weight">The sum of the weights of its samples.</param>
    /// <param name="isLast">Whether no batch follows in the epoch.</param>
    /// <returns>Whether the optimizer is to step now.</returns>
    public bool Add(ITrainingPass pass, double weight, bool isLast)
    {
        if (batches == 1)
            return true;
        _added++;
        _weight += weight;
        MultiplyAdd(_sums, pass.Gradients, (float)weight);
        if (_added < batches && !isLast)
            return false;
        Flush(pass);
        return true;
    }

    /// <summary>Ends an epoch whose last batch gives nothing.</summary>
    /// <param name="pass">Its gradients become the weighted mean of what was added.</param>
    /// <returns>Whether there is something for the optimizer to do.</returns>
    public bool Flush(ITrainingPass pass)
    {
        if (_added == 0)
            return false;
        Span<float> gradients = pass.Gradients;
        float scale = (float)(1 / _weight);
        gradients.Clear();
        MultiplyAdd(gradients, _sums, scale);
        Array.Clear(_sums);
        _added = 0;
        _weight = 0;
        return true;
    }

    private static void MultiplyAdd(Span<float> sums, ReadOnlySpan<float> values, float factor)
    {
        ref float sum = ref MemoryMarshal.GetReference(sums);
        ref float value = ref MemoryMarshal.GetReference(values);
        var factors = new Vector<float>(factor);
        int i = 0;
        for (; i <= sums.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref value, (nuint)i), factors, Vector.LoadUnsafe(ref sum, (nuint)i))
                .StoreUnsafe(ref sum, (nuint)i);
        }

        for (; i < sums.Length; i++)
            sums[i] = MathF.FusedMultiplyAdd(values[i], factor, sums[i]);
    }
}
