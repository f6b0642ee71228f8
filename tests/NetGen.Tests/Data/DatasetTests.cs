using System.Globalization;

using Xunit;

namespace NetGen.Tests.Data;

public class DatasetTests
{
    [Fact]
    public void SamplesAreFoundByIndex()
    {
        Dataset labels = Dataset.FromLabels([1, 2, 3, 4, 5, 6], 2, [0, 4, 1]);
        Assert.Equal((3, 2, 5, 0, true), (labels.Count, labels.InputLength, labels.ClassCount, labels.TargetLength, labels.HasLabels));
        Assert.Equal([3, 4], labels.Input(1).ToArray());
        Assert.Equal(4, labels.Label(1));
        Assert.Equal("3 samples of 2 values, 5 classes", labels.ToString());

        Dataset targets = Dataset.FromTargets([1, 2, 3], 1, [1, 2, 3, 4, 5, 6], 2);
        Assert.Equal((3, 1, 0, 2, false), (targets.Count, targets.InputLength, targets.ClassCount, targets.TargetLength, targets.HasLabels));
        Assert.Equal([5, 6], targets.Target(2).ToArray());
        Assert.Equal("3 samples of 1 values, 2 targets", targets.ToString());
    }

    [Fact]
    public void ASetMayHaveMoreClassesThanItsLabelsShow() =>
        Assert.Equal(10, Dataset.FromLabels([1], 1, [3], 10).ClassCount);

    [Fact]
    public void LengthsThatDoNotAgreeAreErrors()
    {
        AssertMessage("The input length must be at least 1, but got 0. (Parameter 'inputLength')", () => Dataset.FromLabels([1], 0, [0]));
        AssertMessage("5 values are no whole number of samples of 2 values. (Parameter 'inputs')", () => Dataset.FromLabels(new float[5], 2, [0, 0]));
        AssertMessage("There are 3 samples (6 values / 2 each) but 2 labels. (Parameter 'labels')", () => Dataset.FromLabels(new float[6], 2, [0, 0]));
        AssertMessage("The target length must be at least 1, but got -1. (Parameter 'targetLength')", () => Dataset.FromTargets([1], 1, [1], -1));
        AssertMessage("2 samples of 3 targets need 6 values; there are 5. (Parameter 'targets')", () => Dataset.FromTargets([1, 2], 1, new float[5], 3));
        Assert.Throws<ArgumentNullException>("inputs", () => Dataset.FromLabels((float[])null!, 1, []));
        Assert.Throws<ArgumentNullException>("labels", () => Dataset.FromLabels([], 1, null!));
        Assert.Throws<ArgumentNullException>("targets", () => Dataset.FromTargets([], 1, null!, 1));
    }

    [Fact]
    public void LabelsOutOfRangeAreNamedWithTheirSample()
    {
        AssertMessage("The label of sample 2 is -1; labels must be 0 or more. (Parameter 'labels')", () => Dataset.FromLabels([1, 2, 3], 1, [0, 1, -1]));
        AssertMessage("The label of sample 1 is 3; labels must be 0 to 2. (Parameter 'labels')", () => Dataset.FromLabels([1, 2], 1, [0, 3], 3));
        AssertMessage("The number of classes must be at least 1, but got 0. (Parameter 'classCount')", () => Dataset.FromLabels([1], 1, [0], 0));
    }

    [Fact]
    public void WhatASampleLacksOrASetDoesNotReachIsAnError()
    {
        Dataset labels = Dataset.FromLabels([1, 2], 1, [0, 1]);
        Dataset targets = Dataset.FromTargets([1, 2], 1, [0, 1], 1);
        Assert.Equal("This data set has labels, not targets.", Assert.Throws<InvalidOperationException>(() => labels.Target(0)).Message);
        Assert.Equal("This data set has targets, not labels.", Assert.Throws<InvalidOperationException>(() => targets.Label(0)).Message);
        AssertMessage("The data set has 2 samples; there is no sample 2. (Parameter 'index')", () => labels.Input(2));
        AssertMessage("The data set has 1 samples; there is no sample 1. (Parameter 'index')", () => labels.Take(1).Label(1));
        AssertMessage("The data set has 2 samples; there is no sample -1. (Parameter 'index')", () => targets.Target(-1));
    }

    [Fact]
    public void SlicesAreViewsThatKeepTheClasses()
    {
        Dataset slice = Numbered(10).Slice(3, 5).Slice(1, 3);
        Assert.Equal([4, 5, 6], Numbers(slice));
        Assert.Equal(10, slice.ClassCount);
        Assert.Equal([0, 1], Numbers(Numbered(10).Take(2)));
        Assert.Empty(Numbers(Numbered(10).Slice(10, 0)));
        AssertMessage("The start must be 0 to 4, but got 5. (Parameter 'start')", () => Numbered(4).Slice(5, 0));
        AssertMessage("The start must be 0 to 4, but got -1. (Parameter 'start')", () => Numbered(4).Slice(-1, 0));
        AssertMessage("The data set has 1 samples from 3 on; 2 were asked for. (Parameter 'count')", () => Numbered(4).Slice(3, 2));
        AssertMessage("The data set has 4 samples from 0 on; 5 were asked for. (Parameter 'count')", () => Numbered(4).Take(5));
        AssertMessage("The data set has 4 samples from 0 on; -1 were asked for. (Parameter 'count')", () => Numbered(4).Take(-1));
    }

