using Misuse;
using NetGen;

var net = new ThinnedNet(seed: 7);
float[] expected = new float[ThinnedNet.OutputLength];

var kept = new Kept(net);
int different = 0, drawn = 0;
for (int i = 0; i < 100; i++)
{
    float[] sample = [1, 2, 3, i];
    net.Predict(sample, expected);

    // Three times the mistake that the rules are for: a training pass as predictor.
    float[] outputs = Mistakes.Scores(net, sample);
    if (!outputs.AsSpan().SequenceEqual(expected)) different++;
    if (Mistakes.First(net, sample) != expected[0]) different++;
    if (kept.First(sample) != expected[0]) different++;
    if (!Thinned.Draw(net, sample).AsSpan().SequenceEqual(expected)) drawn++;
}

Console.WriteLine($"{different} of 300 predictions differ from Predict, and {drawn} of 100 draws.");
return different == 0 && drawn != 0 ? 0 : 1;

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

    internal sealed class Kept(ThinnedNet net)
    {
        private readonly ThinnedNet.TrainingPass _pass = net.BeginTraining(1);

        public float First(float[] sample)
        {
            _pass.Forward(sample, new float[3]);
            return _pass.Outputs[0];
        }
    }
}
