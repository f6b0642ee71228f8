using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using static System.FormattableString;

namespace Digits.Data;

/// <summary>
/// Fetches MNIST's files into a directory. A file appears there only after its content has been compared with the
/// original, and complete or not at all; what is already there and right is not fetched again.
/// </summary>
/// <param name="client">Sends the requests.</param>
/// <param name="mirror">The address under which the files lie; it ends with a slash.</param>
/// <param name="directory">Where the files go; made if it does not exist.</param>
/// <param name="files">The files and what they must hold.</param>
/// <param name="log">Is told, in a line each, what happens.</param>
internal sealed class MnistDownload(
    HttpClient client, Uri mirror, string directory, IReadOnlyList<MnistFile> files, TextWriter log)
{
    /// <summary>The mirror that PyTorch's torchvision downloads from.</summary>
    public static readonly Uri DefaultMirror = new("https://ossci-datasets.s3.amazonaws.com/mnist/");

    private const int Attempts = 4;

    /// <summary>How long to wait before the second attempt; doubled before each further one.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the server may be silent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Fetches whatever is missing or damaged.</summary>
    /// <exception cref="DownloadException">A file cannot be had, or is not the original.</exception>
    /// <exception cref="IOException">The directory or a file cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled.</exception>
    public async Task FetchAsync(CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(directory);
        foreach (MnistFile file in files)
        {
            string path = Path.Combine(directory, file.PackedName);
            if (File.Exists(path) && await FaultAsync(path, file, cancellation) is null)
                continue;

            for (int attempt = 1; !await TryFetchAsync(file, path, attempt, cancellation); attempt++)
                await Task.Delay(Pause * (1 << (attempt - 1)), cancellation);
        }
    }

    /// <returns>Whether the file is there; <see langword="false"/> asks for another attempt.</returns>
    private async Task<bool> TryFetchAsync(MnistFile file, string path, int attempt, CancellationToken cancellation)
    {
        var address = new Uri(mirror, file.PackedName);
        string part = $"{path}.{Guid.NewGuid():N}.part";
        log.WriteLine($"Downloading {address}");
        try
        {
            await using (FileStream target = new(part, FileMode.CreateNew, FileAccess.Write))
            {
                await TransferAsync(address, file, target, cancellation);
                target.Flush(flushToDisk: true);
            }

            if (await FaultAsync(part, file, cancellation) is { } fault)
                throw new DownloadException($"{address} is not the original file: {fault}.");

            File.Move(part, path, overwrite: true);
            return true;
        }
        catch (DownloadException e) when (e.Transient && attempt < Attempts)
        {
            log.WriteLine(Invariant($"{e.Message} Trying again ({attempt + 1} of {Attempts})."));
            return false;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private async Task TransferAsync(Uri address, MnistFile file, Stream target, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await AskAsync(
            address, token => client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, token), cancellation);
        if (!response.IsSuccessStatusCode)
            throw Refusal(address, response.StatusCode);

        await using Stream source = await AskAsync(
            address, response.Content.ReadAsStreamAsync, cancellation);
        var buffer = new byte[1 << 16];
        long received = 0;
        int read;
        while ((read = await AskAsync(address, token => source.ReadAsync(buffer, token).AsTask(), cancellation)) > 0)
        {
            // Packing makes nothing much longer; what is longer than the content is some other file.
            received += read;
            if (received > file.Length + buffer.Length)
                throw new DownloadException(Invariant($"{address} is not the original file: it is longer than {file.Length} bytes."));

            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
    }

    /// <summary>One exchange with the server, with its failures named.</summary>
    private async Task<T> AskAsync<T>(Uri address, Func<CancellationToken, Task<T>> exchange, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            return await exchange(patience.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new DownloadException(
                Invariant($"{address}: the server was silent for {Patience.TotalSeconds:0} seconds."), transient: true, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new DownloadException($"{address} cannot be fetched: {e.Message.TrimEnd('.')}.", transient: true, e);
        }
    }

    private static DownloadException Refusal(Uri address, HttpStatusCode status)
    {
        bool transient = status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;
        return new DownloadException(Invariant($"{address}: the server answered {(int)status} ({status})."), transient);
    }

    /// <summary>What is wrong with a packed file, or <see langword="null"/> when it holds the original.</summary>
    private static async Task<string?> FaultAsync(string path, MnistFile file, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream packed = File.OpenRead(path);
        await using var content = new GZipStream(packed, CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        long length = 0;
        try
        {
            int read;
            while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
            {
                length += read;
                if (length > file.Length)
                    return Invariant($"it unpacks to more than {file.Length} bytes");

                hash.AppendData(buffer, 0, read);
            }
        }
        catch (InvalidDataException e)
        {
            return $"it cannot be unpacked ({e.Message.TrimEnd('.')})";
        }

        if (length < file.Length)
            return Invariant($"it unpacks to {length} bytes, not {file.Length}");

        string actual = Convert.ToHexStringLower(hash.GetHashAndReset());
        return actual == file.Sha256 ? null : $"the SHA-256 of its content is {actual}, not {file.Sha256}";
    }
}
