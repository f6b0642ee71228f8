using System.Diagnostics;
using System.Text.Json.Nodes;

namespace NetGen.Benchmarks.Contenders;

/// <summary>A peer in a process of its own, which answers one line of JSON with one line of JSON.</summary>
internal sealed class PeerProcess : IDisposable
{
    // Some environments preset these for other processors, which slows OpenBLAS down.
    private static readonly string[] Harmful = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "NVPL_BLAS_DEBUG_CPU_TYPE", "OMP_WAIT_POLICY"];

    private readonly Process _process;
    private readonly Queue<string> _complaints = new();

    /// <summary>Starts it and waits for its greeting.</summary>
    /// <exception cref="PeerException">It does not start, or ends at once.</exception>
    public PeerProcess(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in Harmful)
            start.Environment.Remove(name);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new PeerException($"{program} does not start: {exception.Message}");
        }

        _process.ErrorDataReceived += (_, line) => Complain(line.Data);
        _process.BeginErrorReadLine();
        try
        {
            Name = (string)Answer()["name"]!;
        }
        catch (PeerException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Name and version, from the greeting.</summary>
    public string Name { get; }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="PeerException">The answer is an error, or there is none.</exception>
    public JsonObject Ask(JsonObject request)
    {
        _process.StandardInput.WriteLine(request.ToJsonString());
        _process.StandardInput.Flush();
        return Answer();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
                _process.Kill();
        }

        _process.Dispose();
    }

    private JsonObject Answer()
    {
        string? line = _process.StandardOutput.ReadLine();
        if (line is null)
        {
            _process.WaitForExit();
            lock (_complaints)
                throw new PeerException(_complaints.Count == 0 ? "It ended without a word." : string.Join('\n', _complaints));
        }

        JsonObject answer = JsonNode.Parse(line)!.AsObject();
        return answer["error"] is { } error ? throw new PeerException((string)error!) : answer;
    }

    private void Complain(string? line)
    {
        const int kept = 3;
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_complaints)
        {
            _complaints.Enqueue(line.Trim());
            if (_complaints.Count > kept)
                _complaints.Dequeue();
        }
    }
}

/// <summary>A peer is not there, or failed.</summary>
internal sealed class PeerException(string message) : Exception(message);
