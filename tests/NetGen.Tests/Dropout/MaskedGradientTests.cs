using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.DropoutMasks;

/// <summary>
/// Networks with dropout against the reference: the masks are read from the forward pass, and outputs, loss and every gradient
/// must be those of a network with just these masks.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class MaskedGradientTests
{
    private const int Batch = 5;
    private const ulong Seed = 77;

    /// <summary>See <see cref="Kernels.KernelTests"/>.</summary>
    private const double Margin = 4e-6;

    public static TheoryData<string> OnePlaceNames => DropoutNetworks.OnePlace.Names;

    [Theory]
    [MemberData(nameof(OnePlaceNames))]
    public void OnePlaceOfDropout(string name)
    {
        double[][] factors = MaskProbe.OnePlace(DropoutNetworks.OnePlace.Create(name), Batch, Seed);
        Check(seed => DropoutNetworks.OnePlace.Create(name, seed), factors);
    }

    [Fact]
    public void DropoutBeforePooling()
    {
        const double Scale = 1 / (1 - 0.3);
        var before = new ReferenceShape(6, 6, 5);
        var after = new ReferenceShape(3, 3, 5);
        AnyNetwork network = AnyNetwork.Of(new BeforePool(0));
        MaskProbe.PassOn(network, "conv1", 0, 0, _ => 0);
        MaskProbe.PassOn(network, "dense1", after);
        double[][] factors = Blank(before);
        foreach ((int row, int column) in Phases)
        {
            float[][] outputs = MaskProbe.FirstOutputs(network, OnePhase(new ReferenceShape(7, 7, 2), row, column), Seed);
            for (int sample = 0; sample < Batch; sample++)
                for (int h = 0; h < 3; h++)
                    for (int w = 0; w < 3; w++)
                        for (int c = 0; c < 5; c++)
                            factors[sample][before.Index((2 * h) + row, (2 * w) + column, c)] =
                                MaskProbe.Factor(outputs[sample][after.Index(h, w, c)], Scale);
        }

        Check(seed => AnyNetwork.Of(new BeforePool(seed)), factors);
    }

    [Fact]
    public void DropoutOnInputAndHiddenLayer()
    {
        const double Scale = 1 / (1 - 0.25);
        const int Width = 24;
        AnyNetwork network = AnyNetwork.Of(new TwoPlaces(0));
        float[] ones = new float[Batch * Width];
        ones.AsSpan().Fill(1);

        MaskProbe.GiveOnes(network, "dense1");
        MaskProbe.PassOn(network, "dense2");
        double[][] hidden = MaskProbe.Factors(MaskProbe.FirstOutputs(network, ones, Seed), Scale);

        // A value shows the input's factor where the hidden unit is kept; each shift shows an input at another unit.
        double[][] input = Blank(new ReferenceShape(1, 1, Width));
        for (int shift = 0; shift < Width; shift++)
        {
            MaskProbe.PassOn(network, "dense1", shift: shift);
            float[][] outputs = MaskProbe.FirstOutputs(network, ones, Seed);
            for (int sample = 0; sample < Batch; sample++)
                for (int n = 0; n < Width; n++)
                    if (hidden[sample][n] > 0)
                        input[sample][(n + shift) % Width] =
                            MaskProbe.Factor((float)(outputs[sample][n] / hidden[sample][n]), Scale);
        }

        Check(seed => AnyNetwork.Of(new TwoPlaces(seed)), input, hidden);
    }

    [Fact]
    public void DropoutBetweenConvolutionsAndAfterPooling()
    {
        const int Filters = 8;
        var before = new ReferenceShape(6, 6, Filters);
        var after = new ReferenceShape(3, 3, Filters);
        AnyNetwork network = AnyNetwork.Of(new BetweenConvolutions(0));
        float[] any = new float[Batch * network.InputLength];

        MaskProbe.GiveOnes(network, "conv2");
        MaskProbe.PassOn(network, "dense1", after);
        double[][] pooled = MaskProbe.Factors(MaskProbe.FirstOutputs(network, any, Seed), 1 / (1 - 0.2));

        MaskProbe.PassOn(network, "conv1", 1, 1, _ => 0);
        double[][] between = Blank(before);
        for (int shift = 0; shift < Filters; shift++)
        {
            MaskProbe.PassOn(network, "conv2", 1, 1, n => (n + shift) % Filters);
            foreach ((int row, int column) in Phases)
            {
                float[][] outputs = MaskProbe.FirstOutputs(network, OnePhase(new ReferenceShape(6, 6, 3), row, column), Seed);
                for (int sample = 0; sample < Batch; sample++)
                    for (int i = 0; i < after.Length; i++)
                    {
                        if (pooled[sample][i] == 0) continue;
                        int h = i / Filters / 3, w = i / Filters % 3, c = ((i % Filters) + shift) % Filters;
                        between[sample][before.Index((2 * h) + row, (2 * w) + column, c)] =
                            MaskProbe.Factor((float)(outputs[sample][i] / pooled[sample][i]), 1 / (1 - 0.3));
                    }
            }
        }

        Check(seed => AnyNetwork.Of(new BetweenConvolutions(seed)), between, pooled);
    }

    [Fact]
    public void DropoutAfterASum()
    {
        CheckSum(seed => AnyNetwork.Of(new AfterSum(seed)));
        CheckSum(seed => AnyNetwork.Of(new TinyAfterSum(seed)));

        static void CheckSum(Func<ulong, AnyNetwork> create)
        {
            AnyNetwork network = create(0);
            MaskProbe.GiveOnes(network, "entry");
            MaskProbe.GiveOnes(network, "dense2");
            network.Fill("dense2.bias", 0);
            MaskProbe.PassOn(network, "dense3");
            Check(create, FactorsOfFeatures(network));
        }
    }

    [Fact]
    public void DroppedValuesInASum()
    {
        AnyNetwork network = AnyNetwork.Of(new SumWithDropped(0));
        MaskProbe.GiveOnes(network, "dense1");
        MaskProbe.GiveOnes(network, "dense2");
        network.Fill("dense2.bias", 0);
        MaskProbe.PassOn(network, "dense3");
        Check(seed => AnyNetwork.Of(new SumWithDropped(seed)), FactorsOfFeatures(network));
    }

    [Fact]
    public void ASumOfValuesBeforeAndAfterDropout()
    {
        AnyNetwork network = AnyNetwork.Of(new SumWithWhole(0));
        MaskProbe.GiveOnes(network, "dense1");
        MaskProbe.PassOn(network, "dense2");
        MaskProbe.PassOn(network, "dense3");

        // The sum is the factor and the 1 that dropout got.
        network.Fill("dense3.bias", -1);
        Check(seed => AnyNetwork.Of(new SumWithWhole(seed)), FactorsOfFeatures(network));
    }

    /// <summary>The factors of a dropout of 0.3 that the outputs show.</summary>
    private static double[][] FactorsOfFeatures(AnyNetwork network) =>
        MaskProbe.Factors(MaskProbe.FirstOutputs(network, new float[Batch * network.InputLength], Seed), 1 / (1 - 0.3));

    private static IEnumerable<(int Row, int Column)> Phases => [(0, 0), (0, 1), (1, 0), (1, 1)];

    /// <summary>Factors that are not known yet; a test that leaves one unread fails on it.</summary>
    private static double[][] Blank(ReferenceShape shape) =>
        [.. Enumerable.Range(0, Batch).Select(_ => Enumerable.Repeat(double.NaN, shape.Length).ToArray())];

    /// <summary>Samples that are 1 in one place of every 2×2 window and 0 elsewhere.</summary>
    private static float[] OnePhase(ReferenceShape shape, int row, int column)
    {
        float[] sample = new float[shape.Length];
        for (int h = row; h < shape.Height; h += 2)
            for (int w = column; w < shape.Width; w += 2)
                for (int c = 0; c < shape.Channels; c++)
                    sample[shape.Index(h, w, c)] = 1;
        return [.. Enumerable.Repeat(sample, Batch).SelectMany(s => s)];
    }

    private static void Check(Func<ulong, AnyNetwork> create, params double[][][] factors)
    {
        Assert.DoesNotContain(factors.SelectMany(place => place).SelectMany(row => row), double.IsNaN);
        (AnyNetwork network, ReferenceNetwork reference, float[] inputs) = Prepare(create, factors);
        float[] targets = Draw.Normal(Batch * network.OutputLength, 12);
        ReferenceResult expected = reference.Train(inputs, targets);
        ITrainingPass pass = network.BeginTraining(Batch, Seed);

        Close.Check("loss", expected.Loss, pass.Forward(inputs, targets));
        Close.Check("outputs", expected.Outputs, pass.Outputs);
        pass.Backward();
        foreach (ParameterInfo parameter in network.Trained)
            Close.Check(parameter.Name, expected.Gradients[parameter.Name], network.Get(parameter.Name, pass.Gradients));
        float[] inputGradients = new float[inputs.Length];
        pass.InputGradients(inputGradients);
        Close.Check("gradient of the inputs", expected.InputGradients, inputGradients);
    }

    private static (AnyNetwork Network, ReferenceNetwork Reference, float[] Inputs) Prepare(
        Func<ulong, AnyNetwork> create, double[][][] factors)
    {
        for (int seed = 1; ; seed++)
        {
            AnyNetwork network = create((ulong)seed);
            foreach (ParameterInfo parameter in network.Table.Parameters)
                if (parameter.Name.EndsWith(".bias", StringComparison.Ordinal))
                    network.Set(parameter.Name, Draw.Normal(parameter.Length, seed + parameter.Offset, 0.3));
            var reference = ReferenceNetwork.Of(network);
            foreach ((ReferenceDropout dropout, double[][] place) in reference.Dropouts.Zip(factors)) dropout.Factors = place;
            float[] inputs = Draw.Normal(Batch * network.InputLength, seed);
            if (reference.Margin(inputs) > Margin) return (network, reference, inputs);
        }
    }
}
