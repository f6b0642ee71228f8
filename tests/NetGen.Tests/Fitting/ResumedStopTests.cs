using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Fitting;

/// <summary>Checkpoints of trainings that a callback ended, and of callbacks with other settings.</summary>
public sealed class ResumedStopTests : IDisposable
{
    private static readonly Dataset Data = FitData.Curve(30, 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("netgen").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(9)]
    [InlineData(3)]
    public void AStoppedTrainingStaysStopped(int epochs)
    {
        // Nothing improves by so much: epoch 1 is the best, and epoch 3 the last. The killed process did not get to the end of the training.
        CurveNet expected = Train(epochs, null, 2, out TrainingHistory whole);
        CurveNet actual = Train(epochs, Checkpoints.Latest(_folder), 2, out TrainingHistory resumed);
        Assert.StartsWith("loss has not improved for 2 epochs; the best loss was ", whole.StopReason);
        Assert.Equal(whole.StopReason, resumed.StopReason);
        Assert.Equal(3, resumed.Count);
        Close.SameBits("parameters", expected.Parameters, actual.Parameters);
    }

    [Fact]
    public void MorePatienceTrainsOn()
    {
        Train(9, null, 2, out _);
        Train(9, Checkpoints.Latest(_folder), 4, out TrainingHistory resumed);
        Assert.Equal(5, resumed.Count);
    }

    [Fact]
    public void TheBestParametersMustBeInTheCheckpoint()
    {
        // They would have been zeros.
        Train(2, null, 5, out _, restores: false);
        var fault = Assert.Throws<InvalidDataException>(() => Train(4, Checkpoints.Latest(_folder), 5, out _));
        Assert.Equal("The checkpoint has no parameters of the best epoch: its EarlyStopping had RestoreBestWeights = false.", fault.Message);
        Train(4, Checkpoints.Latest(_folder), 5, out TrainingHistory resumed, restores: false);
        Assert.Equal(4, resumed.Count);
    }

    [Fact]
    public void ARefusedTrainingRemovesNoCheckpoint()
    {
        new CurveNet(1).Fit(Data, new FitOptions { Epochs = 5, Callbacks = [new Checkpoints(_folder) { Keep = 5 }] });
        Assert.Throws<InvalidOperationException>(() => new CurveNet(1).Fit(Data, new FitOptions { Callbacks = [new Checkpoints(_folder) { Keep = 1 }] }));
        Assert.Equal(5, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void TheLogOfRatesNeedsMemoryForTheEpochsThatThereAre()
    {
        var log = new LearningRateLog();
        new CurveNet(1).Fit(Data, new FitOptions
        {
            Epochs = int.MaxValue,
            BatchSize = 10,
            Optimizer = new Sgd(1e-6f),
            Callbacks = [log, new EarlyStopping("loss") { MinDelta = 100, Patience = 4 }],
        });
        Assert.Equal(Enumerable.Repeat(1e-6f, 15), log.Rates.ToArray());
    }

    private CurveNet Train(int epochs, string? resumeFrom, int patience, out TrainingHistory history, bool restores = true)
    {
        var network = new CurveNet(resumeFrom is null ? 1UL : 2UL);
        history = network.Fit(Data, new FitOptions
        {
            Epochs = epochs,
            Optimizer = new Sgd(0.01f),
            Callbacks = [new EarlyStopping("loss") { MinDelta = 100, Patience = patience, RestoreBestWeights = restores }, new Checkpoints(_folder)],
            ResumeFrom = resumeFrom,
        });
        return network;
    }
}
