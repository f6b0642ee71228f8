using NetGen.ForeignLayers.Harness;
using NetGen.Generator.Graph;
using NetGen.Generator.Tests.Harness;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>
/// Layers with <c>Trainable = false</c>, beside the same network without: loss, remaining gradients and input gradients have the same bits, and there is no
/// code for what nobody needs. <see cref="GradientTests"/> has frozen networks, too.
/// </summary>
public sealed class FrozenTests
{
    private const int Batch = 11;

    public static TheoryData<string> Names =>
    [
        "Input(6), Dense(9, Trainable = false), ReLU, Dropout(0.4), Dense(7), LeakyReLU(0.1), Dense(3)",
        "Input(6), Dense(9), ReLU, Dense(7, Trainable = false), Softsign, Dropout(0.3, Trainable = false), Dense(3, Trainable = false), Softmax",
        "Input(9, 8, 2), Conv2D(5, 3, Trainable = false), ReLU, MaxPool2D(2), Conv2D(4, 2), Flatten, Dense(3, Trainable = false)",
        "Input(9, 8, 2), Conv2D(5, 3), BatchNorm, ReLU, Conv2D(4, 2, Padding = Padding.Same, Stride = 2, Trainable = false), ReLU, Flatten, Dense(3)",
        "Input(6, 6, 2), Conv2D(3, 3, Padding = Padding.Same, Name = \"a\", Trainable = false), Conv2D(3, 3, Padding = Padding.Same), Add(\"a\"), ReLU, Flatten, Dense(2), Softmax",
        "Input(11, 4), Conv1D(6, 3, Groups = 2, Trainable = false), ReLU, Conv1D(5, 2, Dilation = 2), ReLU, Conv1D(4, 1, Trainable = false), Flatten, Dense(2)",
        "Input(7, 8, 3), Conv2D(6, 2, Trainable = false), DepthwiseConv2D(3, Trainable = false), ELU(1), DepthwiseConv2D(2), GELU, Conv2D(4, 2, Dilation = 2, Trainable = false), Flatten, Dense(2)",
        "Input(7, 6, 3), Conv2D(5, 2, Name = \"a\"), LayerNorm(Trainable = false), ReLU(Name = \"b\"), Conv2D(4, 3, Padding = Padding.Same, Trainable = false), Concat(\"b\"), GlobalAveragePool, Dense(2)",
        "Input(300), Dense(260, Trainable = false), ReLU, Dense(260), ReLU, Dense(3)",
        "Input(300), Dense(260), ReLU, Dense(260, Trainable = false), ReLU, Dense(3)",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_remaining_gradients_are_those_of_the_network_without_frozen_layers(string layers)
    {
        INetwork frozen = ForeignNetwork.Create(layers, seed: 3);
        INetwork trained = ForeignNetwork.Create(Trained(layers), seed: 3);
        foreach (ParameterInfo parameter in frozen.ParameterTable.Parameters)
            Close.SameBits(parameter.Name, Values(trained, parameter.Name), Values(frozen, parameter.Name));

        ITrainingPass pass = Step(frozen, out float loss, out float[] inputGradients);
        ITrainingPass other = Step(trained, out float otherLoss, out float[] otherInputGradients);
        Assert.Equal(otherLoss, loss);
        Close.SameBits("input gradients", otherInputGradients, inputGradients);
        Assert.Equal(frozen.ParameterTable.TrainedCount, pass.Gradients.Length);
        foreach (ParameterInfo parameter in frozen.ParameterTable.Parameters.Where(parameter => parameter.Role == ParameterRole.Trained))
        {
            ParameterInfo same = trained.ParameterTable[parameter.Name];
            Close.SameBits(parameter.Name, other.Gradients.Slice(same.Offset, same.Length), pass.Gradients.Slice(parameter.Offset, parameter.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Optimizers_change_only_trained_layers(string layers)
    {
        foreach (Optimizer optimizer in new Optimizer[]
            { new Sgd(0.01f) { Momentum = 0.9f, L1 = 0.01f, L2 = 0.1f, ClipNorm = 1 }, new AdamW(0.01f) { WeightDecay = 0.1f, MaxNorm = 0.5f, LearningRateFactors = { ["dense1"] = 2 } } })
        {
            INetwork network = ForeignNetwork.Create(layers, seed: 3);
            float[] before = network.Parameters.ToArray();
            ITrainingPass pass = Step(network, out _, out _);
            if (network.ParameterTable.Parameters.All(parameter => parameter.LayerName != "dense1"))
                optimizer.LearningRateFactors.Clear();
            optimizer.Step(pass);
            foreach (ParameterInfo parameter in network.ParameterTable.Parameters)
            {
                float[] old = before[parameter.Offset..(parameter.Offset + parameter.Length)];
                if (parameter.Role == ParameterRole.Frozen)
                    Close.SameBits(parameter.Name, old, Values(network, parameter.Name));
                else if (parameter.Role == ParameterRole.Trained)
                    Assert.NotEqual(old, Values(network, parameter.Name));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Fit_leaves_them_alone_and_does_not_depend_on_threads(int threads)
    {
        const string layers = "Input(5), Dense(8, Trainable = false), ReLU, Dense(8), ReLU, Dropout(0.2), Dense(3)";
        Dataset data = Dataset.FromTargets(Draw.Normal(40 * 5, 1), 5, Draw.Normal(40 * 3, 2), 3);
        INetwork network = ForeignNetwork.Create(layers, seed: 1);
        float[] before = Values(network, "dense1.weight");
        network.Fit(data, new FitOptions { Epochs = 2, BatchSize = 12, Threads = threads });
        Close.SameBits("dense1.weight", before, Values(network, "dense1.weight"));
        INetwork again = ForeignNetwork.Create(layers, seed: 1);
        again.Fit(data, new FitOptions { Epochs = 2, BatchSize = 12, Threads = 2 });
        Close.SameBits("parameters", again.Parameters, network.Parameters);
    }

    /// <summary>Which kernels there are, by the ends of their names, and which of them backward calls.</summary>
    [Fact]
    public void No_code_computes_what_nobody_needs()
    {
        string code = Code("Input(9, 8, 2), Conv2D(5, 3, Trainable = false), ReLU, Conv2D(4, 3, Trainable = false), ReLU, Flatten, Dense(6, Trainable = false), ReLU, Dense(3)");
        Assert.DoesNotContain("Conv1WeightGradient", code, StringComparison.Ordinal);
        Assert.DoesNotContain("Conv2WeightGradient", code, StringComparison.Ordinal);
        Assert.DoesNotContain("Dense1WeightGradient", code, StringComparison.Ordinal);
        Assert.Contains("Dense2WeightGradient", code, StringComparison.Ordinal);
        Assert.Contains("Conv1InputGradient", code, StringComparison.Ordinal);
        string backward = Body(code, "void BackwardShard(");
        Assert.Contains("Dense2WeightGradient", backward, StringComparison.Ordinal);
        Assert.DoesNotContain("TKernels.Conv", backward, StringComparison.Ordinal);
        Assert.DoesNotContain("TKernels.Dense1", backward, StringComparison.Ordinal);
        Assert.DoesNotContain("TKernels.Dense2InputGradient", backward, StringComparison.Ordinal);
        string toInputs = Body(code, "void InputGradientShard(");
        Assert.All(new[] { "Dense2InputGradient", "Dense1InputGradient", "Conv2InputGradient", "Conv1InputGradient" }, name => Assert.Contains(name, toInputs, StringComparison.Ordinal));
        Assert.DoesNotContain("ref float db", string.Concat(code.Split('\n').Where(line => line.Contains("void Conv", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    /// <summary>What only a weight gradient reads is not kept.</summary>
    [Fact]
    public void Inputs_of_frozen_layers_share_memory()
    {
        string layers = $"Input(12, 12, 3), {string.Concat(Enumerable.Repeat("Conv2D(24, 3, Padding = Padding.Same, Trainable = false), ", 5))}Conv2D(4, 3), Flatten, Dense(3)";
        int frozen = Plan(layers).TrainingMemory.ActivationsLength;
        Assert.True(frozen < 0.75 * Plan(Trained(layers)).TrainingMemory.ActivationsLength);
    }

    [Fact]
    public void The_summary_counts_them()
    {
        NetworkSummary summary = ForeignNetwork.Create("Input(5), Dense(8, Trainable = false), ReLU, Dense(3), Dropout(0.2, Trainable = false)", seed: 1).Summary;
        Assert.Equal((48 + 27, 27, 48), (summary.Parameters, summary.TrainableParameters, summary.NonTrainableParameters));
        Assert.Equal(["8 units, frozen", "", "3 units", "rate 0.2"], summary.Layers.Select(layer => layer.Description));
    }

    /// <summary>What was trained without frozen layers can be loaded and trained on with them.</summary>
    [Fact]
    public void Weight_files_do_not_know_of_them()
    {
        const string layers = "Input(5), Dense(8, Trainable = false), ReLU, Dense(3)";
        INetwork trained = ForeignNetwork.Create(Trained(layers), seed: 1);
        using var file = new MemoryStream();
        trained.Save(file);
        file.Position = 0;
        INetwork frozen = ForeignNetwork.Load(layers, file);
        Assert.All(frozen.ParameterTable.Parameters, parameter => Close.SameBits(parameter.Name, Values(trained, parameter.Name), Values(frozen, parameter.Name)));
    }

    /// <summary>As in PyTorch, a pass has nothing to compute then, and an optimizer nothing to change; only the gradients with respect to the inputs are left.</summary>
    [Theory]
    [InlineData("Input(5), Dense(8, Trainable = false), ReLU, Dense(3, Trainable = false)")]
    [InlineData("Input(6, 5, 2), BatchNorm(Trainable = false), Conv2D(3, 2, Trainable = false), ReLU, Flatten, Dense(2, Trainable = false), Softmax")]
    [InlineData("Input(300), Dense(260, Trainable = false)")]
    public void All_layers_can_be_frozen(string layers)
    {
        INetwork frozen = ForeignNetwork.Create(layers, seed: 3);
        float[] before = frozen.Parameters.ToArray();
        ITrainingPass pass = Step(frozen, out float loss, out float[] inputGradients);
        new Adam(0.1f).Step(pass);
        Step(ForeignNetwork.Create(Trained(layers), seed: 3), out float otherLoss, out float[] others);
        Assert.Equal(0, frozen.Summary.TrainableParameters);
        Assert.Equal(0, pass.Gradients.Length);
        Close.SameBits("parameters", before, frozen.Parameters);
        if (!layers.Contains("BatchNorm", StringComparison.Ordinal))
        {
            Assert.Equal(otherLoss, loss);
            Close.SameBits("input gradients", others, inputGradients);
        }

        Assert.Contains(inputGradients, value => value != 0);
        Dataset data = Dataset.FromTargets(Draw.Normal(8 * frozen.Summary.InputLength, 1), frozen.Summary.InputLength, Draw.Probabilities(8, frozen.Summary.OutputLength, 2), frozen.Summary.OutputLength);
        Assert.Contains("are frozen", Assert.Throws<InvalidOperationException>(() => frozen.Fit(data)).Message, StringComparison.Ordinal);
    }

    private static string Trained(string layers) => layers
        .Replace(", Trainable = false", "", StringComparison.Ordinal)
        .Replace("(Trainable = false)", "", StringComparison.Ordinal);

    private static ITrainingPass Step(INetwork network, out float loss, out float[] inputGradients)
    {
        NetworkSummary summary = network.Summary;
        ITrainingPass pass = network.BeginTraining(Batch, seed: 7);
        loss = pass.Forward(Draw.Normal(Batch * summary.InputLength, 5), Draw.Probabilities(Batch, summary.OutputLength, 6));
        pass.Backward();
        inputGradients = new float[Batch * summary.InputLength];
        pass.InputGradients(inputGradients);
        return pass;
    }

    private static float[] Values(INetwork network, string name)
    {
        ParameterInfo parameter = network.ParameterTable[name];
        return network.Parameters.Slice(parameter.Offset, parameter.Length).ToArray();
    }

    private static NetworkPlan Plan(string layers) => new(Assert.Single(ForeignNetwork.Generate(layers).Models));

    private static string Code(string layers)
    {
        GeneratorRun run = ForeignNetwork.Generate(layers);
        Assert.Empty(run.Diagnostics);
        return string.Join("\n", run.Sources.Select(source => source.Value));
    }

    private static string Body(string code, string method)
    {
        int begin = code.IndexOf(method, StringComparison.Ordinal);
        return code[begin..code.IndexOf("protected override", begin, StringComparison.Ordinal)];
    }
}
