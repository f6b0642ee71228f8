using NetGen.Benchmarks.Contenders;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;

namespace NetGen.Benchmarks.Widths;

/// <summary>Networks of 3×3 convolutions with some number of filters.</summary>
/// <param name="Filters">The filters.</param>
/// <param name="Square">With as many channels.</param>
/// <param name="Of32">One convolution of 32 channels.</param>
internal sealed record WidthNetworks(int Filters, ReferenceNetwork Square, ReferenceNetwork Of32);

/// <summary>What was measured for a number of filters: shares of the FMA peak, the medians of the rounds.</summary>
/// <param name="Filters">The filters.</param>
/// <param name="Square">Prediction and training with as many channels.</param>
/// <param name="Of32">Prediction and training with 32 channels.</param>
internal sealed record WidthResult(int Filters, (double Prediction, double Training) Square, (double Prediction, double Training) Of32);

/// <summary>Measures convolutions whose filters do not fill the vectors, with one thread.</summary>
internal static class WidthSuite
{
    private const int Batch = 32;

    private static readonly WidthNetworks[] All =
    [
        new(1, new ReferenceNetwork<Square1>("1 of 1", []), new ReferenceNetwork<Of32Channels1>("1 of 32", [])),
        new(3, new ReferenceNetwork<Square3>("3 of 3", []), new ReferenceNetwork<Of32Channels3>("3 of 32", [])),
        new(10, new ReferenceNetwork<Square10>("10 of 10", []), new ReferenceNetwork<Of32Channels10>("10 of 32", [])),
        new(17, new ReferenceNetwork<Square17>("17 of 17", []), new ReferenceNetwork<Of32Channels17>("17 of 32", [])),
        new(24, new ReferenceNetwork<Square24>("24 of 24", []), new ReferenceNetwork<Of32Channels24>("24 of 32", [])),
        new(33, new ReferenceNetwork<Square33>("33 of 33", []), new ReferenceNetwork<Of32Channels33>("33 of 32", [])),
        new(48, new ReferenceNetwork<Square48>("48 of 48", []), new ReferenceNetwork<Of32Channels48>("48 of 32", [])),
    ];

    /// <summary>Measures all of them.</summary>
    public static IEnumerable<WidthResult> Run(Timing timing)
    {
        using var peak = new FmaPeak(threads: 1);
        foreach (WidthNetworks width in All)
            yield return new(width.Filters, Both(width.Square), Both(width.Of32));

        (double, double) Both(ReferenceNetwork network) => (Share(network, Mode.Predict), Share(network, Mode.Train));

        double Share(ReferenceNetwork network, Mode mode)
        {
            IWork work = mode == Mode.Predict ? network.Prediction(Batch, threads: 1) : network.Training(Batch, threads: 1);
            Stopper.UntilCompiled(work);
            double flops = 2.0 * Batch * (mode == Mode.Predict ? network.Needed.Prediction : network.Needed.Training);
            var rates = new double[timing.Rounds];
            var peaks = new double[timing.Rounds];
            for (int round = 0; round < timing.Rounds; round++)
            {
                peaks[round] = peak.Measure();
                rates[round] = flops / Stopper.Turn(work, timing);
            }

            return Statistics.MedianRatio(rates, peaks);
        }
    }
}
