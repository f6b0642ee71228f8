using System.Reflection;
using System.Runtime.Intrinsics;
using NetGen.CompilerServices;
using NetGen.Tests.Support;

namespace NetGen.RandomNetworks.Checks;

/// <summary>Gives the reference the masks of the first step, from the library's generator of masks, which other tests check.</summary>
internal static class DropoutFactors
{
    public static void Set(ReferenceNetwork reference, Type network, int batch, ulong seed)
    {
        LayerAttribute[] layers = [.. network.GetCustomAttributes<LayerAttribute>()];
        int[] places = [.. Enumerable.Range(0, layers.Length).Where(i => layers[i] is DropoutAttribute)];
        foreach ((ReferenceDropout dropout, int place) in reference.Dropouts.Zip(places))
        {
            double rate = ((DropoutAttribute)layers[place]).Rate;
            dropout.Factors = [.. Enumerable.Range(0, batch).Select(sample => Row(DropoutMask.Key(seed, 0, place, sample), rate))];
        }
    }

    private static double[] Row(ulong key, double rate)
    {
        uint threshold = (uint)Math.Round(rate * 4294967296.0);
        double[] row = new double[Declarations.Draft.MaxLength * 4];
        for (int unit = 0; unit < row.Length; unit++)
            row[unit] = DropoutMask.Apply(Vector128.Create(1f), key, unit, threshold, 1f)[0] / (1 - rate);
        return row;
    }
}
