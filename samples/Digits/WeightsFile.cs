namespace Digits;

/// <summary>The file that the weights are saved to.</summary>
internal static class WeightsFile
{
    /// <summary>Makes its directory and finds out, before the training rather than after it, whether it can be written.</summary>
    /// <exception cref="IOException">The directory cannot be made, or no file in it.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of permission.</exception>
    public static void Prepare(string path)
    {
        string directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        string probe = Path.Combine(directory, Path.GetRandomFileName());
        using FileStream _ = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
    }
}
