using Xunit;

namespace NetGen.Tests.Support;

/// <summary>
/// Compares float32 results with exact ones. A sum of n rounded products is off by about √n·2⁻²⁴ of the size of its terms, not
/// of its result, so the bound has a part of the element and a part of the largest element of the tensor.
/// </summary>
internal static class Close
{
    /// <summary>
    /// Part of the element's own size. Sums of a few hundred to a few thousand terms and a handful of layers come to some
    /// dozens of roundings.
    /// </summary>
    public const double Relative = 1e-5;

    /// <summary>
    /// Part of the tensor's largest element: twice what make_parity.py lets float32 PyTorch be off, for another order of the sums.
    /// </summary>
    public const double OfLargest = 4e-6;

    public static void Check(
        string what, ReadOnlySpan<double> expected, ReadOnlySpan<float> actual,
        double relative = Relative, double ofLargest = OfLargest, double absolute = 0)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: expected {expected.Length} values, but got {actual.Length}");
        double largest = 0;
        foreach (double value in expected) largest = Math.Max(largest, Math.Abs(value));
        int worst = -1;
        double worstExcess = 0;
        int wrong = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double excess = Math.Abs(actual[i] - expected[i]) - (relative * Math.Abs(expected[i])) - (ofLargest * largest) - absolute;
            if (excess <= 0) continue;
            wrong++;
            if (worst >= 0 && excess <= worstExcess) continue;
            worst = i;
            worstExcess = excess;
        }

        Assert.True(
            wrong == 0,
            FormattableString.Invariant(
                $"{what}: {wrong} of {expected.Length} values are off; [{worst}] is {At(actual, worst)}, expected {At(expected, worst)}, largest {largest}"));
    }

    public static void Check(string what, double expected, float actual, double relative = Relative) =>
        Check(what, [expected], [actual], relative, 0);

    public static void SameBits(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: expected {expected.Length} values, but got {actual.Length}");
        for (int i = 0; i < expected.Length; i++)
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
                Assert.Fail(FormattableString.Invariant($"{what}: [{i}] is {actual[i]:R}, expected {expected[i]:R} bit for bit"));
    }

    private static T At<T>(ReadOnlySpan<T> values, int index)
        where T : struct => index < 0 ? default : values[index];
}
