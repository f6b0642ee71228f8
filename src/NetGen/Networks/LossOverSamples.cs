using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>The loops over samples of a loss, which are compiled for each loss: a call for a whole chunk or shard costs one virtual call.</summary>
/// <typeparam name="TLoss">The computation for one sample.</typeparam>
/// <param name="loss">The same, with its settings.</param>
internal abstract class LossOverSamples<TLoss>(TLoss loss) : LossFunction
    where TLoss : struct, ILossOfSample
{
    /// <inheritdoc/>
    public sealed override float Of(ReadOnlySpan<float> values, int label, Span<float> outputs) => loss.Of(values, label, outputs);

    /// <inheritdoc/>
    public sealed override float Of(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, Span<float> outputs) => loss.Of(values, targets, outputs);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public override void Outputs(ref float values, int stride, int length, Span<float> outputs)
    {
        for (int at = 0; at < outputs.Length; at += length)
        {
            loss.Outputs(MemoryMarshal.CreateReadOnlySpan(ref values, length), outputs.Slice(at, length));
            values = ref Unsafe.Add(ref values, stride);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public override void ApplyHead(int length, Span<float> values)
    {
        for (int at = 0; at < values.Length; at += length)
            loss.Outputs(values.Slice(at, length), values.Slice(at, length));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public sealed override void Forward(ref float values, int stride, ReadOnlySpan<int> labels, Span<float> outputs, Span<float> losses)
    {
        int length = outputs.Length / losses.Length;
        for (int sample = 0; sample < losses.Length; sample++)
        {
            losses[sample] = loss.Of(MemoryMarshal.CreateReadOnlySpan(ref values, length), labels[sample], outputs.Slice(sample * length, length));
            values = ref Unsafe.Add(ref values, stride);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public sealed override void Forward(ref float values, int stride, ReadOnlySpan<float> targets, Span<float> outputs, Span<float> losses)
    {
        int length = outputs.Length / losses.Length;
        for (int sample = 0; sample < losses.Length; sample++)
        {
            int at = sample * length;
            losses[sample] = loss.Of(MemoryMarshal.CreateReadOnlySpan(ref values, length), targets.Slice(at, length), outputs.Slice(at, length));
            values = ref Unsafe.Add(ref values, stride);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public sealed override void Backward(
        ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels, SampleWeights weights, int begin, ref float gradients, int stride)
    {
        int length = outputs.Length / labels.Length;
        for (int sample = 0; sample < labels.Length; sample++)
        {
            loss.Gradient(
                outputs.Slice(sample * length, length), labels[sample], weights.Scale(begin + sample), MemoryMarshal.CreateSpan(ref gradients, length));
            gradients = ref Unsafe.Add(ref gradients, stride);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public sealed override void Backward(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int length, SampleWeights weights, int begin, ref float gradients, int stride)
    {
        for (int at = 0, sample = begin; at < outputs.Length; at += length, sample++)
        {
            loss.Gradient(outputs.Slice(at, length), targets.Slice(at, length), weights.Scale(sample), MemoryMarshal.CreateSpan(ref gradients, length));
            gradients = ref Unsafe.Add(ref gradients, stride);
        }
    }
}
