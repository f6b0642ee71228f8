using NetGen.Tests.Data;
using NetGen.Tests.Display;

using Xunit;

namespace NetGen.Tests.Training;

public class ProgressLineTests
{
    private readonly StringWriter _writer = new() { NewLine = "\n" };
    private readonly ManualTime _time = new();

    [Fact]
    public void OnATerminalTheLineIsRewritten() => HostileCulture.Run(() =>
    {
        ProgressLine line = Terminal(width: 200);
        line.EpochStarted(3, 12, 469);
        line.StepCompleted(Step(3, 1, 469, 12345.6789, 0.5, 0.05));
        _time.Advance(10);
        line.StepCompleted(Step(3, 200, 469, 0.25, 0.9123, 10));
        line.EpochCompleted(Validated(3, 23.4));
        Assert.Equal(
            "Epoch 3/12\n" +
            "\r  1/469 [....................] - ETA: 23s - loss: 12345.6789 - accuracy: 0.5000" +
            "\r200/469 [=======>............] - ETA: 13s - loss: 0.2500 - accuracy: 0.9123    " +
            "\r469/469 [====================] - 23s 50ms/step - loss: 0.1234 - accuracy: 0.9633 - val_loss: 0.0456 - val_accuracy: 0.9857\n",
            _writer.ToString());
    });

    [Fact]
    public void ElsewhereAnEpochIsALine() => HostileCulture.Run(() =>
    {
        var line = new ProgressLine(_writer, rewrite: false, width: 120, _time);
        line.EpochStarted(1, 2, 40);
        line.StepCompleted(Step(1, 1, 40, 1, 0.5, 1));
        line.EpochCompleted(Validated(1, 2.4));
        line.EpochStarted(2, 2, 40);
        line.EpochCompleted(new EpochResult
        {
            Epoch = 2,
            Loss = 0.00012345,
            ValidationLoss = double.NaN,
            Duration = TimeSpan.FromSeconds(3723),
            StepDuration = TimeSpan.FromSeconds(1.6),
        });
        line.Stopped();
        Assert.Equal(
            "Epoch 1/2 - 40/40 - 2s 50ms/step - loss: 0.1234 - accuracy: 0.9633 - val_loss: 0.0456 - val_accuracy: 0.9857\n" +
            "Epoch 2/2 - 40/40 - 1:02:03 2s/step - loss: 1.2345e-04 - val_loss: NaN\n",
            _writer.ToString());
    });

    [Fact]
    public void ElsewhereEveryHalfMinuteHasALine()
    {
        var line = new ProgressLine(_writer, rewrite: false, time: _time);
        line.EpochStarted(1, 2, 100);
        for (int step = 1; step <= 100; step++)
        {
            _time.Advance(1);
            line.StepCompleted(Step(1, step, 100, 0.5, 0.25, step));
        }
        line.EpochCompleted(Validated(1, 100));
        line.EpochStarted(2, 2, 100);
        _time.Advance(29);
        line.StepCompleted(Step(2, 1, 100, 0.5, 0.25, 29));
        _time.Advance(1);
        line.StepCompleted(Step(2, 2, 100, 0.5, 0.25, 30));
        Assert.Equal(
            [
                "Epoch 1/2 -  30/100 - ETA: 1:10 - loss: 0.5000 - accuracy: 0.2500",
                "Epoch 1/2 -  60/100 - ETA: 40s - loss: 0.5000 - accuracy: 0.2500",
                "Epoch 1/2 -  90/100 - ETA: 10s - loss: 0.5000 - accuracy: 0.2500",
                "Epoch 1/2, 1:40, loss: 0.1234, acc: 0.9633, val_loss: 0.0456, val_acc: 0.9857",
                "Epoch 2/2 -   2/100 - ETA: 24:30 - loss: 0.5000 - accuracy: 0.2500",
            ],
            Lines.Fit(_writer.ToString(), 80));
    }

    [Fact]
    public void ASecondTrainingBeginsAHalfMinuteOfItsOwn()
    {
        var line = new ProgressLine(_writer, rewrite: false, time: _time);
        line.EpochStarted(1, 1, 2);
        line.Stopped();
        _time.Advance(1000);
        line.EpochStarted(1, 1, 2);
        line.StepCompleted(Step(1, 1, 2, 0.5, null, 1));
        Assert.Equal("", _writer.ToString());
    }

