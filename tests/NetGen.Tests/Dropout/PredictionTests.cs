using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.DropoutMasks;

/// <summary>Prediction has no dropout: it is that of a network that was declared without.</summary>
[Trait("Category", "Numeric")]
public sealed class PredictionTests
{
    private const int Batch = 13;

    [Fact]
    public void MultilayerPerceptronPredictsAsItsTwinWithoutDropout() =>
        Check(AnyNetwork.Of(new TwoPlaces(3)), AnyNetwork.Of(new TwoPlacesTwin(4)));

    [Fact]
    public void ConvolutionalNetworkPredictsAsItsTwinWithoutDropout() =>
        Check(AnyNetwork.Of(new BetweenConvolutions(3)), AnyNetwork.Of(new BetweenConvolutionsTwin(4)));

    private static void Check(AnyNetwork network, AnyNetwork twin)
    {
        Assert.Equal(twin.Table.Parameters.Select(p => (p.Name, p.Offset)), network.Table.Parameters.Select(p => (p.Name, p.Offset)));
        float[] inputs = Draw.Normal(Batch * network.InputLength, 8);
        float[] targets = Draw.Normal(Batch * network.OutputLength, 9);
        ITrainingPass pass = network.BeginTraining(Batch, seed: 1);
        var optimizer = new Sgd(0.01f);
        for (int step = 0; step < 3; step++)
        {
            twin.SetAll(network.Parameters);
            float[] expected = twin.Predict(inputs);
            Close.SameBits("prediction", expected, network.Predict(inputs));
            Close.SameBits("prediction again", expected, network.Predict(inputs));
            pass.Forward(inputs, targets);
            Close.SameBits("prediction within a step", expected, network.Predict(inputs));
            pass.Backward();
            optimizer.Step(pass);
        }
    }
}
