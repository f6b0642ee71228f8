using NetGen.Benchmarks.Counting;
using NetGen.Tests.Kernels;
using NetGen.Tests.Parity;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Benchmarks;

/// <summary>The operations that the benchmarks divide by time are those that a naive network does for its result.</summary>
public sealed class NeededOperationsTests
{
    private static readonly NetworkList[] Lists = [ConvolutionNetworks.All, GroupedNetworks.All, ParityNetworks.All, DenseNetworks.All];

    // The naive network does not know these.
    private static readonly Type[] Uncounted =
    [
        typeof(AddAttribute), typeof(AveragePool1DAttribute), typeof(AveragePool2DAttribute), typeof(BatchNormAttribute), typeof(ConcatAttribute),
        typeof(GlobalAveragePoolAttribute), typeof(GlobalMaxPoolAttribute), typeof(LayerNormAttribute), typeof(LeakyReLUAttribute), typeof(MaxPool1DAttribute),
        typeof(ReshapeAttribute), typeof(PReLUAttribute), typeof(ELUAttribute), typeof(SELUAttribute), typeof(GELUAttribute), typeof(SiLUAttribute),
        typeof(HardSwishAttribute), typeof(SoftplusAttribute), typeof(SigmoidAttribute), typeof(TanhAttribute),
        typeof(NormalizationAttribute), typeof(RescaleAttribute),
        typeof(ActivationAttribute<>),
    ];

    public static TheoryData<string> Names => [.. Lists.SelectMany(list => list.Keys.Where(name => IsCounted(list.Create(name, seed: 1).Type)))];

    [Theory]
    [MemberData(nameof(Names))]
    public void AreTheProductsOfANaiveNetworkThatComputesOnlyWhatItIsAskedFor(string name)
    {
        AnyNetwork network = Lists.Single(list => list.Keys.Contains(name)).Create(name, seed: 3);
        var reference = ReferenceNetwork.Of(network);
        float[] sample = Draw.Normal(network.InputLength, seed: 4);
        float[] targets = network.DrawTargets(1, seed: 5);
        var counting = new CountingNetwork(network.Type, reference, [.. sample.Select(v => (double)v)]);

        double[] outputs = counting.Outputs();
        ReferenceResult expected = reference.Train(sample, targets);
        double[] outputGradients = OutputGradients(network.Loss, expected.Outputs, targets);
        Dictionary<string, double[]> gradients = counting.WeightGradients(outputGradients);

        // It left nothing out that the result needs.
        Same(expected.Outputs, network.Loss == Loss.CrossEntropy ? Softmax(outputs) : outputs);
        foreach ((string layer, double[] gradient) in gradients)
            Same(expected.Gradients[layer + ".weight"], gradient);

        var needed = new NeededOperations(network.Type);
        Assert.Equal(counting.Weighted.Select(layer => (layer.Name, layer.ForwardProducts)), needed.Weighted);
        Assert.Equal(counting.Weighted.Select(layer => (layer.Name, layer.WeightGradientProducts)), needed.Weighted);
        Assert.Equal(
            counting.Weighted.Skip(1).Select(layer => (layer.Name, layer.InputGradientProducts)), needed.Weighted.Skip(1));
        Assert.Equal(0, counting.Weighted[0].InputGradientProducts);
        Assert.Equal(counting.Weighted.Sum(layer => layer.ForwardProducts), needed.Prediction);
        Assert.Equal(
            counting.Weighted.Sum(layer => layer.ForwardProducts + layer.WeightGradientProducts + layer.InputGradientProducts),
            needed.Training);
    }

    [Fact]
    public void LeaveOutWhatPoolingDrops()
    {
        var needed = new NeededOperations(typeof(KerasLike));

        // Of 11×11 outputs the pooling reads 10×10, so of the 13×13 inputs 12×12 are read, and of 26×26 outputs before them 24×24.
        Assert.Equal(10 * 10 * 64 * 3 * 3 * 32, needed.Of("conv2"));
        Assert.Equal(24 * 24 * 32 * 3 * 3, needed.Of("conv1"));
        Assert.Equal(5 * 5 * 64 * 10, needed.Of("dense1"));
    }

    [Fact]
    public void LeaveOutTheZerosOfPadding()
    {
        var needed = new NeededOperations(typeof(SameStack));

        // A kernel of 3 covers 2 rows at each of the two borders, 3 elsewhere.
        Assert.Equal(((9 * 3) - 2) * ((7 * 3) - 2) * 4 * 16, needed.Of("conv1"));
    }

    private static bool IsCounted(Type network) => !Array.Exists(
        network.GetCustomAttributes(typeof(LayerAttribute), inherit: false), layer => Uncounted.Contains(KindOf(layer)) || HasOutputsOfPadding(layer));

    private static Type KindOf(object layer) => layer.GetType() is { IsGenericType: true } generic ? generic.GetGenericTypeDefinition() : layer.GetType();

    // An output that reads only padding passes no gradient on, so nobody asks the naive network for it.
    private static bool HasOutputsOfPadding(object layer) =>
        layer is Conv2DAttribute conv && (conv.PaddingHeight >= conv.KernelHeight || conv.PaddingWidth >= conv.KernelWidth);

    private static double[] OutputGradients(Loss loss, double[] outputs, float[] targets)
    {
        double sum = targets.Sum(v => (double)v);
        return loss == Loss.CrossEntropy
            ? [.. outputs.Select((p, i) => (p * sum) - targets[i])]
            : [.. outputs.Select((y, i) => 2 * (y - targets[i]) / outputs.Length)];
    }

    private static double[] Softmax(double[] values)
    {
        double largest = values.Max();
        double sum = values.Sum(v => Math.Exp(v - largest));
        return [.. values.Select(v => Math.Exp(v - largest) / sum)];
    }

    private static void Same(double[] expected, double[] actual)
    {
        const double Rounding = 1e-12;
        Assert.Equal(expected.Length, actual.Length);
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(actual[i] - expected[i], -Rounding * largest, Rounding * largest);
    }
}
