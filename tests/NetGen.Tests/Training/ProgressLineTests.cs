using NetGen.Tests.Data;

using Xunit;

namespace NetGen.Tests.Training;

public class ProgressLineTests
{
    [Fact]
    public void OnATerminalTheLineIsRewritten() => HostileCulture.Run(() =>
    {
        StringWriter writer = Writer();
        var line = new ProgressLine(writer, rewrite: true);
        line.EpochStarted(3, 12, 469);
        line.StepCompleted(new StepResult(3, 1, 469, 12345.6789, 0.5, 0.05));
        line.StepCompleted(new StepResult(3, 200, 469, 0.25, 0.9123, 10));
        line.EpochCompleted(new EpochResult(3, 0.1234, 0.96333, 0.0456, 0.98571, 23.4, 0.0501));
        Assert.Equal(
            "Epoch 3/12\n" +
            "\r  1/469 [....................] - ETA: 23s - loss: 12345.6789 - accuracy: 0.5000" +
            "\r200/469 [=======>............] - ETA: 13s - loss: 0.2500 - accuracy: 0.9123    " +
            "\r469/469 [====================] - 23s 50ms/step - loss: 0.1234 - accuracy: 0.9633 - val_loss: 0.0456 - val_accuracy: 0.9857\n",
            writer.ToString());
    });

    [Fact]
    public void ElsewhereAnEpochIsALine() => HostileCulture.Run(() =>
    {
        StringWriter writer = Writer();
        var line = new ProgressLine(writer, rewrite: false);
        line.EpochStarted(1, 2, 40);
        line.StepCompleted(new StepResult(1, 1, 40, 1, 0.5, 1));
        line.EpochCompleted(new EpochResult(1, 0.1234, 0.96333, 0.0456, 0.98571, 2.4, 0.0501));
        line.EpochStarted(2, 2, 40);
        line.EpochCompleted(new EpochResult(2, 0.00012345, null, double.NaN, null, 3723, 1.6));
        line.Stopped();
        Assert.Equal(
            "Epoch 1/2 - 40/40 - 2s 50ms/step - loss: 0.1234 - accuracy: 0.9633 - val_loss: 0.0456 - val_accuracy: 0.9857\n" +
            "Epoch 2/2 - 40/40 - 1:02:03 2s/step - loss: 1.2345e-04 - val_loss: NaN\n",
            writer.ToString());
    });

    [Fact]
    public void ATerminalIsNotUpdatedMoreThanTenTimesASecond()
    {
        StringWriter writer = Writer();
        var line = new ProgressLine(writer, rewrite: true);
        line.EpochStarted(1, 1, 1000);
        for (int step = 1; step <= 1000; step++)
            line.StepCompleted(new StepResult(1, step, 1000, 0.5, null, step * 0.001));
        Assert.InRange(writer.ToString().Count(c => c == '\r'), 9, 11);
    }

    [Theory]
    [InlineData(0, "0s 0us")]
    [InlineData(0.000_25, "0s 250us")]
    [InlineData(0.001, "0s 1ms")]
    [InlineData(59.4, "59s 59s")]
    [InlineData(59.6, "1:00 60s")]
    [InlineData(125, "2:05 125s")]
    public void DurationsAreWrittenAsInKeras(double seconds, string text)
    {
        StringWriter writer = Writer();
        var line = new ProgressLine(writer, rewrite: false);
        line.EpochStarted(1, 1, 1);
        line.EpochCompleted(new EpochResult(1, 1, null, null, null, seconds, seconds));
        Assert.Equal($"Epoch 1/1 - 1/1 - {text}/step - loss: 1.0000\n", writer.ToString());
    }

    [Fact]
    public void WhatFollowsAStopBeginsOnALineOfItsOwn()
    {
        StringWriter writer = Writer();
        var line = new ProgressLine(writer, rewrite: true);
        line.EpochStarted(1, 1, 2);
        line.StepCompleted(new StepResult(1, 1, 2, 0, null, 1));
        line.Stopped();
        line.Stopped();
        Assert.EndsWith("1/2 [=========>..........] - ETA: 1s - loss: 0.0000\n", writer.ToString());
    }

    [Fact]
    public void FitWritesToIt()
    {
        StringWriter writer = Writer();
        new LinearClassifier().Fit(LinearClassifier.Corners(10, 1), new FitOptions { Epochs = 2, Progress = new ProgressLine(writer, false) });
        string[] lines = writer.ToString().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^Epoch 1/2 - 1/1 - \d+s \d+(us|ms)/step - loss: \d\.\d{4} - accuracy: [01]\.\d{4}$", lines[0]);
        Assert.StartsWith("Epoch 2/2 - 1/1 - ", lines[1]);
    }

    [Fact]
    public void TheConsoleGetsAProgressLine()
    {
        Assert.IsType<ProgressLine>(TrainingProgress.Console);
        Assert.Throws<ArgumentNullException>("writer", () => new ProgressLine(null!, true));
        Assert.Throws<ArgumentNullException>("epoch", () => new ProgressLine(Writer(), true).EpochCompleted(null!));
    }

    private static StringWriter Writer() => new() { NewLine = "\n" };
}
