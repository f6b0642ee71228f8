using NetGen;
using Questions.Networks;

namespace Questions.Answers;

/// <summary>Follows the gradient through a stack of sigmoids, beside the same stack with ReLU.</summary>
internal sealed class SigmoidStacks : IQuestion
{
    private const int Epochs = 10;

    public string Title => "Why do stacks of sigmoids learn slowly?";

    public void Answer(Page page, DigitSets data)
    {
        Stack[] sigmoids = DigitSets.ForEachSeed(seed => Measure<SixSigmoids>(data, seed));
        Stack[] rectifiers = DigitSets.ForEachSeed(seed => Measure<SixRelus>(data, seed));
        page.Text(
            "Six hidden layers of 32 units, with sigmoids and with ReLU. The first table has the Euclidean norm of the gradient of each layer's parameters in the first step, "
            + "on 256 digits (`TrainingPass.GradientNorms()`).");
        page.Table(
            ["layer", "sigmoid", "ReLU"],
            [.. Enumerable.Range(0, sigmoids[0].Norms.Count).Select(i => new[]
            {
                sigmoids[0].Norms[i].Layer,
                Spread.Of(sigmoids.Select(stack => stack.Norms[i].Norm)).Text("0.0E+0"),
                Spread.Of(rectifiers.Select(stack => stack.Norms[i].Norm)).Text("0.0E+0"),
            })]);
        page.Table(
            ["test accuracy", "sigmoid, %", "ReLU, %"],
            ["after 10 epochs", Spread.Of(sigmoids.Select(stack => stack.Accuracy)).Percent, Spread.Of(rectifiers.Select(stack => stack.Accuracy)).Percent]);
        page.Check("With sigmoids the gradient of the first layer is less than a hundredth of that of the last.", sigmoids.All(stack => Ratio(stack) < 0.01));
        page.Check("With ReLU it is more than a tenth.", rectifiers.All(stack => Ratio(stack) > 0.1));
        page.Check("After ten epochs ReLU reads better, for all seeds.", sigmoids.Zip(rectifiers).All(pair => pair.First.Accuracy < pair.Second.Accuracy));
        page.Answer(
            "On its way back the gradient is multiplied by the sigmoid's derivative in each layer, which is at most 1/4. After six of them hardly anything is left for the first "
            + "layers, so they stay as they began. The derivative of ReLU is 1 where the unit is active.");
    }

    private static double Ratio(Stack stack) => stack.Norms[0].Norm / stack.Norms[^1].Norm;

    private static Stack Measure<T>(DigitSets data, ulong seed)
        where T : class, INetwork<T>
    {
        T net = T.Create(seed);
        ITrainingPass pass = net.BeginTraining(256, seed, threads: 1);
        pass.Forward(DigitSets.Pixels(data.Train.Take(256)), DigitSets.Labels(data.Train.Take(256)));
        pass.Backward();
        LayerGradientNorm[] norms = [.. pass.GradientNorms()];
        data.Fit(net, seed, Epochs);
        return new Stack(norms, data.Accuracy(net));
    }

    private sealed record Stack(IReadOnlyList<LayerGradientNorm> Norms, double Accuracy);
}
