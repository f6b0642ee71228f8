namespace NetGen.Tests.Fitting;

/// <summary>A small network with all that a checkpoint has to keep: dropout masks, running statistics, weights in kernels' layouts.</summary>
[Network, Input(6, 6, 1), Conv2D(8, 3), BatchNorm, ReLU, MaxPool2D(2), Flatten, Dropout(0.25), Dense(12), ReLU, Dropout(0.5), Dense(4), Softmax]
internal sealed partial class ImageNet;

/// <summary>A regression with dropout.</summary>
[Network, Input(5), Dense(16), ReLU, Dropout(0.2), Dense(2)]
internal sealed partial class CurveNet;

/// <summary>A linear regression.</summary>
[Network, Input(2), Dense(1)]
internal sealed partial class PlaneNet;

/// <summary>Data sets for them.</summary>
internal static class FitData
{
    /// <summary>Images of which one quarter is bright; the class is the quarter.</summary>
    public static Dataset Images(int count, int seed)
    {
        var random = new Random(seed);
        float[] inputs = new float[count * 36];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.Next(4);
            for (int p = 0; p < 36; p++)
            {
                bool isBright = p / 6 / 3 == labels[i] / 2 && p % 6 / 3 == labels[i] % 2;
                inputs[(i * 36) + p] = random.NextSingle() + (isBright ? 0.5f : 0);
            }
        }

        return Dataset.FromLabels(inputs, 36, labels, 4);
    }

    /// <summary>Points of a curved surface.</summary>
    public static Dataset Curve(int count, int seed)
    {
        var random = new Random(seed);
        float[] inputs = new float[count * 5];
        float[] targets = new float[count * 2];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = (2 * random.NextSingle()) - 1;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> x = inputs.AsSpan(i * 5, 5);
            targets[2 * i] = (x[0] * x[1]) + x[2];
            targets[(2 * i) + 1] = MathF.Sin(2 * x[3]) - x[4];
        }

        return Dataset.FromTargets(inputs, 5, targets, 2);
    }
}

/// <summary>The samples of a data set as a source that is not one, which can fail, wait, and be sequential.</summary>
internal sealed class ListSource(Dataset data) : ISampleSource
{
    private readonly List<(int Index, int Epoch)> _reads = [];

    public int Count => data.Count;

    public int InputLength => data.InputLength;

    public int ClassCount => data.ClassCount;

    public int TargetLength => data.TargetLength;

    public bool IsSequential { get; init; }

    /// <summary>Runs before each sample is read.</summary>
    public Action<int, int>? OnRead { get; init; }

    /// <summary>What was read, in order.</summary>
    public IReadOnlyList<(int Index, int Epoch)> Reads => _reads;

    public void Read(Sample sample)
    {
        _reads.Add((sample.Index, sample.Epoch));
        OnRead?.Invoke(sample.Index, sample.Epoch);
        data.Read(sample);
    }
}
