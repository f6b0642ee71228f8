using NetGen.Tests.Support;
using Xunit;

namespace NetGen.Tests.Gradients;

/// <summary>
/// Gradients of generated networks against central differences of their own loss: whatever Forward computes, Backward is its
/// derivative.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class FiniteDifferenceTests
{
    private const float Step = 0.02f;

    /// <summary>The third derivative of the cross-entropy adds about h²/6 of itself, 1e-4; the squared error has none.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>How much the computed loss may be off, in parts of itself: a sum of a few terms.</summary>
    private const double LossError = 4.0 / (1 << 24);

    private const int Batch = 3;

    /// <summary>How far a rectifier must stand from its kink for a step to stay on its side.</summary>
    private const double Margin = 0.2;

    public static TheoryData<string> Names => SmoothNetworks.All.Names;

    public static TheoryData<string> KinkedNames => KinkedNetworks.All.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryGradientIsADifferenceQuotient(string name)
    {
        AnyNetwork network = SmoothNetworks.All.Create(name, seed: 5);
        CheckGradients(network, Draw.Normal(Batch * network.InputLength, 6));
    }

    /// <summary>Weights and inputs are drawn again until no rectifier stands near its kink.</summary>
    [Theory]
    [MemberData(nameof(KinkedNames))]
    public void BesideKinksEveryGradientIsADifferenceQuotient(string name)
    {
        for (int seed = 1; ; seed++)
        {
            AnyNetwork network = KinkedNetworks.All.Create(name, (ulong)seed);
            float[] inputs = Draw.Normal(Batch * network.InputLength, seed);
            if (ReferenceNetwork.Of(network).Margin(inputs) < Margin) continue;
            CheckGradients(network, inputs);
            return;
        }
    }

    private static void CheckGradients(AnyNetwork network, float[] inputs)
    {
        float[] targets = network.DrawTargets(Batch, 7);
        ITrainingPass pass = network.BeginTraining(Batch);

        float loss = pass.Forward(inputs, targets);
        pass.Backward();
        float[] gradients = pass.Gradients.ToArray();
        float[] inputGradients = new float[inputs.Length];
        pass.InputGradients(inputGradients);

        Check("parameters", gradients, network.Parameters[..gradients.Length].ToArray(), SetParameter);
        Check("inputs", inputGradients, [.. inputs], (i, value) => inputs[i] = value);

        void SetParameter(int i, float value)
        {
            using ParameterEdit edit = network.Edit();
            edit.Values[i] = value;
        }

        void Check(string what, float[] actual, float[] variables, Action<int, float> set)
        {
            Assert.Equal(variables.Length, actual.Length);
            double[] quotients = new double[actual.Length];
            for (int i = 0; i < quotients.Length; i++)
            {
                float value = variables[i];
                float up = value + Step;
                float down = value - Step;
                set(i, up);
                double above = pass.Forward(inputs, targets);
                set(i, down);
                double below = pass.Forward(inputs, targets);
                set(i, value);
                quotients[i] = (above - below) / ((double)up - down);
            }

            double quotientError = LossError * loss / Step;
            Close.Check(what, quotients, actual, Tolerance, Tolerance + (quotientError / quotients.Max(Math.Abs)));
        }
    }
}
