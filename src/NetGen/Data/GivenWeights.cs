using static System.FormattableString;

namespace NetGen;

/// <summary>The weights that a caller gives to the samples of a data set.</summary>
internal static class GivenWeights
{
    /// <summary>Checks number and range.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="samples">Number of samples.</param>
    /// <param name="argument">The caller's argument, for messages.</param>
    /// <exception cref="ArgumentException">The number is another one, or a weight is out of range.</exception>
    public static void Check(ReadOnlySpan<float> weights, int samples, string argument)
    {
        if (weights.Length != samples)
            throw new ArgumentException(Invariant($"There are {samples} samples but {weights.Length} weights."), argument);
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && float.IsFinite(weights[i])))
            {
                throw new ArgumentException(
                    Invariant($"The weight of sample {i} is {weights[i]}; weights must be finite and not negative."), argument);
            }
        }
    }

    /// <summary>Puts the weights of a view's samples where the samples lie in memory.</summary>
    /// <param name="weights">The weights of the view's samples.</param>
    /// <param name="place">Where a sample of the view lies.</param>
    /// <param name="stored">Number of samples in memory.</param>
    /// <param name="argument">The caller's argument, for messages.</param>
    /// <exception cref="ArgumentException">The view has a sample several times, with different weights.</exception>
    public static float[] ByPlace(ReadOnlySpan<float> weights, Func<int, int> place, int stored, string argument)
    {
        float[] byPlace = new float[stored];
        Array.Fill(byPlace, float.NaN);
        for (int i = 0; i < weights.Length; i++)
        {
            ref float weight = ref byPlace[place(i)];
            if (!float.IsNaN(weight) && weight != weights[i])
            {
                throw new ArgumentException(
                    Invariant($"Sample {i} was selected several times, with the weights {weight} and {weights[i]}; they must be equal."), argument);
            }

            weight = weights[i];
        }

        return byPlace;
    }
}
