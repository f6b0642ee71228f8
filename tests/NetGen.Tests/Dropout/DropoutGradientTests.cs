using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.DropoutMasks;

/// <summary>What a single sample shows of dropout in the backward pass.</summary>
[Trait("Category", "Numeric")]
public sealed class DropoutGradientTests
{
    private const int Width = 64;

    public static TheoryData<string> InputNames => DropoutNetworks.OnInput.Names;

    public static TheoryData<string> HiddenNames => DropoutNetworks.OnHidden.Names;

    [Theory]
    [MemberData(nameof(InputNames))]
    public void InputGradientHasTheMaskAndScaleOfForward(string name)
    {
        AnyNetwork network = DropoutNetworks.OnInput.Create(name);
        MaskProbe.PassOn(network, "dense1");
        double scale = 1 / (1 - DropoutNetworks.Rate(name));
        float[] inputs = [.. Draw.Normal(Width, 3).Select(v => Math.Abs(v) + 0.1f)];
        float[] targets = Draw.Normal(Width, 4);
        ITrainingPass pass = network.BeginTraining(1, seed: 11);
        float[] gradients = new float[Width];
        for (int step = 0; step < 4; step++)
        {
            pass.Forward(inputs, targets);
            float[] outputs = pass.Outputs.ToArray();
            pass.Backward();
            pass.InputGradients(gradients);
            double[] expected = new double[Width];
            for (int i = 0; i < Width; i++)
            {
                if (outputs[i] == 0) Assert.Equal(0f, gradients[i]);
                else expected[i] = scale * 2 / Width * (outputs[i] - (double)targets[i]);
            }

            Close.Check("input gradient", expected, gradients, 1e-6, 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(HiddenNames))]
    public void DroppedUnitsHaveNoGradientAtAll(string name)
    {
        AnyNetwork network = DropoutNetworks.OnHidden.Create(name, seed: 2);

        // A large bias makes every unit active: what is 0 is dropped.
        network.Fill("dense1.bias", 20);
        float[] inputs = Draw.Normal(Width, 5);
        float[] targets = Draw.Normal(Width, 6);
        bool[] kept = KeptUnits(name);

        ITrainingPass pass = network.BeginTraining(1, seed: 31);
        pass.Forward(inputs, targets);
        pass.Backward();
        float[] incoming = network.Get("dense1.weight", pass.Gradients);
        float[] bias = network.Get("dense1.bias", pass.Gradients);
        float[] outgoing = network.Get("dense2.weight", pass.Gradients);
        for (int unit = 0; unit < Width; unit++)
        {
            Assert.Equal(kept[unit], bias[unit] != 0);
            for (int other = 0; other < Width; other++)
            {
                Assert.Equal(kept[unit], incoming[(unit * Width) + other] != 0);
                Assert.Equal(kept[unit], outgoing[(other * Width) + unit] != 0);
            }
        }
    }

    /// <summary>The first mask of a pass with the seed of the test, from a network that shows it.</summary>
    private static bool[] KeptUnits(string name)
    {
        AnyNetwork network = DropoutNetworks.OnHidden.Create(name);
        MaskProbe.GiveOnes(network, "dense1");
        MaskProbe.PassOn(network, "dense2");
        return [.. MaskProbe.FirstOutputs(network, new float[Width], seed: 31)[0].Select(value => value != 0)];
    }
}
