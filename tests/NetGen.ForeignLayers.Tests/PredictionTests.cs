using System.Text.RegularExpressions;
using NetGen.ForeignLayers.Harness;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>What the two plans of a network with foreign kinds compute: that for prediction fuses more, but gives the same.</summary>
public sealed partial class PredictionTests
{
    private const int Batch = 21;

    public static TheoryData<string> Deterministic => Networks.NamesWithoutDropout;

    public static TheoryData<string> Random => Networks.NamesWithDropout;

    [Theory]
    [MemberData(nameof(Deterministic))]
    public void Predictions_are_the_outputs_of_training(string name)
    {
        INetwork network = ForeignNetwork.Create(Networks.Layers(name), seed: 2);
        float[] inputs = Draw.Normal(Batch * network.Summary.InputLength, 3);
        ITrainingPass pass = network.BeginTraining(Batch);
        pass.Forward(inputs, Draw.Targets(network.Summary.Loss, Batch, network.Summary.OutputLength, 4));
        Close.Check("outputs", [.. Predict(network, inputs).Select(value => (double)value)], pass.Outputs);
    }

    [Theory]
    [MemberData(nameof(Random))]
    public void Predictions_are_those_of_the_network_without_its_dropout(string name)
    {
        INetwork network = ForeignNetwork.Create(Networks.Layers(name), seed: 2);
        INetwork without = ForeignNetwork.Create(DropoutLayer().Replace(Networks.Layers(name), ""), seed: 2);
        float[] inputs = Draw.Normal(Batch * network.Summary.InputLength, 3);
        Close.SameBits("outputs", Predict(without, inputs), Predict(network, inputs));
    }

    private static float[] Predict(INetwork network, float[] inputs)
    {
        float[] outputs = new float[Batch * network.Summary.OutputLength];
        network.Predict(inputs, outputs);
        return outputs;
    }

    [GeneratedRegex(@"(Alpha|Gaussian|Spatial)?Dropout\(0\.[1-9]\), ")]
    private static partial Regex DropoutLayer();
}
