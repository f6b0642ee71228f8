using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NetGen;
using Questions.Networks;
using static System.FormattableString;

namespace Questions.Answers;

/// <summary>Times layers with and without ReLU.</summary>
internal sealed class CostOfRelu : IQuestion
{
    private const int Batch = 64;
    private const int Rounds = 300;

    private static readonly int VectorBits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    public string Title => "What does one more ReLU cost?";

    public void Answer(Page page, DigitSets data)
    {
        var linear = new WideLinear(seed: 1);
        var rectified = new WideRelu(seed: 1);
        float[] inputs = [.. Enumerable.Range(0, Batch * WideLinear.InputLength).Select(i => MathF.Sin(i))];
        float[] outputs = new float[Batch * WideLinear.OutputLength];
        double[] predicts = Compare(() => linear.Predict(inputs, outputs, threads: 1), () => rectified.Predict(inputs, outputs, threads: 1));
        WideLinear.TrainingPass linearPass = linear.BeginTraining(Batch, threads: 1);
        WideRelu.TrainingPass rectifiedPass = rectified.BeginTraining(Batch, threads: 1);
        double[] steps = Compare(() => Step(linearPass), () => Step(rectifiedPass));

        page.Text(
            "Four layers of 256 units, without activations and with three ReLUs, the same number of weights, a batch of 64 samples on one thread. "
            + Invariant($"Each is run {Rounds} times, by turns; the table has the medians in microseconds. ")
            + $"Times are those of one machine at one moment ({RuntimeInformation.ProcessArchitecture}, vectors of {VectorBits} bits): they are measured, not checked.");
        page.Table(
            ["", "without, µs", "with three ReLUs, µs", "ratio"],
            ["prediction", Text(predicts[0]), Text(predicts[1]), Invariant($"{predicts[1] / predicts[0]:0.000}")],
            ["forward and backward", Text(steps[0]), Text(steps[1]), Invariant($"{steps[1] / steps[0]:0.000}")]);
        string[] lowered = [.. WideRelu.Summary.Layers.Where(layer => layer.Kind == "ReLU").Select(layer => layer.Lowering)];
        page.Text($"Where the summary says that they are computed: {string.Join(", ", lowered.Select(text => $"`{text}`"))}.");
        page.Check("Each ReLU is part of the kernel of the layer before it.", lowered.Select((text, i) => text.Contains(Invariant($"dense{i + 1}"), StringComparison.Ordinal)).All(part => part));
        page.Check("It has no parameters and no memory of its own.", WideRelu.Summary.Parameters == WideLinear.Summary.Parameters && WideRelu.Summary.ActivationBytes == WideLinear.Summary.ActivationBytes);
        page.Answer(
            "Next to nothing. It is one instruction for each vector of outputs, done while they are still in registers, before they are stored. "
            + "Backward likewise: the gradient is set to 0 where the output is 0, on its way through a kernel that passes over it anyway.");

        void Step(ITrainingPass pass)
        {
            pass.Forward(inputs, outputs);
            pass.Backward();
        }
    }

    /// <summary>The medians of two actions that are run by turns.</summary>
    private static double[] Compare(Action first, Action second)
    {
        Action[] actions = [first, second];
        double[][] times = [new double[Rounds], new double[Rounds]];
        for (int round = -Rounds; round < Rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                actions[i]();
                if (round >= 0)
                    times[i][round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }
        }

        return [.. times.Select(all => all.Order().ElementAt(Rounds / 2))];
    }

    private static string Text(double microseconds) => Invariant($"{microseconds:0.0}");
}
