using NetGen;

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
}
