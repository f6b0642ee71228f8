using Microsoft.Extensions.Logging;

namespace NetGen.Data;

/// <summary>
/// Writes a training into a log: its begin and end and each epoch as information, warnings as warnings, and an exception that ends it as an
/// error. Values are structured: <c>Epoch</c>, <c>Loss</c>, <c>ValidationLoss</c> and so on.
/// </summary>
public sealed partial class TrainingLogger : TrainingCallback
{
    private readonly ILogger _logger;
    private int _warnings;

    /// <summary>Writes into a log.</summary>
    /// <param name="logger">The log.</param>
    public TrainingLogger(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
    }

    /// <inheritdoc/>
    public override void TrainingStarted(TrainingContext training)
    {
        ArgumentNullException.ThrowIfNull(training);
        _warnings = training.History.Warnings.Count;
        if (_logger.IsEnabled(LogLevel.Information))
            LogStart(training.Network.Summary.Name, training.History.Count + 1, training.Epochs, training.Steps, training.Optimizer.ToString());
    }

    /// <inheritdoc/>
    public override void EpochCompleted(TrainingContext training, EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(epoch);
        LogWarnings(training);
        if (!_logger.IsEnabled(LogLevel.Information))
            return;
        if (epoch.ValidationLoss is { } validation)
            LogEpoch(epoch.Epoch, training.Epochs, epoch.Loss, epoch.Accuracy, validation, epoch.ValidationAccuracy, epoch.LearningRate, epoch.Duration.TotalSeconds);
        else
            LogEpoch(epoch.Epoch, training.Epochs, epoch.Loss, epoch.Accuracy, epoch.LearningRate, epoch.Duration.TotalSeconds);
        foreach ((string name, double value) in epoch.Metrics)
            LogMetric(epoch.Epoch, name, value);
        foreach ((string name, double value) in epoch.ValidationMetrics)
            LogMetric(epoch.Epoch, "val_" + name, value);
    }

    /// <inheritdoc/>
    public override void TrainingEnded(TrainingContext training, Exception? error)
    {
        ArgumentNullException.ThrowIfNull(training);
        LogWarnings(training);
        string network = training.Network.Summary.Name;
        if (error is OperationCanceledException)
            LogCancellation(network, training.History.Count);
        else if (error is not null)
            LogError(error, network, training.History.Count);
        else
            LogEnd(network, training.History.Count, training.StopReason ?? "all epochs are done");
    }

    // Fit tells no callback of warnings, but keeps them.
    private void LogWarnings(TrainingContext training)
    {
        for (; _warnings < training.History.Warnings.Count; _warnings++)
            LogWarning(training.History.Warnings[_warnings].Kind, training.History.Warnings[_warnings].Message);
    }

    [LoggerMessage(1, LogLevel.Information, "Training of {Network} begins with epoch {Epoch} of {Epochs}, {Steps} steps each, by {Optimizer}.")]
    private partial void LogStart(string network, int epoch, int epochs, int steps, string optimizer);

    [LoggerMessage(2, LogLevel.Information, "Epoch {Epoch} of {Epochs}: loss {Loss}, accuracy {Accuracy}, learning rate {LearningRate}, {Seconds} s.")]
    private partial void LogEpoch(int epoch, int epochs, double loss, double? accuracy, float learningRate, double seconds);

    [LoggerMessage(3, LogLevel.Information, "Epoch {Epoch} of {Epochs}: loss {Loss}, accuracy {Accuracy}, validation loss {ValidationLoss}, validation accuracy {ValidationAccuracy}, learning rate {LearningRate}, {Seconds} s.")]
    private partial void LogEpoch(
        int epoch, int epochs, double loss, double? accuracy, double validationLoss, double? validationAccuracy, float learningRate, double seconds);

    [LoggerMessage(4, LogLevel.Information, "Epoch {Epoch}: {Metric} {Value}.")]
    private partial void LogMetric(int epoch, string metric, double value);

    [LoggerMessage(5, LogLevel.Warning, "{Kind}: {Warning}")]
    private partial void LogWarning(TrainingWarningKind kind, string warning);

    [LoggerMessage(6, LogLevel.Information, "Training of {Network} ended after {Epochs} epochs: {Reason}")]
    private partial void LogEnd(string network, int epochs, string reason);

    [LoggerMessage(7, LogLevel.Information, "Training of {Network} was cancelled after {Epochs} complete epochs.")]
    private partial void LogCancellation(string network, int epochs);

    [LoggerMessage(8, LogLevel.Error, "Training of {Network} failed after {Epochs} complete epochs.")]
    private partial void LogError(Exception error, string network, int epochs);
}
