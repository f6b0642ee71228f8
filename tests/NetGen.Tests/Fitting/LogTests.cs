using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Fitting;

/// <summary>Logs of epochs and steps.</summary>
public sealed class LogTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void EachEpochIsALineOfTheCsvFile()
    {
        HostileCulture.Run(() =>
        {
            TrainingHistory history = new ImageNet(1).Fit(FitData.Images(20, 1), new FitOptions
            {
                Epochs = 3,
                Optimizer = new Adam(0.01f),
                Validation = FitData.Images(10, 2),
                Callbacks = [new CsvLog(_file)],
            });
            string[] lines = File.ReadAllLines(_file);
            Assert.Equal("epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds", lines[0]);
            Assert.Equal(
                history.Select(epoch => FormattableString.Invariant($"{epoch.Epoch},{epoch.Loss:R},{epoch.Accuracy:R},{epoch.ValidationLoss:R},{epoch.ValidationAccuracy:R},0.01,{epoch.Duration.TotalSeconds:F3}")),
                lines[1..]);
        });
    }

    [Fact]
    public void LinesAreThereWhileTrainingRuns()
    {
        int lines = 0;
        new CurveNet(1).Fit(FitData.Curve(10, 1), new FitOptions
        {
            Epochs = 2,
            Callbacks = [new CsvLog(_file, ';'), new EventList { OnEpoch = training => lines = File.ReadAllLines(_file).Length }],
        });
        Assert.Equal(3, lines);
        Assert.Equal("epoch;loss;learning_rate;seconds", File.ReadLines(_file).First());
    }

    [Fact]
    public void ALogThatCannotBeWrittenEndsTheTrainingBeforeItsFirstStep()
    {
        var network = new CurveNet(1);
        float[] before = network.Parameters.ToArray();
        Assert.Throws<DirectoryNotFoundException>(() => network.Fit(
            FitData.Curve(10, 1), new FitOptions { Callbacks = [new CsvLog(Path.Combine(_file + ".none", "log.csv"))] }));
        Assert.Equal(before, network.Parameters.ToArray());
    }

    [Fact]
    public void TheRateOfEachStepIsKept()
    {
        var log = new LearningRateLog();
        new CurveNet(1).Fit(FitData.Curve(40, 1), new FitOptions { Epochs = 2, BatchSize = 20, Schedule = progress => (float)progress, Callbacks = [log] });
        Assert.Equal([0f, 0.5f, 1f, 1.5f], log.Rates);
    }
}
