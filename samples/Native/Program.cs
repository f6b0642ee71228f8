using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Native;
using NetGen;
using static System.FormattableString;

Console.WriteLine(RuntimeFeature.IsDynamicCodeCompiled ? "compiled just in time" : "compiled ahead of time");
Console.WriteLine(Invariant($"vectors of {WidestVector()} bits"));

Dataset train = Strokes.Draw(2000, seed: 1);
Dataset test = Strokes.Draw(500, seed: 2);
var net = new StrokeNet(seed: 42);
net.Fit(train, new FitOptions { Epochs = 6, BatchSize = 50, Optimizer = new Adam(3e-3f), Seed = 7 });
Console.WriteLine(net.Evaluate(test));

var outputs = new float[test.Count * StrokeNet.OutputLength];
for (int i = 0; i < test.Count; i++)
    net.Predict(test.Input(i), outputs.AsSpan(i * StrokeNet.OutputLength, StrokeNet.OutputLength));

Console.WriteLine($"trained weights {Checksum(net.Parameters)}");
Console.WriteLine($"predictions     {Checksum(outputs)}");

static int WidestVector() =>
    Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

// FNV-1a over the bits of the values: one bit that differs changes it.
static string Checksum(ReadOnlySpan<float> values)
{
    ulong hash = 14695981039346656037;
    foreach (byte part in MemoryMarshal.AsBytes(values))
        hash = unchecked((hash ^ part) * 1099511628211);
    return Invariant($"{hash:x16}");
}
