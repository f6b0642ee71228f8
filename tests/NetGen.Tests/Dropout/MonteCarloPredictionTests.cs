using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.DropoutMasks;

/// <summary>Prediction with dropout on, against what theory says of a linear layer behind dropout.</summary>
[Trait("Category", "Numeric")]
public sealed class MonteCarloPredictionTests
{
    private const int Passes = 2000;

    [Fact]
    public void MeanAndVarianceOfALinearLayerAreThoseOfTheory()
    {
        var network = new Input50(seed: 5);
        float[] input = Draw.Normal(Input50.InputLength, 6);
        float[] expected = new float[Input50.OutputLength];
        network.Predict(input, expected);
        float[] mean = new float[Input50.OutputLength];
        float[] variance = new float[Input50.OutputLength];

        network.PredictMonteCarlo(input, Passes, seed: 7, mean, variance);

        for (int unit = 0; unit < Input50.OutputLength; unit++)
        {
            // A kept input counts 1 / (1 - r) times: the variance of each term is (w x)^2 r / (1 - r), here with r = 0.5.
            double spread = 0;
            for (int i = 0; i < Input50.InputLength; i++)
                spread += Math.Pow(network.Dense1Weight[unit, i] * input[i], 2);
            Assert.InRange(mean[unit], expected[unit] - (6 * Math.Sqrt(spread / Passes)), expected[unit] + (6 * Math.Sqrt(spread / Passes)));
            Assert.InRange(variance[unit] / spread, 1 - (6 * Math.Sqrt(2.0 / Passes)), 1 + (6 * Math.Sqrt(2.0 / Passes)));
        }
    }

    [Fact]
    public void WithoutDropoutEveryPassIsThePrediction()
    {
        var network = new TwoPlacesTwin(3);
        float[] input = Draw.Normal(TwoPlacesTwin.InputLength, 6);
        float[] expected = new float[TwoPlacesTwin.OutputLength];
        network.Predict(input, expected);
        float[] mean = new float[TwoPlacesTwin.OutputLength];
        float[] variance = new float[TwoPlacesTwin.OutputLength];

        network.PredictMonteCarlo(input, 3, seed: 7, mean, variance);

        Close.SameBits("mean", expected, mean);
        Assert.All(variance, value => Assert.Equal(0f, value));
    }

    [Fact]
    public void SeedDecides()
    {
        var network = new Input50(seed: 5);
        float[] input = Draw.Normal(Input50.InputLength, 6);
        float[] first = Means(8);

        Close.SameBits("same seed", first, Means(8));
        Assert.NotEqual(first, Means(9));

        float[] Means(ulong seed)
        {
            float[] mean = new float[Input50.OutputLength];
            network.PredictMonteCarlo(input, 100, seed, mean, new float[Input50.OutputLength]);
            return mean;
        }
    }
}
