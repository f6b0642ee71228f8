using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

public sealed class BatchChecksTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Whole_batches_are_counted(int samples)
    {
        Assert.Equal(samples, BatchChecks.Samples("Net", new float[4 * samples], 4, new float[2 * samples], 2));
        Assert.Equal(samples, BatchChecks.Samples("Net", new float[4 * samples], 4, 3, new int[samples], 2));
        Assert.Equal(samples, BatchChecks.Samples("Net", new float[4 * samples], 4, 3, new float[2 * samples], 2));
    }

    [Fact]
    public void Outputs_must_not_overwrite_inputs()
    {
        float[] memory = new float[40];
        Assert.Contains("overlaps", Fault(() => BatchChecks.Samples("Net", memory.AsSpan(0, 8), 4, memory.AsSpan(4, 4), 2)), StringComparison.Ordinal);
        Assert.Contains("overlaps", Fault(() => BatchChecks.Samples("Net", memory.AsSpan(0, 8), 4, memory.AsSpan(0, 16), 8)), StringComparison.Ordinal);
        Assert.Equal(2, BatchChecks.Samples("Net", memory.AsSpan(0, 8), 4, memory.AsSpan(0, 8), 4));
        Assert.Equal(2, BatchChecks.Samples("Net", memory.AsSpan(0, 8), 4, memory.AsSpan(8, 4), 2));
    }

    [Fact]
    public void Messages_say_what_was_expected_and_what_they_got()
    {
        Assert.Equal(
            "Net takes 4 values a sample, so a length of 4 or a multiple of it was expected, but got 0. (Parameter 'input')",
            Fault(() => BatchChecks.Samples("Net", new float[0], 4, [], 2)));
        Assert.Equal(
            "Net takes 4 values a sample, so a length of 4 or a multiple of it was expected, but got 5. (Parameter 'inputs')",
            Fault(() => BatchChecks.Samples("Net", new float[5], 4, 3, new int[1], 2)));
        Assert.Equal(
            "Net gives 2 values a sample, so the output of 1 sample has a length of 2, but got 3. (Parameter 'output')",
            Fault(() => BatchChecks.Samples("Net", new float[4], 4, new float[3], 2)));
        Assert.Equal(
            "This training pass of Net was begun for batches of at most 3 samples, but got 4. (Parameter 'inputs')",
            Fault(() => BatchChecks.Samples("Net", new float[16], 4, 3, new int[4], 2)));
        Assert.Equal(
            "Net wants one label for each sample: 2 for these inputs, but got 1. (Parameter 'labels')",
            Fault(() => BatchChecks.Samples("Net", new float[8], 4, 3, new int[1], 2)));
        Assert.StartsWith(
            "Net knows the classes 0 to 1, but the label of sample 1 is -1.",
            Fault(() => BatchChecks.Samples("Net", new float[8], 4, 3, [0, -1], 2)));
        Assert.Equal(
            "Net wants 2 targets for each sample: 4 for these inputs, but got 3. (Parameter 'targets')",
            Fault(() => BatchChecks.Samples("Net", new float[8], 4, 3, new float[3], 2)));
        Assert.Equal(
            "Net classifies one sample of 4 values, but got 8. (Parameter 'input')",
            Fault(() => BatchChecks.OneSample("Net", new float[8], 4)));
    }

    [Fact]
    public void Targets_of_a_classifier_are_probabilities()
    {
        BatchChecks.Probabilities("Net", [1, 0, 0, 0.2f, 0.3f, 0.5f, 0.3335f, 0.3335f, 0.3335f], 3);
        BatchChecks.Probabilities("Net", [0.9995f, -0f], 2);
        const string Expected = "Net learns class probabilities, which are 0 or more and add up to 1 for each sample, but ";
        Assert.Equal(
            Expected + "the targets of sample 1 add up to 2. (Parameter 'targets')",
            Fault(() => BatchChecks.Probabilities("Net", [1, 0, 1, 1], 2)));
        Assert.Equal(
            Expected + "the targets of sample 0 add up to 0.99875. (Parameter 'targets')",
            Fault(() => BatchChecks.Probabilities("Net", [0.99875f, 0], 2)));
        Assert.Equal(
            Expected + "the targets of sample 0 add up to 1.00125. (Parameter 'targets')",
            Fault(() => BatchChecks.Probabilities("Net", [1, 0.00125f], 2)));
        Assert.Equal(
            Expected + "the targets of sample 0 add up to Infinity. (Parameter 'targets')",
            Fault(() => BatchChecks.Probabilities("Net", [0, float.PositiveInfinity], 2)));
        Assert.Equal(
            Expected + "target 1 of sample 2 is -0.5 (its targets add up to 1). (Parameter 'targets')",
            Fault(() => BatchChecks.Probabilities("Net", [1, 0, 0, 1, 1.5f, -0.5f], 2)));
        Assert.Equal(
            Expected + "target 0 of sample 0 is NaN (its targets add up to NaN). (Parameter 'targets')",
            Fault(() => BatchChecks.Probabilities("Net", [float.NaN, 1], 2)));
    }

    private static string Fault(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
}
