using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.DropoutMasks;

/// <summary>How often dropout drops, what it keeps, and on what the masks depend.</summary>
[Trait("Category", "Numeric")]
public sealed class DropoutStatisticsTests
{
    private const int Width = 64;
    private const int Batch = 32;

    /// <summary>Bounds of the statistics, in standard deviations: by chance one test in two million would fail.</summary>
    private const double Sigmas = 5;

    public static TheoryData<string> Names => [.. DropoutNetworks.OnInput.Keys, .. DropoutNetworks.OnHidden.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void DropsTheStatedShareAndKeepsTheMean(string name)
    {
        const int Steps = 24;
        double rate = DropoutNetworks.Rate(name);
        AnyNetwork network = Transparent(name);
        float[] inputs = PositiveInputs();
        ITrainingPass pass = network.BeginTraining(Batch, seed: 3);
        long kept = 0;
        double sum = 0, expectedSum = 0, variance = 0;
        for (int step = 0; step < Steps; step++)
        {
            float[] outputs = MaskProbe.Outputs(network, pass, inputs).SelectMany(row => row).ToArray();
            for (int i = 0; i < outputs.Length; i++)
            {
                if (outputs[i] != 0)
                {
                    kept++;
                    Close.Check("kept value", inputs[i] / (1 - rate), outputs[i], 3e-7);
                }

                sum += outputs[i];
                expectedSum += inputs[i];
                variance += (double)inputs[i] * inputs[i] * rate / (1 - rate);
            }
        }

        const int Count = Steps * Batch * Width;
        Assert.InRange(kept - (Count * (1 - rate)), -Sigmas * Math.Sqrt(Count * rate * (1 - rate)), Sigmas * Math.Sqrt(Count * rate * (1 - rate)));
        Assert.InRange(sum - expectedSum, -Sigmas * Math.Sqrt(variance), Sigmas * Math.Sqrt(variance));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void MasksOfStepsSamplesUnitsAndSeedsAreIndependent(string name)
    {
        double rate = DropoutNetworks.Rate(name);
        AnyNetwork network = Transparent(name);
        float[] inputs = PositiveInputs();
        ITrainingPass pass = network.BeginTraining(Batch, seed: 8);
        bool[] first = Kept(network, pass, inputs);
        bool[] second = Kept(network, pass, inputs);
        bool[] otherSeed = Kept(network, network.BeginTraining(Batch, seed: 9), inputs);

        CheckIndependent("two steps", first, second, rate);
        CheckIndependent("two seeds", first, otherSeed, rate);
        foreach (int distance in new[] { 1, 2, 3, 4, 8, 16, 32 })
            CheckIndependent(
                FormattableString.Invariant($"units {distance} apart"), first[..^distance], first[distance..], rate);
        foreach (int distance in new[] { 1, 2, 3, 4, 8, 16 })
            CheckIndependent(
                FormattableString.Invariant($"samples {distance} apart"),
                first[..^(distance * Width)], first[(distance * Width)..], rate);
    }

    [Fact]
    public void MasksOfTwoLayersAreIndependent()
    {
        // Inverted masks cannot be seen through each other: where both keep is what shows.
        const int Samples = 200;
        AnyNetwork network = AnyNetwork.Of(new TwoPlaces(0));
        MaskProbe.PassOn(network, "dense1");
        MaskProbe.PassOn(network, "dense2");
        float[] ones = new float[Samples * network.InputLength];
        ones.AsSpan().Fill(1);
        int both = MaskProbe.FirstOutputs(network, ones, seed: 4).Sum(row => row.Count(value => value != 0));
        const double Share = 0.75 * 0.75;
        const double Expected = Samples * 24 * Share;
        double bound = Sigmas * Math.Sqrt(Expected * (1 - Share));
        Assert.InRange(both, Expected - bound, Expected + bound);
    }

    [Fact]
    public void EqualSeedsGiveEqualMasks()
    {
        AnyNetwork network = Transparent(nameof(Hidden25));
        float[] inputs = PositiveInputs();
        ITrainingPass one = network.BeginTraining(Batch, seed: 21);
        ITrainingPass two = network.BeginTraining(Batch + 9, seed: 21);
        for (int step = 0; step < 3; step++)
            Assert.Equal(Kept(network, one, inputs), Kept(network, two, inputs));
    }

    [Fact]
    public void MaskOfASampleDoesNotDependOnTheBatch()
    {
        AnyNetwork network = Transparent(nameof(Hidden80));
        float[] inputs = PositiveInputs();
        bool[] whole = Kept(network, network.BeginTraining(Batch, seed: 2), inputs);
        bool[] part = Kept(network, network.BeginTraining(Batch, seed: 2), inputs[..(7 * Width)]);
        Assert.Equal(whole[..(7 * Width)], part);
    }

    [Fact]
    public void MasksAreTheSameForAnyNumberOfThreads()
    {
        AnyNetwork network = AnyNetwork.Of(new BetweenConvolutions(5));
        float[] inputs = Draw.Normal(23 * network.InputLength, 1);
        float[] targets = Draw.Normal(23 * network.OutputLength, 2);
        foreach (int threads in new[] { 2, 3, 7 })
        {
            ITrainingPass one = network.BeginTraining(23, seed: 6, threads: 1);
            ITrainingPass several = network.BeginTraining(23, seed: 6, threads);
            for (int step = 0; step < 3; step++)
            {
                one.Forward(inputs, targets);
                several.Forward(inputs, targets);
                Close.SameBits("outputs", one.Outputs, several.Outputs);
            }
        }
    }

    /// <summary>A network whose outputs are its inputs but for dropout.</summary>
    private static AnyNetwork Transparent(string name)
    {
        bool onInput = DropoutNetworks.OnInput.Keys.Contains(name);
        AnyNetwork network = (onInput ? DropoutNetworks.OnInput : DropoutNetworks.OnHidden).Create(name);
        MaskProbe.PassOn(network, "dense1");
        if (!onInput) MaskProbe.PassOn(network, "dense2");
        return network;
    }

    private static float[] PositiveInputs() => [.. Draw.Normal(Batch * Width, 17).Select(v => Math.Abs(v) + 0.1f)];

    private static bool[] Kept(AnyNetwork network, ITrainingPass pass, float[] inputs) =>
        [.. MaskProbe.Outputs(network, pass, inputs).SelectMany(row => row).Select(value => value != 0)];

    /// <summary>Independent masks agree with probability r² + (1 - r)².</summary>
    private static void CheckIndependent(string what, bool[] one, bool[] other, double rate)
    {
        double share = (rate * rate) + ((1 - rate) * (1 - rate));
        int agree = one.Zip(other).Count(pair => pair.First == pair.Second);
        // Neighbouring pairs share a value, which at most doubles the variance.
        double sigma = Math.Sqrt(2 * one.Length * share * (1 - share));
        Assert.True(
            Math.Abs(agree - (one.Length * share)) < Sigmas * sigma,
            FormattableString.Invariant(
                $"{what}: {agree} of {one.Length} decisions agree, expected {one.Length * share:F0} ± {sigma:F0}"));
    }
}
