using System.Net.Sockets;
using Digits;
using NetGen.Tests.Data;
using NetGen.Tests.Formats;
using Xunit;

namespace NetGen.Tests.Samples;

/// <summary>The sample looks before it trains, and what it learnt is not lost when saving fails.</summary>
public sealed class WeightsFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_check_leaves_nothing_behind_but_the_folder()
    {
        WeightsFile.Check(_directory["a/b/w.safetensors"], 200_000);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory["a/b"]));
    }

    [Fact]
    public void More_than_the_disk_holds_is_found_out_before()
    {
        string path = _directory["w.safetensors"];
        IOException error = Assert.Throws<IOException>(() => WeightsFile.Check(path, 1L << 62));
        Assert.StartsWith($"The weights (4611686018427387904 bytes) cannot be saved to '{path}'; --weights FILE names another place. ", error.Message, StringComparison.Ordinal);
        Assert.Empty(_directory.Files);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_found_out_before()
    {
        _directory.Write("file", []);
        IOException error = Assert.Throws<IOException>(() => WeightsFile.Check(_directory["file/w.safetensors"], 1));
        Assert.Contains(_directory["file/w.safetensors"], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("folder/")]
    [InlineData("new/")]
    public void A_folder_is_refused_before(string name)
    {
        Directory.CreateDirectory(_directory["folder"]);
        AssertRefused(_directory[name], "a folder");
        Assert.Equal(["folder"], _directory.Files);
    }

    [Fact]
    public void A_pipe_is_refused_before()
    {
        if (OperatingSystem.IsWindows())
            return;

        UnixNode.MakePipe(_directory["pipe"]);
        File.CreateSymbolicLink(_directory["link"], "pipe");
        AssertRefused(_directory["pipe"], "no regular file");
        AssertRefused(_directory["link"], "no regular file");
        Assert.Equal(["link", "pipe"], _directory.Files);
    }

    [Fact]
    public void A_device_is_refused_before()
    {
        if (!UnixNode.TryMakeFullDevice(_directory["device"]))
            return;

        AssertRefused(_directory["device"], "no regular file");
        Assert.Equal(["device"], _directory.Files);
    }

    [Fact]
    public void A_socket_is_refused_before()
    {
        if (OperatingSystem.IsWindows())
            return;

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_directory["socket"]));
        AssertRefused(_directory["socket"], "no regular file");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void An_older_file_is_no_obstacle_and_stays(int length)
    {
        _directory.Write("w.safetensors", new byte[length]);
        WeightsFile.Check(_directory["w.safetensors"], 1000);
        Assert.Equal(length, new FileInfo(_directory["w.safetensors"]).Length);
        Assert.Equal(["w.safetensors"], _directory.Files);
    }

    [Fact]
    public void The_folder_behind_a_link_counts()
    {
        if (OperatingSystem.IsWindows())
            return;

        File.CreateSymbolicLink(_directory["link"], _directory["far/w.safetensors"]);
        WeightsFile.Check(_directory["link"], 1000);
        Assert.True(Directory.Exists(_directory["far"]));
    }

    [Fact]
    public void Saving_where_it_shall_be_says_so()
    {
        string path = _directory["a/w.safetensors"];
        SavedWeights saved = WeightsFile.Save(path, Write, [_directory["other"]]);
        Assert.Equal(new SavedWeights(path, null), saved);
        Assert.Equal($"Saved to {path}", saved.ToString());
        Assert.True(File.Exists(path));
        Assert.False(Directory.Exists(_directory["other"]));
    }

    [Fact]
    public void A_disk_that_has_filled_up_loses_nothing()
    {
        string path = _directory["full/w.safetensors"];
        string full = _directory["full"];
        string alsoFull = _directory["alsoFull"];
        string free = _directory["free"];
        SavedWeights saved = WeightsFile.Save(path, WriteUnless(full, alsoFull), [alsoFull, free]);

        Assert.Equal(Path.Combine(free, "w.safetensors"), saved.Path);
        Assert.Equal("weights", File.ReadAllText(saved.Path));
        Assert.Equal($"The weights are in '{saved.Path}', because saving them elsewhere failed. '{path}': No space left.", saved.ToString());
    }

    [Fact]
    public void Another_place_does_not_cost_the_weights_that_lie_there()
    {
        _directory.Write("w.safetensors", [1]);
        _directory.Write("w-2.safetensors", [2]);
        SavedWeights saved = WeightsFile.Save(_directory["full/w.safetensors"], WriteUnless(_directory["full"]), [_directory.Path]);
        Assert.Equal(_directory["w-3.safetensors"], saved.Path);
        Assert.Equal([1], File.ReadAllBytes(_directory["w.safetensors"]));
    }

    [Fact]
    public void When_no_place_takes_them_each_says_why()
    {
        string path = _directory["full/w.safetensors"];
        IOException error = Assert.Throws<IOException>(() => WeightsFile.Save(path, WriteUnless(_directory.Path), [_directory["other"]]));
        Assert.Equal(
            $"The weights could not be saved. '{path}': No space left. '{_directory["other/w.safetensors"]}': No space left.",
            error.Message);
    }

    private static void AssertRefused(string path, string kind) => Assert.Equal(
        $"The weights (1000 bytes) cannot be saved to '{path}'; --weights FILE names another place. It is {kind}.",
        Assert.Throws<IOException>(() => WeightsFile.Check(path, 1000)).Message);

    private static void Write(string path) => File.WriteAllText(path, "weights");

    private static Action<string> WriteUnless(params string[] full) => path =>
    {
        if (full.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)))
            throw new IOException("No space left.");
        Write(path);
    };
}
