using Xunit;

namespace NetGen.Tests.Data;

public class SampleSourceTests
{
    [Fact]
    public void AFunctionWritesSamples()
    {
        ISampleSource labels = SampleSource.FromLabels(5, 2, 3, sample =>
        {
            sample.Input[0] = sample.Index;
            sample.Input[1] = sample.Epoch;
            sample.Label = sample.Index % 3;
        });
        Assert.Equal((5, 2, 3, 0, false), (labels.Count, labels.InputLength, labels.ClassCount, labels.TargetLength, labels.IsSequential));
        Assert.Equal([4, 7], ReadSample.Of(labels, 4, epoch: 7).Input);
        Assert.Equal(1, ReadSample.Of(labels, 4).Label);

        ISampleSource targets = SampleSource.FromTargets(5, 1, 2, sample =>
        {
            sample.Input[0] = 1;
            sample.Target.Fill(sample.Index);
            sample.Weight = 0.5f;
        }, isSequential: true);
        Assert.Equal((5, 1, 0, 2, true), (targets.Count, targets.InputLength, targets.ClassCount, targets.TargetLength, targets.IsSequential));
        Assert.Equal([3, 3], ReadSample.Of(targets, 3).Target);
        Assert.Equal(0.5f, ReadSample.Of(targets, 3).Weight);
    }

    [Fact]
    public void ArgumentsAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>("count", () => SampleSource.FromLabels(0, 1, 1, Nothing));
        Assert.Throws<ArgumentOutOfRangeException>("inputLength", () => SampleSource.FromTargets(1, 0, 1, Nothing));
        Assert.Throws<ArgumentOutOfRangeException>("classCount", () => SampleSource.FromLabels(1, 1, 0, Nothing));
        Assert.Throws<ArgumentOutOfRangeException>("targetLength", () => SampleSource.FromTargets(1, 1, 0, Nothing));
        Assert.Throws<ArgumentNullException>("read", () => SampleSource.FromLabels(1, 1, 1, null!));
        Assert.Throws<ArgumentNullException>("change", () => Numbers().Map(null!));
        Assert.Throws<ArgumentOutOfRangeException>("inputLength", () => Numbers().Map(0, (_, _) => { }));
        Assert.Equal(
            "The source has 4 samples; there is no sample -1. (Parameter 'index')",
            Assert.Throws<ArgumentOutOfRangeException>(() => ReadSample.Of(SampleSource.FromLabels(4, 1, 1, Nothing), -1)).Message);
    }

    [Fact]
    public void AMapChangesASampleInPlace()
    {
        ISampleSource mapped = Numbers().Map(sample =>
        {
            sample.Input[0] += 10 * sample.Epoch;
            sample.Label = 1 - sample.Label;
            sample.Weight *= 2;
        });
        ReadSample sample = ReadSample.Of(mapped, 3, epoch: 2);
        Assert.Equal([23, 9], sample.Input);
        Assert.Equal((0, 2f), (sample.Label, sample.Weight));
    }

    [Fact]
    public void AMapMakesInputsOfAnotherLength()
    {
        ISampleSource mapped = Numbers().Map(3, (input, sample) =>
        {
            sample.Input[0] = input[1];
            sample.Input[1] = input[0];
            sample.Input[2] = sample.Label;
        });
        Assert.Equal((4, 3, 2), (mapped.Count, mapped.InputLength, mapped.ClassCount));
        Assert.Equal([9, 3, 1], ReadSample.Of(mapped, 3).Input);
        Assert.Equal(1, ReadSample.Of(mapped, 3).Label);
        ReadSample.Allocated(mapped, epoch: 1);
        Assert.Equal(0, ReadSample.Allocated(mapped, epoch: 1));
    }

    [Fact]
    public void AfterAnExceptionASourceReadsOn()
    {
        int calls = 0;
        ISampleSource mapped = Numbers().Map(1, (input, sample) => sample.Input[0] = calls++ == 0 ? throw new IOException() : input[0]);
        Assert.Throws<IOException>(() => ReadSample.Of(mapped, 2));
        Assert.Equal([2], ReadSample.Of(mapped, 2).Input);
    }

    private static Dataset Numbers() => Dataset.FromLabels([0, 0, 1, 1, 2, 4, 3, 9], 2, [0, 1, 0, 1]);

    private static void Nothing(Sample sample)
    {
    }
}
