using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>The operations of generated kernels on vectors of 128 bits, 4 floats. All are inlined.</summary>
/// <remarks>
/// The classes for the three widths have the same members, one of each name, so that a kernel reads the same at every width and the
/// compiler has no overloads to choose from.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Simd128
{
    /// <summary>All lanes 0.</summary>
    public static Vector128<float> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<float>.Zero;
    }

    /// <summary>The 4 floats from <paramref name="offset"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(ref float source, nint offset) => Vector128.LoadUnsafe(ref source, (nuint)offset);

    /// <summary>The first <paramref name="count"/> floats from <paramref name="offset"/> on, and 0 in the other lanes; the memory after them is not read.</summary>
    /// <param name="source">The reference that the offset counts from.</param>
    /// <param name="offset">Where lane 0 is.</param>
    /// <param name="count">How many lanes; a constant, so that only the loads it takes are compiled.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadLanes(ref float source, nint offset, int count) => LaneLoads.Load128(ref Unsafe.Add(ref source, offset), count);

    /// <summary>The first floats at <paramref name="offset"/>, and 0 in the other lanes; the memory of those is read too, but may hold anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadFirst(ref float source, nint offset, int count) =>
        Vector128.LoadUnsafe(ref Unsafe.Add(ref source, offset)) & Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();

    /// <summary>Prefetches the cache line at <paramref name="offset"/> for a later load. The address may lie outside the buffer. Does nothing where the processor has no such instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(ref float source, nint offset)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0((float*)Unsafe.AsPointer(ref source) + offset);
    }

    /// <summary>The float at <paramref name="offset"/> in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(ref float source, nint offset) => Vector128.Create(Unsafe.Add(ref source, offset));

    /// <summary>Broadcasts two floats: the one at <paramref name="offset"/> to the even lanes, the next one to the odd lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> BroadcastPair(ref float source, nint offset) =>
        Vector128.Create(Unsafe.ReadUnaligned<long>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref source, offset)))).AsSingle();

    /// <summary>Each lane of the first half twice: lanes 0, 0, 1, 1, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Duplicate(Vector128<float> value) => Vector128.Shuffle(value, Vector128.Create(0, 0, 1, 1));

    /// <summary>The first half of <paramref name="even"/> in the even lanes, the first half of <paramref name="odd"/> in the odd ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Interleave(Vector128<float> even, Vector128<float> odd) =>
        Vector128.ConditionalSelect(Vector128.Create(0xFFFFFFFFL).AsSingle(), Duplicate(even), Duplicate(odd));

    /// <summary>The even lanes side by side in the first half, and again in the second half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> EvenLanes(Vector128<float> value) => Vector128.Shuffle(value, Vector128.Create(0, 2, 0, 2));

    /// <summary>Every even lane changes places with the odd one after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SwapPairs(Vector128<float> value) => Vector128.Shuffle(value, Vector128.Create(1, 0, 3, 2));

    /// <summary>For lanes that repeat values <paramref name="count"/> times: from which lane of a vector of values each one comes, as an integer; see <see cref="Permute"/>.</summary>
    /// <param name="first">Which repetition of its value lane 0 is: 0 for the first one.</param>
    /// <param name="count">How often each value is repeated, 1 to 31.</param>
    /// <param name="step">From the lane of a value to that of the next one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> RepeatedLanes(int first, int count, int step)
    {
        // Half a place more, so that rounding does not matter.
        Vector128<float> places = Vector128.ConvertToSingle(Vector128<int>.Indices) + Vector128.Create(first + 0.5f);
        return (Vector128.ConvertToInt32(places * Vector128.Create(1f / count)) * step).AsSingle();
    }

    /// <summary>The lanes of <paramref name="value"/> whose numbers <paramref name="lanes"/> holds as integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Permute(Vector128<float> value, Vector128<float> lanes)
    {
        if (Avx.IsSupported)
            return Avx.PermuteVar(value, lanes.AsInt32());

        // The numbers of the four bytes of each lane.
        Vector128<byte> bytes = ((lanes.AsInt32() * 0x04040404) + Vector128.Create(0x03020100)).AsByte();
        if (Ssse3.IsSupported)
            return Ssse3.Shuffle(value.AsByte(), bytes).AsSingle();
        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.VectorTableLookup(value.AsByte(), bytes).AsSingle() : Vector128.Shuffle(value, lanes.AsInt32());
    }

    /// <summary>One value in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Splat(float value) => Vector128.Create(value);

    /// <summary>One lane of a vector in all lanes.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="lane">Which lane; a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Lane(Vector128<float> value, int lane) => Vector128.Shuffle(value, Vector128.Create(lane));

    /// <summary>Four lanes of a vector, which lie side by side.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="index">Which four: 0 for the first ones; a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Four(Vector128<float> value, int index) => value;

    /// <summary>The sum of four partial sums in lane 0, (0 + 1) + (2 + 3); the other lanes hold anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumOfFour(Vector128<float> sums)
    {
        Vector128<float> pairs = sums + Vector128.Shuffle(sums, Vector128.Create(1, 0, 3, 2));
        return pairs + Vector128.Shuffle(pairs, Vector128.Create(2, 3, 0, 1));
    }

    /// <summary>left · right + sum; rounded once where the processor can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> sum) =>
        Vector128.MultiplyAddEstimate(left, right, sum);

    /// <summary>Stores all lanes at <paramref name="offset"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> value, ref float destination, nint offset) =>
        value.StoreUnsafe(ref destination, (nuint)offset);

    /// <summary>Stores the first <paramref name="count"/> lanes at <paramref name="offset"/> and leaves the memory after them alone.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="destination">The reference that the offset counts from.</param>
    /// <param name="offset">Where lane 0 goes.</param>
    /// <param name="count">How many lanes; a constant, so that only the stores it takes are compiled.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLanes(Vector128<float> value, ref float destination, nint offset, int count) =>
        LaneStores.Store(value, ref Unsafe.Add(ref destination, offset), count);

    /// <summary>The first <paramref name="count"/> lanes, and 0 in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FirstLanes(Vector128<float> value, int count) => Vector128.ConditionalSelect(
        Vector128.LessThan(Vector128.Create(0f, 1f, 2f, 3f), Vector128.Create((float)count)), value, Vector128<float>.Zero);

    /// <summary>The sum of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> value) => Vector128.Sum(value);

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
        Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d, Vector128<float> e, Vector128<float> f, Vector128<float> g, Vector128<float> h,
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
    public static Vector128<float> Relu(Vector128<float> value) => Vector128.MaxNative(Vector128<float>.Zero, value);

    /// <summary>The gradient with respect to the input of ReLU: 0 where <paramref name="output"/> is 0, otherwise <paramref name="gradient"/>. NaN passes, as in PyTorch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ReluGradient(Vector128<float> output, Vector128<float> gradient) =>
        Vector128.ConditionalSelect(Vector128.LessThanOrEqual(output, Vector128<float>.Zero), Vector128<float>.Zero, gradient);

    /// <summary>The larger of two values, lane by lane; NaN if either is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> left, Vector128<float> right) => Vector128.Max(left, right);

    /// <summary>The largest of four values, lane by lane; NaN if one of them is. For 2×2 max-pooling, at half the cost of <see cref="Max"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max4(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        if (!Sse.IsSupported)
            return Vector128.Max(Vector128.Max(a, b), Vector128.Max(c, d));
        Vector128<float> numbers = Sse.CompareOrdered(a, b) & Sse.CompareOrdered(c, d);
        return Vector128.ConditionalSelect(numbers, Vector128.MaxNative(Vector128.MaxNative(a, b), Vector128.MaxNative(c, d)), Vector128.Create(float.NaN));
    }

    /// <summary>
    /// The lanes where <paramref name="candidate"/> replaces <paramref name="best"/> as the maximum of a pooling window: it
    /// is greater, or a NaN. Of equal values the first one stays, as in PyTorch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GreaterOrNaN(Vector128<float> candidate, Vector128<float> best) =>
        Vector128.GreaterThan(candidate, best) | ~Vector128.Equals(candidate, candidate);

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
    public static Vector128<float> ArgMax4(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d, out Vector128<float> best)
    {
        Vector128<float> larger = GreaterOrNaN(b, a);
        best = Select(larger, b, a);
        Vector128<float> argmax = Select(larger, Splat(1f), Zero);
        larger = GreaterOrNaN(c, best);
        best = Select(larger, c, best);
        argmax = Select(larger, Splat(2f), argmax);
        larger = GreaterOrNaN(d, best);
        best = Select(larger, d, best);
        return Select(larger, Splat(3f), argmax);
    }

    /// <summary>Lane by lane, one of two values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Select(Vector128<float> condition, Vector128<float> yes, Vector128<float> no) =>
        Vector128.ConditionalSelect(condition, yes, no);

    /// <summary>The value in the lanes whose maximum was at <paramref name="place"/> of its window, 0 in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SelectAt(Vector128<float> argmax, float place, Vector128<float> value) =>
        Vector128.ConditionalSelect(Vector128.Equals(argmax, Vector128.Create(place)), value, Vector128<float>.Zero);

    /// <summary>The former name of <see cref="Duplicate"/>, for networks compiled with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> TwoOfEach(Vector128<float> value) => Duplicate(value);

    /// <summary>The former name of <see cref="Interleave"/>, for networks compiled with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Alternate(Vector128<float> even, Vector128<float> odd) => Interleave(even, odd);

    /// <summary>The former name of <see cref="GreaterOrNaN"/>, for networks compiled with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Wins(Vector128<float> candidate, Vector128<float> best) => GreaterOrNaN(candidate, best);

    /// <summary>The former name of <see cref="SelectAt"/>, for networks compiled with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AtPlace(Vector128<float> place, float wanted, Vector128<float> value) => SelectAt(place, wanted, value);
}
