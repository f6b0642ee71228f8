using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace NetGen.WarmUp;

/// <summary>Starts the processes, and makes a table of the medians.</summary>
internal static class Table
{
    /// <summary>The table as Markdown.</summary>
    /// <param name="starts">Processes for each row.</param>
    /// <param name="networks">The networks: their names in the table, and their types.</param>
    public static string Of(int starts, (string Name, string Type)[] networks)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{(RuntimeFeature.IsDynamicCodeCompiled ? "With the JIT" : "Ahead of time")}, medians of {starts} starts, in ms.\n\n");
        text.Append("| | to main | create | first | second | steady | steady after |\n|---|--:|--:|--:|--:|--:|--:|\n");
        foreach ((string name, string type) in networks)
        {
            foreach (Mode mode in Enum.GetValues<Mode>())
            {
                Times[] times = [.. Enumerable.Range(0, starts).Select(_ => Start(type, mode))];
                text.Append(CultureInfo.InvariantCulture, $"| {name}, {(mode == Mode.Training ? "training step" : "prediction")} ");
                text.Append(CultureInfo.InvariantCulture, $"| {Of(trial => trial.Main):F0} | {Of(trial => trial.Create):F1} | {Of(trial => trial.First):F3} ");
                text.Append(CultureInfo.InvariantCulture, $"| {Of(trial => trial.Second):F3} | {Of(trial => trial.Steady):F4} | {Of(trial => trial.Until):F0} |\n");

                double Of(Func<Times, double> part) => Median([.. times.Select(part)]);
            }
        }

        return text.ToString();
    }

    /// <summary>The middle value, or the upper one of the two in the middle.</summary>
    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static Times Start(string type, Mode mode)
    {
        ProcessStartInfo info = new(Environment.ProcessPath!) { RedirectStandardOutput = true };

        // Started by dotnet, the program is its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "NetGen.WarmUp.dll"));
        info.ArgumentList.Add(type);
        info.ArgumentList.Add(mode.ToString());
        info.ArgumentList.Add(Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
        using Process process = Process.Start(info)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Times.Parse(output.Trim()) : throw new InvalidOperationException($"The process for {type} ended with {process.ExitCode}.");
    }
}
