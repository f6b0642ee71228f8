using NetGen.ForeignLayers.Harness;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>Predictions with dropout on, for each of its kinds.</summary>
public sealed class MonteCarloTests
{
    private const int Inputs = 24;
    private const int Outputs = 3;

    public static TheoryData<string> Kinds => ["Dropout(0.3)", "SpatialDropout(0.3)", "AlphaDropout(0.2)", "GaussianDropout(0.3)"];

    /// <summary>
    /// Behind a linear layer, the mean over the masks is the prediction without them: exactly for the kinds that keep each value's mean, and for alpha dropout where
    /// the values have its fixed point, the mean 0. Batch normalisation uses the running statistics, as in the prediction.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fifty_passes_agree_with_the_prediction(string kind)
    {
        const int Passes = 50;
        INetwork network = ForeignNetwork.Create($"Input({Inputs}), Dense(40), BatchNorm, {kind}, Dense({Outputs})", seed: 3);
        if (kind.StartsWith("Alpha", StringComparison.Ordinal))
            Balance(network);
        float[] input = Draw.Normal(Inputs, 4);
        float[] expected = new float[Outputs], mean = new float[Outputs], variance = new float[Outputs];
        network.Predict(input, expected);
        MonteCarlo(network, input, Passes, 7, mean, variance);

        // Alpha dropout with rate r multiplies what the balanced weights let through by a·(1 - r).
        const double Rate = 0.2, Limit = 1.7580993408473766;
        double factor = kind.StartsWith("Alpha", StringComparison.Ordinal) ? (1 - Rate) / Math.Sqrt((1 - Rate) * (1 + (Rate * Limit * Limit))) : 1;
        for (int i = 0; i < Outputs; i++)
        {
            Assert.True(variance[i] > 0);
            Assert.InRange((mean[i] - (factor * expected[i])) / Math.Sqrt(variance[i] / Passes), -4, 4);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Calls_after_the_first_one_allocate_nothing(string kind)
    {
        INetwork network = ForeignNetwork.Create($"Input({Inputs}), Dense(40), BatchNorm, ReLU, {kind}, Dense({Outputs}), Softmax", seed: 3);
        var predict = network.GetType().GetMethod("PredictMonteCarlo")!.CreateDelegate<Predict>(network);
        float[] input = Draw.Normal(Inputs, 4);
        float[] mean = new float[Outputs], variance = new float[Outputs], again = new float[Outputs];
        for (int call = 0; call < 3; call++)
            predict(input, 100, 5, mean, variance);
        long before = GC.GetAllocatedBytesForCurrentThread();
        predict(input, 100, 5, again, variance);
        predict(input, 10, 6, mean, variance);
        predict(input, 100, 5, mean, variance);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(again, mean);
    }

    [Fact]
    public void A_kept_pass_gives_the_bits_of_a_new_one_also_after_an_edit()
    {
        const string Layers = "Input(24), Dense(40), ReLU, GaussianDropout(0.3), Dense(3)";
        float[] input = Draw.Normal(Inputs, 4);
        INetwork used = ForeignNetwork.Create(Layers, seed: 3);
        foreach (int passes in new[] { 100, 7, 200, 64 })
            Assert.Equal(Means(ForeignNetwork.Create(Layers, seed: 3), passes), Means(used, passes));
        float[] old = Means(used, 7);
        Double(used);
        INetwork twin = ForeignNetwork.Create(Layers, seed: 3);
        Double(twin);
        Assert.NotEqual(old, Means(used, 7));
        Assert.Equal(Means(twin, 7), Means(used, 7));

        float[] Means(INetwork network, int passes)
        {
            float[] mean = new float[Outputs], variance = new float[Outputs];
            MonteCarlo(network, input, passes, 9, mean, variance);
            return [.. mean, .. variance];
        }

        static void Double(INetwork network)
        {
            using ParameterEdit edit = network.EditParameters();
            foreach (ref float value in edit.Values)
                value *= 2;
        }
    }

    private delegate void Predict(ReadOnlySpan<float> input, int passes, ulong seed, Span<float> mean, Span<float> variance);

    private static void MonteCarlo(INetwork network, float[] input, int passes, ulong seed, float[] mean, float[] variance) =>
        network.GetType().GetMethod("PredictMonteCarlo")!.CreateDelegate<Predict>(network)(input, passes, seed, mean, variance);

    /// <summary>Gives the weights of each unit of the last layer the sum 0, so that a shift of all values changes nothing.</summary>
    private static void Balance(INetwork network)
    {
        ParameterInfo weight = network.ParameterTable["dense2.weight"];
        using ParameterEdit edit = network.EditParameters();
        float[] torch = new float[weight.Length];
        weight.Layout.ToTorch(edit.Values.Slice(weight.Offset, weight.Length), torch);
        int inputs = torch.Length / Outputs;
        for (int unit = 0; unit < Outputs; unit++)
        {
            Span<float> row = torch.AsSpan(unit * inputs, inputs);
            float sum = 0;
            foreach (float value in row)
                sum += value;
            foreach (ref float value in row)
                value -= sum / inputs;
        }

        weight.Layout.FromTorch(torch, edit.Values.Slice(weight.Offset, weight.Length));
    }
}
