using System.Reflection;
using System.Runtime.Intrinsics;
using NetGen.CompilerServices;
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

    /// <summary>More units than the largest layer has.</summary>
    private const int Most = 100;

    [Fact]
    public void NetworksWithBothEqualTheReference()
    {
        AnyNetwork network = AnyNetwork.Of(new NormsAndDropout(5));
        float[] inputs = Draw.Normal(Batch * network.InputLength, 1);
        float[] targets = Draw.Normal(Batch * network.OutputLength, 2);
        var reference = ReferenceNetwork.Of(network);
        foreach ((ReferenceDropout dropout, double[][] factors) in reference.Dropouts.Zip(Factors(network.Type))) dropout.Factors = factors;
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

    /// <summary>The factors of each dropout in the first step: 0, or 1 / (1 - rate).</summary>
    private static IEnumerable<double[][]> Factors(Type network)
    {
        LayerAttribute[] layers = [.. network.GetCustomAttributes<LayerAttribute>()];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            if (layers[layer] is not DropoutAttribute dropout) continue;
            int place = layer;
            uint threshold = (uint)Math.Round(dropout.Rate * 4294967296.0);
            yield return [.. Enumerable.Range(0, Batch).Select(sample => Enumerable.Range(0, Most)
                .Select(unit => (double)DropoutMask.Apply(Vector128<float>.One, DropoutMask.Key(Seed, 0, place, sample), unit, threshold, (float)(1 / (1 - dropout.Rate)))[0])
                .ToArray())];
        }
    }
}
