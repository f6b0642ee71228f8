using System.Diagnostics;
using System.Globalization;
using NetGen.Tests.Data;
using Regression;
using Xunit;

namespace NetGen.Tests.Samples;

/// <summary>The regression sample: its table, its plots, and a run from start to end.</summary>
public sealed class RegressionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_stop_takes_the_way_of_the_reaction_and_that_of_the_brakes()
    {
        // 72 km/h are 20 m/s: 20 m in a second, then 400 / (2 · 9.81 · 0.5) m.
        Assert.Equal(20 + 40.7747, StopTable.Distance(72, 1, 0.5, 0), 1e-4);
        Assert.Equal(20 + 50.9684, StopTable.Distance(72, 1, 0.5, -10), 1e-4);
    }

    [Fact]
    public void The_table_is_the_law_plus_an_error_of_measurement() => HostileCulture.Run(() =>
    {
        string[] lines = Table("a.csv", rows: 1000, seed: 3);
        Assert.Equal("car,speed_kmh,reaction_s,friction,slope_percent,distance_m", lines[0]);
        double[] errors = [.. lines.Skip(1).Select(line =>
        {
            double[] row = [.. line.Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
            return row[5] - StopTable.Distance(row[1], row[2], row[3], row[4]);
        })];
        Assert.Equal(1000, errors.Length);
        Assert.InRange(errors.Average(), -0.25, 0.25);
        Assert.InRange(Math.Sqrt(errors.Average(error => error * error)), 0.9 * StopTable.Noise, 1.1 * StopTable.Noise);

        Assert.Equal(lines, Table("b.csv", rows: 1000, seed: 3));
        Assert.NotEqual(lines, Table("c.csv", rows: 1000, seed: 4));
    });

    [Fact]
    public void A_plot_has_the_ranges_of_its_points_at_its_edges()
    {
        var plot = new TextPlot("x", "y");
        plot.Add(1, 10, 'a');
        plot.Add(3, 40, 'b');
        plot.Add(2, 25, 'c');
        plot.Add(3, 40, 'd');
        string[] lines = plot.ToString().Split(Environment.NewLine);
        Assert.Equal("         y", lines[0]);
        Assert.Equal("     40 |" + new string(' ', 59) + "d", lines[1]);
        Assert.Equal("        |" + new string(' ', 30) + "c", lines[9]);
        Assert.Equal("     10 |a", lines[16]);
        Assert.Equal("        +" + new string('-', 60), lines[17]);
        Assert.Equal("         1" + new string(' ', 55) + "3  x", lines[18]);
        Assert.DoesNotContain('b', plot.ToString());
    }

    [Fact]
    public void A_logarithmic_plot_has_equal_steps_for_equal_factors()
    {
        var plot = new TextPlot("x", "y", logarithmic: true);
        plot.Add(0, 1, 'a');
        plot.Add(1, 8, 'b');
        plot.Add(2, 32768, 'c');
        string[] lines = plot.ToString().Split(Environment.NewLine);
        Assert.StartsWith("3.277E+04 |", lines[1].Trim(), StringComparison.Ordinal);
        Assert.Contains('b', lines[13]);
        Assert.StartsWith("1 |a", lines[16].TrimStart(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_checks_what_it_has_learnt_and_says_so()
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(StopNet).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal("", await error);
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("2000 samples of 4 values, 1 targets", output, StringComparison.Ordinal);
        Assert.Contains("val_loss has not improved for 60 epochs", output, StringComparison.Ordinal);
        Assert.Contains("On 300 cars that training has not seen:", output, StringComparison.Ordinal);
        Assert.Contains("R² is at least 0.99, and the network has the weights of epoch", output, StringComparison.Ordinal);
    }

    private string[] Table(string name, int rows, ulong seed)
    {
        StopTable.Write(_directory[name], rows, seed);
        return File.ReadAllLines(_directory[name]);
    }
}
