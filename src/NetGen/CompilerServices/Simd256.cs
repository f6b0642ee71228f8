using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>The operations of generated kernels on vectors of 256 bits, 8 floats. All are inlined.</summary>
/// <remarks>
/// The classes for the three widths have the same members, one of each name, so that a kernel reads the same at every width and the
/// compiler has no overloads to choose from.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Simd256
{
    /// <summary>All lanes 0.</summary>
    public static Vector256<float> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<float>.Zero;
    }

    /// <summary>The 8 floats from <paramref name="offset"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref float source, nint offset) => Vector256.LoadUnsafe(ref source, (nuint)offset);

    /// <summary>The first <paramref name="count"/> floats from <paramref name="offset"/> on, and 0 in the other lanes; the memory after them is not read.</summary>
    /// <param name="source">The reference that the offset counts from.</param>
    /// <param name="offset">Where lane 0 is.</param>
    /// <param name="count">How many lanes; a constant, so that only the loads it takes are compiled.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadLanes(ref float source, nint offset, int count) => LaneLoads.Load256(ref Unsafe.Add(ref source, offset), count);

    /// <summary>The first floats at <paramref name="offset"/>, and 0 in the other lanes; the memory of those is read too, but may hold anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadFirst(ref float source, nint offset, int count) =>
        Vector256.LoadUnsafe(ref Unsafe.Add(ref source, offset)) & Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    /// <summary>Prefetches the cache line at <paramref name="offset"/> for a later load. The address may lie outside the buffer. Does nothing where the processor has no such instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(ref float source, nint offset)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0((float*)Unsafe.AsPointer(ref source) + offset);
    }

    /// <summary>The float at <paramref name="offset"/> in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(ref float source, nint offset) => Vector256.Create(Unsafe.Add(ref source, offset));

    /// <summary>Broadcasts two floats: the one at <paramref name="offset"/> to the even lanes, the next one to the odd lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> BroadcastPair(ref float source, nint offset) =>
        Vector256.Create(Unsafe.ReadUnaligned<long>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref source, offset)))).AsSingle();

    /// <summary>Each lane of the first half twice: lanes 0, 0, 1, 1, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Duplicate(Vector256<float> value) => Vector256.Shuffle(value, Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3));

    /// <summary>The first half of <paramref name="even"/> in the even lanes, the first half of <paramref name="odd"/> in the odd ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Interleave(Vector256<float> even, Vector256<float> odd) =>
        Vector256.ConditionalSelect(Vector256.Create(0xFFFFFFFFL).AsSingle(), Duplicate(even), Duplicate(odd));

    /// <summary>The even lanes side by side in the first half, and again in the second half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> EvenLanes(Vector256<float> value) => Vector256.Shuffle(value, Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6));

    /// <summary>Every even lane changes places with the odd one after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SwapPairs(Vector256<float> value) => Vector256.Shuffle(value, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));

    /// <summary>For lanes that repeat values <paramref name="count"/> times: from which lane of a vector of values each one comes, as an integer; see <see cref="Permute"/>.</summary>
    /// <param name="first">Which repetition of its value lane 0 is: 0 for the first one.</param>
    /// <param name="count">How often each value is repeated, 1 to 31.</param>
    /// <param name="step">From the lane of a value to that of the next one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> RepeatedLanes(int first, int count, int step)
    {
        // Half a place more, so that rounding does not matter.
        Vector256<float> places = Vector256.ConvertToSingle(Vector256<int>.Indices) + Vector256.Create(first + 0.5f);
        return (Vector256.ConvertToInt32(places * Vector256.Create(1f / count)) * step).AsSingle();
    }

    /// <summary>The lanes of <paramref name="value"/> whose numbers <paramref name="lanes"/> holds as integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Permute(Vector256<float> value, Vector256<float> lanes) =>
        Avx2.IsSupported ? Avx2.PermuteVar8x32(value, lanes.AsInt32()) : Vector256.Shuffle(value, lanes.AsInt32());

    /// <summary>One value in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Splat(float value) => Vector256.Create(value);

    /// <summary>One lane of a vector in all lanes.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="lane">Which lane; a constant.</param>
    [SuppressMessage("Performance", "CA1857", Justification = "Generated code passes constants, and this is inlined.")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Lane(Vector256<float> value, int lane)
    {
        // The half with the lane is chosen once for its four lanes, and no indices are loaded.
        if (Avx.IsSupported)
            return Avx.Permute(Avx.Permute2x128(value, value, lane < 4 ? (byte)0x00 : (byte)0x11), (byte)(0x55 * (lane % 4)));
        return Vector256.Shuffle(value, Vector256.Create(lane));
    }

    /// <summary>Four lanes of a vector, which lie side by side.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="index">Which four: 0 for the first ones; a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Four(Vector256<float> value, int index) => index == 0 ? value.GetLower() : value.GetUpper();

    /// <summary>The sum of four partial sums in lane 0, (0 + 1) + (2 + 3); the other lanes hold anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SumOfFour(Vector128<float> sums) => Simd128.SumOfFour(sums).ToVector256Unsafe();

    /// <summary>left · right + sum; rounded once where the processor can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> sum) =>
        Vector256.MultiplyAddEstimate(left, right, sum);

    /// <summary>Stores all lanes at <paramref name="offset"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, ref float destination, nint offset) =>
        value.StoreUnsafe(ref destination, (nuint)offset);

    /// <summary>Stores the first <paramref name="count"/> lanes at <paramref name="offset"/> and leaves the memory after them alone.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="destination">The reference that the offset counts from.</param>
    /// <param name="offset">Where lane 0 goes.</param>
    /// <param name="count">How many lanes; a constant, so that only the stores it takes are compiled.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLanes(Vector256<float> value, ref float destination, nint offset, int count) =>
        LaneStores.Store(value, ref Unsafe.Add(ref destination, offset), count);

    /// <summary>The first <paramref name="count"/> lanes, and 0 in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FirstLanes(Vector256<float> value, int count) => Vector256.ConditionalSelect(
        Vector256.LessThan(Vector256.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f), Vector256.Create((float)count)), value, Vector256<float>.Zero);

    /// <summary>The sum of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> value) => Vector256.Sum(value);

    /// <summary>Adds up the lanes of each of eight vectors.</summary>
    /// <param name="a">Its sum goes to <paramref name="offset"/>.</param>
    /// <param name="b">Its sum goes to the next place.</param>
    /// <param name="c">As <paramref name="b"/>.</param>
    /// <param name="d">As <paramref name="b"/>.</param>
    /// <param name="e">As <paramref name="b"/>.</param>
    /// <param name="f">As <paramref name="b"/>.</param>
    /// <param name="g">As <paramref name="b"/>.</param>
    /// <param name="h">As <paramref name="b"/>.</param>
    /// <param name="destination">The reference that offsets count from.</param>
    /// <param name="offset">The first place.</param>
    /// <param name="stride">Floats from one place to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, Vector256<float> e, Vector256<float> f, Vector256<float> g, Vector256<float> h,
        ref float destination, nint offset, nint stride)
    {
        Unsafe.Add(ref destination, offset) = Sum(a);
        Unsafe.Add(ref destination, offset + stride) = Sum(b);
        Unsafe.Add(ref destination, offset + (2 * stride)) = Sum(c);
        Unsafe.Add(ref destination, offset + (3 * stride)) = Sum(d);
        Unsafe.Add(ref destination, offset + (4 * stride)) = Sum(e);
        Unsafe.Add(ref destination, offset + (5 * stride)) = Sum(f);
        Unsafe.Add(ref destination, offset + (6 * stride)) = Sum(g);
        Unsafe.Add(ref destination, offset + (7 * stride)) = Sum(h);
    }

    /// <summary>max(0, x), lane by lane. A NaN stays a NaN, so that a diverged network is not hidden.</summary>
    /// <remarks>One instruction: where an operand is a NaN, x86 gives the second one, and Arm the NaN.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Relu(Vector256<float> value) => Vector256.MaxNative(Vector256<float>.Zero, value);

    /// <summary>The gradient with respect to the input of ReLU: 0 where <paramref name="output"/> is 0, otherwise <paramref name="gradient"/>. NaN passes, as in PyTorch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ReluGradient(Vector256<float> output, Vector256<float> gradient) =>
        Vector256.ConditionalSelect(Vector256.LessThanOrEqual(output, Vector256<float>.Zero), Vector256<float>.Zero, gradient);

    /// <summary>The larger of two values, lane by lane; NaN if either is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> left, Vector256<float> right) => Vector256.Max(left, right);

    /// <summary>The largest of four values, lane by lane; NaN if one of them is. For 2×2 max-pooling, at half the cost of <see cref="Max"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max4(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        if (!Avx.IsSupported)
            return Vector256.Max(Vector256.Max(a, b), Vector256.Max(c, d));
        Vector256<float> numbers = Avx.CompareOrdered(a, b) & Avx.CompareOrdered(c, d);
        return Vector256.ConditionalSelect(numbers, Vector256.MaxNative(Vector256.MaxNative(a, b), Vector256.MaxNative(c, d)), Vector256.Create(float.NaN));
    }

    /// <summary>
    /// The lanes where <paramref name="candidate"/> replaces <paramref name="best"/> as the maximum of a pooling window: it
    /// is greater, or a NaN. Of equal values the first one stays, as in PyTorch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GreaterOrNaN(Vector256<float> candidate, Vector256<float> best) =>
        Vector256.GreaterThan(candidate, best) | ~Vector256.Equals(candidate, candidate);

    /// <summary>
    /// The place of the largest of four values, 0 to 3, lane by lane. A NaN counts as larger than every number. Of equal numbers the first one
    /// counts, and of several NaNs the last one, as in PyTorch.
    /// </summary>
    /// <param name="a">The value at place 0.</param>
    /// <param name="b">The value at place 1.</param>
    /// <param name="c">The value at place 2.</param>
    /// <param name="d">The value at place 3.</param>
    /// <param name="best">The largest value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ArgMax4(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, out Vector256<float> best)
    {
        Vector256<float> larger = GreaterOrNaN(b, a);
        best = Select(larger, b, a);
        Vector256<float> argmax = Select(larger, Splat(1f), Zero);
        larger = GreaterOrNaN(c, best);
        best = Select(larger, c, best);
        argmax = Select(larger, Splat(2f), argmax);
        larger = GreaterOrNaN(d, best);
        best = Select(larger, d, best);
        return Select(larger, Splat(3f), argmax);
    }

    /// <summary>Lane by lane, one of two values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Select(Vector256<float> condition, Vector256<float> yes, Vector256<float> no) =>
        Vector256.ConditionalSelect(condition, yes, no);

    /// <summary>The value in the lanes whose maximum was at <paramref name="place"/> of its window, 0 in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SelectAt(Vector256<float> argmax, float place, Vector256<float> value) =>
        Vector256.ConditionalSelect(Vector256.Equals(argmax, Vector256.Create(place)), value, Vector256<float>.Zero);

    /// <summary>The former name of <see cref="Duplicate"/>, for networks compiled with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> TwoOfEach(Vector256<float> value) => Duplicate(value);

    /// <summary>The former name of <see cref="Interleave"/>, for networks compiled with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Alternate(Vector256<float> even, Vector256<float> odd) => Interleave(even, odd);

    /// <summary>The former name of <see cref="GreaterOrNaN"/>, for networks compiled with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Wins(Vector256<float> candidate, Vector256<float> best) => GreaterOrNaN(candidate, best);

    /// <summary>The former name of <see cref="SelectAt"/>, for networks compiled with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AtPlace(Vector256<float> place, float wanted, Vector256<float> value) => SelectAt(place, wanted, value);
}
