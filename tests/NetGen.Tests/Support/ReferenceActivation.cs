using NetGen.Benchmarks.Functions;
using NetGen.Tests.Parity;

namespace NetGen.Tests.Support;

/// <summary>A function of single values, and its derivative, in double precision.</summary>
/// <param name="value">The function.</param>
/// <param name="derivative">Its derivative.</param>
/// <param name="kinks">Where the derivative jumps.</param>
internal sealed class ReferenceActivation(Func<double, double> value, Func<double, double> derivative, params double[] kinks) : ReferenceLayer
{
    // GELU's tanh form is x·sigmoid(Linear·x + Cubic·x³).
    private static readonly double Linear = 2 * Math.Sqrt(2 / Math.PI);
    private static readonly double Cubic = 0.044715 * Linear;

    /// <summary>
    /// The derivative as a function of the output, for a function whose gradient the network computes from its rounded output: where the derivative is small
    /// because the function has nearly reached a limit, rounding errors of the output are large beside it. Null for the other functions.
    /// </summary>
    public Func<double, double>? DerivativeOfOutput { private get; init; }

    /// <summary>The activation of an attribute; null if it is none of these.</summary>
    public static ReferenceActivation? Of(LayerAttribute attribute) => attribute switch
    {
        SigmoidAttribute => new(References.Sigmoid, Slope) { DerivativeOfOutput = static y => y * (1 - y) },
        RescaleAttribute rescale => new(x => (rescale.Scale * x) + rescale.Offset, _ => rescale.Scale),
        TanhAttribute => new(Math.Tanh, static x => 1 - (Math.Tanh(x) * Math.Tanh(x))) { DerivativeOfOutput = static y => 1 - (y * y) },
        SoftplusAttribute => new(References.Softplus, References.Sigmoid) { DerivativeOfOutput = static y => 1 - Math.Exp(-y) },
        ELUAttribute elu => new(x => x > 0 ? x : elu.Alpha * References.Expm1(x), x => x > 0 ? 1 : elu.Alpha * Math.Exp(x), 0)
        {
            DerivativeOfOutput = y => y > 0 ? 1 : y + elu.Alpha,
        },
        SELUAttribute => new(
            static x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * References.Expm1(x)),
            static x => 1.0507009873554805 * (x > 0 ? 1 : 1.6732632423543772 * Math.Exp(x)),
            0)
        {
            DerivativeOfOutput = static y => y > 0 ? 1.0507009873554805 : y + (1.0507009873554805 * 1.6732632423543772),
        },
        SiLUAttribute => new(References.Silu, static x => References.Sigmoid(x) + (x * Slope(x))),
        GELUAttribute { Approximate: true } => new(References.GeluTanh, GeluTanhDerivative),
        GELUAttribute => new(
            References.Gelu, static x => ((1 + References.Erf(x / Math.Sqrt(2))) / 2) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI))),
        HardSwishAttribute => new(static x => x * Math.Clamp(x + 3, 0, 6) / 6, static x => x < -3 ? 0 : x < 3 ? (x / 3) + 0.5 : 1, -3, 3),
        ActivationAttribute<Mish> => new(static x => x * Math.Tanh(References.Softplus(x)), MishDerivative),
        _ => null,
    };

    public override double[] Forward(double[] x, int sample) => [.. x.Select(value)];

    public override double[] Backward(double[] x, double[] dy, int sample) => [.. dy.Select((d, i) => d * (derivative(x[i]) + RoundingError(x[i])))];

    public override double Margin(double[] x) =>
        x.SelectMany(v => kinks.Select(kink => Math.Abs(v - kink))).Where(distance => distance != 0).DefaultIfEmpty(double.PositiveInfinity).Min();

    /// <summary>By how much an error of the output moves the derivative; 0 unless the reference runs with errors.</summary>
    private double RoundingError(double x) =>
        DerivativeOfOutput is { } derivativeOf ? derivativeOf(Disturbance(value(x))) - derivativeOf(value(x)) : 0;

    private static double GeluTanhDerivative(double x)
    {
        double argument = (Linear * x) + (Cubic * x * x * x);
        return References.Sigmoid(argument) + (x * Slope(argument) * (Linear + (3 * Cubic * x * x)));
    }

    private static double MishDerivative(double x)
    {
        double tanh = Math.Tanh(References.Softplus(x));
        return tanh + (x * References.Sigmoid(x) * (1 - (tanh * tanh)));
    }

    /// <summary>The derivative of the sigmoid.</summary>
    private static double Slope(double x) => References.Sigmoid(x) * (1 - References.Sigmoid(x));
}