    [Fact]
    public void ChosenSamplesComeInTheOrderOfTheirIndices()
    {
        Dataset chosen = Numbered(10).Slice(2, 5).Select(4, 0, 4);
        Assert.Equal([6, 2, 6], Numbers(chosen));
        Assert.Equal(10, chosen.ClassCount);
        Assert.Equal([2, 6], Numbers(chosen.Select(1, 2)));
        Assert.Equal([2], Numbers(chosen.Slice(1, 1)));
        Assert.Empty(Numbers(chosen.Select()));
        AssertMessage("The data set has 3 samples; there is no sample 3. (Parameter 'index')", () => chosen.Select(0, 3));
        AssertMessage("The data set has 3 samples; there is no sample -1. (Parameter 'index')", () => chosen.Select(-1));
    }

    [Fact]
    public void ASampleThatIsChosenTwiceHasOneWeight()
    {
        Dataset chosen = Numbered(4).Select(3, 1, 3);
        Dataset weighted = chosen.WithWeights(new float[] { 2, 0, 2 });
        Assert.Equal([2, 0, 2], Enumerable.Range(0, 3).Select(i => ReadSample.Of(weighted, i).Weight));
        AssertMessage(
            "Sample 2 was selected several times, with the weights 2 and 5; they must be equal. (Parameter 'weights')",
            () => chosen.WithWeights(new float[] { 2, 0, 5 }));
    }

    [Fact]
    public void ShufflingIsAPermutationThatTheSeedDecides()
    {
        int[] order = Numbers(Numbered(100).Shuffle(7));
        Assert.NotEqual(Enumerable.Range(0, 100), order);
        Assert.Equal(Enumerable.Range(0, 100), order.Order());
        Assert.Equal(order, Numbers(Numbered(100).Shuffle(7)));
        Assert.NotEqual(order, Numbers(Numbered(100).Shuffle(8)));
        Assert.Empty(Numbers(Numbered(0).Shuffle(1)));
    }

    [Fact]
    public void ViewsOfShuffledSetsFollowTheirOrder()
    {
        Dataset shuffled = Numbered(50).Slice(10, 30).Shuffle(3);
        int[] order = Numbers(shuffled);
        Assert.Equal(Enumerable.Range(10, 30), order.Order());
        Assert.Equal(order[5..9], Numbers(shuffled.Slice(5, 4)));
        Assert.Equal(order.Order(), Numbers(shuffled.Shuffle(4)).Order());
    }

    [Fact]
    public void EveryOrderIsEquallyLikely()
    {
        var counts = new Dictionary<string, int>();
        const int draws = 6000;
        for (ulong seed = 0; seed < draws; seed++)
        {
            string order = string.Join(' ', Numbers(Numbered(3).Shuffle(seed)));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        // Chi-squared with 5 degrees of freedom passes 25.7 once in 10,000 times; the seeds are fixed.
        Assert.Equal(6, counts.Count);
        Assert.True(counts.Values.Sum(count => Math.Pow(count - draws / 6.0, 2) / (draws / 6.0)) < 25.7);
    }

    [Fact]
    public void ASplitHasEverySampleOnce()
    {
        (Dataset first, Dataset second) = Numbered(10).Split(0.75, 5);
        Assert.Equal((8, 2), (first.Count, second.Count));
        Assert.Equal(Enumerable.Range(0, 10), Numbers(first).Concat(Numbers(second)).Order());
        Assert.Equal(Numbers(first), Numbers(Numbered(10).Split(0.75, 5).First));
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(1.0, "1")]
    [InlineData(-0.25, "-0.25")]
    [InlineData(double.NaN, "NaN")]
    public void ASplitNeedsAFraction(double fraction, string text) => AssertMessage(
        $"The fraction must lie between 0 and 1, both excluded, but got {text}. (Parameter 'fraction')",
        () => Numbered(10).Split(fraction, 0));

    [Fact]
    public void ASplitLeavesNoPartEmpty()
    {
        AssertMessage("A fraction of 0.01 divides 10 samples into 0 and 10; neither part may be empty. (Parameter 'fraction')", () => Numbered(10).Split(0.01, 0));
        AssertMessage("A fraction of 0.99 divides 10 samples into 10 and 0; neither part may be empty. (Parameter 'fraction')", () => Numbered(10).Split(0.99, 0));
    }

    [Fact]
    public void MessagesDoNotDependOnTheCulture() => HostileCulture.Run(() =>
    {
        AssertMessage("The label of sample 0 is -1; labels must be 0 or more. (Parameter 'labels')", () => Dataset.FromLabels([1], 1, [-1]));
        AssertMessage("The fraction must lie between 0 and 1, both excluded, but got -1.5. (Parameter 'fraction')", () => Numbered(2).Split(-1.5, 0));
        Assert.Equal("−1,5", (-1.5).ToString(CultureInfo.CurrentCulture));
    });

    private static Dataset Numbered(int count) => Dataset.FromLabels(
        [.. Enumerable.Range(0, count).Select(i => (float)i)], 1, [.. Enumerable.Range(0, count)]);

    /// <summary>The numbers of the samples, which are input and label at once.</summary>
    private static int[] Numbers(Dataset data) => [.. Enumerable.Range(0, data.Count).Select(i =>
    {
        Assert.Equal(data.Label(i), data.Input(i)[0]);
        return data.Label(i);
    })];

    private static void AssertMessage(string message, Action action) =>
        Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