    [Fact]
    public void ATerminalIsNotUpdatedMoreThanTenTimesASecond()
    {
        ProgressLine line = Terminal(width: 80);
        line.EpochStarted(1, 1, 1000);
        for (int step = 1; step <= 1000; step++)
        {
            line.StepCompleted(Step(1, step, 1000, 0.5, null, step * 0.001));
            _time.Advance(0.001);
        }
        Assert.Equal(10, _writer.ToString().Count(c => c == '\r'));
    }

    [Theory]
    [InlineData(121, "2/469 [....................] - ETA: 2:20 - loss: 0.2500 - accuracy: 0.9123")]
    [InlineData(80, "2/469 [....................] - ETA: 2:20 - loss: 0.2500 - accuracy: 0.9123")]
    [InlineData(76, "2/469 - ETA: 2:20 - loss: 0.2500 - accuracy: 0.9123")]
    [InlineData(53, "2/469 - ETA: 2:20 - loss: 0.2500 - acc: 0.9123")]
    [InlineData(48, "2/469, ETA: 2:20, loss: 0.2500, acc: 0.9123")]
    [InlineData(40, "2/469, loss: 0.2500, acc: 0.9123")]
    [InlineData(30, "2/469, loss: 0.2500")]
    [InlineData(12, "2/469")]
    [InlineData(5, "")]
    public void ARunningEpochGivesWayInOrder(int width, string expected)
    {
        ProgressLine line = Terminal(width);
        line.EpochStarted(1, 2, 469);
        line.StepCompleted(Step(1, 2, 469, 0.25, 0.9123, 0.6));
        string written = _writer.ToString().Split('\r')[1];
        Assert.Equal(expected, written.TrimStart());
        Assert.InRange(written.Length, 0, width - 1);
    }

    [Theory]
    [InlineData(123, "469/469 [====================] - 23s 50ms/step - loss: 0.1234 - accuracy: 0.9633 - val_loss: 0.0456 - val_accuracy: 0.9857")]
    [InlineData(120, "469/469 - 23s 50ms/step - loss: 0.1234 - accuracy: 0.9633 - val_loss: 0.0456 - val_accuracy: 0.9857")]
    [InlineData(99, "469/469 - 23s - loss: 0.1234 - accuracy: 0.9633 - val_loss: 0.0456 - val_accuracy: 0.9857")]
    [InlineData(80, "469/469 - 23s - loss: 0.1234 - acc: 0.9633 - val_loss: 0.0456 - val_acc: 0.9857")]
    [InlineData(79, "23s - loss: 0.1234 - acc: 0.9633 - val_loss: 0.0456 - val_acc: 0.9857")]
    [InlineData(69, "23s, loss: 0.1234, acc: 0.9633, val_loss: 0.0456, val_acc: 0.9857")]
    [InlineData(65, "loss: 0.1234, acc: 0.9633, val_loss: 0.0456, val_acc: 0.9857")]
    [InlineData(60, "loss: 0.1234, val_loss: 0.0456, val_acc: 0.9857")]
    [InlineData(40, "val_loss: 0.0456, val_acc: 0.9857")]
    [InlineData(30, "val_loss: 0.0456")]
    public void ACompleteEpochGivesWayInOrder(int width, string expected)
    {
        ProgressLine line = Terminal(width);
        line.EpochStarted(1, 2, 469);
        line.EpochCompleted(Validated(1, 23.4));
        string written = _writer.ToString().Split('\r')[1];
        Assert.Equal(expected + "\n", written);
        Assert.InRange(written.Length - 1, 0, width - 1);
    }

    [Fact]
    public void WithoutValidationTheLossStays()
    {
        ProgressLine line = Terminal(width: 20);
        line.EpochStarted(1, 1, 469);
        line.EpochCompleted(new EpochResult { Epoch = 1, Loss = 3.4e38, Accuracy = 0.5 });
        Assert.EndsWith("\rloss: 3.4000e+38\n", _writer.ToString());
    }

    [Fact]
    public void AWindowThatBecomesNarrowerIsNotOverrun()
    {
        int width = 100;
        var line = new ProgressLine(_writer, rewrite: true, () => width, _time);
        line.EpochStarted(1, 1, 100);
        line.StepCompleted(Step(1, 1, 100, 0.5, 0.5, 1));
        width = 40;
        _time.Advance(1);
        line.StepCompleted(Step(1, 2, 100, 0.5, 0.5, 2));
        string last = _writer.ToString().Split('\r')[^1];
        Assert.Equal("  2/100, loss: 0.5000, acc: 0.5000", last.TrimEnd());
        Assert.Equal(39, last.Length);
    }

