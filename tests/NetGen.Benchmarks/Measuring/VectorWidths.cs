using System.Diagnostics;
using System.Globalization;

namespace NetGen.Benchmarks.Measuring;

/// <summary>Runs this program again for each vector width that the processor has, since the width of a process is decided when it starts.</summary>
internal static class VectorWidths
{
    private static readonly (int Bits, string? Switch)[] All = [(512, null), (256, "DOTNET_EnableAVX512"), (128, "DOTNET_EnableAVX2")];

    /// <summary>What the processes wrote, the widest vectors first.</summary>
    /// <param name="arguments">Their arguments.</param>
    public static string OutputOfEach(string[] arguments) => string.Join(
        '\n', All.Where(width => width.Bits <= FmaLoop.VectorBits).Select(width => Output(arguments, width.Bits == FmaLoop.VectorBits ? null : width.Switch)));

    private static string Output(string[] arguments, string? switchedOff)
    {
        string program = Environment.ProcessPath!;
        var info = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            info.ArgumentList.Add(typeof(VectorWidths).Assembly.Location);
        foreach (string argument in arguments)
            info.ArgumentList.Add(argument);
        if (switchedOff is not null)
            info.Environment[switchedOff] = "0";
        using Process process = Process.Start(info)!;
        string output = process.StandardOutput.ReadToEnd().TrimEnd() + "\n";
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The process ended with {process.ExitCode}."));
    }
}
