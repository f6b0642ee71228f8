using System.Runtime.Intrinsics;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

[Trait("Category", "Numeric")]
public sealed class SimdTests
{
    private const float Infinity = float.PositiveInfinity;

    // Sixteen lanes with everything that a comparison can get wrong.
    private static readonly float[] Special =
        [0f, -0f, 1f, -1f, float.NaN, -float.NaN, Infinity, -Infinity, float.Epsilon, -float.Epsilon, 3e38f, -3e38f, 2f, 2f, -2f, 0.5f];

    [Fact]
    public void Relu_is_the_larger_of_zero_and_its_input_and_keeps_NaN()
    {
        float[] expected = [.. Special.Select(x => float.IsNaN(x) ? x : Math.Max(x, 0))];
        float[] actual = new float[16];
        Simd512.Relu(Vector512.Create(Special)).CopyTo(actual);
        Assert.Equal(expected, actual);
        for (int i = 0; i < 16; i += 8) Simd256.Relu(Vector256.Create(Special, i)).CopyTo(actual, i);
        Assert.Equal(expected, actual);
        for (int i = 0; i < 16; i += 4) Simd128.Relu(Vector128.Create(Special, i)).CopyTo(actual, i);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_largest_of_four_is_NaN_if_one_of_them_is(int place)
    {
        for (int shift = 0; shift < 16; shift++)
        {
            float[][] four = [.. Enumerable.Range(0, 4).Select(i => i == place ? Special : Rotated(shift + (3 * i)))];
            float[] expected = [.. Enumerable.Range(0, 16).Select(lane => four.Select(values => values[lane]).Aggregate(Math.Max))];
            float[] actual = new float[16];
            Simd512.Max4(Vector512.Create(four[0]), Vector512.Create(four[1]), Vector512.Create(four[2]), Vector512.Create(four[3])).CopyTo(actual);
            Assert.Equal(expected, actual);
            for (int i = 0; i < 16; i += 8)
                Simd256.Max4(Vector256.Create(four[0], i), Vector256.Create(four[1], i), Vector256.Create(four[2], i), Vector256.Create(four[3], i)).CopyTo(actual, i);
            Assert.Equal(expected, actual);
            for (int i = 0; i < 16; i += 4)
                Simd128.Max4(Vector128.Create(four[0], i), Vector128.Create(four[1], i), Vector128.Create(four[2], i), Vector128.Create(four[3], i)).CopyTo(actual, i);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void The_lanes_of_eight_vectors_are_added_up_each_to_its_place()
    {
        float[][] eight = [.. Enumerable.Range(0, 8).Select(v => Enumerable.Range(0, 16).Select(lane => (float)(((v + 1) * 100) + (lane * lane))).ToArray())];
        foreach (int width in (int[])[16, 8, 4])
        {
            float[] memory = new float[32];
            Array.Fill(memory, -1);
            if (width == 16) Store512(eight, memory);
            if (width == 8) Store256(eight, memory);
            if (width == 4) Store128(eight, memory);
            float[] expected = [.. Enumerable.Repeat(-1f, 32)];
            for (int v = 0; v < 8; v++) expected[2 + (3 * v)] = eight[v].Take(width).Sum();
            Assert.Equal(expected, memory);
        }

        static void Store512(float[][] v, float[] memory)
        {
            Vector512<float>[] a = [.. v.Select(values => Vector512.Create(values))];
            Simd512.StoreSums(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], ref memory[0], 2, 3);
        }

        static void Store256(float[][] v, float[] memory)
        {
            Vector256<float>[] a = [.. v.Select(values => Vector256.Create(values))];
            Simd256.StoreSums(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], ref memory[0], 2, 3);
        }

        static void Store128(float[][] v, float[] memory)
        {
            Vector128<float>[] a = [.. v.Select(values => Vector128.Create(values))];
            Simd128.StoreSums(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], ref memory[0], 2, 3);
        }
    }

    [Fact]
    public void A_lane_goes_to_all_lanes()
    {
        float[] values = [.. Enumerable.Range(1, 16).Select(i => (float)i)];
        for (int lane = 0; lane < 16; lane++)
        {
            Assert.Equal(Vector512.Create(values[lane]), Simd512.Lane(Vector512.Create(values), lane));
            Assert.Equal(Vector256.Create(values[lane]), Simd256.Lane(Vector256.Create(values, lane / 8 * 8), lane % 8));
            Assert.Equal(Vector128.Create(values[lane]), Simd128.Lane(Vector128.Create(values, lane / 4 * 4), lane % 4));
        }
    }

    [Fact]
    public void Four_lanes_are_taken_out_and_added_up_in_pairs()
    {
        float[] values = [.. Enumerable.Range(1, 16).Select(i => (float)i)];
        for (int index = 0; index < 4; index++)
        {
            Vector128<float> expected = Vector128.Create(values, 4 * index);
            Assert.Equal(expected, Simd512.Four(Vector512.Create(values), index));
            Assert.Equal(expected, Simd256.Four(Vector256.Create(values, index / 2 * 8), index % 2));
            Assert.Equal(expected, Simd128.Four(Vector128.Create(values, 4 * index), 0));
        }

        // 2^24 + 1 is rounded to 2^24: only the order (0 + 1) + (2 + 3) gives this sum.
        Vector128<float> sums = Vector128.Create(16777216f, 1f, -16777216f, 3f);
        float sum = (16777216f + 1f) + (-16777216f + 3f);
        Assert.NotEqual(sum, Vector128.Sum(Vector128.Create(16777216f, -16777216f, 1f, 3f)));
        Assert.Equal(sum, Simd512.SumOfFour(sums).ToScalar());
        Assert.Equal(sum, Simd256.SumOfFour(sums).ToScalar());
        Assert.Equal(sum, Simd128.SumOfFour(sums).ToScalar());
    }

