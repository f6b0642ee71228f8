using NetGen.ForeignLayers.Harness;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>Networks with foreign kinds learn a batch by heart.</summary>
public sealed class TrainingTests
{
    private const int Batch = 24;

    /// <param name="name">The network.</param>
    /// <param name="factor">What part of the first loss is left at most.</param>
    [Theory]
    [InlineData("square before pooling", 0.1)]
    [InlineData("square in a residual block", 0.1)]
    [InlineData("softsign behind pooling", 0.1)]
    [InlineData("softsign before Flatten", 0.1)]
    [InlineData("negative of images", 0.1)]
    [InlineData("sums and an activation", 0.1)]
    [InlineData("sums of a sum", 0.1)]
    [InlineData("product of features", 0.1)]
    [InlineData("product of images", 0.1)]
    [InlineData("three readers", 0.1)]
    [InlineData("scale of an image", 0.1)]
    [InlineData("scale in a residual block", 0.1)]
    public void The_loss_falls(string name, double factor)
    {
        INetwork network = ForeignNetwork.Create(Networks.Layers(name), seed: 1);
        float[] inputs = Draw.Normal(Batch * network.Summary.InputLength, 2);
        float[] targets = network.Summary.Loss == Loss.CrossEntropy
            ? OneHot(Draw.Labels(Batch, network.Summary.OutputLength, 3), network.Summary.OutputLength)
            : Draw.Normal(Batch * network.Summary.OutputLength, 3);
        ITrainingPass pass = network.BeginTraining(Batch, seed: 4);
        var optimizer = new Adam(0.01f);
        float first = pass.Forward(inputs, targets);
        float last = first;
        for (int step = 0; step < 300; step++)
        {
            pass.Backward();
            optimizer.Step(pass);
            last = pass.Forward(inputs, targets);
        }

        Assert.True(last <= factor * first, FormattableString.Invariant($"the loss went from {first} to {last}, {last / first:F3} of it"));
    }

    private static float[] OneHot(int[] labels, int classes)
    {
        float[] targets = new float[labels.Length * classes];
        for (int i = 0; i < labels.Length; i++)
            targets[(i * classes) + labels[i]] = 1;
        return targets;
    }
}
