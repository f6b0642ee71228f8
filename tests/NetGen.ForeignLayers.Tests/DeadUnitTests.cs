using NetGen.ForeignLayers.Harness;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>Units that were never positive: found exactly, whatever dropout drops and however many threads there are.</summary>
public sealed class DeadUnitTests
{
    private const string Tracks = "TrackDeadUnits = true";

    private const int Batch = 21;

    /// <summary>Networks, each with the parameter that is added before <c>relu1</c>.</summary>
    public static TheoryData<string, string> Networks => new()
    {
        { "Input(60), Dense(37), ReLU, Dropout(0.8), Dense(3)", "dense1.bias" },
        { "Input(6), Dense(37), ReLU, Dense(3)", "dense1.bias" },
        { "Input(6), Dense(9), Dense(37), BatchNorm, ReLU, Dropout(0.5), Dense(3)", "batchnorm1.bias" },
        { "Input(9, 8, 2), Conv2D(21, 3), ReLU, MaxPool2D(2), Dropout(0.7), Flatten, Dense(3)", "conv1.bias" },
        { "Input(9, 8, 2), Conv2D(21, 3), ReLU, Conv2D(3, 2, Padding = Padding.Same), ReLU, Flatten, Dense(3), Softmax", "conv1.bias" },
        { "Input(9, 8, 2), Conv2D(21, 3), Flatten, ReLU, Dropout(0.5), Dense(3)", "conv1.bias" },
        { "Input(9, 8, 2), Conv2D(21, 3), SpatialDropout(0.2), AveragePool2D(2), Flatten, ReLU, Dense(3)", "conv1.bias" },
        { "Input(9, 8, 2), Conv2D(21, 3), BatchNorm(Trainable = false), ReLU, AveragePool2D(3), ReLU, Flatten, Dense(3)", "conv1.bias" },
        { "Input(9, 8, 2), Conv2D(21, 3), ReLU(Name = \"relu1\"), Conv2D(5, 3, Padding = Padding.Same), ReLU, Concat(\"relu1\"), Flatten, Dense(3)", "conv1.bias" },
        { "Input(60), Dense(21), ReLU, Dropout(0.5), Dense(21), ReLU, Add(\"relu1\"), Dense(2)", "dense1.bias" },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Exactly_the_units_that_were_killed_are_dead(string layers, string parameter)
    {
        int[] killed = [0, 3, 8, 20];
        foreach (int threads in new[] { 1, 3 })
        {
            INetwork network = ForeignNetwork.Create(layers, seed: 3, Tracks);
            ParameterInfo bias = network.ParameterTable[parameter];
            using (ParameterEdit edit = network.EditParameters())
            {
                for (int i = 0; i < bias.Length; i++)
                    edit.Values[bias.Offset + i] = killed.Contains(i) ? -100 : 5;
            }

            ITrainingPass pass = network.BeginTraining(Batch, seed: 2, threads);
            UnitActivity units = Activity(pass);
            Assert.All(units.DeadUnits().Layers, layer => Assert.Empty(layer.Dead));
            for (int step = 0; step < 2; step++)
                pass.Forward(Draw.Normal(Batch * network.Summary.InputLength, step), Draw.Probabilities(Batch, network.Summary.OutputLength, 6));
            Assert.Equal(2 * Batch, units.Samples);
            LayerDeadUnits dead = units.DeadUnits().Layers.First(layer => layer.Layer == "relu1");

            // Behind a Flatten, every feature is a unit: those of a filter are killed at all positions.
            int features = network.Summary.Layers.First(layer => layer.Name == "relu1").OutputShape[^1];
            Assert.Equal(features, dead.Units);
            Assert.Equal(Enumerable.Range(0, features).Where(unit => killed.Contains(unit % bias.Length)), dead.Dead);
            units.Reset();
            Assert.Equal((0, 0), (units.DeadUnits().Dead, units.Samples));
        }
    }

    /// <summary>Of a few samples, some units are positive for none by chance: as many as a computation by hand says, with any dropout.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("Dropout(0.9), ")]
    public void Units_that_are_rarely_positive_live(string dropout)
    {
        const int samples = 4, inputs = 6, outputs = 64;
        INetwork network = ForeignNetwork.Create($"Input({inputs}), Dense({outputs}), ReLU, {dropout}Dense(2)", seed: 4, Tracks);
        ITrainingPass pass = network.BeginTraining(samples);
        float[] x = Draw.Normal(samples * inputs, 3);
        pass.Forward(x, Draw.Normal(samples * 2, 1));
        var weight = (ParameterView)network.GetType().GetProperty("Dense1Weight")!.GetValue(network)!;
        int[] expected =
        [
            .. Enumerable.Range(0, outputs).Where(unit => Enumerable.Range(0, samples).All(sample =>
                Enumerable.Range(0, inputs).Sum(i => (double)weight[unit, i] * x[(sample * inputs) + i]) <= 0)),
        ];
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Activity(pass).DeadUnits().Layers[0].Dead);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Tracking_changes_no_bit(string layers, string parameter)
    {
        ITrainingPass tracked = Step(ForeignNetwork.Create(layers, seed: 3, Tracks), out float[] toInputs);
        ITrainingPass plain = Step(ForeignNetwork.Create(layers, seed: 3), out float[] others);
        Close.SameBits("outputs", plain.Outputs, tracked.Outputs);
        Close.SameBits("gradients", plain.Gradients, tracked.Gradients);
        Close.SameBits("input gradients", others, toInputs);
        ParameterInfo killing = tracked.Network.ParameterTable[parameter];
        Assert.Contains(tracked.Gradients.Slice(killing.Offset, killing.Length).ToArray(), gradient => gradient != 0);
    }

    [Fact]
    public void Without_tracking_there_is_no_code_for_it()
    {
        string[] sources = [.. ForeignNetwork.Generate("Input(9, 8, 2), Conv2D(5, 3), ReLU, Flatten, Dense(4), ReLU, Dropout(0.5), Dense(3)").Sources.Values];
        Assert.DoesNotContain(sources, source => source.Contains("Units", StringComparison.Ordinal));
        Assert.Null(((dynamic)ForeignNetwork.Create("Input(4), Dense(3), ReLU, Dense(2)", 1).BeginTraining(2)).UnitActivity);
    }

    /// <summary>A ReLU has no way back; the others have.</summary>
    [Theory]
    [InlineData("ReLU", false)]
    [InlineData("LeakyReLU(0.1)", true)]
    [InlineData("PReLU", true)]
    [InlineData("ELU(1)", true)]
    public void Only_some_activations_bring_dead_units_back(string activation, bool comesBack)
    {
        INetwork network = ForeignNetwork.Create($"Input(3), Dense(8), {activation}, Dense(1)", seed: 2, Tracks);
        ParameterInfo bias = network.ParameterTable["dense1.bias"];
        using (ParameterEdit edit = network.EditParameters())
            edit.Values.Slice(bias.Offset, bias.Length).Fill(-4);
        float[] before = network.Parameters.Slice(bias.Offset, bias.Length).ToArray();
        float[] x = [.. Draw.Normal(64 * 3, 1).Select(value => Math.Clamp(value, -1, 1) / 2)];
        Dataset data = Dataset.FromTargets(x, 3, [.. x.Chunk(3).Select(sample => (2 * sample[0]) + 3)], 1);
        TrainingHistory history = network.Fit(data, new FitOptions { Epochs = 60, BatchSize = 16, Optimizer = new Adam(0.05f) });
        if (!comesBack)
        {
            Assert.All(history, epoch => Assert.Equal((8, 8, 1.0), (epoch.DeadUnits!.Dead, epoch.DeadUnits.Units, epoch.DeadUnits.Share)));
            Assert.Equal(before, network.Parameters.Slice(bias.Offset, bias.Length).ToArray());
            Assert.Contains("dead_units: 1.0000", history[0].ToString(), StringComparison.Ordinal);
            Assert.Contains("Dead units", history.ToString(200), StringComparison.Ordinal);
            return;
        }

        Assert.True(history[^1].Loss < 0.5 * history[10].Loss || history[^1].Loss < 0.2, $"the loss is {history[^1].Loss}");
        Assert.NotEqual(before, network.Parameters.Slice(bias.Offset, bias.Length).ToArray());
        Assert.Equal(0, history[0].DeadUnits?.Units ?? 0);
    }

    [Fact]
    public void A_huge_learning_rate_kills_and_the_log_says_so()
    {
        const string layers = "Input(4), Dense(16), ReLU, Dense(2)";
        Dataset data = Dataset.FromTargets(Draw.Normal(60 * 4, 1), 4, Draw.Normal(60 * 2, 2), 2);
        INetwork network = ForeignNetwork.Create(layers, seed: 2, Tracks);
        var text = new StringWriter { NewLine = "\n" };
        TrainingHistory history = network.Fit(data, new FitOptions { Epochs = 4, BatchSize = 15, Optimizer = new Adam(10), Callbacks = [new DeadUnitLog(text)] });
        LayerDeadUnits dead = Assert.Single(history[^1].DeadUnits!.Layers);
        Assert.True(dead.Dead.Length > 8, history.ToString());
        string log = text.ToString();
        Assert.Contains($"epoch 4: relu1: {dead.Dead.Length} of 16 units are dead", log, StringComparison.Ordinal);
        Assert.Single(log.Split('\n'), line => line.Contains("LeakyReLU", StringComparison.Ordinal));
        Assert.Contains("TrackDeadUnits", Assert.Throws<InvalidOperationException>(() =>
            ForeignNetwork.Create(layers, seed: 2).Fit(data, new FitOptions { Callbacks = [new DeadUnitLog(text)] })).Message, StringComparison.Ordinal);
    }

    /// <summary>What an epoch has seen before a checkpoint counts after it.</summary>
    [Fact]
    public void A_training_that_resumes_within_an_epoch_counts_the_whole_epoch()
    {
        const string layers = "Input(4), Dense(16), ReLU, Dropout(0.5), Dense(2)";
        string file = Path.Combine(Path.GetTempPath(), $"netgen-{Guid.NewGuid():N}.checkpoint");
        try
        {
            // The first batch is before the checkpoint, the others are after it, and no unit is positive for both.
            float[] sample = Draw.Normal(4, 1);
            float[] inputs = [.. Enumerable.Range(0, 12).SelectMany(i => sample.Select(value => i < 3 ? value : -value))];
            Dataset data = Dataset.FromTargets(inputs, 4, Draw.Normal(12 * 2, 2), 2);
            TrainingHistory expected = ForeignNetwork.Create(layers, seed: 2, Tracks).Fit(data, Options(new SaveAt(5, file), resumeFrom: null));
            TrainingHistory resumed = ForeignNetwork.Create(layers, seed: 7, Tracks).Fit(data, Options(new SaveAt(0, file), file));
            Assert.Equal(3, resumed.Count);
            Assert.All(expected.Concat(resumed), epoch => Assert.Equal((0, 16), (epoch.DeadUnits!.Dead, epoch.DeadUnits.Units)));
        }
        finally
        {
            File.Delete(file);
        }

        static FitOptions Options(SaveAt save, string? resumeFrom) => new()
        {
            Epochs = 3,
            BatchSize = 3,
            Shuffle = false,
            Optimizer = new Sgd(1e-4f),
            Callbacks = [save],
            ResumeFrom = resumeFrom,
        };
    }

    private static UnitActivity Activity(ITrainingPass pass) => ((dynamic)pass).UnitActivity;

    private static ITrainingPass Step(INetwork network, out float[] inputGradients)
    {
        NetworkSummary summary = network.Summary;
        ITrainingPass pass = network.BeginTraining(Batch, seed: 7);
        pass.Forward(Draw.Normal(Batch * summary.InputLength, 5), Draw.Probabilities(Batch, summary.OutputLength, 6));
        pass.Backward();
        inputGradients = new float[Batch * summary.InputLength];
        pass.InputGradients(inputGradients);
        return pass;
    }

    private sealed class SaveAt(long step, string file) : TrainingCallback
    {
        public override void StepCompleted(TrainingContext training)
        {
            if (training.TotalSteps == step)
                training.SaveCheckpoint(file);
        }
    }
}
