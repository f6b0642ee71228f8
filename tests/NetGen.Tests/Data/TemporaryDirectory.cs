namespace NetGen.Tests.Data;

/// <summary>A directory of its own for a test, gone with it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("netgen-").FullName;

    /// <summary>The names of what is in it.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFileSystemEntries(Path).Select(f => System.IO.Path.GetFileName(f)).Order();

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, byte[] content)
    {
        string path = this[name];
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
