using NetGen.Numerics;
using static System.FormattableString;

namespace Regression;

/// <summary>
/// An invented table of cars that stop: the distance is v·t + v² / (2·g·(μ + s)), with speed v, reaction time t, friction μ and slope s, plus an error
/// of measurement.
/// </summary>
internal static class StopTable
{
    /// <summary>The columns from which the distance follows; a slope is positive uphill.</summary>
    public static readonly string[] Features = ["speed_kmh", "reaction_s", "friction", "slope_percent"];

    /// <summary>The column of the distance.</summary>
    public const string Target = "distance_m";

    /// <summary>The standard deviation of the error of measurement, in metres: no model can do better.</summary>
    public const double Noise = 2;

    private const double Gravity = 9.81;

    /// <summary>Writes a table as CSV, with a header and a column <c>car</c> that says nothing.</summary>
    /// <param name="path">The file; it is replaced.</param>
    /// <param name="rows">Number of cars.</param>
    /// <param name="seed">The same seed gives the same table everywhere.</param>
    public static void Write(string path, int rows, ulong seed)
    {
        var random = new CounterRandom(seed);
        using var file = new StreamWriter(path);
        file.WriteLine($"car,{string.Join(',', Features)},{Target}");
        for (int car = 1; car <= rows; car++)
        {
            double speed = Math.Round(30 + 100 * random.NextDouble(), 1);
            double reaction = Math.Round(0.6 + 1.2 * random.NextDouble(), 2);
            double friction = Math.Round(0.3 + 0.6 * random.NextDouble(), 2);
            double slope = Math.Round(-8 + 16 * random.NextDouble(), 1);
            double measured = Distance(speed, reaction, friction, slope) + Noise * random.NextNormal();
            file.WriteLine(Invariant($"{car},{speed:0.0},{reaction:0.00},{friction:0.00},{slope:0.0},{measured:0.0}"));
        }
    }

    /// <summary>The distance without an error of measurement, in metres.</summary>
    /// <param name="speed">Kilometres per hour.</param>
    /// <param name="reaction">Seconds.</param>
    /// <param name="friction">The coefficient of friction.</param>
    /// <param name="slope">Per cent, positive uphill.</param>
    public static double Distance(double speed, double reaction, double friction, double slope)
    {
        double metresPerSecond = speed / 3.6;
        return metresPerSecond * reaction + metresPerSecond * metresPerSecond / (2 * Gravity * (friction + slope / 100));
    }
}
