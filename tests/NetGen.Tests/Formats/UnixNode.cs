using System.Diagnostics;

namespace NetGen.Tests.Formats;

/// <summary>Makes files that are none.</summary>
internal static class UnixNode
{
    /// <summary>A pipe with a name.</summary>
    public static void MakePipe(string path)
    {
        if (!Run("mkfifo", path)) throw new InvalidOperationException($"mkfifo {path} failed.");
    }

    /// <summary>A device of its own like /dev/full, which nothing else uses. Not everybody may make one.</summary>
    public static bool TryMakeFullDevice(string path) => OperatingSystem.IsLinux() && Run("mknod", path, "c", "1", "7");

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
