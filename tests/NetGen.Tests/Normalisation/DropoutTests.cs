using NetGen.Tests.Kernels;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Normalisation;

/// <summary>Batch normalisation with dropout around it, against the reference with the same masks.</summary>
[Trait("Category", "Numeric")]
public sealed class DropoutTests
{
    private const int Batch = 9;

    private const ulong Seed = 77;

    [Fact]
    public void NetworksWithBothEqualTheReference()
    {
        AnyNetwork network = AnyNetwork.Of(new NormsAndDropout(5));
        float[] inputs = Draw.Normal(Batch * network.InputLength, 1);
        float[] targets = Draw.Normal(Batch * network.OutputLength, 2);
        var reference = ReferenceNetwork.Of(network);
        new DropoutFactors(network.Type, Batch, Seed).Set(reference);
        ReferenceResult expected = reference.Train(inputs, targets);
        IReadOnlyDictionary<string, double[]> statistics = reference.MovedStatistics(inputs);
        ITrainingPass pass = network.BeginTraining(Batch, Seed);

        Close.Check("loss", expected.Loss, pass.Forward(inputs, targets));
        Close.Check("outputs", expected.Outputs, pass.Outputs);
        pass.Backward();
        double largest = expected.Gradients.Values.Max(values => values.Max(Math.Abs));
        foreach (ParameterInfo parameter in network.Trained)
        {
            double[] gradient = expected.Gradients[parameter.Name];
            if (gradient.Max(Math.Abs) < 1e-12 * largest) continue;
            Close.Check(parameter.Name, gradient, network.Get(parameter.Name, pass.Gradients));
        }

        float[] inputGradients = new float[inputs.Length];
        pass.InputGradients(inputGradients);
        Close.Check("gradient of the inputs", expected.InputGradients, inputGradients);
        foreach ((string name, double[] statistic) in statistics) Close.Check(name, statistic, network.Get(name));
    }
}
