using System.Reflection;
using System.Runtime.Intrinsics;
using NetGen.CompilerServices;

namespace NetGen.Tests.Support;

/// <summary>The masks of the first step, from the library's generators of masks, which other tests check.</summary>
internal sealed class DropoutFactors
{
    /// <summary>The value that SELU tends to for large negative inputs, without its sign (Klambauer et al. 2017).</summary>
    private const double SeluLimit = 1.7580993408473766;

    private readonly (double[][] Factors, double[][] Shifts)[] _layers;

    /// <summary>Computes the masks of all dropout layers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="seed">The seed of the training pass.</param>
    public DropoutFactors(Type network, int batch, ulong seed)
    {
        int[][] shapes = [.. ((NetworkSummary)network.GetProperty("Summary")!.GetValue(null)!).Layers.Select(layer => layer.OutputShape.ToArray())];
        LayerAttribute[] layers = [.. network.GetCustomAttributes<LayerAttribute>()];
        _layers =
        [
            .. from place in Enumerable.Range(0, layers.Length)
               let mask = Mask(layers[place], shapes[place][^1])
               where mask is not null
               let length = shapes[place].Aggregate((a, b) => a * b)
               select Of(mask, place, length),
        ];

        (double[][], double[][]) Of(Func<float, ulong, int, float> mask, int place, int length)
        {
            ulong[] keys = [.. Enumerable.Range(0, batch).Select(sample => DropoutMask.Key(seed, 0, place, sample))];
            double[][] shifts = [.. keys.Select(key => Row(unit => mask(0, key, unit)))];
            return ([.. keys.Select((key, sample) => Row(unit => mask(1, key, unit) - shifts[sample][unit]))], shifts);

            double[] Row(Func<int, double> value) => [.. Enumerable.Range(0, length).Select(value)];
        }
    }

    /// <summary>Gives the masks to the reference.</summary>
    public void Set(ReferenceNetwork reference)
    {
        foreach ((ReferenceDropout dropout, (double[][] factors, double[][] shifts)) in reference.Dropouts.Zip(_layers))
            (dropout.Factors, dropout.Shifts) = (factors, shifts);
    }

    /// <summary>Takes them away, for predictions.</summary>
    public static void Remove(ReferenceNetwork reference)
    {
        foreach (ReferenceDropout dropout in reference.Dropouts)
            (dropout.Factors, dropout.Shifts) = (null, null);
    }

    /// <summary>What a dropout makes of a value, with the key of a sample and the number of the unit; null for other layers.</summary>
    private static Func<float, ulong, int, float>? Mask(LayerAttribute layer, int channels)
    {
        switch (layer)
        {
            case DropoutAttribute { Rate: double rate }:
                return (value, key, unit) => DropoutMask.Apply(Vector128.Create(value), key, unit, Threshold(rate), (float)(1 / (1 - rate)))[0];
            case SpatialDropoutAttribute { Rate: double rate }:
                return (value, key, unit) => SpatialDropoutMask.Apply(Vector128.Create(value), key, unit, Threshold(rate), (float)(1 / (1 - rate)), channels)[0];
            case GaussianDropoutAttribute { Rate: double rate }:
                return (value, key, unit) => GaussianDropoutMask.Apply(Vector128.Create(value), key, unit, (float)Math.Sqrt(rate / (1 - rate)))[0];
            case AlphaDropoutAttribute { Rate: double rate }:
                double slope = 1 / Math.Sqrt((1 - rate) * (1 + (rate * SeluLimit * SeluLimit)));
                double shift = slope * SeluLimit * rate;
                return (value, key, unit) => AlphaDropoutMask.Apply(
                    Vector128.Create(value), key, unit, Threshold(rate), (float)slope, (float)shift, (float)(shift - (slope * SeluLimit)))[0];
            default:
                return null;
        }
    }

    private static uint Threshold(double rate) => (uint)Math.Round(rate * 4294967296.0);
}
