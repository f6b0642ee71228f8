using System.Net;
using System.Net.Sockets;

namespace NetGen.Tests.Samples;

/// <summary>An HTTP server on the loopback interface that answers as a test wants.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _loop;
    private int _requests;

    /// <summary>Starts to listen.</summary>
    /// <param name="answer">Answers one request; the number counts them from 1.</param>
    public LocalServer(Func<HttpListenerContext, int, Task> answer)
    {
        (_listener, Address) = Listen();
        _loop = ServeAsync(answer);
    }

    /// <summary>The address of the server's root.</summary>
    public Uri Address { get; }

    /// <summary>How many requests have come.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Offers files under their names, and answers 404 to everything else.</summary>
    public static LocalServer Of(IReadOnlyDictionary<string, byte[]> files) =>
        new((context, _) => SendAsync(context, files));

    /// <summary>Sends the file that is asked for.</summary>
    public static async Task SendAsync(HttpListenerContext context, IReadOnlyDictionary<string, byte[]> files)
    {
        if (files.TryGetValue(Path.GetFileName(context.Request.Url!.AbsolutePath), out byte[]? content))
        {
            context.Response.ContentLength64 = content.Length;
            await context.Response.OutputStream.WriteAsync(content);
        }
        else
        {
            context.Response.StatusCode = (int)HttpStatusCode.NotFound;
        }

        context.Response.Close();
    }

    /// <summary>Announces a file, sends half of it and cuts the connection.</summary>
    public static async Task SendHalfAsync(HttpListenerContext context, byte[] content)
    {
        context.Response.ContentLength64 = content.Length;
        await context.Response.OutputStream.WriteAsync(content.AsMemory(0, content.Length / 2));
        await context.Response.OutputStream.FlushAsync();
        context.Response.Abort();
    }

    /// <summary>An address at which nobody listens.</summary>
    public static Uri Nobody() => new($"http://127.0.0.1:{FreePort()}/");

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Close();
        _loop.GetAwaiter().GetResult();
        _closing.Dispose();
    }

    private static (HttpListener Listener, Uri Address) Listen()
    {
        while (true)
        {
            var address = new Uri($"http://127.0.0.1:{FreePort()}/");
            var listener = new HttpListener();
            listener.Prefixes.Add(address.AbsoluteUri);
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException)
            {
                // Somebody else took the port in the meantime.
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task ServeAsync(Func<HttpListenerContext, int, Task> answer)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                await answer(context, Interlocked.Increment(ref _requests)).WaitAsync(_closing.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
            {
                // The client has hung up, which some tests are about.
            }
        }
    }
}
