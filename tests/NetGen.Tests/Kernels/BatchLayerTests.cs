using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Kernels;

/// <summary>Dense layers with so many weights that training computes them for the whole batch, panel by panel, against the reference.</summary>
[Trait("Category", "Numeric")]
public sealed class BatchLayerTests
{
    private const ulong Seed = 77;

    public static TheoryData<string, int> Cases => new()
    {
        { nameof(LargeWithDropout), 1 }, { nameof(LargeWithDropout), 2 }, { nameof(LargeWithDropout), 3 }, { nameof(LargeWithDropout), 4 }, { nameof(LargeWithDropout), 19 },
        { nameof(LargeAlone), 1 }, { nameof(LargeAlone), 5 },
        { nameof(LargeLast), 2 }, { nameof(LargeLast), 17 }, { nameof(LargeFrozen), 9 }, { nameof(LargeFrozenFirst), 7 }, { nameof(LargeOfFewInputs), 3 }, { nameof(LargeOfFewInputs), 18 },
    };

    private static NetworkList Networks { get; } = new NetworkList().Add<LargeWithDropout>().Add<LargeAlone>().Add<LargeLast>().Add<LargeFrozen>().Add<LargeFrozenFirst>().Add<LargeOfFewInputs>();

    [Theory]
    [MemberData(nameof(Cases))]
    public void ABatchEqualsTheReference(string name, int batch)
    {
        (AnyNetwork network, ReferenceNetwork reference, float[] inputs) = Prepare(name, batch);
        float[] targets = Draw.Normal(batch * network.OutputLength, 2);
        ReferenceResult expected = reference.Train(inputs, targets);
        ITrainingPass pass = network.BeginTraining(batch, Seed);

        Close.Check("loss", expected.Loss, pass.Forward(inputs, targets));
        Close.Check("outputs", expected.Outputs, pass.Outputs);
        pass.Backward();
        foreach (ParameterInfo parameter in network.Trained)
            Close.Check(parameter.Name, expected.Gradients[parameter.Name], network.Get(parameter.Name, pass.Gradients));
        float[] inputGradients = new float[inputs.Length];
        pass.InputGradients(inputGradients);
        Close.Check("gradient of the inputs", expected.InputGradients, inputGradients);
    }

    /// <summary>A step on a small batch after one on a large batch: nothing of the large one may be left.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void ASmallBatchAfterALargeOneEqualsTheReference(int batch)
    {
        (AnyNetwork network, ReferenceNetwork reference, float[] inputs) = Prepare(nameof(LargeAlone), batch);
        float[] targets = Draw.Normal(batch * network.OutputLength, 2);
        ReferenceResult expected = reference.Train(inputs, targets);
        ITrainingPass pass = network.BeginTraining(40);
        pass.Forward(Draw.Normal(40 * network.InputLength, 8), Draw.Normal(40 * network.OutputLength, 9));
        pass.Backward();

        Close.Check("loss", expected.Loss, pass.Forward(inputs, targets));
        pass.Backward();
        foreach (ParameterInfo parameter in network.Trained)
            Close.Check(parameter.Name, expected.Gradients[parameter.Name], network.Get(parameter.Name, pass.Gradients));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(23)]
    public void TheBitsDoNotDependOnTheNumberOfThreads(int batch)
    {
        (float[] gradients, float[] inputGradients, float[] outputs) = Train(threads: 1);
        foreach (int threads in new[] { 2, 5 })
        {
            (float[] Gradients, float[] InputGradients, float[] Outputs) actual = Train(threads);
            Close.SameBits("gradients", gradients, actual.Gradients);
            Close.SameBits("gradients of the inputs", inputGradients, actual.InputGradients);
            Close.SameBits("outputs", outputs, actual.Outputs);
        }

        (float[], float[], float[]) Train(int threads)
        {
            AnyNetwork network = Networks.Create(nameof(LargeWithDropout), seed: 3);
            ITrainingPass pass = network.BeginTraining(batch, Seed, threads);
            pass.Forward(Draw.Normal(batch * network.InputLength, 1), Draw.Normal(batch * network.OutputLength, 2));
            pass.Backward();
            float[] inputGradients = new float[batch * network.InputLength];
            pass.InputGradients(inputGradients);
            return (pass.Gradients.ToArray(), inputGradients, pass.Outputs.ToArray());
        }
    }

    // Where a value is nearly 0, rounding decides whether it passes a ReLU.
    private static (AnyNetwork Network, ReferenceNetwork Reference, float[] Inputs) Prepare(string name, int batch)
    {
        const double margin = 2e-6;
        for (int seed = 1; ; seed++)
        {
            AnyNetwork network = Networks.Create(name, (ulong)seed);
            foreach (ParameterInfo parameter in network.Table.Parameters.Where(parameter => parameter.Name.EndsWith(".bias", StringComparison.Ordinal)))
                network.Set(parameter.Name, Draw.Normal(parameter.Length, seed + parameter.Offset, 0.3));
            var reference = ReferenceNetwork.Of(network);
            new DropoutFactors(network.Type, batch, Seed).Set(reference);
            float[] inputs = Draw.Normal(batch * network.InputLength, seed);
            if (reference.Margin(inputs) > margin)
                return (network, reference, inputs);
        }
    }
}
