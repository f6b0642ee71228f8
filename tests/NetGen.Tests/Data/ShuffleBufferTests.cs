using Xunit;

namespace NetGen.Tests.Data;

public class ShuffleBufferTests
{
    [Fact]
    public void EachEpochHasEverySampleOnce()
    {
        ISampleSource shuffled = Numbered(50).ShuffleBuffer(8, seed: 1);
        Assert.True(shuffled.IsSequential);
        Assert.Equal((50, 1, 50, 0), (shuffled.Count, shuffled.InputLength, shuffled.ClassCount, shuffled.TargetLength));
        string[] orders = [.. Enumerable.Range(1, 4).Select(epoch => string.Join(' ', Order(shuffled, epoch)))];
        Assert.Equal(4, orders.Distinct().Count());
        Assert.All(Enumerable.Range(1, 4), epoch => Assert.Equal(Enumerable.Range(0, 50), Order(shuffled, epoch).Order()));
    }

    [Fact]
    public void NoSampleComesBeforeTheBufferReachesIt()
    {
        int[] order = Order(Numbered(200).ShuffleBuffer(10, seed: 3), epoch: 1);
        Assert.All(Enumerable.Range(0, 200), i => Assert.True(order[i] < i + 10));
        Assert.Equal(Enumerable.Range(0, 200), Order(Numbered(200).ShuffleBuffer(1, seed: 3), epoch: 1));
    }

    [Fact]
    public void SeedAndEpochAloneDecide()
    {
        int[] order = Order(Numbered(30).ShuffleBuffer(7, seed: 1), epoch: 2);
        ISampleSource other = Numbered(30).ShuffleBuffer(7, seed: 1);
        Order(other, epoch: 5);
        Assert.Equal(order, Order(other, epoch: 2));
        Assert.NotEqual(order, Order(Numbered(30).ShuffleBuffer(7, seed: 2), epoch: 2));
    }

    [Fact]
    public void ABufferOfAllSamplesMakesEveryOrderEquallyLikely()
    {
        const int Draws = 6000;
        ISampleSource shuffled = Numbered(3).ShuffleBuffer(100, seed: 1);
        int[] counts = [.. Enumerable.Range(1, Draws).GroupBy(epoch => string.Join(' ', Order(shuffled, epoch))).Select(group => group.Count())];

        // Chi-squared with 5 degrees of freedom passes 25.7 once in 10,000 times; the seed is fixed.
        Assert.Equal(6, counts.Length);
        Assert.True(counts.Sum(count => Math.Pow(count - (Draws / 6.0), 2) / (Draws / 6.0)) < 25.7);
    }

    [Fact]
    public void OutsideOfTrainingTheOrderStays() =>
        Assert.Equal(Enumerable.Range(0, 20), Order(Numbered(20).ShuffleBuffer(5, seed: 1), epoch: 0));

    [Fact]
    public void TheSourceIsReadInItsOrderAndBeginsAnew()
    {
        List<(int Index, int Epoch)> calls = [];
        ISampleSource source = SampleSource.FromLabels(6, 1, 1, sample => calls.Add((sample.Index, sample.Epoch)), isSequential: true);
        ISampleSource shuffled = source.ShuffleBuffer(3, seed: 1);
        ReadSample.Of(shuffled, 0, epoch: 1);
        ReadSample.Of(shuffled, 1, epoch: 1);
        ReadSample.All(shuffled, epoch: 2);
        Assert.Equal([(0, 1), (1, 1), (2, 1), (3, 1), (4, 1), .. Enumerable.Range(0, 6).Select(i => (i, 2))], calls);
    }

    [Fact]
    public void SamplesKeepTheirLabelsTargetsAndWeights()
    {
        ISampleSource targets = Dataset.FromTargets([0, 1, 2, 3], 1, [0, 0, 1, -1, 2, -2, 3, -3], 2)
            .WithWeights(new float[] { 1, 2, 3, 4 }).ShuffleBuffer(2, seed: 4);
        Assert.All(ReadSample.All(targets), sample =>
        {
            Assert.Equal([sample.Input[0], -sample.Input[0]], sample.Target);
            Assert.Equal(sample.Input[0] + 1, sample.Weight);
        });
    }

    [Fact]
    public void OtherOrdersOfReadingAreErrors()
    {
        ISampleSource shuffled = Numbered(5).ShuffleBuffer(2, seed: 1);
        AssertMessage("Sample 3 of epoch 1 was asked for, but a shuffle buffer is read in its order: the next is sample 0.", 3, 1);
        ReadSample.Of(shuffled, 0, 1);
        AssertMessage("Sample 2 of epoch 1 was asked for, but a shuffle buffer is read in its order: the next is sample 1 of epoch 1, or sample 0 of any.", 2, 1);
        AssertMessage("Sample 1 of epoch 2 was asked for, but a shuffle buffer is read in its order: the next is sample 1 of epoch 1, or sample 0 of any.", 1, 2);
        ReadSample.Of(shuffled, 0, 0);
        AssertMessage("Sample 1 of epoch 1 was asked for, but a shuffle buffer is read in its order: the next is sample 0.", 1, 1);
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => Numbered(5).ShuffleBuffer(0, 1));

        void AssertMessage(string message, int index, int epoch) =>
            Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => ReadSample.Of(shuffled, index, epoch)).Message);
    }

    [Fact]
    public void ReadingAllocatesNothingAfterTheFirstSample()
    {
        ISampleSource shuffled = Numbered(40).ShuffleBuffer(4, seed: 1);
        ReadSample.All(shuffled);
        float[] input = new float[1];
        (int label, float weight) = (0, 1);
        shuffled.Read(new Sample(0, 2, input, default, ref label, ref weight));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i < 40; i++)
            shuffled.Read(new Sample(i, 2, input, default, ref label, ref weight));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Dataset Numbered(int count) => Dataset.FromLabels(
        [.. Enumerable.Range(0, count).Select(i => (float)i)], 1, [.. Enumerable.Range(0, count)]);

    private static int[] Order(ISampleSource source, int epoch) => [.. ReadSample.All(source, epoch).Select(sample =>
    {
        Assert.Equal(sample.Label, sample.Input[0]);
        return sample.Label;
    })];
}
