using NetGen.Tests.Parity;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Kernels;

/// <summary>
/// Generated kernels against the naive reference, for networks of many shapes and for batch sizes around the sizes of tiles and
/// shards. The runner repeats this category at every vector width.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class KernelTests
{
    /// <summary>
    /// How near to its tie a ReLU or a maximum may stand: several times what float32 rounding moves an activation. Nearer, the
    /// gradient of the exact reference may rightly be another one.
    /// </summary>
    private const double Margin = 4e-6;

    public static TheoryData<string> DenseNames => DenseNetworks.All.Names;

    public static TheoryData<string> ConvolutionNames => ConvolutionNetworks.All.Names;

    public static TheoryData<string> GroupedNames => GroupedNetworks.All.Names;

    public static TheoryData<string> TinyNames => TinyNetworks.All.Names;

    public static TheoryData<string> LeakyNames => LeakyNetworks.All.Names;

    public static TheoryData<string> AverageNames => AverageNetworks.All.Names;

    public static TheoryData<string> ResidualNames => ResidualNetworks.All.Names;

    public static TheoryData<string> NormNames => NormNetworks.All.Names;

    public static TheoryData<string> JoinNames => JoinNetworks.All.Names;

    public static TheoryData<string> ParityNames => ParityNetworks.All.Names;

    public static TheoryData<string> ExactNames => Exact.Names;

    /// <summary>Networks whose values stay exact with small integers, at least as far as something is decided by them.</summary>
    private static NetworkList Exact { get; } = new NetworkList()
        .AddAll(ConvolutionNetworks.All)
        .AddAll(GroupedNetworks.All)
        .AddAll(LeakyNetworks.All)
        .AddAll(TinyNetworks.All)
        .AddAll(AverageNetworks.Exact)
        .AddAll(ResidualNetworks.All)
        .AddAll(JoinNetworks.Exact);

    [Theory]
    [MemberData(nameof(DenseNames))]
    public void DenseNetworksEqualTheReference(string name)
    {
        foreach (int batch in name == nameof(Large) ? [1, 35] : new[] { 1, 2, 5, 8, 16, 31, 67, 130 }) Check(DenseNetworks.All, name, batch);
    }

    [Theory]
    [MemberData(nameof(TinyNames))]
    public void TinyNetworksEqualTheReference(string name)
    {
        foreach (int batch in new[] { 1, 2, 8, 9, 35 }) Check(TinyNetworks.All, name, batch);
    }

    [Theory]
    [MemberData(nameof(ConvolutionNames))]
    public void ConvolutionNetworksEqualTheReference(string name)
    {
        foreach (int batch in name == nameof(KerasLike) ? [2] : new[] { 1, 3, 9 }) Check(ConvolutionNetworks.All, name, batch);
    }

    [Theory]
    [MemberData(nameof(GroupedNames))]
    public void GroupedDilatedAndPaddedConvolutionsEqualTheReference(string name)
    {
        foreach (int batch in new[] { 1, 3, 9 }) Check(GroupedNetworks.All, name, batch);
    }

    [Theory]
    [MemberData(nameof(LeakyNames))]
    public void LeakyRectifiersEqualTheReference(string name)
    {
        foreach (int batch in new[] { 1, 3, 9, 35 }) Check(LeakyNetworks.All, name, batch);
    }

    [Theory]
    [MemberData(nameof(AverageNames))]
    public void AveragesEqualTheReference(string name)
    {
        foreach (int batch in name == nameof(SharedRowsOfAverages) ? [2] : new[] { 1, 3, 9, 35 }) Check(AverageNetworks.All, name, batch);
    }

    [Theory]
    [MemberData(nameof(ResidualNames))]
    public void SumsEqualTheReference(string name)
    {
        foreach (int batch in name == nameof(SharedRowsOfSums) ? [2] : new[] { 1, 3, 9, 35 }) Check(ResidualNetworks.All, name, batch);
    }

    /// <summary>Not with a batch of 2: of two values of a channel, normalisation leaves only which is larger, and its gradient is all rounding.</summary>
    [Theory]
    [MemberData(nameof(NormNames))]
    public void NormalisationsEqualTheReference(string name)
    {
        foreach (int batch in name is nameof(NormOfSharedRows) or nameof(NormsOfSharedPanels) ? [5] : name == nameof(NormsOfPanels) ? [5, 70] : new[] { 5, 9, 35 })
            Check(NormNetworks.All, name, batch);
    }

    [Theory]
    [MemberData(nameof(JoinNames))]
    public void JoinsEqualTheReference(string name)
    {
        foreach (int batch in name == nameof(SharedRowsOfBranches) ? [2] : name == nameof(SharedPanelsOfBranches) ? [3, 70] : new[] { 1, 3, 9, 35 })
            Check(JoinNetworks.All, name, batch);
    }

    [Theory]
    [MemberData(nameof(ParityNames))]
    public void ParityNetworksEqualTheReferenceForOtherBatches(string name)
    {
        foreach (int batch in name.StartsWith("Norm", StringComparison.Ordinal) ? [7, 11] : new[] { 2, 11 }) Check(ParityNetworks.All, name, batch);
    }

    [Theory]
    [InlineData(nameof(SameStack))]
    [InlineData(nameof(DroppedBorders))]
    [InlineData(nameof(PoolIntoHalo))]
    public void LargeBatchesOfImagesEqualTheReference(string name) => Check(ConvolutionNetworks.All, name, 70);

    /// <summary>
    /// With small integers everywhere many maxima are equal and many activations exactly 0: the first of equal values takes the
    /// gradient, ReLU'(0) is 0, and that of a leaky rectifier is its slope.
    /// </summary>
    [Theory]
    [MemberData(nameof(ExactNames))]
    public void TiesAreDecidedAsInTheReference(string name)
    {
        if (name == nameof(KerasLike)) return;
        AnyNetwork network = Exact.Create(name);
        float[] weights = Draw.Integers(network.Parameters.Length, -1, 1, seed: 5);
        network.SetAll(weights);
        float[] inputs = Draw.Integers(4 * network.InputLength, -1, 2, seed: 6);

        // Integer logits make probabilities of almost 1, which less a label of 1 would leave few digits.
        Compare(name, network, ReferenceNetwork.Of(network), inputs, network.BeginTraining(4), soft: true);
    }

    /// <summary>A slope of 0 times infinity would not be a number, and the larger of the two neither.</summary>
    [Fact]
    public void InfinityPassesRectifiersOfAnySlope()
    {
        AnyNetwork network = LeakyNetworks.All.Create(nameof(LeakyPanels));
        network.SetAll([.. Enumerable.Repeat(1f, network.Parameters.Length)]);
        float[] inputs = [float.PositiveInfinity, .. Enumerable.Repeat(1f, network.InputLength - 1)];
        Assert.All(network.Predict(inputs), value => Assert.Equal(float.PositiveInfinity, value));
    }

    /// <summary>Logits whose exponential overflows.</summary>
    [Fact]
    public void LargeLogitsGiveExactProbabilitiesAndLoss()
    {
        AnyNetwork network = DenseNetworks.All.Create(nameof(ManyClasses));
        using (ParameterEdit edit = network.Edit())
        {
            foreach (ref float weight in edit.Values) weight *= 300;
        }

        Compare("large logits", network, ReferenceNetwork.Of(network), Draw.Normal(7 * network.InputLength, 6), network.BeginTraining(7), 1e-4);
    }

    /// <summary>A pass made for a larger batch gives the same as one that fits.</summary>
    [Fact]
    public void PassTakesSmallerBatchesThanItWasMadeFor()
    {
        foreach (string name in new[] { nameof(Small), nameof(JustAbovePanels) })
            Check(DenseNetworks.All, name, 3, passBatch: 20, before: 20);
        foreach (string name in new[] { nameof(TinyVectors), nameof(TinySums) })
            Check(TinyNetworks.All, name, 3, passBatch: 20, before: 20);
        foreach (string name in new[] { nameof(SameStack), nameof(PoolIntoHalo) })
            Check(ConvolutionNetworks.All, name, 3, passBatch: 7, before: 7);
        foreach (string name in new[] { nameof(ThreeGroups), nameof(DepthwiseStack), nameof(SequenceStack) })
            Check(GroupedNetworks.All, name, 3, passBatch: 7, before: 7);
        foreach (string name in new[] { nameof(AverageIntoHalo), nameof(PaddedAverages) })
            Check(AverageNetworks.All, name, 3, passBatch: 7, before: 7);
        foreach (string name in new[] { nameof(ResidualPanels), nameof(SeveralReaders), nameof(UnequalHalos) })
            Check(ResidualNetworks.All, name, 3, passBatch: 20, before: 20);
        foreach (string name in new[] { nameof(NormsOfImages), nameof(NormsInABlock), nameof(NormsOfPanels) })
            Check(NormNetworks.All, name, 7, passBatch: 20, before: 20);
        foreach (string name in new[] { nameof(JoinInAJoin), nameof(ReshapedBranches), nameof(NormsInBranches) })
            Check(JoinNetworks.All, name, 3, passBatch: 20, before: 20);
    }

    /// <param name="networks">Where the network is found.</param>
    /// <param name="name">The network.</param>
    /// <param name="batch">How many samples.</param>
    /// <param name="passBatch">How many samples the pass is made for; <paramref name="batch"/> when not given.</param>
    /// <param name="before">How many samples a step before has left in the buffers of the pass.</param>
    private static void Check(NetworkList networks, string name, int batch, int passBatch = 0, int before = 0)
    {
        (AnyNetwork network, ReferenceNetwork reference, float[] inputs) = Prepare(networks, name, batch);
        ITrainingPass pass = network.BeginTraining(Math.Max(batch, passBatch));
        if (before > 0)
        {
            // The step leaves the parameters alone, but not statistics.
            Step(pass, network, Draw.Normal(before * network.InputLength, 99), before);
            reference = ReferenceNetwork.Of(network);
        }

        Compare(FormattableString.Invariant($"{name}, batch {batch}"), network, reference, inputs, pass);
    }

    private static void Compare(
        string what, AnyNetwork network, ReferenceNetwork reference, float[] inputs, ITrainingPass pass,
        double relative = Close.Relative, bool soft = false)
    {
        int batch = inputs.Length / network.InputLength;
        Check("predictions", reference.Predict(inputs), network.Predict(inputs));
        int[]? labels = network.Loss == Loss.CrossEntropy && !soft ? Draw.Labels(batch, network.OutputLength, seed: 1) : null;
        float[] targets = labels is null ? network.DrawTargets(batch, seed: 2) : [];
        ReferenceResult expected = Train();
        float loss = labels is null ? pass.Forward(inputs, targets) : pass.Forward(inputs, labels);

        Check("loss", [expected.Loss], [loss]);
        Check("outputs", expected.Outputs, pass.Outputs);
        pass.Backward();

        // What a BatchNorm undoes has a gradient of 0, and between two of them gradients are small differences: rounding errors are a large part of both.
        ReferenceResult[] disturbed = network.LeastBatch > 1 ? Disturbances.Run(reference, Train) : [];
        foreach (ParameterInfo parameter in network.Trained)
        {
            double[] gradient = expected.Gradients[parameter.Name];
            Close.Check($"{what}: gradient of {parameter.Name}", gradient, network.Get(parameter.Name, pass.Gradients), relative, Close.OfLargest, Allowed(parameter.Name));
        }

        foreach ((string name, double[] statistic) in reference.MovedStatistics(inputs)) Check(name, statistic, network.Get(name));
        float[] inputGradients = new float[inputs.Length];
        pass.InputGradients(inputGradients);
        Check("gradient of the inputs", expected.InputGradients, inputGradients);

        ReferenceResult Train() => labels is null ? reference.Train(inputs, targets) : reference.Train(inputs, labels);

        double Allowed(string parameter) =>
            disturbed.Length == 0 ? 0 : Disturbances.Allowed(expected.Gradients[parameter], disturbed.Select(result => result.Gradients[parameter]));

        void Check(string tensor, ReadOnlySpan<double> exact, ReadOnlySpan<float> actual) =>
            Close.Check($"{what}: {tensor}", exact, actual, relative);
    }

    /// <summary>Weights and inputs, drawn again until every ReLU and maximum is clearly decided.</summary>
    private static (AnyNetwork Network, ReferenceNetwork Reference, float[] Inputs) Prepare(
        NetworkList networks, string name, int batch)
    {
        for (int seed = 0; ; seed++)
        {
            AnyNetwork network = networks.Create(name, (ulong)seed);
            foreach ((int place, ParameterInfo parameter) in network.Table.Parameters.Index())
                if (parameter.Name.EndsWith(".bias", StringComparison.Ordinal))
                    network.Set(parameter.Name, Draw.Normal(parameter.Length, seed + (100 * place), 0.3));
                else if (parameter.LayerKind == "BatchNorm")
                    network.Set(parameter.Name, [.. Draw.Normal(parameter.Length, seed + (100 * place), 0.2).Select(value => value + (parameter.Name.EndsWith("mean", StringComparison.Ordinal) ? 0 : 1))]);
            float[] inputs = Draw.Normal(batch * network.InputLength, seed);
            var reference = ReferenceNetwork.Of(network);
            if (reference.Margin(inputs) > Margin) return (network, reference, inputs);
        }
    }

    private static void Step(ITrainingPass pass, AnyNetwork network, float[] inputs, int batch)
    {
        if (network.Loss == Loss.CrossEntropy) pass.Forward(inputs, Draw.Labels(batch, network.OutputLength, seed: 3));
        else pass.Forward(inputs, network.DrawTargets(batch, seed: 3));
        pass.Backward();
    }
}
