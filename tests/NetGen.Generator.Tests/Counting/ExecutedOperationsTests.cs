using System.Globalization;
using NetGen.Benchmarks.Counting;
using Xunit;

namespace NetGen.Generator.Tests.Counting;

/// <summary>
/// How many multiply-adds the generated code does for each that the result needs. What it does too much are lanes after the last output of a layer, outputs that
/// are computed twice or that nothing reads, and products with padding. This takes no time to be told, so a kernel that begins to waste work shows here on any machine.
/// </summary>
public sealed class ExecutedOperationsTests
{
    /// <summary>The samples of a batch and of a training step.</summary>
    private const int Batch = 16;

    /// <summary>The most that may be executed for each needed multiply-add, about 3 % above what is: in a prediction of one sample and of a batch, and in a training step.</summary>
    private static readonly Dictionary<(string Network, int Bits), (double One, double Batch, double Training)> Most = new()
    {
        [("Tiny", 128)] = (1.03, 1.16, 1.13),
        [("Tiny", 256)] = (1.03, 1.32, 1.25),
        [("Tiny", 512)] = (1.03, 1.65, 1.50),
        [("MlpSmall", 128)] = (1.04, 1.04, 1.08),
        [("MlpSmall", 256)] = (1.04, 1.04, 1.08),
        [("MlpSmall", 512)] = (1.04, 1.04, 1.04),
        [("LeNet", 128)] = (1.15, 1.15, 1.37),
        [("LeNet", 256)] = (1.15, 1.15, 1.38),
        [("LeNet", 512)] = (1.16, 1.16, 1.13),
        [("KerasCnn", 128)] = (1.03, 1.03, 1.03),
        [("KerasCnn", 256)] = (1.03, 1.03, 1.03),
        [("KerasCnn", 512)] = (1.03, 1.03, 1.03),
        [("VggSmall", 128)] = (1.21, 1.21, 1.16),
        [("VggSmall", 256)] = (1.21, 1.21, 1.16),
        [("VggSmall", 512)] = (1.09, 1.09, 1.09),
        [("ResNet8", 128)] = (1.20, 1.20, 1.16),
        [("ResNet8", 256)] = (1.20, 1.20, 1.16),
        [("ResNet8", 512)] = (1.08, 1.08, 1.09),
    };

    public static TheoryData<string, int> Networks
    {
        get
        {
            TheoryData<string, int> networks = [];
            foreach ((string network, int bits) in Most.Keys)
                networks.Add(network, bits);
            return networks;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_kernels_multiply_little_more_than_the_result_needs(string network, int bits)
    {
        CountedNetworks networks = CountedNetworks.Of(bits);
        CountedWork work = CountedWork.Of(networks[network]);
        NeededOperations needed = new(networks[network]);
        (double one, double batch, double training) = Most[(network, bits)];
        Check("a prediction of one sample", needed.Prediction, one, () => work.Predict(1));
        Check($"a prediction of {Batch} samples", Batch * needed.Prediction, batch, () => work.Predict(Batch));
        Check($"a training step of {Batch} samples", Batch * needed.Training, training, () => work.Train(Batch));

        void Check(string what, long least, double most, Action action)
        {
            IReadOnlyDictionary<string, long> lanes = networks.Count(action);
            long executed = lanes.Values.Sum();
            double ratio = (double)executed / least;
            string result = string.Create(
                CultureInfo.InvariantCulture,
                $"{network}, {bits} bits, {what}: {executed} multiply-adds were executed and {least} are needed, {ratio:F4} for each; at most {most} were expected.\n");
            string methods = string.Join('\n', lanes.OrderByDescending(method => method.Value).Select(method => $"{method.Key}: {method.Value}"));
            Assert.True(ratio >= 1, $"{result}So not all of them were counted, or a kernel has found a way to need fewer.\n{methods}");
            Assert.True(ratio <= most, $"{result}If this is worth its price, raise the bound in this table, about 3 % above what is executed.\n{methods}");
        }
    }
}
