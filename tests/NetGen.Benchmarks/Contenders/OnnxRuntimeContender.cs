using System.Diagnostics;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Contenders;

/// <summary>ONNX Runtime on the processor, in this process; prediction only.</summary>
internal sealed class OnnxRuntimeContender : IContender
{
    /// <summary>How to get it.</summary>
    public const string Installation =
        "apt-get install python3-numpy python3-onnx; npm install --ignore-scripts --prefix FOLDER onnxruntime-node; then --onnxruntime FOLDER";

    private const string BatchSizes = "1,32,256";

    private readonly OnnxRuntimeLibrary _library;
    private readonly IReadOnlyList<int> _threads;
    private readonly string _folder;
    private readonly Timing _timing;

    /// <summary>Loads the library and lets a script write the models.</summary>
    /// <param name="installation">The folder that it was installed in, or the library itself.</param>
    /// <param name="python">The interpreter, with numpy and onnx.</param>
    /// <param name="folder">Weights and inputs; the models go there, too.</param>
    /// <param name="networks">The networks that there will be cases for.</param>
    /// <param name="threads">The numbers of threads that there will be cases for.</param>
    /// <param name="timing">How long a turn lasts.</param>
    /// <exception cref="PeerException">It is not there, or the models cannot be written.</exception>
    public OnnxRuntimeContender(
        string? installation, string python, string folder, IEnumerable<ReferenceNetwork> networks, IReadOnlyList<int> threads, Timing timing)
    {
        if (installation is null)
            throw new PeerException("Where it is installed was not said.");
        _library = new OnnxRuntimeLibrary(Find(installation));
        _threads = threads;
        _folder = folder;
        _timing = timing;
        WriteModels(python, networks);
    }

    public string Name => $"ONNX Runtime {_library.Version}";

    public bool SameWork => true;

    public IEntry? Enter(BenchmarkCase benchmark) => benchmark.Mode == Mode.Predict
        ? new Entry(this, benchmark.Network, benchmark.Batch, benchmark.Threads, InputShape(benchmark.Network, benchmark.Batch))
        : null;

    public IEnumerable<(string Variant, float[] Outputs)> Outputs(ReferenceNetwork network)
    {
        foreach (int threads in _threads)
        {
            using var entry = new Entry(this, network, PeerFiles.Samples, threads, InputShape(network, PeerFiles.Samples));
            yield return (FormattableString.Invariant($"{threads} threads"), entry.Outputs(ChannelsFirst(network, PeerFiles.Inputs(network))));
        }
    }

    public void Dispose()
    {
    }

    private static string Find(string installation)
    {
        if (File.Exists(installation))
            return installation;
        string name = OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime*.dylib" : "libonnxruntime.so*";
        string architecture = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        IEnumerable<string> found = Directory.Exists(installation)
            ? Directory.EnumerateFiles(installation, name, SearchOption.AllDirectories)
            : [];
        return found.FirstOrDefault(path => path.Contains(architecture, StringComparison.Ordinal))
            ?? throw new PeerException($"There is no {name} for {architecture} under {installation}.");
    }

    /// <summary>Channels come first, then the positions.</summary>
    private static long[] InputShape(ReferenceNetwork network, int batch)
    {
        var shape = network.Summary.InputShape;
        return [batch, shape[^1], .. shape[..^1]];
    }

    private static float[] ChannelsFirst(ReferenceNetwork network, float[] values)
    {
        var shape = network.Summary.InputShape;
        int channels = shape[^1], plane = network.InputLength / channels;
        var result = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (int sample, int rest) = Math.DivRem(i, plane * channels);
            (int position, int channel) = Math.DivRem(rest, channels);
            result[(sample * plane * channels) + (channel * plane) + position] = values[i];
        }

        return result;
    }

    private void WriteModels(string python, IEnumerable<ReferenceNetwork> networks)
    {
        string[] arguments = [PeerFiles.Script("gen_onnx.py"), _folder, BatchSizes, .. networks.Select(network => network.Name)];
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardError = true })!;
            string complaints = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new PeerException(complaints.Trim().Split('\n')[^1]);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new PeerException($"{python} does not start: {exception.Message}");
        }
    }

    private sealed class Entry : IEntry, IWork
    {
        private readonly OnnxRuntimeContender _owner;
        private readonly AlignedBuffer _inputs;
        private readonly AlignedBuffer _outputs;
        private readonly nint _session;
        private readonly nint _input;
        private readonly nint _output;

        public unsafe Entry(OnnxRuntimeContender owner, ReferenceNetwork network, int batch, int threads, long[] shape)
        {
            _owner = owner;
            _inputs = new AlignedBuffer((long)batch * network.InputLength);
            _outputs = new AlignedBuffer((long)batch * network.OutputLength);
            RandomValues.Fill(_inputs.Span, seed: 7);
            string model = FormattableString.Invariant($"{network.Name}_b{batch}.onnx");
            _session = owner._library.CreateSession(Path.Combine(owner._folder, model), threads);
            fixed (float* inputs = _inputs.Span)
            fixed (float* outputs = _outputs.Span)
            {
                _input = owner._library.CreateTensor(inputs, _inputs.Length, shape);
                _output = owner._library.CreateTensor(outputs, _outputs.Length, [batch, network.OutputLength]);
            }
        }

        public string Variant => "";

        public double Turn() => Stopper.Turn(this, _owner._timing);

        public void Run(int count) => _owner._library.Run(_session, _input, _output, count);

        public float[] Outputs(float[] inputs)
        {
            inputs.CopyTo(_inputs.Span);
            Run(1);
            return _outputs.Span.ToArray();
        }

        public void Dispose()
        {
            _owner._library.ReleaseTensor(_input);
            _owner._library.ReleaseTensor(_output);
            _owner._library.ReleaseSession(_session);
        }
    }
}
