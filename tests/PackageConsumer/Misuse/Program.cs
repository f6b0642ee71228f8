using Misuse;
using NetGen;

var net = new ThinnedNet(seed: 7);
float[] sample = [1, 2, 3, 4];
float[] expected = new float[ThinnedNet.OutputLength];
net.Predict(sample, expected);

int different = 0;
for (ulong seed = 0; seed < 100; seed++)
{
    // Twice the mistake that the analyzer is for: a training pass as predictor.
    float[] outputs = Mistakes.Scores(net, sample, seed);
    if (!outputs.AsSpan().SequenceEqual(expected)) different++;
    if (Mistakes.First(net, sample, seed) != expected[0]) different++;
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
        public static float[] Scores(ThinnedNet net, float[] sample, ulong seed)
        {
            float[] targets = new float[3];
            var pass = net.BeginTraining(1, seed);
            pass.Forward(sample, targets);
            var scores = pass.Outputs;
            return scores.ToArray();
        }

        public static float First(ThinnedNet net, float[] sample, ulong seed)
        {
            var pass = net.BeginTraining(8, seed);
            pass.Forward(sample, new float[3]);
            return pass.Outputs[0];
        }
    }
}
