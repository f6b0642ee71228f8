using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>The operations of generated kernels on vectors of 512 bits, 16 floats. All are inlined.</summary>
/// <remarks>
/// The classes for the three widths have the same members, one of each name, so that a kernel reads the same at every width and the
/// compiler has no overloads to choose from.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Simd512
{
    /// <summary>All lanes 0.</summary>
    public static Vector512<float> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<float>.Zero;
    }

    /// <summary>The 16 floats from <paramref name="offset"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref float source, nint offset) => Vector512.LoadUnsafe(ref source, (nuint)offset);

    /// <summary>The first <paramref name="count"/> floats from <paramref name="offset"/> on, and 0 in the other lanes; the memory after them is not read.</summary>
    /// <param name="source">The reference that the offset counts from.</param>
    /// <param name="offset">Where lane 0 is.</param>
    /// <param name="count">How many lanes; a constant, so that only the loads it takes are compiled.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadLanes(ref float source, nint offset, int count) => LaneLoads.Load512(ref Unsafe.Add(ref source, offset), count);

    /// <summary>The first floats at <paramref name="offset"/>, and 0 in the other lanes; the memory of those is read too, but may hold anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadFirst(ref float source, nint offset, int count) =>
        Vector512.LoadUnsafe(ref Unsafe.Add(ref source, offset)) & Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    /// <summary>Prefetches the cache line at <paramref name="offset"/> for a later load. The address may lie outside the buffer. Does nothing where the processor has no such instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(ref float source, nint offset)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0((float*)Unsafe.AsPointer(ref source) + offset);
    }

    /// <summary>The float at <paramref name="offset"/> in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(ref float source, nint offset) => Vector512.Create(Unsafe.Add(ref source, offset));

    /// <summary>Broadcasts two floats: the one at <paramref name="offset"/> to the even lanes, the next one to the odd lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> BroadcastPair(ref float source, nint offset) =>
        Vector512.Create(Unsafe.ReadUnaligned<long>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref source, offset)))).AsSingle();

    /// <summary>Each lane of the first half twice: lanes 0, 0, 1, 1, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Duplicate(Vector512<float> value) => Vector512.Shuffle(value, Vector512.Create(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7));

    /// <summary>The first half of <paramref name="even"/> in the even lanes, the first half of <paramref name="odd"/> in the odd ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Interleave(Vector512<float> even, Vector512<float> odd)
    {
        if (Avx512F.IsSupported)
            return Avx512F.PermuteVar16x32x2(even, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), odd);
        return Vector512.ConditionalSelect(Vector512.Create(0xFFFFFFFFL).AsSingle(), Duplicate(even), Duplicate(odd));
    }

    /// <summary>The even lanes side by side in the first half, and again in the second half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> EvenLanes(Vector512<float> value) => Vector512.Shuffle(value, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14));

    /// <summary>Every even lane changes places with the odd one after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SwapPairs(Vector512<float> value) => Vector512.Shuffle(value, Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));

    /// <summary>For lanes that repeat values <paramref name="count"/> times: from which lane of a vector of values each one comes, as an integer; see <see cref="Permute"/>.</summary>
    /// <param name="first">Which repetition of its value lane 0 is: 0 for the first one.</param>
    /// <param name="count">How often each value is repeated, 1 to 31.</param>
    /// <param name="step">From the lane of a value to that of the next one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> RepeatedLanes(int first, int count, int step)
    {
        // Half a place more, so that rounding does not matter.
        Vector512<float> places = Vector512.ConvertToSingle(Vector512<int>.Indices) + Vector512.Create(first + 0.5f);
        return (Vector512.ConvertToInt32(places * Vector512.Create(1f / count)) * step).AsSingle();
    }

    /// <summary>The lanes of <paramref name="value"/> whose numbers <paramref name="lanes"/> holds as integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Permute(Vector512<float> value, Vector512<float> lanes) =>
        Avx512F.IsSupported ? Avx512F.PermuteVar16x32(value, lanes.AsInt32()) : Vector512.Shuffle(value, lanes.AsInt32());

    /// <summary>One value in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Splat(float value) => Vector512.Create(value);

    /// <summary>One lane of a vector in all lanes.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="lane">Which lane; a constant.</param>
    [SuppressMessage("Performance", "CA1857", Justification = "Generated code passes constants, and this is inlined.")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Lane(Vector512<float> value, int lane)
    {
        // The quarter with the lane is chosen once for its four lanes, and no indices are loaded.
        if (Avx512F.IsSupported)
            return Avx512F.Permute4x32(Avx512F.Shuffle4x128(value, value, (byte)(0x55 * (lane / 4))), (byte)(0x55 * (lane % 4)));
        return Vector512.Shuffle(value, Vector512.Create(lane));
    }

    /// <summary>Four lanes of a vector, which lie side by side.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="index">Which four: 0 for the first ones; a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Four(Vector512<float> value, int index) => Simd256.Four(index < 2 ? value.GetLower() : value.GetUpper(), index % 2);

    /// <summary>The sum of four partial sums in lane 0, (0 + 1) + (2 + 3); the other lanes hold anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SumOfFour(Vector128<float> sums) => Simd256.SumOfFour(sums).ToVector512Unsafe();

    /// <summary>left · right + sum; rounded once where the processor can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> sum) =>
        Vector512.MultiplyAddEstimate(left, right, sum);

    /// <summary>Stores all lanes at <paramref name="offset"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, ref float destination, nint offset) =>
        value.StoreUnsafe(ref destination, (nuint)offset);

    /// <summary>Stores the first <paramref name="count"/> lanes at <paramref name="offset"/> and leaves the memory after them alone.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="destination">The reference that the offset counts from.</param>
    /// <param name="offset">Where lane 0 goes.</param>
    /// <param name="count">How many lanes; a constant, so that only the stores it takes are compiled.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLanes(Vector512<float> value, ref float destination, nint offset, int count) =>
        LaneStores.Store(value, ref Unsafe.Add(ref destination, offset), count);

    /// <summary>The first <paramref name="count"/> lanes, and 0 in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FirstLanes(Vector512<float> value, int count) => Vector512.ConditionalSelect(
        Vector512.LessThan(Vector512.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f, 13f, 14f, 15f), Vector512.Create((float)count)), value, Vector512<float>.Zero);

    /// <summary>The sum of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> value) => Vector512.Sum(value);

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
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, Vector512<float> e, Vector512<float> f, Vector512<float> g, Vector512<float> h,
        ref float destination, nint offset, nint stride)
    {
        if (!Avx512F.IsSupported)
        {
            Unsafe.Add(ref destination, offset) = Sum(a);
            Unsafe.Add(ref destination, offset + stride) = Sum(b);
            Unsafe.Add(ref destination, offset + (2 * stride)) = Sum(c);
            Unsafe.Add(ref destination, offset + (3 * stride)) = Sum(d);
            Unsafe.Add(ref destination, offset + (4 * stride)) = Sum(e);
            Unsafe.Add(ref destination, offset + (5 * stride)) = Sum(f);
            Unsafe.Add(ref destination, offset + (6 * stride)) = Sum(g);
            Unsafe.Add(ref destination, offset + (7 * stride)) = Sum(h);
            return;
        }

        // Halves of two vectors side by side, added; then quarters of four; then pairs of eight, which leaves two lanes for each sum.
        Vector512<float> upper = Vector512.Create(0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1).AsSingle();
        Vector512<float> ab = Vector512.ConditionalSelect(upper, b, a) + Avx512F.Shuffle4x128(a, b, 0x4E);
        Vector512<float> cd = Vector512.ConditionalSelect(upper, d, c) + Avx512F.Shuffle4x128(c, d, 0x4E);
        Vector512<float> ef = Vector512.ConditionalSelect(upper, f, e) + Avx512F.Shuffle4x128(e, f, 0x4E);
        Vector512<float> gh = Vector512.ConditionalSelect(upper, h, g) + Avx512F.Shuffle4x128(g, h, 0x4E);
        Vector512<float> abcd = Avx512F.Shuffle4x128(ab, cd, 0x88) + Avx512F.Shuffle4x128(ab, cd, 0xDD);
        Vector512<float> efgh = Avx512F.Shuffle4x128(ef, gh, 0x88) + Avx512F.Shuffle4x128(ef, gh, 0xDD);
        Vector512<float> pairs = Avx512F.Shuffle(abcd, efgh, 0x88) + Avx512F.Shuffle(abcd, efgh, 0xDD);
        Vector512<float> sums = pairs + Avx512F.Permute4x32(pairs, 0xB1);

        // Lanes that are read from memory need no shuffles.
        ref float lanes = ref Unsafe.As<Vector512<float>, float>(ref sums);
        Unsafe.Add(ref destination, offset) = lanes;
        Unsafe.Add(ref destination, offset + stride) = Unsafe.Add(ref lanes, 4);
        Unsafe.Add(ref destination, offset + (2 * stride)) = Unsafe.Add(ref lanes, 8);
        Unsafe.Add(ref destination, offset + (3 * stride)) = Unsafe.Add(ref lanes, 12);
        Unsafe.Add(ref destination, offset + (4 * stride)) = Unsafe.Add(ref lanes, 2);
        Unsafe.Add(ref destination, offset + (5 * stride)) = Unsafe.Add(ref lanes, 6);
        Unsafe.Add(ref destination, offset + (6 * stride)) = Unsafe.Add(ref lanes, 10);
        Unsafe.Add(ref destination, offset + (7 * stride)) = Unsafe.Add(ref lanes, 14);
    }

    /// <summary>max(0, x), lane by lane. A NaN stays a NaN, so that a diverged network is not hidden.</summary>
    /// <remarks>One instruction: where an operand is a NaN, x86 gives the second one, and Arm the NaN.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Relu(Vector512<float> value) => Vector512.MaxNative(Vector512<float>.Zero, value);

    /// <summary>The gradient with respect to the input of ReLU: 0 where <paramref name="output"/> is 0, otherwise <paramref name="gradient"/>. NaN passes, as in PyTorch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ReluGradient(Vector512<float> output, Vector512<float> gradient) =>
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(output, Vector512<float>.Zero), Vector512<float>.Zero, gradient);

    /// <summary>The larger of two values, lane by lane; NaN if either is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> left, Vector512<float> right) => Vector512.Max(left, right);

    /// <summary>The largest of four values, lane by lane; NaN if one of them is. For 2×2 max-pooling, at half the cost of <see cref="Max"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max4(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        if (!Avx512F.IsSupported)
            return Vector512.Max(Vector512.Max(a, b), Vector512.Max(c, d));
        Vector512<float> numbers = Avx512F.CompareOrdered(a, b) & Avx512F.CompareOrdered(c, d);
        return Vector512.ConditionalSelect(numbers, Vector512.MaxNative(Vector512.MaxNative(a, b), Vector512.MaxNative(c, d)), Vector512.Create(float.NaN));
    }

    /// <summary>
    /// The lanes where <paramref name="candidate"/> replaces <paramref name="best"/> as the maximum of a pooling window: it
    /// is greater, or a NaN. Of equal values the first one stays, as in PyTorch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GreaterOrNaN(Vector512<float> candidate, Vector512<float> best) =>
        Vector512.GreaterThan(candidate, best) | ~Vector512.Equals(candidate, candidate);

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
    public static Vector512<float> ArgMax4(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, out Vector512<float> best)
    {
        Vector512<float> larger = GreaterOrNaN(b, a);
        best = Select(larger, b, a);
        Vector512<float> argmax = Select(larger, Splat(1f), Zero);
        larger = GreaterOrNaN(c, best);
        best = Select(larger, c, best);
        argmax = Select(larger, Splat(2f), argmax);
        larger = GreaterOrNaN(d, best);
        best = Select(larger, d, best);
        return Select(larger, Splat(3f), argmax);
    }

    /// <summary>Lane by lane, one of two values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Select(Vector512<float> condition, Vector512<float> yes, Vector512<float> no) =>
        Vector512.ConditionalSelect(condition, yes, no);

    /// <summary>The value in the lanes whose maximum was at <paramref name="place"/> of its window, 0 in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SelectAt(Vector512<float> argmax, float place, Vector512<float> value) =>
        Vector512.ConditionalSelect(Vector512.Equals(argmax, Vector512.Create(place)), value, Vector512<float>.Zero);

    /// <summary>The former name of <see cref="Duplicate"/>, for networks compiled with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> TwoOfEach(Vector512<float> value) => Duplicate(value);

    /// <summary>The former name of <see cref="Interleave"/>, for networks compiled with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Alternate(Vector512<float> even, Vector512<float> odd) => Interleave(even, odd);

    /// <summary>The former name of <see cref="GreaterOrNaN"/>, for networks compiled with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Wins(Vector512<float> candidate, Vector512<float> best) => GreaterOrNaN(candidate, best);

    /// <summary>The former name of <see cref="SelectAt"/>, for networks compiled with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AtPlace(Vector512<float> place, float wanted, Vector512<float> value) => SelectAt(place, wanted, value);
}
