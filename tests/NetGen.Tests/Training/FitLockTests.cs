using Xunit;

namespace NetGen.Tests.Training;

/// <summary>A network is trained by one call of Fit at a time.</summary>
public class FitLockTests
{
    private const string Expected =
        "This LinearClassifier is already being trained by another call of Fit, which must end first. To train two at once, use two networks.";

    [Fact]
    public void ASecondTrainingAtTheSameTimeIsRefused()
    {
        var (network, undisturbed) = (new LinearClassifier(), new LinearClassifier());
        var messages = new List<string>();
        Train(network, new Recorder(step => messages.Add(Assert.Throws<InvalidOperationException>(() => Train(network)).Message)));
        Assert.Equal(Enumerable.Repeat(Expected, 3), messages);

        Train(undisturbed);
        Assert.Equal(undisturbed.Parameters.ToArray(), network.Parameters.ToArray());
    }

    [Fact]
    public void ASecondTrainingOnAnotherThreadIsRefused()
    {
        var network = new LinearClassifier();
        Exception? refused = null;
        Train(network, new Recorder(_ =>
        {
            var thread = new Thread(() => refused = Record.Exception(() => Train(network)));
            thread.Start();
            thread.Join();
        }));
        Assert.Equal(Expected, Assert.IsType<InvalidOperationException>(refused).Message);
    }

    [Fact]
    public void AnotherNetworkMayBeTrained()
    {
        var (outer, inner) = (new LinearClassifier(), new LinearClassifier());
        Train(outer, new Recorder(_ => Train(inner)));
        Assert.Equal(9, inner.Losses.Count);
    }

    [Fact]
    public void TheNetworkIsFreeAfterwardsHoweverTrainingEnded()
    {
        var network = new LinearClassifier { FalseLoss = (1, float.NaN) };
        Assert.Throws<TrainingDivergedException>(() => Train(network));
        network.FalseLoss = null;
        Assert.Throws<NotSupportedException>(() => Train(network, new Recorder(_ => throw new NotSupportedException())));
        Assert.Throws<TrainingCanceledException>(() => network.Fit(
            FitTests.Ten.Data, new FitOptions { CancellationToken = new CancellationToken(canceled: true) }));
        Assert.Throws<ArgumentException>(() => network.Fit(FitTests.Ten.Data.Take(0)));
        Train(network);
        Train(network);
    }

    /// <summary>Three steps.</summary>
    private static void Train(LinearClassifier network, TrainingProgress? progress = null) => network.Fit(
        FitTests.Ten.Data, new FitOptions { BatchSize = 4, Progress = progress ?? TrainingProgress.None });
}
