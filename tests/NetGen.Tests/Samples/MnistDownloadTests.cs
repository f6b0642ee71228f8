using System.Net;
using System.Security.Cryptography;
using Digits.Data;
using NetGen.Tests.Data;
using Xunit;

namespace NetGen.Tests.Samples;

public sealed class MnistDownloadTests : IDisposable
{
    private const int Attempts = 4;

    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _client = new();
    private readonly StringWriter _log = new();
    private readonly Dictionary<string, byte[]> _packed = [];
    private readonly MnistFile[] _files;

    public MnistDownloadTests() => _files = [Offer("first", 100_000), Offer("second", 10)];

    public void Dispose()
    {
        _client.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Fetches_every_file_as_the_server_has_it()
    {
        using LocalServer server = LocalServer.Of(_packed);
        await Download(server.Address).FetchAsync();

        Assert.Equal(["first.gz", "second.gz"], Names());
        Assert.Equal(_packed["first.gz"], File.ReadAllBytes(InDirectory("first.gz")));
        Assert.Contains($"Downloading {server.Address}second.gz", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Makes_the_directory()
    {
        using LocalServer server = LocalServer.Of(_packed);
        string deep = Path.Combine(_directory.Path, "a", "b");
        await new MnistDownload(_client, server.Address, deep, _files, _log).FetchAsync();
        Assert.Equal(2, Directory.GetFiles(deep).Length);
    }

    [Fact]
    public async Task Fetches_nothing_that_is_there()
    {
        using LocalServer server = LocalServer.Of(_packed);
        await Download(server.Address).FetchAsync();
        await Download(server.Address).FetchAsync();
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task Replaces_a_damaged_file()
    {
        byte[] damaged = [.. _packed["first.gz"]];
        damaged[damaged.Length / 2] ^= 1;
        File.WriteAllBytes(InDirectory("first.gz"), damaged);
        File.WriteAllBytes(InDirectory("second.gz"), []);

        using LocalServer server = LocalServer.Of(_packed);
        await Download(server.Address).FetchAsync();
        Assert.Equal(_packed["first.gz"], File.ReadAllBytes(InDirectory("first.gz")));
        Assert.Equal(_packed["second.gz"], File.ReadAllBytes(InDirectory("second.gz")));
    }

    [Fact]
    public async Task Refuses_other_content_of_the_same_length()
    {
        byte[] other = Content(99, 100_000);
        _packed["first.gz"] = IdxFile.Compress(other);
        using LocalServer server = LocalServer.Of(_packed);

        string message = await FaultOf(server.Address);
        Assert.Contains($"{server.Address}first.gz is not the original file", message, StringComparison.Ordinal);
        Assert.Contains(Hash(other), message, StringComparison.Ordinal);
        Assert.Contains(_files[0].Sha256, message, StringComparison.Ordinal);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Refuses_content_that_is_too_short()
    {
        _packed["first.gz"] = IdxFile.Compress(Content(0, 50_000));
        using LocalServer server = LocalServer.Of(_packed);
        Assert.Contains("unpacks to 50000 bytes, not 100000", await FaultOf(server.Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_content_that_unpacks_to_more_without_unpacking_all_of_it()
    {
        _packed["first.gz"] = IdxFile.Compress(new byte[30_000_000]);
        using LocalServer server = LocalServer.Of(_packed);
        Assert.Contains("unpacks to more than 100000 bytes", await FaultOf(server.Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_file_that_is_longer_than_its_content()
    {
        _packed["first.gz"] = Content(0, 1_000_000);
        using LocalServer server = LocalServer.Of(_packed);
        Assert.Contains("it is longer than 100000 bytes", await FaultOf(server.Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_page_where_a_packed_file_should_be()
    {
        _packed["first.gz"] = "<html>Please log in to this network</html>"u8.ToArray();
        using LocalServer server = LocalServer.Of(_packed);
        Assert.Contains("it cannot be unpacked", await FaultOf(server.Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_a_missing_file_and_does_not_ask_again()
    {
        _packed.Remove("first.gz");
        using LocalServer server = LocalServer.Of(_packed);

        Assert.Contains($"{server.Address}first.gz: the server answered 404 (NotFound)", await FaultOf(server.Address), StringComparison.Ordinal);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Asks_again_while_the_server_is_busy()
    {
        using var server = new LocalServer((context, request) =>
        {
            if (request > 2)
                return LocalServer.SendAsync(context, _packed);

            context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
            context.Response.Close();
            return Task.CompletedTask;
        });
        await Download(server.Address).FetchAsync();

        Assert.Equal(["first.gz", "second.gz"], Names());
        Assert.Equal(4, server.Requests);
        Assert.Contains("503 (ServiceUnavailable). Trying again (3 of 4).", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_again_after_the_connection_broke()
    {
        using var server = new LocalServer((context, request) => request == 1
            ? LocalServer.SendHalfAsync(context, _packed["first.gz"])
            : LocalServer.SendAsync(context, _packed));
        await Download(server.Address).FetchAsync();
        Assert.Equal(_packed["first.gz"], File.ReadAllBytes(InDirectory("first.gz")));
    }

    [Fact]
    public async Task Gives_up_when_the_connection_always_breaks()
    {
        using var server = new LocalServer((context, _) => LocalServer.SendHalfAsync(context, _packed["first.gz"]));
        Assert.Contains($"{server.Address}first.gz cannot be fetched", await FaultOf(server.Address), StringComparison.Ordinal);
        Assert.Equal(Attempts, server.Requests);
    }

    [Fact]
    public async Task Says_that_nobody_answers() =>
        Assert.Contains("first.gz cannot be fetched", await FaultOf(LocalServer.Nobody()), StringComparison.Ordinal);

    [Fact]
    public async Task Does_not_wait_for_ever_for_a_silent_server()
    {
        using var server = new LocalServer((_, _) => Task.Delay(Timeout.Infinite));
        var download = new MnistDownload(_client, server.Address, _directory.Path, _files, _log)
        {
            Pause = TimeSpan.Zero,
            Patience = TimeSpan.FromMilliseconds(1),
        };
        var fault = await Assert.ThrowsAsync<DownloadException>(() => download.FetchAsync());

        Assert.Contains("the server was silent", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Names());
    }

    [Fact]
    public async Task Stops_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        using var server = new LocalServer((_, _) =>
        {
            cancellation.Cancel();
            return Task.Delay(Timeout.Infinite);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Download(server.Address).FetchAsync(cancellation.Token));

        Assert.Equal(1, server.Requests);
        Assert.Empty(Names());
    }

    [Fact]
    public void The_default_mirror_is_a_directory() => Assert.EndsWith("/", MnistDownload.DefaultMirror.AbsoluteUri, StringComparison.Ordinal);

    private static byte[] Content(int seed, int length)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        return content;
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private MnistFile Offer(string name, int length)
    {
        byte[] content = Content(length, length);
        _packed[name + ".gz"] = IdxFile.Compress(content);
        return new MnistFile(name, length, Hash(content));
    }

    private string InDirectory(string name) => Path.Combine(_directory.Path, name);

    private string[] Names() => [.. Directory.GetFiles(_directory.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private MnistDownload Download(Uri mirror) =>
        new(_client, mirror, _directory.Path, _files, _log) { Pause = TimeSpan.Zero };

    /// <summary>The message of a download that fails and must leave nothing behind.</summary>
    private async Task<string> FaultOf(Uri mirror)
    {
        var fault = await Assert.ThrowsAsync<DownloadException>(() => Download(mirror).FetchAsync());
        Assert.Empty(Names());
        return fault.Message;
    }
}