    /// <summary>All numbers of filters, from each of them on, and all channels for which the inputs of a vector come from one vector.</summary>
    [Fact]
    public void Lanes_repeat_the_values_of_positions()
    {
        float[] values = [.. Enumerable.Range(1, 16).Select(i => (float)i)];
        foreach (int width in (int[])[16, 8, 4])
        for (int count = 1; count < 32; count++)
        for (int first = 0; first < count; first++)
        for (int step = 1; (count + width - 2) / count * step < width; step++)
        {
            float[] repeated = new float[16];
            if (width == 16) Simd512.Permute(Vector512.Create(values), Simd512.RepeatedLanes(first, count, step)).CopyTo(repeated);
            if (width == 8) Simd256.Permute(Vector256.Create(values), Simd256.RepeatedLanes(first, count, step)).CopyTo(repeated);
            if (width == 4) Simd128.Permute(Vector128.Create(values), Simd128.RepeatedLanes(first, count, step)).CopyTo(repeated);
            for (int lane = 0; lane < width; lane++)
                Assert.Equal(values[(first + lane) / count * step], repeated[lane]);
        }
    }

    [Fact]
    public void Two_positions_share_a_vector_in_even_and_odd_lanes()
    {
        float[] values = [.. Enumerable.Range(1, 17).Select(i => (float)i)];
        float[] others = [.. values.Select(value => -value)];
        foreach (int width in (int[])[16, 8, 4])
        {
            float[] pair = new float[16], duplicated = new float[16], even = new float[16], swapped = new float[16], interleaved = new float[16];
            if (width == 16)
            {
                Vector512<float> v = Vector512.Create(values);
                Simd512.BroadcastPair(ref values[0], 1).CopyTo(pair);
                Simd512.Duplicate(v).CopyTo(duplicated);
                Simd512.EvenLanes(v).CopyTo(even);
                Simd512.SwapPairs(v).CopyTo(swapped);
                Simd512.Interleave(v, Vector512.Create(others)).CopyTo(interleaved);
            }

            if (width == 8)
            {
                Vector256<float> v = Vector256.Create(values);
                Simd256.BroadcastPair(ref values[0], 1).CopyTo(pair);
                Simd256.Duplicate(v).CopyTo(duplicated);
                Simd256.EvenLanes(v).CopyTo(even);
                Simd256.SwapPairs(v).CopyTo(swapped);
                Simd256.Interleave(v, Vector256.Create(others)).CopyTo(interleaved);
            }

            if (width == 4)
            {
                Vector128<float> v = Vector128.Create(values);
                Simd128.BroadcastPair(ref values[0], 1).CopyTo(pair);
                Simd128.Duplicate(v).CopyTo(duplicated);
                Simd128.EvenLanes(v).CopyTo(even);
                Simd128.SwapPairs(v).CopyTo(swapped);
                Simd128.Interleave(v, Vector128.Create(others)).CopyTo(interleaved);
            }

            for (int lane = 0; lane < width; lane++)
            {
                Assert.Equal(lane % 2 == 0 ? 2 : 3, pair[lane]);
                Assert.Equal(1 + (lane / 2), duplicated[lane]);
                Assert.Equal(lane % 2 == 0 ? lane + 2 : lane, swapped[lane]);
                Assert.Equal((lane % 2 == 0 ? 1 : -1) * (1 + (lane / 2)), interleaved[lane]);
                if (lane < width / 2)
                    Assert.Equal((2 * lane) + 1, even[lane]);
            }
        }
    }

    [Fact]
    public void A_candidate_is_greater_or_NaN()
    {
        for (int shift = 0; shift < 16; shift++)
        {
            float[] best = Rotated(shift);
            float[] expected = [.. Special.Zip(best, (c, b) => float.IsNaN(c) || c > b ? BitConverter.Int32BitsToSingle(-1) : 0f)];
            float[] actual = new float[16];
            Simd512.GreaterOrNaN(Vector512.Create(Special), Vector512.Create(best)).CopyTo(actual);
            AssertBits(expected, actual);
            for (int i = 0; i < 16; i += 8) Simd256.GreaterOrNaN(Vector256.Create(Special, i), Vector256.Create(best, i)).CopyTo(actual, i);
            AssertBits(expected, actual);
            for (int i = 0; i < 16; i += 4) Simd128.GreaterOrNaN(Vector128.Create(Special, i), Vector128.Create(best, i)).CopyTo(actual, i);
            AssertBits(expected, actual);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(8)]
    [InlineData(4)]
    public void As_many_lanes_are_stored_as_asked_for(int width)
    {
        float[] lanes = [.. Enumerable.Range(1, 16).Select(i => (float)i)];
        for (int count = 1; count <= width; count++)
        {
            float[] memory = new float[20];
            Array.Fill(memory, -1);
            if (width == 16) Simd512.StoreLanes(Vector512.Create(lanes), ref memory[0], 2, count);
            if (width == 8) Simd256.StoreLanes(Vector256.Create(lanes), ref memory[0], 2, count);
            if (width == 4) Simd128.StoreLanes(Vector128.Create(lanes), ref memory[0], 2, count);
            float[] expected = [-1, -1, .. lanes.Take(count), .. Enumerable.Repeat(-1f, 18 - count)];
            Assert.Equal(expected, memory);
        }
    }

    private static float[] Rotated(int shift) => [.. Enumerable.Range(0, 16).Select(lane => Special[(lane + shift) % 16])];

    private static void AssertBits(float[] expected, float[] actual) =>
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
}
