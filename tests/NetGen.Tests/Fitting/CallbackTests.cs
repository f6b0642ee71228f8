using NetGen.Tests.Support;
using NetGen.Tests.Training;
using Xunit;

namespace NetGen.Tests.Fitting;

/// <summary>When callbacks hear of what, and what happens if one stops the training or throws.</summary>
public class CallbackTests
{
    private static readonly Dataset Data = FitData.Curve(40, 1);

    [Fact]
    public void CallbacksHearOfEventsInTheirOrderAndProgressAfterThem()
    {
        var events = new List<string>();
        var progress = new Recorder();
        new CurveNet(1).Fit(Data, new FitOptions
        {
            Epochs = 2,
            BatchSize = 20,
            Callbacks = [new EventList(events, "a "), new EventList(events, "b ") { OnEvent = text => Assert.Equal(Heard(text), progress.Events.Count) }],
            Progress = progress,
        });
        string[] expected =
        [
            "training", "epoch 1", "step 1/2 of 1", "step 2/2 of 1", "end of 1", "epoch 2", "step 1/2 of 2", "step 2/2 of 2", "end of 2", "ended",
        ];
        Assert.Equal(expected.SelectMany(text => new[] { "a " + text, "b " + text }), events);
        Assert.Equal(8, progress.Events.Count);

        // How many events the progress display has had when a callback hears of one.
        static int Heard(string text) => text switch
        {
            "training" or "epoch 1" => 0,
            "step 1/2 of 1" => 1,
            "step 2/2 of 1" => 2,
            "end of 1" => 3,
            "epoch 2" => 4,
            "step 1/2 of 2" => 5,
            "step 2/2 of 2" => 6,
            "end of 2" => 7,
            _ => 8,
        };
    }

    [Fact]
    public void ACallbackSeesTheTraining()
    {
        var network = new CurveNet(1);
        var optimizer = new Sgd(0.1f);
        var options = new FitOptions
        {
            Epochs = 2,
            BatchSize = 30,
            Optimizer = optimizer,
            Callbacks =
            [
                new EventList
                {
                    OnStep = training =>
                    {
                        Assert.Same(network, training.Network);
                        Assert.Same(optimizer, training.Optimizer);
                        Assert.Equal((2, 2), (training.Epochs, training.Steps));
                        Assert.Equal(optimizer.StepCount, training.TotalSteps);
                        Assert.Equal(training.Epoch - 1, training.History.Count);
                    },
                    OnEpoch = training => Assert.Equal(training.Epoch, training.History.Count),
                },
            ],
        };
        network.Fit(Data, options);
        Assert.Equal(4, optimizer.StepCount);
    }

    [Fact]
    public void ATrainingStopsPolitelyAfterAStep()
    {
        var network = new CurveNet(1);
        var events = new EventList
        {
            OnStep = training =>
            {
                if (training.TotalSteps != 3)
                    return;
                training.Stop("enough");
                training.Stop("too much");
            },
        };
        TrainingHistory history = network.Fit(Data, new FitOptions { Epochs = 5, BatchSize = 20, Seed = 7, Callbacks = [events] });
        Assert.Equal("enough", history.StopReason);
        Assert.Single(history);
        Assert.Equal(["epoch 2", "step 1/2 of 2", "ended"], events.Events[^3..]);

        var steps = new CurveNet(1);
        var only = new EventList { OnStep = training => { if (training.TotalSteps == 3) training.Stop("enough"); } };
        steps.Fit(Data, new FitOptions { Epochs = 2, BatchSize = 20, Seed = 7, Callbacks = [only] });
        Close.SameBits("parameters", steps.Parameters, network.Parameters);
    }

    [Fact]
    public void ATrainingStopsPolitelyAfterAnEpoch()
    {
        var events = new EventList { OnEpoch = training => { if (training.Epoch == 2) training.Stop("enough"); } };
        TrainingHistory history = new CurveNet(1).Fit(Data, new FitOptions { Epochs = 5, BatchSize = 20, Callbacks = [events] });
        Assert.Equal(2, history.Count);
        Assert.Equal(["end of 2", "ended"], events.Events[^2..]);
        Assert.Null(new CurveNet(1).Fit(Data).StopReason);
    }

