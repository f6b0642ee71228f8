using Xunit;

namespace NetGen.Tests.Fitting;

/// <summary>One source in two roles, and batches that a network cannot take.</summary>
public class SharedSourceTests
{
    private static readonly Dataset Images = FitData.Images(50, 1);

    [Fact]
    public void ASourceIsReadByOneThreadAtATime()
    {
        int readers = 0;
        var source = new ListSource(Images)
        {
            OnRead = (_, _) =>
            {
                Assert.Equal(1, Interlocked.Increment(ref readers));
                Thread.SpinWait(200);
                Interlocked.Decrement(ref readers);
            },
        };
        new ImageNet(1).Fit(source, new FitOptions
        {
            Epochs = 5,
            BatchSize = 4,
            Validation = source,
            Callbacks = [new EventList { OnStep = training => training.Network.Evaluate(source, batchSize: 5) }],
        });
    }

    [Fact]
    public void ASequentialSourceHasOneRole()
    {
        var source = new ListSource(Images) { IsSequential = true };
        Assert.Equal(
            "FitOptions.Validation: This ListSource is also the training set, and can only be read in its order; use a second one. (Parameter 'options')",
            Assert.Throws<ArgumentException>(() => new ImageNet(1).Fit(source, new FitOptions { Validation = source })).Message);
    }

    [Fact]
    public void ACancelledTrainingBeginsNoOtherBatch()
    {
        string folder = Directory.CreateTempSubdirectory("netgen").FullName;
        new ImageNet(1).Fit(new ListSource(Images) { IsSequential = true }, new FitOptions { BatchSize = 10, Callbacks = [new Checkpoints(folder) { EverySteps = 4, EveryEpochs = 0 }] });
        using var cancellation = new CancellationTokenSource();
        using var hasEnded = new ManualResetEventSlim();
        Thread? reader = null;
        var source = new ListSource(Images)
        {
            IsSequential = true,
            OnRead = (index, _) =>
            {
                if (index > 0)
                    return;
                reader = Thread.CurrentThread;
                cancellation.Cancel();
                hasEnded.Wait();
            },
        };

        // Resumes in step 5, so the first four batches are passed over; the thread is still in the first of them when the training has ended.
        Assert.Throws<TrainingCanceledException>(() => new ImageNet(1).Fit(source, new FitOptions
        {
            BatchSize = 10,
            ResumeFrom = Checkpoints.Latest(folder),
            Prefetch = 1,
            CancellationToken = cancellation.Token,
        }));
        hasEnded.Set();
        reader!.Join();
        Assert.Equal(10, source.Reads.Count);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(49)]
    [InlineData(7)]
    [InlineData(1)]
    public void ABatchOfOneSampleIsRefusedBeforeTheFirstStep(int batchSize)
    {
        var network = new FlatNormNet(1);
        float[] before = network.Parameters.ToArray();
        var options = new FitOptions { BatchSize = batchSize };
        Assert.Equal(
            $"The BatchNorm 'batchnorm1' of FlatNormNet has one value a sample in each channel, so every batch needs at least 2 samples, but 50 samples in "
            + $"batches of {batchSize} leave a batch of 1. Use another BatchSize. (Parameter 'options')",
            Assert.Throws<ArgumentException>(() => network.Fit(Images, options)).Message);
        Assert.Equal(before, network.Parameters.ToArray());
        network.Fit(Images, new FitOptions { BatchSize = 8 });

        // Images have many values in each channel.
        new ImageNet(1).Fit(Images, options);
    }
}

[Network, Input(36), Dense(8), BatchNorm, ReLU, Dense(4), Softmax]
internal sealed partial class FlatNormNet;
