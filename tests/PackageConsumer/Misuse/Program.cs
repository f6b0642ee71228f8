using Misuse;
using NetGen;

var net = new ThinnedNet(seed: 7);
float[] expected = new float[ThinnedNet.OutputLength];

int different = 0;
for (int i = 0; i < 100; i++)
{
    float[] sample = [1, 2, 3, i];
    net.Predict(sample, expected);

    // Twice the mistake that the analyzer is for: a training pass as predictor.
    float[] outputs = Mistakes.Scores(net, sample);
    if (!outputs.AsSpan().SequenceEqual(expected)) different++;
    if (Mistakes.First(net, sample) != expected[0]) different++;
}

Console.WriteLine($"{different} of 200 predictions differ from Predict.");
return different == 0 ? 0 : 1;

namespace Misuse
{
    [Network]
    [Input(4)]
    [Dense(16), ReLU, Dropout(0.5)]
    [Dense(3)]
    internal sealed partial class ThinnedNet;

    internal static class Mistakes
    {
        public static float[] Scores(ThinnedNet net, float[] sample)
        {
            float[] targets = new float[3];
            var pass = net.BeginTraining(1);
            pass.Forward(sample, targets);
            var scores = pass.Outputs;
            return scores.ToArray();
        }

        public static float First(ThinnedNet net, float[] sample)
        {
            var pass = net.BeginTraining(8);
            pass.Forward(sample, new float[3]);
            return pass.Outputs[0];
        }
    }
}
