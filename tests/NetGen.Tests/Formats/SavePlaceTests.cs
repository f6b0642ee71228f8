using System.Net.Sockets;
using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Formats;

/// <summary>Where a file is saved: what it may replace, what it keeps, and how errors name it.</summary>
public sealed class SavePlaceTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static ParameterTable Table => SafeTensorsFixture.Table;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_device_is_refused_and_left_alone()
    {
        if (OperatingSystem.IsWindows()) return;

        // Where nobody may make devices, a pipe is the next best.
        bool isDevice = UnixNode.TryMakeFullDevice(_folder["device"]);
        if (!isDevice) UnixNode.MakePipe(_folder["device"]);
        AssertRefused("device", isDevice ? "a character device" : "a pipe");
    }

    [Fact]
    public void A_pipe_is_refused_and_left_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        UnixNode.MakePipe(_folder["pipe"]);
        AssertRefused("pipe", "a pipe");
    }

    [Fact]
    public void A_socket_is_refused_and_left_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));
        AssertRefused("socket", "a socket");
    }

    [Fact]
    public void A_link_to_a_pipe_is_refused_and_left_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        UnixNode.MakePipe(_folder["pipe"]);
        File.CreateSymbolicLink(_folder["link"], "pipe");
        AssertRefused("link", "a pipe");
        Assert.Equal("pipe", new FileInfo(_folder["link"]).LinkTarget);
    }

    [Fact]
    public void A_folder_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(_folder["weights"]);
        var error = Assert.Throws<UnauthorizedAccessException>(() => Save("weights"));
        Assert.Equal($"Cannot save '{_folder["weights"]}': it is a folder.", error.Message);
        Assert.Equal(["weights"], _folder.Files);
    }

    [Fact]
    public void A_link_to_nothing_makes_the_file_that_it_names()
    {
        if (OperatingSystem.IsWindows()) return;
        File.CreateSymbolicLink(_folder["latest"], "version1");
        Save("latest");
        Assert.Equal("version1", new FileInfo(_folder["latest"]).LinkTarget);
        Assert.Equal(["latest", "version1"], _folder.Files);
        Load("version1");
    }

    [Fact]
    public void Links_in_a_circle_are_reported()
    {
        if (OperatingSystem.IsWindows()) return;
        File.CreateSymbolicLink(_folder["a"], "b");
        File.CreateSymbolicLink(_folder["b"], "a");
        Assert.StartsWith($"Cannot save '{_folder["a"]}': ", Assert.Throws<IOException>(() => Save("a")).Message);
        Assert.Equal(["a", "b"], _folder.Files);
    }

    [Fact]
    public void Errors_name_the_path_that_was_given()
    {
        string path = Path.Combine(_folder["missing"], "weights");
        AssertNames(path, Assert.Throws<DirectoryNotFoundException>(() => SafeTensors.Save(path, Table, new float[Table.Count])));
        Assert.Contains(_folder["weights"], Assert.Throws<FileNotFoundException>(() => SafeTensors.Load(_folder["weights"], Table, new float[Table.Count])).Message);

        // What the system says of a write has the name of the temporary file in it.
        AssertNames(_folder["weights"], Assert.Throws<IOException>(() => SafeTensors.Save(
            _folder["weights"], Table, new float[Table.Count],
            file => throw new IOException($"No space left on device : '{((FileStream)file).Name}'"))));
        AssertNames(_folder["weights"], Assert.Throws<UnauthorizedAccessException>(() => SafeTensors.Save(
            _folder["weights"], Table, new float[Table.Count],
            file => throw new UnauthorizedAccessException($"Access to the path '{((FileStream)file).Name}' is denied."))));
    }

    [Fact]
    public void A_relative_path_is_named_as_it_was_given()
    {
        string path = Path.Combine("no such folder", "weights");
        AssertNames(path, Assert.Throws<DirectoryNotFoundException>(() => SafeTensors.Save(path, Table, new float[Table.Count])));
    }

    [Fact]
    public void A_name_as_long_as_can_be_is_no_obstacle()
    {
        string name = new('w', 255);
        Save(name);
        Assert.Equal([name], _folder.Files);
        Load(name);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData((UnixFileMode)0b110_110_110)]
    [InlineData((UnixFileMode)0b100_100_100)]
    public void Permissions_are_kept(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) return;
        File.WriteAllText(_folder["weights"], "");
        File.SetUnixFileMode(_folder["weights"], mode);
        Save("weights");
        Assert.Equal(mode, File.GetUnixFileMode(_folder["weights"]));
        Assert.Equal(["weights"], _folder.Files);
    }

    [Fact]
    public void Many_may_save_to_one_path_at_once()
    {
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Save("weights"));
        Assert.Equal(["weights"], _folder.Files);
        Load("weights");
    }

    private static void AssertNames(string path, Exception error)
    {
        Assert.StartsWith($"Cannot save '{path}': ", error.Message);
        Assert.DoesNotContain(".tmp", error.ToString());
    }

    private void AssertRefused(string name, string kind)
    {
        string[] before = [.. _folder.Files];
        var error = Assert.Throws<IOException>(() => Save(name));
        Assert.Equal(
            $"Cannot save '{_folder[name]}': it is {kind}, and saving replaces only regular files. To write into it, open it and save to the stream.",
            error.Message);
        Assert.Equal(before, _folder.Files);
        Assert.Equal(kind, FileKind.Irregular(_folder[name]));
    }

    private void Save(string name) => SafeTensors.Save(_folder[name], Table, SafeTensorsFixture.Numbered());

    private void Load(string name)
    {
        float[] parameters = SafeTensorsFixture.Numbered();
        foreach (ParameterInfo info in Table.Parameters) parameters.AsSpan(info.Offset, info.Length).Clear();
        SafeTensors.Load(_folder[name], Table, parameters);
        Assert.Equal(SafeTensorsFixture.Numbered(), parameters);
    }
}
