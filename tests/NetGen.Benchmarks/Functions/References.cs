namespace NetGen.Benchmarks.Functions;

/// <summary>The elementary functions in double precision, off by less than a thousandth of an ulp of a float.</summary>
internal static class References
{
    private const double RootOfPi = 1.7724538509055160273;

    public static double Expm1(double x)
    {
        if (Math.Abs(x) > 1)
            return Math.Exp(x) - 1;
        double tanh = Math.Tanh(x / 2);
        return 2 * tanh / (1 - tanh);
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double Softplus(double x) => Math.Max(x, 0) + LogOfOnePlus(Math.Exp(-Math.Abs(x)));

    /// <summary>log(1 + x) for x ≥ 0, where the rounding error of 1 + x is cancelled.</summary>
    public static double LogOfOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    public static double Erf(double x) => Math.Abs(x) is var size && size < 2 ? Series(x) : Math.CopySign(1 - Complement(size), x);

    public static double Gelu(double x) => Times(x, NormalDistribution(x));

    public static double GeluTanh(double x)
    {
        double cube = x * x * x;
        return Times(x, Sigmoid(2 * Math.Sqrt(2 / Math.PI) * (x + (0.044715 * cube))));
    }

    public static double Silu(double x) => Times(x, Sigmoid(x));

    // At −∞ the product is its limit.
    private static double Times(double x, double y) => y == 0 ? 0 : x * y;

    private static double NormalDistribution(double x)
    {
        double y = Math.Abs(x) / Math.Sqrt(2);
        double tail = y < 2 ? (1 - Series(y)) / 2 : Complement(y) / 2;
        return x < 0 ? tail : 1 - tail;
    }

    /// <summary>The error function as a series of positive terms (Abramowitz and Stegun 1964, 7.1.6).</summary>
    private static double Series(double x)
    {
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / RootOfPi * Math.Exp(-x * x) * sum;
    }

    /// <summary>1 − erf for x of 2 and more, as a continued fraction from its end (Abramowitz and Stegun 1964, 7.1.14).</summary>
    private static double Complement(double x)
    {
        if (x > 28)
            return 0;
        double fraction = x;
        for (int n = 80; n > 0; n--)
            fraction = x + (n / 2.0 / fraction);
        return Math.Exp(-x * x) / (RootOfPi * fraction);
    }
}
