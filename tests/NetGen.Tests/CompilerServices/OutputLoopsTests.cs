using NetGen.CompilerServices;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.CompilerServices;

/// <summary>Losses of few and of many outputs, which take vectors of several widths and single values.</summary>
[Trait("Category", "Numeric")]
public sealed class OutputLoopsTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sigmoid_and_binary_cross_entropy_agree_with_double_precision(int length)
    {
        float[] logits = Draw.Normal(length, 11, scale: 3);
        float[] targets = [.. Draw.Normal(length, 12).Select(value => Math.Min(1, MathF.Abs(value)))];
        float[] outputs = new float[length];
        float loss = SigmoidHead.BinaryCrossEntropy(logits, targets, outputs);
        double expected = 0;
        for (int i = 0; i < length; i++)
        {
            double sigmoid = 1 / (1 + Math.Exp(-(double)logits[i]));
            expected -= ((targets[i] * Math.Log(sigmoid)) + ((1 - (double)targets[i]) * Math.Log(1 - sigmoid))) / length;
            Assert.Equal(sigmoid, outputs[i], 2e-7);
        }

        Assert.Equal(expected, loss, 1e-6 * Math.Max(1, expected));

        // The gradient may take the memory of the targets.
        float[] gradient = [.. targets];
        SigmoidHead.BinaryCrossEntropyGradient(logits, gradient, scale: 2, gradient);
        for (int i = 0; i < length; i++)
            Assert.Equal(2 * ((1 / (1 + Math.Exp(-(double)logits[i]))) - targets[i]) / length, gradient[i], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Losses_of_errors_agree_with_double_precision(int length)
    {
        Check(new SquaredError(), error => error * error, error => 2 * error);
        Check(new AbsoluteError(), Math.Abs, error => Math.Sign(error));
        Check(new HuberError(0.75f), error => Math.Abs(error) < 0.75 ? 0.5 * error * error : 0.75 * (Math.Abs(error) - 0.375), error => Math.Clamp(error, -0.75, 0.75));

        void Check<TError>(TError error, Func<double, double> value, Func<double, double> slope)
            where TError : struct, IErrorLoss
        {
            LossOfErrors<TError> loss = new(error);
            float[] values = Draw.Normal(length, 21);
            float[] targets = Draw.Normal(length, 22);
            float[] outputs = new float[length];
            double[] errors = [.. values.Zip(targets, (output, target) => (double)(output - target))];
            double expected = errors.Sum(value) / length;
            Assert.Equal(expected, loss.Of(values, targets, outputs), 2e-6 * Math.Max(1, expected));
            Assert.Equal(values, outputs);
            loss.Gradient(outputs, targets, 3, targets);
            Assert.All(Enumerable.Range(0, length), i => Assert.Equal(3 * slope(errors[i]) / length, targets[i], 1e-6 * Math.Max(1, Math.Abs(errors[i]))));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(33)]
    public void A_NaN_is_not_hidden(int length)
    {
        for (int at = 0; at < length; at++)
        {
            float[] values = Draw.Normal(length, 31);
            float[] outputs = new float[length];
            values[at] = float.NaN;
            Assert.True(float.IsNaN(new LossOfErrors<HuberError>(new(1)).Of(values, new float[length], outputs)));
            Assert.True(float.IsNaN(SigmoidHead.BinaryCrossEntropy(values, new float[length], outputs)));
            Assert.Equal(Enumerable.Range(0, length).Select(i => i == at), outputs.Select(float.IsNaN));
        }
    }

    [Fact]
    public void An_infinite_logit_on_the_right_side_costs_nothing()
    {
        float[] outputs = new float[17];
        float[] logits = [.. Enumerable.Repeat(float.PositiveInfinity, 9), .. Enumerable.Repeat(float.NegativeInfinity, 8)];
        float[] targets = [.. Enumerable.Repeat(1f, 9), .. Enumerable.Repeat(0f, 8)];
        Assert.Equal(0, SigmoidHead.BinaryCrossEntropy(logits, targets, outputs));
        Assert.Equal(targets, outputs);
    }
}
