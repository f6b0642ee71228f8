using System.Diagnostics.CodeAnalysis;
using NetGen;

#pragma warning disable NG0108
var net = new FaultyNet();
float[] scores = new float[FaultyNet.OutputLength];
net.Predict(new float[FaultyNet.InputLength], scores);
return scores.Length == 2 ? 0 : 1;

[Network, Input(4, 4, 1), Dense(2), Softmax]
[SuppressMessage("NetGen.Declaration", "NG0108")]
internal sealed partial class FaultyNet;
