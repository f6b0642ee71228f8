using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using NetGen.Tests.Allocation;
using NetGen.Tests.Fitting;
using NetGen.Tests.Formats;

namespace NetGen.Tests.Support;

/// <summary>A process of its own, for what cannot be tested beside other tests. The tests' assembly is its program.</summary>
internal sealed class TestProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it.</summary>
    /// <param name="arguments">What <see cref="Main"/> gets.</param>
    /// <param name="variables">Settings of its environment.</param>
    public TestProcess(IEnumerable<string> arguments, params ReadOnlySpan<(string Name, string Value)> variables)
    {
        string runtime = RuntimeEnvironment.GetRuntimeDirectory();
        string dotnet = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        ProcessStartInfo start = new(dotnet, [typeof(TestProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
    }

    public int ExitCode => _process.ExitCode;

    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>What it writes until it ends.</summary>
    public string ReadToEnd()
    {
        string text = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        return text;
    }

    /// <summary>Ends the process without giving it a chance.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Ends its input, and waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public int Finish()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static void Main(string[] arguments)
    {
        switch (arguments)
        {
            case [SaveHost.Command, string path]:
                SaveHost.Run(path);
                break;
            case [AllocationCount.Command, .. string[] control]:
                AllocationCount.Run(control.FirstOrDefault());
                break;
            case [KilledTraining.Command, string folder, string threads]:
                KilledTraining.Run(folder, int.Parse(threads, CultureInfo.InvariantCulture)).Save(KilledTraining.ResultIn(folder));
                break;
            case [FitAllocation.Command]:
                FitAllocation.Run();
                break;
            default:
                throw new ArgumentException("Unknown arguments: " + string.Join(' ', arguments), nameof(arguments));
        }
    }
}
