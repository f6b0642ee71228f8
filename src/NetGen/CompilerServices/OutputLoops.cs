using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NetGen.Numerics;

namespace NetGen.CompilerServices;

/// <summary>Loops over the outputs of a sample and their targets, in vectors of the processor's width. All widths give the same bits.</summary>
/// <remarks>Each width has methods of its own: in one method for all of them, the JIT would stop inlining before it has seen all formulas.</remarks>
internal static class OutputLoops
{
    // The lanes of the widest vector. There are as many sums on every processor.
    private const int SumCount = 16;

    /// <summary>The function of each output.</summary>
    /// <typeparam name="TFunction">The function.</typeparam>
    /// <param name="function">The same, with its settings.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="targets">Their targets, as many.</param>
    /// <param name="results">Receives the results; as long as the others, and may be the memory of one of them.</param>
    public static void Map<TFunction>(TFunction function, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> results)
        where TFunction : struct, IOutputFunction
    {
        int done = 0;
        if (Vector512.IsHardwareAccelerated && outputs.Length >= Vector512<float>.Count)
            done = MapVectors<TFunction, Floats512>(function, outputs, targets, results, done);
        if (Vector256.IsHardwareAccelerated && outputs.Length - done >= Vector256<float>.Count)
            done = MapVectors<TFunction, Floats256>(function, outputs, targets, results, done);
        if (done < outputs.Length)
            MapRest(function, outputs[done..], targets[done..], results[done..]);
    }

    /// <summary>The sum of the function of all outputs.</summary>
    /// <typeparam name="TFunction">The function.</typeparam>
    /// <param name="function">The same, with its settings.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="targets">Their targets, as many.</param>
    public static float Sum<TFunction>(TFunction function, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
        where TFunction : struct, IOutputFunction
    {
        int inVectors = outputs.Length / SumCount * SumCount;
        float sum = inVectors == 0 ? 0
            : Vector512.IsHardwareAccelerated ? SumVectors<TFunction, Floats512>(function, outputs[..inVectors], targets)
            : Vector256.IsHardwareAccelerated ? SumVectors<TFunction, Floats256>(function, outputs[..inVectors], targets)
            : SumVectors<TFunction, Floats128>(function, outputs[..inVectors], targets);
        return SumRest(function, outputs[inVectors..], targets[inVectors..], sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int MapVectors<TFunction, T>(TFunction function, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> results, int first)
        where TFunction : struct, IOutputFunction
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        int i = first;
        for (; i <= outputs.Length - T.Count; i += T.Count)
            T.Store(function.Of(T.Load(outputs[i..]), T.Load(targets[i..])), results[i..]);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapRest<TFunction>(TFunction function, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> results)
        where TFunction : struct, IOutputFunction
    {
        int i = 0;
        for (; i <= outputs.Length - Vector128<float>.Count; i += Vector128<float>.Count)
            ((Vector128<float>)function.Of<Floats128>(Vector128.Create(outputs[i..]), Vector128.Create(targets[i..]))).CopyTo(results[i..]);
        for (; i < outputs.Length; i++)
            results[i] = Scalar(function.Of<Floats128>(outputs[i], targets[i]));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float SumVectors<TFunction, T>(TFunction function, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
        where TFunction : struct, IOutputFunction
        where T : struct, IVectorBits<T>, IFloatVector<T>
    {
        Span<float> sums = stackalloc float[SumCount];
        sums.Clear();
        for (int i = 0; i < outputs.Length; i += SumCount)
        {
            for (int part = 0; part < SumCount; part += T.Count)
                T.Store(T.Load(sums[part..]) + function.Of(T.Load(outputs[(i + part)..]), T.Load(targets[(i + part)..])), sums[part..]);
        }

        return Vector128.Sum(
            (Vector128.Create(sums[..4]) + Vector128.Create(sums[4..8])) + (Vector128.Create(sums[8..12]) + Vector128.Create(sums[12..])));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float SumRest<TFunction>(TFunction function, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, float sum)
        where TFunction : struct, IOutputFunction
    {
        int i = 0;
        for (; i <= outputs.Length - Vector128<float>.Count; i += Vector128<float>.Count)
            sum += Vector128.Sum((Vector128<float>)function.Of<Floats128>(Vector128.Create(outputs[i..]), Vector128.Create(targets[i..])));
        for (; i < outputs.Length; i++)
            sum += Scalar(function.Of<Floats128>(outputs[i], targets[i]));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Scalar(Vector128<float> value) => value.ToScalar();
}
