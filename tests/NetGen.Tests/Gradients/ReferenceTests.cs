using NetGen.Tests.Kernels;
using NetGen.Tests.Parity;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Gradients;

/// <summary>The naive reference is itself checked: against PyTorch, and against finite differences in double precision.</summary>
public sealed class ReferenceTests
{
    public static TheoryData<string> ParityNames => ParityNetworks.All.Names;

    public static TheoryData<string> DifferentiatedNames => Differentiated.Names;

    private static NetworkList Differentiated { get; } = new NetworkList()
        .Add<SameStack>()
        .Add<StrideThree>()
        .Add<StrideOverKernel>()
        .Add<KernelOverInput>()
        .Add<PoolBetweenReLUs>()
        .Add<SparsePools>()
        .Add<OneColumn>()
        .Add<SpatialHead>()
        .Add<StridedInputHalo>()
        .Add<LeakyRuns>()
        .Add<LeakySpatialHead>()
        .Add<PaddedAverages>()
        .Add<AverageOverInput>()
        .Add<SparsePaddedAverages>()
        .Add<TwiceTheSame>()
        .Add<SeveralReaders>()
        .Add<NestedBlocks>()
        .Add<SumsOfSums>()
        .Add<SumsAroundPooling>()
        .Add<NormsOfImages>()
        .Add<NormsInABlock>()
        .Add<FrozenNorms>();

    [Theory]
    [MemberData(nameof(ParityNames))]
    public void ReferenceEqualsPyTorch(string name)
    {
        // Both compute in double; the fixture is rounded to float32.
        const double HalfUnit = 6e-8;
        var fixture = Fixture.Load(name);
        AnyNetwork network = ParityNetworks.All.Create(name);
        var reference = ReferenceNetwork.Of(network.Type);
        foreach (ReferenceParameter parameter in reference.Parameters)
            fixture.Doubles(parameter.Name).CopyTo(parameter.Values, 0);

        ReferenceResult result = fixture.Has("labels")
            ? reference.Train(fixture.Floats("inputs"), fixture.Integers("labels"))
            : reference.Train(fixture.Floats("inputs"), fixture.Floats("targets"));

        Check("outputs", result.Outputs);
        Check("loss", [result.Loss]);
        Check("input_grad", result.InputGradients);
        foreach ((string parameter, double[] gradient) in result.Gradients)
        {
            // PyTorch has no gradients of frozen parameters and statistics, and that of a bias in front of a BatchNorm is 0.
            if (network.Table[parameter].Role != ParameterRole.Trained) Assert.False(fixture.Has("grad." + parameter));
            else if (fixture.Has("grad." + parameter)) Check("grad." + parameter, gradient);
            else Assert.All(gradient, value => Assert.Equal(0, value, 1e-12));
        }

        void Check(string tensor, double[] values) =>
            Close.Check(tensor, values, fixture.Floats(tensor), HalfUnit, HalfUnit / 10);
    }

    [Theory]
    [MemberData(nameof(DifferentiatedNames))]
    public void GradientsOfTheReferenceAreDifferenceQuotients(string name)
    {
        const double Step = 1e-6;
        const int Batch = 2;
        AnyNetwork network = Differentiated.Create(name, seed: 1);
        float[] inputs = Draw.Normal(Batch * network.InputLength, 3);
        float[] targets = network.DrawTargets(Batch, 4);
        var reference = ReferenceNetwork.Of(network);
        ReferenceResult result = reference.Train(inputs, targets);
        foreach (ReferenceParameter parameter in reference.Parameters)
        {
            if (network.Table[parameter.Name].Role != ParameterRole.Trained) continue;
            double[] gradient = result.Gradients[parameter.Name];
            double largest = gradient.Max(Math.Abs);
            for (int i = 0; i < gradient.Length; i += 1 + (gradient.Length / 20))
            {
                double value = parameter.Values[i];
                parameter.Values[i] = value + Step;
                double above = reference.Train(inputs, targets).Loss;
                parameter.Values[i] = value - Step;
                double below = reference.Train(inputs, targets).Loss;
                parameter.Values[i] = value;
                double quotient = (above - below) / (2 * Step);
                Assert.True(
                    Math.Abs(quotient - gradient[i]) < 1e-6 * largest + 1e-8,
                    FormattableString.Invariant($"{parameter.Name}[{i}]: {gradient[i]}, difference quotient {quotient}"));
            }
        }
    }
}
