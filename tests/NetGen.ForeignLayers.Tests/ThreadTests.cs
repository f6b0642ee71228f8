using NetGen.ForeignLayers.Harness;
using NetGen.Tests.Support;
using Xunit;

namespace NetGen.ForeignLayers;

/// <summary>The same bits for any number of threads and for any batch around a sample.</summary>
public sealed class ThreadTests
{
    private const int Batch = 70;

    public static TheoryData<string> Names => [.. Networks.Names, .. Networks.LargeNames];

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_is_bitwise_the_same(string name)
    {
        (float[] Losses, float[] Outputs, float[] Gradients, float[] InputGradients, float[] Weights) expected = Train(1);
        foreach (int threads in new[] { 2, 3, 8 })
        {
            (float[] Losses, float[] Outputs, float[] Gradients, float[] InputGradients, float[] Weights) actual = Train(threads);
            Close.SameBits("losses", expected.Losses, actual.Losses);
            Close.SameBits("outputs", expected.Outputs, actual.Outputs);
            Close.SameBits("gradients", expected.Gradients, actual.Gradients);
            Close.SameBits("gradients of the inputs", expected.InputGradients, actual.InputGradients);
            Close.SameBits("weights", expected.Weights, actual.Weights);
        }

        (float[], float[], float[], float[], float[]) Train(int threads)
        {
            INetwork network = ForeignNetwork.Create(Networks.Layers(name), seed: 3);
            ITrainingPass pass = network.BeginTraining(Batch, seed: 4, threads);
            var optimizer = new Sgd(1e-5f) { Momentum = 0.9f };
            float[] losses = new float[3];
            float[] inputGradients = [];
            for (int step = 0; step < losses.Length; step++)
            {
                // One batch is smaller, as at the end of an epoch.
                int batch = step == 1 ? 41 : Batch;
                float[] inputs = Draw.Normal(batch * network.Summary.InputLength, step);
                losses[step] = network.Summary.Loss == Loss.CrossEntropy
                    ? pass.Forward(inputs, Draw.Labels(batch, network.Summary.OutputLength, step))
                    : pass.Forward(inputs, Draw.Normal(batch * network.Summary.OutputLength, step + 10));
                Assert.True(float.IsFinite(losses[step]));
                pass.Backward();
                inputGradients = new float[inputs.Length];
                pass.InputGradients(inputGradients);
                optimizer.Step(pass);
            }

            return (losses, pass.Outputs.ToArray(), pass.Gradients.ToArray(), inputGradients, network.Parameters.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_prediction_depends_on_its_sample_alone(string name)
    {
        INetwork network = ForeignNetwork.Create(Networks.Layers(name), seed: 1);
        int length = network.Summary.InputLength;
        int outputs = network.Summary.OutputLength;
        float[] inputs = Draw.Normal(Batch * length, 2);
        float[] expected = new float[Batch * outputs];
        for (int sample = 0; sample < Batch; sample++)
            network.Predict(inputs.AsSpan(sample * length, length), expected.AsSpan(sample * outputs, outputs), threads: 1);
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            float[] actual = new float[expected.Length];
            network.Predict(inputs, actual, threads);
            Close.SameBits(FormattableString.Invariant($"{threads} threads"), expected, actual);
            network.Predict(inputs.AsSpan(0, length), actual.AsSpan(0, outputs), threads);
            Close.SameBits(FormattableString.Invariant($"{threads} threads, one sample"), expected.AsSpan(0, outputs), actual.AsSpan(0, outputs));
        }
    }
}
