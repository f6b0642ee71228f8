using Xunit;

namespace NetGen.Tests.Data;

public class StratifiedSplitTests
{
    [Fact]
    public void EachClassIsDividedInTheSameProportion()
    {
        Dataset data = Labeled(60, 30, 10);
        for (ulong seed = 0; seed < 20; seed++)
        {
            (Dataset first, Dataset second) = data.Split(0.8, seed, stratified: true);
            Assert.Equal([48, 24, 8], Sizes(first));
            Assert.Equal([12, 6, 2], Sizes(second));
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    [InlineData(0.73)]
    public void NoClassIsMoreThanOneSampleOff(double fraction)
    {
        int[] sizes = [1, 2, 3, 17, 40, 0, 5];
        Dataset data = Labeled(sizes);
        (Dataset first, Dataset second) = data.Split(fraction, 3, stratified: true);
        Assert.Equal((int)Math.Round(fraction * data.Count), first.Count);
        Assert.Equal(data.Count, first.Count + second.Count);
        double share = first.Count / (double)data.Count;
        Assert.All(Sizes(first).Zip(sizes), pair => Assert.True(Math.Abs(pair.First - (share * pair.Second)) < 1));
    }

    [Fact]
    public void ASplitHasEverySampleOnceAndTheSeedDecidesWhere()
    {
        Dataset data = Labeled(20, 30);
        (Dataset first, Dataset second) = data.Split(0.6, 1, stratified: true);
        Assert.Equal(Enumerable.Range(0, 50), Numbers(first).Concat(Numbers(second)).Order());
        Assert.Equal(Numbers(first), Numbers(data.Split(0.6, 1, stratified: true).First));
        Assert.NotEqual(Numbers(first), Numbers(data.Split(0.6, 2, stratified: true).First));

        // In random order, not class by class.
        Assert.NotEqual(Enumerable.Range(0, first.Count).Select(first.Label).Order(), Enumerable.Range(0, first.Count).Select(first.Label));
    }

    [Fact]
    public void TheSeedDecidesBetweenEqualRemainders()
    {
        // Each of the four classes has one sample; two of them go to the first part.
        Dataset data = Labeled(1, 1, 1, 1);
        string[] chosen = [.. Enumerable.Range(0, 100).Select(seed => string.Concat(Sizes(data.Split(0.5, (ulong)seed, stratified: true).First)))];
        Assert.Equal(6, chosen.Distinct().Count());
    }

    [Fact]
    public void AViewIsDivided()
    {
        Dataset view = Labeled(10, 30).Slice(5, 20).Shuffle(1);
        (Dataset first, _) = view.Split(0.4, 1, stratified: true);
        Assert.Equal([2, 6], Sizes(first));
        Assert.Subset(Numbers(view).ToHashSet(), Numbers(first).ToHashSet());
    }

    [Fact]
    public void TargetsHaveNoClasses() => Assert.Equal(
        "A stratified split needs labels; this data set has targets.",
        Assert.Throws<InvalidOperationException>(() => Dataset.FromTargets([1, 2], 1, [0, 1], 1).Split(0.5, 0, stratified: true)).Message);

    /// <summary>Samples that have their number as input, so many of each class.</summary>
    private static Dataset Labeled(params int[] sizes)
    {
        int[] labels = [.. sizes.SelectMany((size, label) => Enumerable.Repeat(label, size))];
        return Dataset.FromLabels([.. Enumerable.Range(0, labels.Length).Select(i => (float)i)], 1, labels, sizes.Length);
    }

    private static int[] Sizes(Dataset data)
    {
        int[] sizes = new int[data.ClassCount];
        for (int i = 0; i < data.Count; i++)
            sizes[data.Label(i)]++;
        return sizes;
    }

    private static int[] Numbers(Dataset data) => [.. Enumerable.Range(0, data.Count).Select(i => (int)data.Input(i)[0])];
}
