using Xunit;

namespace NetGen.Tests.Data;

[Trait("Category", "Numeric")]
public class StandardizationTests
{
    [Fact]
    public void FeaturesGetMean0AndDeviation1()
    {
        Standardization scale = Standardization.Of([1, 10, 5, 10, 1, 10, 5, 10], 2);
        Assert.Equal([3, 10], scale.Mean.ToArray());
        Assert.Equal([2, 1], scale.Deviation.ToArray());

        float[] values = [3, 10, 5, 12];
        scale.Apply(values);
        Assert.Equal([0, 0, 1, 2], values);
        scale.Undo(values);
        Assert.Equal([3, 10, 5, 12], values);
    }

    [Fact]
    public void LargeMeansLoseNothing()
    {
        float[] values = [.. Enumerable.Range(0, 10_000).Select(i => 1_000_000f + (i % 2))];
        Standardization scale = Standardization.Of(values, 1);
        Assert.Equal(1_000_000.5f, scale.Mean[0]);
        Assert.Equal(0.5f, scale.Deviation[0]);
    }

    [Fact]
    public void ASourceIsReadOutsideOfTraining()
    {
        ISampleSource source = SampleSource.FromLabels(4, 2, 1, sample =>
        {
            Assert.Equal(0, sample.Epoch);
            sample.Input[0] = sample.Index;
            sample.Input[1] = -sample.Index;
        });
        Standardization scale = Standardization.Of(source);
        Assert.Equal([1.5f, -1.5f], scale.Mean.ToArray());
        ISampleSource scaled = scale.Apply((ISampleSource)Dataset.FromTargets([1.5f, -1.5f], 2, [7], 1));
        Assert.Equal([0, 0], ReadSample.Of(scaled, 0).Input);
        Assert.Equal([7], ReadSample.Of(scaled, 0).Target);
    }

    [Fact]
    public void TargetsAreStandardisedApartFromInputs()
    {
        Dataset data = Dataset.FromTargets([100, 200], 1, [1, 10, 5, 10], 2);
        Standardization scale = Standardization.OfTargets(data);
        Assert.Equal([3, 10], scale.Mean.ToArray());
        Assert.Equal([2, 1], scale.Deviation.ToArray());

        ISampleSource scaled = scale.ApplyToTargets(data);
        Assert.Equal([1, 0], ReadSample.Of(scaled, 1).Target);
        Assert.Equal([200], ReadSample.Of(scaled, 1).Input);
        Assert.Equal([5, 10], data.Target(1).ToArray());
    }

    [Fact]
    public void ArgumentsAreChecked()
    {
        AssertMessage("The samples have labels, not targets. (Parameter 'source')", () => Standardization.OfTargets(Dataset.FromLabels([1], 1, [0])));
        AssertMessage("There are 2 features, but the source has 1 targets. (Parameter 'source')", () => new Standardization([1, 1], [1, 1]).ApplyToTargets(Dataset.FromTargets([1, 2], 2, [1], 1)));
        AssertMessage("3 values are not those of one or more samples of 2 values. (Parameter 'samples')", () => Standardization.Of(new float[3], 2));
        AssertMessage("0 values are not those of one or more samples of 2 values. (Parameter 'samples')", () => Standardization.Of(default, 2));
        AssertMessage("Feature 1 has values that are not finite.", () => Standardization.Of([1, float.NaN, 3, 4], 2));
        AssertMessage("Feature 0 has values that are not finite.", () => Standardization.Of([float.PositiveInfinity, 1, 3, 4], 2));
        AssertMessage("There are 1 means and 2 deviations; both must be one for each feature.", () => _ = new Standardization([1], [1, 2]));
        AssertMessage("The mean of feature 0 is NaN; it must be finite. (Parameter 'mean')", () => _ = new Standardization([float.NaN], [1]));
        AssertMessage("The deviation of feature 1 is 0; it must be finite and above 0. (Parameter 'deviation')", () => _ = new Standardization([1, 1], [1, 0]));
        AssertMessage("3 values are no whole number of samples of 2 features.", () => new Standardization([1, 1], [1, 1]).Apply(new float[3]));
        AssertMessage("There are 2 features, but the source's inputs have 1 values. (Parameter 'source')", () => new Standardization([1, 1], [1, 1]).Apply((ISampleSource)Dataset.FromLabels([1], 1, [0])));
    }

    [Fact]
    public void ANetworkOfBytesCannotHaveStandardizedInputs()
    {
        ISampleSource standardized = new Standardization([1, 1], [1, 1]).Apply((ISampleSource)Dataset.FromLabels((byte[])[3, 4], 2, (int[])[0]));
        (int label, float weight) = (0, 1);
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(
            () => standardized.Read(new Sample(0, 1, new float[2], default, ref label, ref weight) { InputType = InputType.UInt8 }));
        Assert.StartsWith("The inputs are standardised, but the network takes bytes, 0 to 255.", exception.Message, StringComparison.Ordinal);
    }

    private static void AssertMessage(string message, Action action) => Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
