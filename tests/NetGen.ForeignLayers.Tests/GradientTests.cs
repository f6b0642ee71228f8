using NetGen.ForeignLayers.Harness;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>
/// Gradients of networks with foreign kinds against central differences of their own loss. Where a kink (of a rectifier, or between two
/// maxima) lies within the step, a difference shows nothing; there may be few such places.
/// </summary>
public sealed class GradientTests
{
    private const float Step = 0.004f;

    /// <summary>The second derivatives jump at 0, which the differences see as a part of the step.</summary>
    private const double Tolerance = 4e-3;

    /// <summary>How much the computed loss may be off, in parts of itself: a sum of a few terms.</summary>
    private const double LossError = 4.0 / (1 << 24);

    private const double MaxKinks = 0.25;

    private const int Batch = 3;

    public static TheoryData<string> Names => Networks.Names;

    public static TheoryData<string> LargeNames => Networks.LargeNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_gradient_is_a_difference_quotient(string name)
    {
        INetwork network = ForeignNetwork.Create(Networks.Layers(name), seed: 5);
        Shake(network);
        float[] inputs = Draw.Normal(Batch * network.Summary.InputLength, 6);
        float[] targets = Draw.Targets(network.Summary.Loss, Batch, network.Summary.OutputLength, 7);

        ITrainingPass pass = Begin();
        float loss = pass.Forward(inputs, targets);
        pass.Backward();
        float[] gradients = pass.Gradients.ToArray();
        float[] inputGradients = new float[inputs.Length];
        pass.InputGradients(inputGradients);

        Assert.Equal(network.ParameterTable.TrainedCount, gradients.Length);
        Check("parameters", gradients, network.Parameters[..gradients.Length].ToArray(), (i, value) => Set(network, i, value));
        Check("inputs", inputGradients, [.. inputs], (i, value) => inputs[i] = value);

        // What dropout drops follows from the step: every pass drops the same.
        ITrainingPass Begin() => network.BeginTraining(new TrainingOptions { BatchSize = Batch, Seed = 8, Threads = 1, Step = 3 });

        void Check(string what, float[] actual, float[] variables, Action<int, float> set)
        {
            Difference[] large = Differences(variables, set, Step);
            Difference[] small = Differences(variables, set, Step / 2);
            double largest = small.Max(difference => Math.Abs(difference.Slope));

            // Where nothing changes the loss, no rounding error does either, and the gradient is exactly 0.
            double rounding = largest == 0 ? 0 : 4 * LossError * loss / Step;
            int[] smooth = [.. Enumerable.Range(0, actual.Length).Where(i => IsSmooth(large[i], small[i], (Tolerance * largest) + rounding))];
            Assert.True(smooth.Length >= (1 - MaxKinks) * actual.Length, $"{what}: only {smooth.Length} of {actual.Length} are beside kinks");
            Close.Check(what, [.. smooth.Select(i => small[i].Slope)], [.. smooth.Select(i => actual[i])], Tolerance, Tolerance, rounding);
        }

        Difference[] Differences(float[] variables, Action<int, float> set, float step)
        {
            Difference[] differences = new Difference[variables.Length];
            for (int i = 0; i < differences.Length; i++)
            {
                float up = variables[i] + step;
                float down = variables[i] - step;
                set(i, up);
                double above = Begin().Forward(inputs, targets);
                set(i, down);
                double below = Begin().Forward(inputs, targets);
                set(i, variables[i]);
                differences[i] = new((above - below) / ((double)up - down), (above + below - (2.0 * loss)) / step);
            }

            return differences;
        }
    }

    /// <summary>Along the gradient, the loss rises as fast as the gradient is long: a part of it that is wrong makes it longer or turns it.</summary>
    [Theory]
    [MemberData(nameof(LargeNames))]
    public void The_loss_rises_along_the_gradient(string name)
    {
        INetwork network = ForeignNetwork.Create(Networks.Layers(name), seed: 5);
        float[] inputs = Draw.Normal(Batch * network.Summary.InputLength, 6);
        float[] targets = Draw.Normal(Batch * network.Summary.OutputLength, 7);
        ITrainingPass pass = network.BeginTraining(Batch);
        double loss = pass.Forward(inputs, targets);
        pass.Backward();
        float[] gradients = pass.Gradients.ToArray();
        float[] inputGradients = new float[inputs.Length];
        pass.InputGradients(inputGradients);

        double length = Length(gradients);
        double quotient = Quotient(length, step =>
        {
            using ParameterEdit edit = network.EditParameters();
            Add(edit.Values, gradients, step);
        });
        Assert.Equal(1, quotient / length, 0.02);
        length = Length(inputGradients);
        quotient = Quotient(length, step => Add(inputs, inputGradients, step));
        Assert.Equal(1, quotient / length, 0.02);

        // Far enough for the loss to change by a hundredth on each side.
        double Quotient(double length, Action<float> move)
        {
            float step = (float)(0.01 * loss / (length * length));
            move(step);
            double above = pass.Forward(inputs, targets);
            move(-2 * step);
            double below = pass.Forward(inputs, targets);
            move(step);
            return (above - below) / (2 * step * length);
        }

        static void Add(Span<float> values, float[] direction, float step)
        {
            for (int i = 0; i < direction.Length; i++)
                values[i] += step * direction[i];
        }

        static double Length(float[] vector) => Math.Sqrt(vector.Sum(value => (double)value * value));
    }

    /// <summary>
    /// Of a smooth loss, the slope does not depend on the step and the bend is proportional to it. A kink at a part t of the larger step, with
    /// a jump of 1 in the derivative, changes the first by t / 2 and the second by |3t − 1|, and the slope at half the step is off by 1/2 − t,
    /// which is less than 1.4 times one of the two.
    /// </summary>
    private static bool IsSmooth(Difference large, Difference small, double error) =>
        Math.Abs(large.Slope - small.Slope) <= error / 2 && Math.Abs(large.Bend - (2 * small.Bend)) <= error;

    /// <summary>Moves all parameters, so that none is 0 as biases are at the beginning.</summary>
    private static void Shake(INetwork network)
    {
        float[] noise = Draw.Normal(network.Parameters.Length, 4, 0.2);
        using ParameterEdit edit = network.EditParameters();
        for (int i = 0; i < noise.Length; i++)
            edit.Values[i] += noise[i];
    }

    private static void Set(INetwork network, int i, float value)
    {
        using ParameterEdit edit = network.EditParameters();
        edit.Values[i] = value;
    }

    /// <summary>The loss on both sides of a place.</summary>
    /// <param name="Slope">The difference of the two, divided by their distance.</param>
    /// <param name="Bend">How much steeper the loss is on the upper side than on the lower one.</param>
    private readonly record struct Difference(double Slope, double Bend);
}
