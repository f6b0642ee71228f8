using System.Reflection;
using System.Runtime.Intrinsics;
using NetGen.CompilerServices;
using NetGen.Tests.Support;

namespace NetGen.RandomNetworks.Checks;

/// <summary>The masks of a network's first step, for the reference, from the library's generator of masks, which other tests check.</summary>
internal sealed class DropoutFactors
{
    private readonly double[][][] _factors;

    /// <summary>Computes them: those of each dropout, for each sample.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="seed">The seed of the training pass.</param>
    public DropoutFactors(Type network, int batch, ulong seed)
    {
        LayerAttribute[] layers = [.. network.GetCustomAttributes<LayerAttribute>()];
        _factors =
        [
            .. from place in Enumerable.Range(0, layers.Length)
               where layers[place] is DropoutAttribute
               select Rows(place, ((DropoutAttribute)layers[place]).Rate),
        ];

        double[][] Rows(int place, double rate) =>
            [.. Enumerable.Range(0, batch).Select(sample => Row(DropoutMask.Key(seed, 0, place, sample), rate))];
    }

    /// <summary>Gives them to a reference.</summary>
    public void Set(ReferenceNetwork reference)
    {
        foreach ((ReferenceDropout dropout, double[][] factors) in reference.Dropouts.Zip(_factors))
            dropout.Factors = factors;
    }

    private static double[] Row(ulong key, double rate)
    {
        uint threshold = (uint)Math.Round(rate * 4294967296.0);
        float[] kept = new float[Declarations.Draft.MaxLength * 4];
        for (int unit = 0; unit < kept.Length; unit += Vector128<float>.Count)
            DropoutMask.Apply(Vector128.Create(1f), key, unit, threshold, 1f).CopyTo(kept, unit);
        return Array.ConvertAll(kept, value => value / (1 - rate));
    }
}
