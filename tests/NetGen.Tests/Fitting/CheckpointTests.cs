using System.Globalization;
using System.Text;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Fitting;

/// <summary>A training that resumes from a checkpoint ends with the same bits as one that was never interrupted.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly Dataset Data = FitData.Images(50, 1);
    private static readonly Dataset Validation = FitData.Images(30, 2);

    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-checkpoints-").FullName;

    public static TheoryData<string> Optimizers => [.. Settings.Keys];

    private static Dictionary<string, Func<FitOptions>> Settings { get; } = new()
    {
        ["sgd"] = () => new FitOptions { Optimizer = new Sgd(0.05f) { Momentum = 0.9f } },
        ["adam"] = () => new FitOptions { Optimizer = new Adam(3e-3f), Schedule = Schedules.Cosine(3e-3f, 3) },
        ["adamw, accumulated"] = () => new FitOptions { Optimizer = new AdamW(3e-3f), AccumulatedBatches = 2 },
        ["rmsprop, weighted"] = () => new FitOptions { Optimizer = new RmsProp(1e-3f) { Momentum = 0.5f, Centered = true }, ClassWeights = [1, 2, 0.5f, 1] },
        ["adagrad"] = () => new FitOptions { Optimizer = new Adagrad(0.02f), Shuffle = false },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void EveryStepIsAPlaceToResumeFrom(string name)
    {
        var expected = new ImageNet(3);
        TrainingHistory whole = expected.Fit(Data, Options(name));

        // 3 epochs of 4 steps; the last checkpoint is that of the complete training.
        new ImageNet(3).Fit(Data, Options(name, callbacks: new Checkpoints(_folder) { EverySteps = 1, EveryEpochs = 0, Keep = 100 }));
        string[] files = [.. Directory.GetFiles(_folder).Order(StringComparer.Ordinal)];
        Assert.Equal(12, files.Length);
        for (int i = 0; i < files.Length; i++)
        {
            string file = files[i];
            var network = new ImageNet(99);
            TrainingHistory history = network.Fit(Data, Options(name, resumeFrom: file, threads: 1 + (i % 2)));
            Close.SameBits(file, expected.Parameters, network.Parameters);
            Assert.Equal(whole.Select(epoch => epoch.Loss), history.Select(epoch => epoch.Loss));
            Assert.Equal(whole.Select(epoch => epoch.Accuracy), history.Select(epoch => epoch.Accuracy));
            Assert.Equal(whole.Select(epoch => epoch.ValidationLoss), history.Select(epoch => epoch.ValidationLoss));
            Assert.Equal(whole.Select(Metrics), history.Select(Metrics));
            Assert.Equal(whole.Select(epoch => epoch.LearningRate), history.Select(epoch => epoch.LearningRate));
            Assert.Equal(whole.Warnings.Select(warning => warning.Message), history.Warnings.Select(warning => warning.Message));
        }
    }

    [Fact]
    public void CallbacksGoOn()
    {
        (float[] expected, string text) = Run(null, out _);
        Assert.Equal(12, Directory.GetFiles(_folder, "*.safetensors").Length);
        foreach (string file in Directory.GetFiles(_folder, "*.safetensors"))
        {
            (float[] actual, string log) = Run(file, out EarlyStopping stopping);
            Close.SameBits(file, expected, actual);
            Assert.Equal(text, log);
            Assert.InRange(stopping.BestEpoch, 1, 12);
        }

        (float[] Parameters, string Log) Run(string? resumeFrom, out EarlyStopping stopping)
        {
            stopping = new EarlyStopping("val_accuracy") { Patience = 7 };
            string log = Path.Combine(_folder, "log.csv");
            var network = new ImageNet(3);
            network.Fit(Data, new FitOptions
            {
                Epochs = 12,
                BatchSize = 16,
                Optimizer = new Adam(0.02f),
                Validation = Validation,
                Callbacks =
                [
                    new Checkpoints(resumeFrom is null ? _folder : resumeFrom + ".again") { Keep = 100 },
                    stopping,
                    new ReduceLearningRateOnPlateau("loss") { Patience = 0, Threshold = 0.5 },
                    new CsvLog(log),
                ],
                ResumeFrom = resumeFrom,
            });

            // Without the last column, the time.
            return (network.Parameters.ToArray(), string.Join('\n', File.ReadLines(log).Select(line => line[..line.LastIndexOf(',')])));
        }
    }

    [Fact]
    public void ACheckpointIsAWeightFile()
    {
        var network = new ImageNet(3);
        network.Fit(Data, Options("adam", callbacks: new Checkpoints(_folder)));
        Close.SameBits("parameters", network.Parameters, ImageNet.Load(Checkpoints.Latest(_folder)!).Parameters);
    }

    [Fact]
    public void TensorsHaveTheNamesOfPyTorch()
    {
        new ImageNet(3).Fit(Data, Options("adam", callbacks: [new Checkpoints(_folder), new EarlyStopping()]));
        byte[] bytes = File.ReadAllBytes(Checkpoints.Latest(_folder)!);
        string header = Encoding.UTF8.GetString(bytes, 8, (int)BitConverter.ToUInt64(bytes));
        Assert.Contains("\"conv1.weight\":{\"dtype\":\"F32\",\"shape\":[8,1,3,3]", header);
        Assert.Contains("\"optimizer.exp_avg.conv1.weight\":{\"dtype\":\"F32\",\"shape\":[8,1,3,3]", header);
        Assert.Contains("\"optimizer.exp_avg_sq.dense2.bias\":{\"dtype\":\"F32\",\"shape\":[4]", header);
        Assert.Contains("\"EarlyStopping.best.batchnorm1.running_mean\":", header);
        Assert.DoesNotContain("\"optimizer.exp_avg.batchnorm1.running_mean\":", header);
    }

    [Fact]
    public void TheNewestAreKept()
    {
        new ImageNet(3).Fit(Data, Options("sgd", callbacks: new Checkpoints(_folder) { EverySteps = 1, Keep = 2 }));
        Assert.Equal(
            ["checkpoint-0000000011.safetensors", "checkpoint-0000000012.safetensors"],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.EndsWith("checkpoint-0000000012.safetensors", Checkpoints.Latest(_folder));
    }

    [Fact]
    public void OnlyTheBestEpochsAreSaved()
    {
        var saved = new List<int>();
        TrainingHistory history = new ImageNet(3).Fit(Data, Options("sgd", callbacks:
        [
            new Checkpoints(_folder) { BestOnly = "val_loss", Keep = 100 },
            new EventList { OnEpoch = training => saved.Add(Directory.GetFiles(_folder).Length) },
        ]));
        int expected = Enumerable.Range(0, 3).Count(i => history.Take(i).All(earlier => earlier.ValidationLoss > history[i].ValidationLoss));
        Assert.Equal(expected, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void AFolderBelongsToOneTraining()
    {
        Assert.Null(Checkpoints.Latest(_folder));
        Assert.Null(Checkpoints.Latest(Path.Combine(_folder, "none")));
        new ImageNet(3).Fit(Data, Options("sgd", callbacks: new Checkpoints(_folder)));
        string[] before = Directory.GetFiles(_folder);
        Assert.StartsWith(
            "The folder has checkpoints of another training, the last of which is '",
            Assert.Throws<InvalidOperationException>(() => new ImageNet(3).Fit(Data, Options("sgd", callbacks: new Checkpoints(_folder)))).Message);
        Assert.Equal(before, Directory.GetFiles(_folder));
    }

    [Fact]
    public void ANewerCheckpointIsNoneOfATrainingThatBeginsBeforeIt()
    {
        new ImageNet(3).Fit(Data, Options("sgd", callbacks: new Checkpoints(_folder) { Keep = 100 }));
        string first = Path.Combine(_folder, "checkpoint-0000000004.safetensors");
        Assert.StartsWith(
            "The folder has a newer checkpoint, '",
            Assert.Throws<InvalidOperationException>(() => new ImageNet(3).Fit(
                Data, Options("sgd", resumeFrom: first, callbacks: new Checkpoints(_folder) { Keep = 100 }))).Message);
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void WhatDiffersIsListedAndNothingChanges()
    {
        new ImageNet(3).Fit(Data, Options("adam", callbacks: [new Checkpoints(_folder), new EarlyStopping()]));
        string file = Checkpoints.Latest(_folder)!;
        var network = new ImageNet(5);
        float[] before = network.Parameters.ToArray();
        var fault = Assert.Throws<WeightFileException>(() => network.Fit(Data.Take(40), new FitOptions
        {
            BatchSize = 8,
            Seed = 6,
            Optimizer = new Sgd(1),
            ClassWeights = [1, 2, 3, 4],
            ResumeFrom = file,
        }));
        Assert.Equal(
            """
            Its training had samples 50; this one has 40.
            Its training had batch size 16; this one has 8.
            Its training had seed 4; this one has 6.
            Its training had schedule true; this one has false.
            Its training had class weights none; this one has 1 2 3 4.
            Its training had metrics f1, top_2_accuracy, auc; this one has none.
            Its training had optimizer Adam { Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1E-08, WeightDecay = 0 }; this one has Sgd { Momentum = 0, Nesterov = False, WeightDecay = 0 }.
            It has the state of a callback EarlyStopping, which FitOptions.Callbacks does not have.
            """,
            string.Join('\n', fault.Faults));
        Assert.Equal(before, network.Parameters.ToArray());
        network.Fit(Data);
    }

    [Fact]
    public void ACheckpointOfAnotherNetworkIsRefused()
    {
        new CurveNet(3).Fit(FitData.Curve(50, 1), new FitOptions { BatchSize = 16, Callbacks = [new Checkpoints(_folder)] });
        var fault = Assert.Throws<WeightFileException>(() => new ImageNet(3).Fit(
            Data, new FitOptions { BatchSize = 16, ResumeFrom = Checkpoints.Latest(_folder) }));
        Assert.Contains("The file was saved by a network with other layers. In the file: Dense dense1 [16, 5]; Dense dense2 [2, 16].", fault.Message);
    }

    [Fact]
    public void AWeightFileIsNoCheckpoint()
    {
        string file = Path.Combine(_folder, "weights.safetensors");
        new ImageNet(3).Save(file);
        var fault = Assert.Throws<WeightFileException>(() => new ImageNet(3).Fit(Data, new FitOptions { ResumeFrom = file }));
        Assert.Contains("It has weights, but is no checkpoint of a training", fault.Message);
        Assert.Throws<FileNotFoundException>(() => new ImageNet(3).Fit(Data, new FitOptions { ResumeFrom = file + "x" }));
    }

    [Fact]
    public void ADamagedStateIsNamed()
    {
        new ImageNet(3).Fit(Data, Options("adam", callbacks: new Checkpoints(_folder)));
        byte[] bytes = File.ReadAllBytes(Checkpoints.Latest(_folder)!);
        string[] names =
        [
            "version", "settings", "epoch", "step", "pass_step", "elapsed_ticks", "optimizer_steps", "learning_rate", "accumulated", "accumulated_weight",
            "skipped_batches", "sums", "watch", "epochs", "warnings", "callbacks",
        ];
        foreach (string name in names)
        {
            // The same length, so that the header stays whole.
            byte[] damaged = [.. bytes];
            byte[] key = Encoding.UTF8.GetBytes($"\\\"{name}\\\"");
            int place = bytes.AsSpan().IndexOf(key);
            Assert.True(place > 0, name);
            damaged[place + 2] = (byte)'?';
            string file = Path.Combine(_folder, "damaged.safetensors");
            File.WriteAllBytes(file, damaged);
            var fault = Assert.Throws<WeightFileException>(() => new ImageNet(3).Fit(Data, Options("adam", resumeFrom: file)));
            Assert.Contains("The state of the training is damaged: ", fault.Message);
            Assert.Contains($"'{name}'", fault.Message);
        }
    }

    [Fact]
    public void ACompleteTrainingThatResumesDoesNothing()
    {
        new ImageNet(3).Fit(Data, Options("sgd", callbacks: new Checkpoints(_folder)));
        var network = new ImageNet(9);
        var events = new EventList();
        TrainingHistory history = network.Fit(Data, Options("sgd", resumeFrom: Checkpoints.Latest(_folder), callbacks: events));
        Assert.Equal(3, history.Count);
        Assert.Equal(["training", "ended"], events.Events);
    }

    [Fact]
    public void ATrainingGoesOnForMoreEpochs()
    {
        new ImageNet(3).Fit(Data, Options("sgd", callbacks: new Checkpoints(_folder)));
        var network = new ImageNet(9);
        network.Fit(Data, Options("sgd", epochs: 5, resumeFrom: Checkpoints.Latest(_folder)));
        var expected = new ImageNet(3);
        expected.Fit(Data, Options("sgd", epochs: 5));
        Close.SameBits("parameters", expected.Parameters, network.Parameters);
    }

    [Fact]
    public void ASequentialSourceIsReadFromTheStartOfTheEpoch()
    {
        var expected = new ImageNet(3);
        expected.Fit(new ListSource(Data) { IsSequential = true }, Options("sgd", callbacks: new Checkpoints(_folder) { EverySteps = 1, Keep = 100 }));
        var source = new ListSource(Data) { IsSequential = true };
        var network = new ImageNet(9);
        network.Fit(source, Options("sgd", resumeFrom: Path.Combine(_folder, "checkpoint-0000000006.safetensors")));
        Close.SameBits("parameters", expected.Parameters, network.Parameters);
        Assert.Equal(Enumerable.Range(2, 2).SelectMany(epoch => Enumerable.Range(0, 50).Select(index => (index, epoch))), source.Reads);
    }

    private static FitOptions Options(
        string name, int epochs = 3, string? resumeFrom = null, int threads = 1, params IReadOnlyList<TrainingCallback> callbacks)
    {
        FitOptions settings = Settings[name]();
        return new FitOptions
        {
            Epochs = epochs,
            BatchSize = 16,
            Seed = 4,
            Threads = threads,
            Validation = Validation,
            Optimizer = settings.Optimizer,
            Schedule = settings.Schedule,
            AccumulatedBatches = settings.AccumulatedBatches,
            ClassWeights = settings.ClassWeights,
            Shuffle = settings.Shuffle,
            Metrics = [new F1Score(), new TopKAccuracy(2), new RocAuc()],
            Callbacks = callbacks,
            ResumeFrom = resumeFrom,
        };
    }

    private static string Metrics(EpochResult epoch)
    {
        Assert.Equal(["f1", "top_2_accuracy", "auc"], epoch.Metrics.Keys);
        Assert.Equal(epoch.Metrics.Keys, epoch.ValidationMetrics.Keys);
        Assert.All(epoch.Metrics.Values, value => Assert.InRange(value, 0, 1));
        return string.Join(' ', epoch.Metrics.Values.Concat(epoch.ValidationMetrics.Values).Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
    }
}
