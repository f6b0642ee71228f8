using NetGen.CompilerServices;
using NetGen.Numerics;
using Xunit;

namespace NetGen.Tests.CompilerServices;

[Trait("Category", "Numeric")]
public sealed class HeadsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(1000)]
    public void Softmax_and_cross_entropy_agree_with_double_precision(int classes)
    {
        float[] logits = Logits(classes, 3), probabilities = new float[classes];
        double[] expected = Reference(logits);
        Heads.Softmax(logits, probabilities);
        for (int i = 0; i < classes; i++) Assert.Equal(expected[i], probabilities[i], 2e-7);
        for (int label = 0; label < classes; label += Math.Max(1, classes / 7))
        {
            Array.Clear(probabilities);
            Assert.Equal(-Math.Log(expected[label]), Heads.CrossEntropy(logits, label, probabilities), 3e-6);
            for (int i = 0; i < classes; i++) Assert.Equal(expected[i], probabilities[i], 2e-7);
        }
    }

    [Fact]
    public void A_small_loss_of_large_logits_is_not_lost()
    {
        // log(1 + e^-10) = 4.54e-5; near 10,000 floats are 0.001 apart.
        float[] logits = [9990, 10000], probabilities = new float[2];
        Assert.Equal(4.539889921e-5, Heads.CrossEntropy(logits, 1, probabilities), 5e-7);
        Assert.Equal(10.0000454, Heads.CrossEntropy(logits, 0, probabilities), 1e-5);
        Assert.Equal(5.0000454, Heads.CrossEntropy(logits, [0.5f, 0.5f], probabilities), 1e-5);
    }

    [Fact]
    public void Logits_of_any_size_do_not_overflow()
    {
        float[] probabilities = new float[5];
        Heads.Softmax([3e38f, -3e38f, 0, 1, 2], probabilities);
        Assert.Equal([1, 0, 0, 0, 0], probabilities);
        Heads.Softmax([-3e38f, -3e38f, -3e38f, -3e38f, -3e38f], probabilities);
        Assert.All(probabilities, p => Assert.Equal(0.2f, p, 1e-7f));
        Assert.Single(probabilities.Distinct());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_NaN_is_not_hidden(int at)
    {
        float[] logits = [1, 2, 3, 4, 5], probabilities = new float[5];
        logits[at] = float.NaN;
        Assert.True(float.IsNaN(Heads.CrossEntropy(logits, 1, probabilities)));
        Assert.All(probabilities, p => Assert.True(float.IsNaN(p)));
    }

    /// <summary>Nine logits are two vectors and one more.</summary>
    [Fact]
    public void A_NaN_is_not_hidden_in_a_vector()
    {
        for (int at = 0; at < 9; at++)
        {
            float[] logits = [1, 2, 3, 9, 5, 4, 7, 6, 8], probabilities = new float[9];
            logits[at] = float.NaN;
            Assert.True(float.IsNaN(Heads.Max(logits)));
            Heads.Probabilities(logits, probabilities);
            Assert.All(probabilities, p => Assert.True(float.IsNaN(p)));
        }
    }

    [Fact]
    public void Logits_and_probabilities_may_be_the_same_memory()
    {
        float[] logits = Logits(10, 2), expected = new float[10];
        float loss = Heads.CrossEntropy(logits, 3, expected);
        Assert.Equal(loss, Heads.CrossEntropy(logits, 3, logits));
        Assert.Equal(expected, logits);
    }

    [Fact]
    public void A_label_is_the_target_that_has_all_the_probability()
    {
        float[] logits = Logits(10, 2), probabilities = new float[10], targets = new float[10], byLabel = new float[10], byTarget = new float[10];
        targets[7] = 1;
        Assert.Equal(Heads.CrossEntropy(logits, 7, probabilities), Heads.CrossEntropy(logits, targets, probabilities), 1e-6f);
        Heads.CrossEntropyGradient(probabilities, 7, 0.25f, byLabel);
        Heads.CrossEntropyGradient(probabilities, targets, 0.25f, byTarget);
        for (int i = 0; i < 10; i++) Assert.Equal(byLabel[i], byTarget[i], 1e-7f);
    }

    [Fact]
    public void Gradients_are_those_of_finite_differences()
    {
        float[] logits = Logits(6, 1), probabilities = new float[6], gradient = new float[6];
        float[] targets = [0.1f, 0.2f, 0.3f, 0.1f, 0.2f, 0.4f];
        Heads.CrossEntropy(logits, targets, probabilities);
        Heads.CrossEntropyGradient(probabilities, targets, 1, gradient);
        CheckDifferences(x => Heads.CrossEntropy(x, targets, probabilities), logits, gradient);

        Heads.MeanSquaredErrorGradient(logits, targets, 1, gradient);
        CheckDifferences(x => Heads.MeanSquaredError(x, targets), logits, gradient);
    }

    [Fact]
    public void Mean_squared_error_is_the_mean_over_outputs()
    {
        Assert.Equal((4f + 9f) / 2, Heads.MeanSquaredError([1, 5], [3, 2]));
        Assert.Equal(0, Heads.MeanSquaredError([1.5f], [1.5f]));
    }

    [Fact]
    public void Too_little_room_for_the_probabilities_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Heads.Softmax(new float[8], new float[7]));

    private static void CheckDifferences(Func<float[], float> loss, float[] at, float[] gradient)
    {
        const float Step = 1f / 64;
        for (int i = 0; i < at.Length; i++)
        {
            float[] up = [.. at], down = [.. at];
            up[i] += Step;
            down[i] -= Step;
            Assert.Equal((loss(up) - loss(down)) / (2 * Step), gradient[i], 1e-3f);
        }
    }

    private static double[] Reference(float[] logits)
    {
        double max = logits.Max(), sum = logits.Sum(x => Math.Exp(x - max));
        return [.. logits.Select(x => Math.Exp(x - max) / sum)];
    }

    private static float[] Logits(int count, ulong seed)
    {
        var random = new CounterRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(3 * random.NextNormal()))];
    }
}