    [Fact]
    public void AnExceptionOfACallbackEndsTheTrainingAndAllHearOfTheEnd()
    {
        var events = new List<string>();
        var fault = new TimeoutException();
        Assert.Same(fault, Assert.Throws<TimeoutException>(() => new CurveNet(1).Fit(Data, new FitOptions
        {
            BatchSize = 20,
            Callbacks = [new EventList(events, "a "), new EventList(events, "b ") { OnStep = _ => throw fault }, new EventList(events, "c ")],
        })));
        Assert.Equal(
            ["a step 1/2 of 1", "b step 1/2 of 1", "a ended by TimeoutException", "b ended by TimeoutException", "c ended by TimeoutException"],
            events[^5..]);
    }

    [Fact]
    public void CallbacksThatWereNotStartedAreNotEnded()
    {
        var events = new List<string>();
        Assert.Throws<TimeoutException>(() => new CurveNet(1).Fit(Data, new FitOptions
        {
            Callbacks =
            [
                new EventList(events, "a "),
                new EventList(events, "b ") { OnEvent = text => { if (text == "training") throw new TimeoutException(); } },
                new EventList(events, "c "),
            ],
        }));
        Assert.Equal(["a training", "b training", "a ended by TimeoutException", "b ended by TimeoutException"], events);
    }

    [Fact]
    public void TheFirstExceptionIsThrown()
    {
        var first = new TimeoutException();
        EventList Throws(Exception fault) => new() { OnEvent = text => { if (text.StartsWith("ended", StringComparison.Ordinal)) throw fault; } };
        Assert.Same(first, Assert.Throws<TimeoutException>(() => new CurveNet(1).Fit(Data, new FitOptions
        {
            Callbacks = [Throws(first), Throws(new InvalidOperationException())],
        })));
        Assert.Same(first, Assert.Throws<TimeoutException>(() => new CurveNet(1).Fit(Data, new FitOptions
        {
            Callbacks = [Throws(new InvalidOperationException()), new EventList { OnStep = _ => throw first }],
        })));
    }

    [Fact]
    public void ANetworkIsFreeAfterAnException()
    {
        var network = new CurveNet(1);
        Assert.Throws<TimeoutException>(() => network.Fit(Data, new FitOptions { Callbacks = [new EventList { OnStep = _ => throw new TimeoutException() }] }));
        Assert.Single(network.Fit(Data));
    }

    [Fact]
    public void CallbacksAreChecked()
    {
        Assert.Throws<ArgumentNullException>("value", () => new FitOptions { Callbacks = null! });
        Assert.StartsWith("Callbacks must not contain null.", Assert.Throws<ArgumentException>(() => new FitOptions { Callbacks = [null!] }).Message);
    }

    [Fact]
    public async Task ATrainingRunsOnAThreadOfItsOwn()
    {
        var expected = new CurveNet(1);
        expected.Fit(Data, new FitOptions { Epochs = 3 });
        var network = new CurveNet(1);
        int thread = 0;
        TrainingHistory history = await network.FitAsync(Data, new FitOptions
        {
            Epochs = 3,
            Callbacks = [new EventList { OnStep = _ => thread = Environment.CurrentManagedThreadId }],
        });
        Assert.Equal(3, history.Count);
        Assert.NotEqual(0, thread);
        Close.SameBits("parameters", expected.Parameters, network.Parameters);
        await Assert.ThrowsAsync<ArgumentException>(() => network.FitAsync(FitData.Images(3, 1)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EitherTokenCancelsTheTask(bool isArgument)
    {
        using CancellationTokenSource argument = new(), option = new();
        CancellationTokenSource cause = isArgument ? argument : option;
        Task<TrainingHistory> task = new CurveNet(1).FitAsync(
            Data,
            new FitOptions { Epochs = int.MaxValue, CancellationToken = option.Token, Callbacks = [new EventList { OnStep = _ => cause.Cancel() }] },
            argument.Token);
        var fault = await Assert.ThrowsAsync<TrainingCanceledException>(() => task);
        Assert.Equal(cause.Token, fault.CancellationToken);
        Assert.Equal(isArgument, task.IsCanceled);
    }

    [Fact]
    public void ReportsGoToAnyProgress()
    {
        var epochs = new List<EpochResult>();
        var steps = new List<StepResult>();
        TrainingHistory history = new CurveNet(1).Fit(Data, new FitOptions
        {
            Epochs = 2,
            BatchSize = 20,
            Callbacks = [new ProgressReport(new Sink<EpochResult>(epochs), new Sink<StepResult>(steps)), new ProgressReport()],
        });
        Assert.Equal(history, epochs);
        Assert.Equal([(1, 1), (1, 2), (2, 1), (2, 2)], steps.Select(step => (step.Epoch, step.Step)));
    }

    private sealed class Sink<T>(List<T> values) : IProgress<T>
    {
        public void Report(T value) => values.Add(value);
    }
}
