using NetGen.Tests.Support;

namespace NetGen.Tests.Parity;

/// <summary>Samples, their order and the first weights, the same as in tests/fixtures/make_curves.py.</summary>
internal static class CurveData
{
    public const int BatchSize = 8;

    public const int Epochs = 8;

    // A prime number: every stride goes through all samples. The last batch of an epoch has 5.
    private const int Count = 197;

    private const uint Labels = 1, Pixels = 2, Features = 3, Noise = 4, Weights = 5, Parameters = 6;

    /// <summary>Images of 8x8 pixels of noise; the quarter that is brighter by 1/4 is the class.</summary>
    public static ISampleSource Images(bool isWeighted) => SampleSource.FromLabels(
        Count,
        CurveClassifier.InputLength,
        CurveClassifier.OutputLength,
        sample =>
        {
            int i = At(sample.Epoch, sample.Index);
            sample.Label = (int)(Formula.Word(Labels, i) >> 30);
            for (int p = 0; p < sample.Input.Length; p++)
            {
                bool isBright = (p / 8 / 4 * 2) + (p % 8 / 4) == sample.Label;
                sample.Input[p] = Formula.Signed(Pixels, (i * sample.Input.Length) + p, 8) + (isBright ? 0.25f : 0);
            }

            sample.Weight = isWeighted ? Weight(i) : 1;
        });

    /// <summary>Products of the inputs, with noise. No number of them is rounded.</summary>
    public static ISampleSource Products(bool isWeighted) => SampleSource.FromTargets(
        Count,
        CurveRegression.InputLength,
        CurveRegression.OutputLength,
        sample =>
        {
            int i = At(sample.Epoch, sample.Index);
            Span<float> x = sample.Input;
            for (int k = 0; k < x.Length; k++)
                x[k] = Formula.Signed(Features, (i * x.Length) + k, 8);
            sample.Target[0] = (x[0] * x[1]) + (x[2] / 2) + (Formula.Signed(Noise, 2 * i, 8) / 4);
            sample.Target[1] = (x[3] * x[3]) - (x[4] * x[5]) + (Formula.Signed(Noise, (2 * i) + 1, 8) / 4);
            sample.Weight = isWeighted ? Weight(i) : 1;
        });

    /// <summary>The sum of the weights of a batch.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="step">The batch, counted from 1.</param>
    /// <param name="isWeighted">Whether the weights are not all 1.</param>
    public static double BatchWeight(int epoch, int step, bool isWeighted)
    {
        double sum = 0;
        for (int place = (step - 1) * BatchSize; place < Math.Min(step * BatchSize, Count); place++)
            sum += isWeighted ? Weight(At(epoch, place)) : 1;
        return sum;
    }

    /// <summary>Writes the weights and biases to start from; BatchNorm keeps its 1, 0, 0 and 1.</summary>
    public static void Initialize(AnyNetwork network, int seed)
    {
        int number = 0;
        foreach (ParameterInfo parameter in network.Table.Parameters)
        {
            if (parameter.Name.StartsWith("batchnorm", StringComparison.Ordinal))
                continue;
            int fanIn = parameter.Length / parameter.Shape[0];
            float scale = parameter.Name.EndsWith("bias", StringComparison.Ordinal) ? 1 / 8f : fanIn < 10 ? 1 : fanIn < 20 ? 1 / 2f : 1 / 4f;
            int first = ((seed * 10) + number++) * 1000;
            network.Set(parameter.Name, [.. Enumerable.Range(first, parameter.Length).Select(i => Formula.Signed(Parameters, i, 12) * scale)]);
        }
    }

    // The sample at a place of an epoch: each epoch has a stride of its own.
    private static int At(int epoch, int place) => ((place * 5 * epoch) + (31 * epoch)) % Count;

    // 0, 0.5, 1 or 1.5.
    private static float Weight(int sample) => (Formula.Word(Weights, sample) >> 30) / 2f;
}
