using NetGen;
using Questions.Networks;

namespace Questions.Answers;

/// <summary>Looks at the weights of dropped units after a step.</summary>
internal sealed class DroppedUnits : IQuestion
{
    private static readonly (string Name, Func<Optimizer> Create)[] Optimizers =
    [
        ("SGD", () => new Sgd(0.1f)),
        ("SGD with momentum 0.9", () => new Sgd(0.1f) { Momentum = 0.9f }),
        ("SGD with weight decay", () => new Sgd(0.1f) { WeightDecay = 1e-3f }),
        ("Adam", () => new Adam(1e-3f)),
    ];

    public string Title => "Is a dropped unit updated?";

    public void Answer(Page page, DigitSets data)
    {
        page.Text(
            "A network with 64 hidden units and dropout of rate 0.5 takes a step on 64 digits, which fills momentum and moments, and then a step on a single digit. "
            + "The table is about the units that this digit's mask drops, as far as the first step reached them. It shows how many of them have other weights after the second step: "
            + "incoming weights, bias or outgoing weights.");
        double[][] moved = [.. Optimizers.Select(optimizer => DigitSets.ForEachSeed(seed => Moved(data, seed, optimizer.Create())))];
        page.Table(
            ["optimizer", "dropped units whose weights change, %"],
            [.. Optimizers.Zip(moved, (optimizer, seeds) => new[] { optimizer.Name, Spread.Of(seeds).Percent })]);
        page.Check("With plain SGD no weight of a dropped unit changes: its gradient is exactly 0.", moved[0].All(share => share == 0));
        page.Check("Momentum, weight decay and Adam change weights of all of them.", moved.Skip(1).All(seeds => seeds.All(share => share == 1)));
        page.Answer(
            "Its gradient is exactly 0, for the sample that dropped it. What an optimizer does without a gradient, it does here, too: momentum and Adam's moments go on with "
            + "earlier gradients, and weight decay shrinks the weights. In a batch each sample has a mask of its own, so hardly a unit is dropped for all of it.");
    }

    private static double Moved(DigitSets data, ulong seed, Optimizer optimizer)
    {
        const int Batch = 64;
        var net = new DropoutNet(seed);
        DropoutNet.TrainingPass pass = net.BeginTraining(Batch, seed, threads: 1);
        float[] pixels = DigitSets.Pixels(data.Train.Take(Batch));
        int[] labels = DigitSets.Labels(data.Train.Take(Batch));
        float[][] before = UnitWeights(net);
        Step(pixels, labels);
        float[][] between = UnitWeights(net);
        Step(pixels[..DropoutNet.InputLength], labels[..1]);
        float[][] after = UnitWeights(net);

        bool[] kept = Kept(seed, pixels);
        return Enumerable.Range(0, kept.Length)
            .Where(unit => !kept[unit] && !before[unit].SequenceEqual(between[unit]))
            .Average(unit => between[unit].SequenceEqual(after[unit]) ? 0.0 : 1);

        void Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> classes)
        {
            pass.Forward(inputs, classes);
            pass.Backward();
            optimizer.Step(pass);
        }
    }

    /// <summary>Of each unit the incoming weights, the bias and the outgoing weights.</summary>
    private static float[][] UnitWeights(DropoutNet net)
    {
        float[][] incoming = [.. net.Dense1Weight.ToArray().Chunk(DropoutNet.InputLength)];
        float[] biases = net.Dense1Bias.ToArray();
        float[] outgoing = net.Dense2Weight.ToArray();
        return [.. incoming.Select((weights, unit) => (float[])[.. weights, biases[unit], .. outgoing.Where((_, i) => i % biases.Length == unit)])];
    }

    /// <summary>Which units the mask of the second step kept: it depends on the seed, the step, the layer, the sample and the unit alone.</summary>
    private static bool[] Kept(ulong seed, float[] pixels)
    {
        DropoutUnits.TrainingPass pass = DropoutUnits.AllActive().BeginTraining(batchSize: 64, seed, threads: 1);
        pass.Forward(pixels, new float[64 * DropoutUnits.OutputLength]);
        pass.Forward(pixels.AsSpan(0, DropoutUnits.InputLength), new float[DropoutUnits.OutputLength]);
        return [.. pass.Outputs.ToArray().Select(unit => unit != 0)];
    }
}
