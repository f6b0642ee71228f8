using Microsoft.Extensions.Logging;
using NetGen.Data;
using Xunit;

namespace NetGen.Data.Tests.Logging;

[Network, Input(2), Dense(2), Softmax]
internal sealed partial class LoggedNet;

/// <summary>What a training writes into a log.</summary>
public class TrainingLoggerTests
{
    private static readonly Dataset Data = Dataset.FromLabels([0, 1, 1, 0, 30, 1, 0, 0], 2, [0, 1, 1, 0]);

    [Fact]
    public void ATrainingIsLoggedFromBeginToEnd()
    {
        var log = new ListLogger();
        TrainingHistory history = new LoggedNet(1).Fit(Data, new FitOptions
        {
            Epochs = 2, BatchSize = 2, Optimizer = new Sgd(0.25f), Validation = Data, Metrics = [new F1Score()], Callbacks = [new TrainingLogger(log)],
        });
        Assert.Equal(
            "Information: Training of LoggedNet begins with epoch 1 of 2, 2 steps each, by Sgd { LearningRate = 0.25, Momentum = 0, Nesterov = False, WeightDecay = 0 }.",
            log.Lines[0]);
        Assert.StartsWith("Warning: LargeInputs: The inputs are large:", log.Lines[1]);
        Assert.StartsWith("Information: Epoch 1 of 2: loss ", log.Lines[2]);
        Assert.Contains(", validation loss ", log.Lines[2]);
        Assert.StartsWith("Information: Epoch 1: f1 ", log.Lines[3]);
        Assert.StartsWith("Information: Epoch 1: val_f1 ", log.Lines[4]);
        Assert.Equal("Information: Training of LoggedNet ended after 2 epochs: all epochs are done", log.Lines[^1]);
        Assert.Equal(9, log.Lines.Count);
        Assert.Equal(history[1].Loss, log.Values.Last(values => values.ContainsKey("ValidationLoss"))["Loss"]);
    }

    [Fact]
    public void AnExceptionIsAnError()
    {
        var log = new ListLogger();
        Assert.Throws<TrainingDivergedException>(() => new LoggedNet(1).Fit(
            Dataset.FromLabels([float.NaN, 1], 2, [0], 2), new FitOptions { Callbacks = [new TrainingLogger(log)] }));
        Assert.Equal("Error: Training of LoggedNet failed after 0 complete epochs. (TrainingDivergedException)", log.Lines[^1]);
    }

    [Fact]
    public void ACancellationIsNone()
    {
        var log = new ListLogger();
        Assert.Throws<TrainingCanceledException>(() => new LoggedNet(1).Fit(
            Data, new FitOptions { Callbacks = [new TrainingLogger(log)], CancellationToken = new CancellationToken(canceled: true) }));
        Assert.Equal("Information: Training of LoggedNet was cancelled after 0 complete epochs.", log.Lines[^1]);
    }

    [Fact]
    public void ALogThatWantsOnlyErrorsGetsNothingElse()
    {
        var log = new ListLogger { Least = LogLevel.Error };
        new LoggedNet(1).Fit(Data, new FitOptions { Callbacks = [new TrainingLogger(log)] });
        Assert.Empty(log.Lines);
    }

    private sealed class ListLogger : ILogger
    {
        public List<string> Lines { get; } = [];

        public List<Dictionary<string, object?>> Values { get; } = [];

        public LogLevel Least { get; init; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= Least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Lines.Add($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" ({exception.GetType().Name})")}");
            if (state is IReadOnlyList<KeyValuePair<string, object?>> values)
                Values.Add(values.DistinctBy(value => value.Key).ToDictionary(value => value.Key, value => value.Value));
        }
    }
}
