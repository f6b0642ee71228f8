using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Training;

/// <summary>What <see cref="OptimizerSettingsParityTests"/> does not say of clipping: large networks, threads, numbers that are not finite.</summary>
[Trait("Category", "Numeric")]
public class ClippingTests
{
    [Fact]
    public void TheNormOfMillionsOfGradientsIsRoundedOnce()
    {
        // In float32 the small ones would be lost behind the large one.
        float[] gradients = new float[3_000_001];
        gradients.AsSpan().Fill(1e-3f);
        gradients[0] = 1e3f;
        var optimizer = new Sgd(0) { ClipNorm = 1 };
        optimizer.Step(new float[gradients.Length], gradients);
        double exact = Math.Sqrt(((double)1e3f * 1e3f) + (3e6 * ((double)1e-3f * 1e-3f)));
        Assert.Equal((float)exact, optimizer.GradientNorm);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(200)]
    [InlineData(16_383)]
    [InlineData(50_000)]
    public void TheNormIsTheSameAtEveryLength(int length)
    {
        float[] gradients = Draw.Normal(length, seed: length);
        var optimizer = new Sgd(1) { ClipNorm = 0.5f };
        float[] parameters = new float[length];
        optimizer.Step(parameters, gradients);

        double exact = Math.Sqrt(gradients.Sum(gradient => (double)gradient * gradient));
        Assert.Equal((float)exact, optimizer.GradientNorm);
        float factor = MathF.Min(1, 1 / (optimizer.GradientNorm + 1e-6f) * 0.5f);
        Assert.Equal(gradients.Select(gradient => -(gradient * factor)), parameters);
    }

    /// <summary>The order of the sum is fixed: these are the bits at every width of vectors, too.</summary>
    [Fact]
    public void ThreadsAndVectorsDoNotChangeABit()
    {
        const int length = 100_003;
        float[] gradients = Draw.Normal(length, seed: 5);
        double expected = 0;
        for (int begin = 0; begin < length; begin += 16_384)
            expected += InOrder(gradients.AsSpan(begin, Math.Min(16_384, length - begin)));

        float[]? first = null;
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            var optimizer = new Adam(0.01f) { ClipNorm = 2, ClipValue = 1.5f };
            float[] parameters = Draw.Normal(length, seed: 6);
            for (int step = 0; step < 3; step++)
                optimizer.Step(parameters, gradients, threads);
            Assert.Equal((float)Math.Sqrt(expected), optimizer.GradientNorm);
            Close.SameBits($"{threads} threads", first ??= parameters, parameters);
        }

        static double InOrder(ReadOnlySpan<float> values)
        {
            double[] sums = new double[64];
            for (int i = 0; i < values.Length; i++)
                sums[i % 64] += Math.Pow(Math.Clamp(values[i], -1.5, 1.5), 2);
            for (int half = 32; half > 0; half /= 2)
            {
                for (int lane = 0; lane < half; lane++)
                    sums[lane] += sums[lane + half];
            }

            Assert.Equal(sums[0], SquareSum.Of(values, 1.5f));
            return sums[0];
        }
    }

    [Fact]
    public void TheGradientsOfThePassStay()
    {
        float[] gradients = Draw.Normal(5000, seed: 1);
        float[] before = [.. gradients];
        new Sgd(1) { ClipValue = 0.1f, ClipNorm = 0.1f }.Step(new float[5000], gradients);
        Assert.Equal(before, gradients);
    }

    [Fact]
    public void NumbersThatAreNotFiniteAreThoseOfPyTorch()
    {
        const float nan = float.NaN;
        const float infinity = float.PositiveInfinity;
        foreach (int place in new[] { 0, 40, 70 })
        {
            Assert.All(Stepped(place, nan, new Sgd(1) { ClipNorm = 1 }), parameter => Assert.True(float.IsNaN(parameter)));
            Assert.All(
                Stepped(place, infinity, new Sgd(1) { ClipNorm = 1 }).Index(),
                parameter => Assert.Equal(parameter.Index == place ? nan : 0, parameter.Item));
            Assert.All(
                Stepped(place, nan, new Sgd(1) { ClipValue = 0.5f }).Index(),
                parameter => Assert.Equal(parameter.Index == place ? nan : -0.5f, parameter.Item));
            Assert.All(Stepped(place, infinity, new Sgd(1) { ClipValue = 0.5f }), parameter => Assert.Equal(-0.5f, parameter));
        }

        // Without a limit nothing is looked at.
        Assert.Equal(1, Stepped(3, nan, new Sgd(1)).Count(float.IsNaN));

        static float[] Stepped(int place, float value, Sgd optimizer)
        {
            float[] parameters = new float[71];
            float[] gradients = new float[71];
            gradients.AsSpan().Fill(1);
            gradients[place] = value;
            optimizer.Step(parameters, gradients);
            return parameters;
        }
    }

    [Fact]
    public void TheNormIsThatOfTheLastStep()
    {
        var optimizer = new Sgd(1);
        optimizer.Step(new float[2], [3, 4]);
        Assert.Equal(float.NaN, optimizer.GradientNorm);
        optimizer.ClipNorm = 10;
        optimizer.Step(new float[2], [3, 4]);
        Assert.Equal(5, optimizer.GradientNorm);
        optimizer.Reset();
        Assert.Equal(float.NaN, optimizer.GradientNorm);
    }

    [Theory]
    [InlineData(0f, "0")]
    [InlineData(-1f, "-1")]
    [InlineData(float.NaN, "NaN")]
    public void ALimitIsMoreThanZero(float limit, string text)
    {
        Assert.StartsWith(
            $"ClipValue must be more than 0, but got {text}.", Assert.Throws<ArgumentOutOfRangeException>("value", () => new Sgd(1).ClipValue = limit).Message);
        Assert.StartsWith(
            $"ClipNorm must be more than 0, but got {text}.", Assert.Throws<ArgumentOutOfRangeException>("value", () => new Sgd(1).ClipNorm = limit).Message);
    }

    [Fact]
    public void StepsAfterTheFirstAllocateNothing()
    {
        var optimizer = new Adam(0.1f) { ClipValue = 1, ClipNorm = 1 };
        float[] parameters = new float[20_000];
        float[] gradients = Draw.Normal(20_000, seed: 2);
        Assert.Equal(0, Allocated.ByThread(() => optimizer.Step(parameters, gradients, 1)));
    }
}
