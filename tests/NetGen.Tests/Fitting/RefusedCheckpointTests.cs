using System.Text;
using System.Text.Json.Nodes;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Fitting;

/// <summary>Checkpoints whose state is wrong: whatever it says, Fit throws before network or optimizer change.</summary>
public sealed class RefusedCheckpointTests : IDisposable
{
    private static readonly Dataset Data = FitData.Images(20, 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("netgen").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("{\"samples\":", "{\"samples\":1,\"samples\":", "damaged: An item with the same key has already been added.")]
    [InlineData("\"seed\":\"4\"", "\"seed\":\"\\ud800\"", "damaged: Cannot read incomplete UTF-16 JSON text")]
    [InlineData("\"seconds\":", "\"seconds\":1e300,\"old\":", "damaged: The checkpoint's 'seconds' of an epoch is 1E+300, which is out of range.")]
    [InlineData("\"step\":2", "\"step\":4294967297", "damaged: The checkpoint's 'step' of the training is 4294967297, which is out of range.")]
    [InlineData("\"step\":2", "\"step\":1", "damaged: 1 steps have 16 samples.")]
    [InlineData("\"samples\":16", "\"samples\":8", "damaged: The checkpoint has 16 samples of the metric auc, but 8 of the epoch.")]
    [InlineData("\"metric auc\":\"E", "\"metric auc\":\"?", "damaged: The checkpoint's state of the metric auc is damaged.")]
    [InlineData("\"rises\":0", "\"rises\":null", "damaged: The checkpoint's 'rises' of the warnings is no number.")]
    [InlineData("\"accumulated_weight\":16", "\"accumulated_weight\":0", "damaged: the weight of the gradients that wait is 0")]
    public void AWrongStateChangesNothing(string find, string replacement, string message)
    {
        var fault = Refused<WeightFileException>(find, replacement);
        Assert.Contains("The state of the training is " + message, fault.Message);
    }

    [Fact]
    public void AWrongStateOfACallbackChangesNothing()
    {
        var fault = Refused<InvalidDataException>("\"epochs_without\":0", "\"epochs_without\":-1");
        Assert.Equal("The checkpoint's 'epochs_without' of EarlyStopping is -1, which is out of range.", fault.Message);
    }

    [Fact]
    public void ACallbackThatRefusesToBeginChangesNothing()
    {
        var fault = Refused<NotSupportedException>("{", "{", new NeverBegins());
        Assert.Equal("not today", fault.Message);
    }

    [Fact]
    public void ACopyOfTheParametersIsAsLongAsThese()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => new PlaneNet(1).Fit(
            Dataset.FromTargets([1f, 2], 2, [3f], 1), new FitOptions { Callbacks = [new Checkpoints(_folder), new ShortCopy()] }));
        Assert.Equal("ShortCopy.SaveState gave 'best' 2 values, but the network has 3 parameters.", fault.Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    // Changes the state of a checkpoint, and resumes from it with a network and an optimizer that have a state of their own.
    private TException Refused<TException>(string find, string replacement, params IReadOnlyList<TrainingCallback> callbacks)
        where TException : Exception
    {
        new ImageNet(3).Fit(Data, Options(new Adam(0.01f), null, new Checkpoints(_folder) { EverySteps = 1, Keep = 100 }));
        string file = Path.Combine(_folder, "damaged.safetensors");
        byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, "checkpoint-0000000005.safetensors"));
        int length = (int)BitConverter.ToUInt64(bytes);
        JsonNode header = JsonNode.Parse(Encoding.UTF8.GetString(bytes, 8, length))!;
        string state = header["__metadata__"]!["netgen.checkpoint"]!.GetValue<string>();
        Assert.Contains(find, state);
        header["__metadata__"]!["netgen.checkpoint"] = state.Replace(find, replacement, StringComparison.Ordinal);
        byte[] text = Encoding.UTF8.GetBytes(header.ToJsonString());
        File.WriteAllBytes(file, [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. bytes.AsSpan(8 + length)]);

        var network = new ImageNet(5);
        var optimizer = new Adam(0.5f);
        network.Fit(Data, new FitOptions { Optimizer = optimizer });
        float[] parameters = network.Parameters.ToArray(), moments = optimizer.State("exp_avg").ToArray();
        var fault = Assert.Throws<TException>(() => network.Fit(Data, Options(optimizer, file, callbacks)));
        Close.SameBits("parameters", parameters, network.Parameters);
        Close.SameBits("moments", moments, optimizer.State("exp_avg"));
        Assert.Equal((1, 0.5f), (optimizer.StepCount, optimizer.LearningRate));
        return fault;
    }

    private static FitOptions Options(Optimizer optimizer, string? resumeFrom, params IReadOnlyList<TrainingCallback> callbacks) => new()
    {
        Epochs = 3,
        BatchSize = 8,
        Seed = 4,
        Optimizer = optimizer,
        AccumulatedBatches = 3,
        Metrics = [new RocAuc()],
        Callbacks = [new EarlyStopping("loss") { Patience = 3 }, .. callbacks],
        ResumeFrom = resumeFrom,
    };

    private sealed class NeverBegins : TrainingCallback
    {
        public override void TrainingStarted(TrainingContext training) => throw new NotSupportedException("not today");
    }

    private sealed class ShortCopy : TrainingCallback
    {
        public override void SaveState(CheckpointValues state) => state.SetParameters("best", [1, 2]);
    }
}
