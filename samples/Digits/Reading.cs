using NetGen;
using static System.FormattableString;

namespace Digits;

/// <summary>What a network reads in one image.</summary>
/// <param name="Image">28×28 pixels.</param>
/// <param name="Label">The digit it is.</param>
/// <param name="Digit">The digit the network sees.</param>
/// <param name="Confidence">How sure it is, 0 to 1.</param>
internal sealed record Reading(float[] Image, int Label, int Digit, float Confidence)
{
    /// <summary>Whether the network is right.</summary>
    public bool Right => Digit == Label;

    /// <summary>Lets <paramref name="net"/> read one digit of <paramref name="data"/>.</summary>
    public static Reading Of(DigitNet net, Dataset data, int index)
    {
        Span<float> probabilities = stackalloc float[DigitNet.OutputLength];
        float[] image = data.Input(index).ToArray();
        net.Predict(image, probabilities);
        int digit = net.Classify(image);
        return new Reading(image, data.Label(index), digit, probabilities[digit]);
    }

    /// <summary>
    /// What <paramref name="net"/> sees in the image in 50 predictions with dropout on: the likeliest digits with the mean of their probabilities and its spread
    /// (Gal and Ghahramani 2016).
    /// </summary>
    public string Doubts(DigitNet net)
    {
        float[] mean = new float[DigitNet.OutputLength];
        float[] variance = new float[DigitNet.OutputLength];
        net.PredictMonteCarlo(Image, passes: 50, seed: 1, mean, variance);
        IEnumerable<int> likeliest = Enumerable.Range(0, mean.Length).OrderByDescending(digit => mean[digit]).Take(3);
        return string.Join(", ", likeliest.Select(digit => Invariant($"{digit}: {100 * mean[digit]:0} % ± {100 * MathF.Sqrt(variance[digit]):0} %")));
    }
}