    [Fact]
    public void AWarningStandsAboveTheLineOnce()
    {
        ProgressLine line = Terminal(width: 40);
        line.EpochStarted(1, 1, 100);
        line.StepCompleted(Step(1, 1, 100, 0.5, null, 1));
        line.Warn("Input values reach 255. Scale them to about 1: divide pixels by 255.");
        _time.Advance(1);
        line.StepCompleted(Step(1, 2, 100, 0.25, null, 2));
        line.Stopped();
        Assert.Equal(
            "Epoch 1/1\n" +
            "\r  1/100 - ETA: 1:39 - loss: 0.5000" +
            "\r                                  " +
            "\rWarning: Input values reach 255. Scale\n" +
            "  them to about 1: divide pixels by\n" +
            "  255.\n" +
            "\r  1/100 - ETA: 1:39 - loss: 0.5000" +
            "\r  2/100 - ETA: 1:38 - loss: 0.2500\n",
            _writer.ToString());
    }

    [Fact]
    public void AWarningBetweenLinesIsALine()
    {
        ProgressLine line = Terminal(width: 80);
        line.EpochStarted(1, 1, 100);
        line.Warn("Look out.");
        var log = new ProgressLine(_writer, rewrite: false, time: _time);
        log.EpochStarted(1, 1, 100);
        log.Warn("Look out again.");
        Assert.Equal("Epoch 1/1\nWarning: Look out.\nWarning: Look out again.\n", _writer.ToString());
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
        var line = new ProgressLine(_writer, rewrite: false);
        line.EpochStarted(1, 1, 1);
        TimeSpan duration = TimeSpan.FromSeconds(seconds);
        line.EpochCompleted(new EpochResult { Epoch = 1, Loss = 1, Duration = duration, StepDuration = duration });
        Assert.Equal($"Epoch 1/1 - 1/1 - {text}/step - loss: 1.0000\n", _writer.ToString());
    }

    [Fact]
    public void WhatFollowsAStopBeginsOnALineOfItsOwn()
    {
        ProgressLine line = Terminal(width: 80);
        line.EpochStarted(1, 1, 2);
        line.StepCompleted(Step(1, 1, 2, 0, null, 1));
        line.Stopped();
        line.Stopped();
        Assert.EndsWith("1/2 [=========>..........] - ETA: 1s - loss: 0.0000\n", _writer.ToString());
    }

    [Fact]
    public void FitWritesToIt()
    {
        new LinearClassifier().Fit(LinearClassifier.Corners(10, 1), new FitOptions { Epochs = 2, Progress = new ProgressLine(_writer, false) });
        string[] lines = _writer.ToString().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^Epoch 1/2 - 1/1 - \d+s \d+(us|ms)/step - loss: \d\.\d{4} - accuracy: [01]\.\d{4}$", lines[0]);
        Assert.StartsWith("Epoch 2/2 - 1/1 - ", lines[1]);
    }

    [Fact]
    public void TheConsoleGetsAProgressLine()
    {
        Assert.IsType<ProgressLine>(TrainingProgress.ToConsole());
        Assert.Throws<ArgumentNullException>("writer", () => new ProgressLine(null!, true));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => new ProgressLine(_writer, true, width: 0));
        Assert.Throws<ArgumentNullException>("epoch", () => new ProgressLine(_writer, true).EpochCompleted(null!));
    }

    [Fact]
    public void AClassOfOnesOwnStillReachesTheConsole()
    {
        var progress = new WithConsole();
        progress.EpochCompleted(Validated(1, 1));
        Assert.Same(Console.Out, progress.Output);
    }

    /// <summary>Compiles only if no member of the base class is called Console.</summary>
    private sealed class WithConsole : TrainingProgress
    {
        public TextWriter? Output { get; private set; }

        public override void EpochCompleted(EpochResult epoch) => Output = Console.Out;
    }

    private ProgressLine Terminal(int width) => new(_writer, rewrite: true, width, _time);

    private static StepResult Step(int epoch, int step, int steps, double loss, double? accuracy, double seconds) => new()
    {
        Epoch = epoch,
        Step = step,
        Steps = steps,
        Loss = loss,
        Accuracy = accuracy,
        Elapsed = TimeSpan.FromSeconds(seconds),
    };

    private static EpochResult Validated(int epoch, double seconds) => new()
    {
        Epoch = epoch,
        Loss = 0.1234,
        Accuracy = 0.96333,
        ValidationLoss = 0.0456,
        ValidationAccuracy = 0.98571,
        Duration = TimeSpan.FromSeconds(seconds),
        StepDuration = TimeSpan.FromMilliseconds(50.1),
    };
}
