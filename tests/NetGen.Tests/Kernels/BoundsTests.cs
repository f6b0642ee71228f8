using NetGen.Tests.Parity;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Kernels;

/// <summary>Kernels work without bounds checks, so these tests put pages without access around what the caller hands in.</summary>
[Trait("Category", "Numeric")]
public sealed class BoundsTests
{
    public static TheoryData<string> DenseNames => DenseNetworks.All.Names;

    public static TheoryData<string> TinyNames => TinyNetworks.All.Names;

    public static TheoryData<string> ConvolutionNames => ConvolutionNetworks.All.Names;

    public static TheoryData<string> GroupedNames => GroupedNetworks.All.Names;

    public static TheoryData<string> LeakyNames => LeakyNetworks.All.Names;

    public static TheoryData<string> AverageNames => AverageNetworks.All.Names;

    public static TheoryData<string> ResidualNames => ResidualNetworks.All.Names;

    public static TheoryData<string> NormNames => NormNetworks.All.Names;

    public static TheoryData<string> JoinNames => JoinNetworks.All.Names;

    public static TheoryData<string> ParityNames => ParityNetworks.All.Names;

    [Theory]
    [MemberData(nameof(DenseNames))]
    public void DenseNetworksTouchOnlyWhatTheyAreGiven(string name) => Check(DenseNetworks.All.Create(name));

    [Theory]
    [MemberData(nameof(TinyNames))]
    public void TinyNetworksTouchOnlyWhatTheyAreGiven(string name) => Check(TinyNetworks.All.Create(name));

    [Theory]
    [MemberData(nameof(ConvolutionNames))]
    public void ConvolutionNetworksTouchOnlyWhatTheyAreGiven(string name) => Check(ConvolutionNetworks.All.Create(name));

    [Theory]
    [MemberData(nameof(GroupedNames))]
    public void GroupedNetworksTouchOnlyWhatTheyAreGiven(string name) => Check(GroupedNetworks.All.Create(name));

    [Theory]
    [MemberData(nameof(LeakyNames))]
    public void LeakyNetworksTouchOnlyWhatTheyAreGiven(string name) => Check(LeakyNetworks.All.Create(name));

    [Theory]
    [MemberData(nameof(AverageNames))]
    public void AverageNetworksTouchOnlyWhatTheyAreGiven(string name) => Check(AverageNetworks.All.Create(name));

    [Theory]
    [MemberData(nameof(ResidualNames))]
    public void ResidualNetworksTouchOnlyWhatTheyAreGiven(string name) => Check(ResidualNetworks.All.Create(name));

    [Theory]
    [MemberData(nameof(NormNames))]
    public void NormalisationsTouchOnlyWhatTheyAreGiven(string name) => Check(NormNetworks.All.Create(name));

    [Theory]
    [MemberData(nameof(JoinNames))]
    public void JoinsTouchOnlyWhatTheyAreGiven(string name) => Check(JoinNetworks.All.Create(name));

    [Theory]
    [MemberData(nameof(ParityNames))]
    public void ParityNetworksTouchOnlyWhatTheyAreGiven(string name) => Check(ParityNetworks.All.Create(name));

    private static void Check(AnyNetwork network)
    {
        if (!OperatingSystem.IsLinux()) return;
        foreach (int batch in new[] { network.LeastBatch, 3 })
        {
            int inputLength = batch * network.InputLength;
            int outputLength = batch * network.OutputLength;
            float[] data = Draw.Normal(inputLength, 1);
            ITrainingPass pass = network.BeginTraining(batch);
            using var inputs = new GuardedMemory(inputLength);
            using var outputs = new GuardedMemory(outputLength);
            using var gradients = new GuardedMemory(inputLength);

            Step(inputs.First(inputLength), outputs.First(outputLength), gradients.First(inputLength));
            Step(inputs.Last(inputLength), outputs.Last(outputLength), gradients.Last(inputLength));

            void Step(Span<float> input, Span<float> output, Span<float> gradient)
            {
                // A step moves the statistics of a BatchNorm, and with them predictions.
                float[] expected = network.Predict(data);
                data.CopyTo(input);
                output.Clear();
                network.Predict(input, output);
                Close.SameBits("outputs", expected, output);
                pass.Forward(input, output);
                pass.Backward();
                pass.InputGradients(gradient);
            }
        }
    }
}
