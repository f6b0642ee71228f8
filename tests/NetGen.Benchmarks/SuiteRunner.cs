using NetGen.Benchmarks.Contenders;
using NetGen.Benchmarks.Kernels;
using NetGen.Benchmarks.Reporting;
using NetGen.Benchmarks.SideBySide;

namespace NetGen.Benchmarks;

/// <summary>Finds the peers, runs the suites, and writes what came out.</summary>
internal sealed class SuiteRunner(SuiteOptions options)
{
    public void Run()
    {
        if (options.SideBySide)
            RunSideBySide();
        if (options.Kernels)
            RunKernels();
    }

    private void RunSideBySide()
    {
        using var files = new PeerFiles(options.Networks);
        List<IContender> contenders = [new NetGenContender(options.Timing)];
        try
        {
            if (options.Peers)
                AddPeers(contenders, files);
            TorchContender? torch = contenders.OfType<TorchContender>().FirstOrDefault();
            var load = new LoadMeter(() => torch?.ProcessorTime ?? TimeSpan.Zero);
            var suite = new Suite(contenders, options.Timing);
            if (contenders.Count > 1)
                suite.CompareOutputs(options.Networks);
            List<Row> rows = [];
            foreach (Row row in suite.Run(BenchmarkCase.All(options.Networks, options.Threads)))
            {
                Console.Error.WriteLine(Report.Line(row));
                rows.Add(row);
            }

            Publish("side by side", load, Report.Suite(rows, contenders));
        }
        finally
        {
            foreach (IContender contender in contenders)
                contender.Dispose();
        }
    }

    private void RunKernels()
    {
        var load = new LoadMeter(() => TimeSpan.Zero);
        List<KernelResult> results = [];
        foreach (KernelResult result in KernelSuite.Run(options.Networks, options.Timing))
        {
            Console.Error.WriteLine(Report.Line(result));
            results.Add(result);
        }

        Publish("kernels", load, Report.Kernels(results));
    }

    private void AddPeers(List<IContender> contenders, PeerFiles files)
    {
        Try("PyTorch", TorchContender.Installation, () =>
        {
            var torch = new TorchContender(options.Python, files.Folder, options.Threads, options.OpenBlas, options.Timing);
            contenders.Add(torch);
            contenders.Add(torch.WithoutDropout());
        });
        Try("ONNX Runtime", OnnxRuntimeContender.Installation, () => contenders.Add(new OnnxRuntimeContender(
            options.OnnxRuntime, options.Python, files.Folder, options.Networks, options.Threads, options.Timing)));
    }

    private static void Try(string name, string installation, Action start)
    {
        try
        {
            start();
        }
        catch (PeerException exception)
        {
            Console.Error.WriteLine($"{name} does not take part. {exception.Message}\nTo install it: {installation}\n");
        }
    }

    private void Publish(string name, LoadMeter load, string table)
    {
        string text = FormattableString.Invariant(
            $"{Machine.Description}. Other processes kept {load.Processors:F2} processors busy meanwhile.\n\n{table}");
        Console.WriteLine(text);
        if (options.Output is not null)
            Report.Write(options.Output, name, text);
    }
}
