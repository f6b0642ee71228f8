using NetGen.Benchmarks.Contenders;
using NetGen.Benchmarks.Kernels;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Benchmarks.Reporting;
using NetGen.Benchmarks.SideBySide;
using NetGen.Benchmarks.Sweeps;
using NetGen.Benchmarks.Widths;
using static System.FormattableString;

namespace NetGen.Benchmarks;

/// <summary>Finds the peers, runs the suites, and writes what came out.</summary>
internal sealed class SuiteRunner(SuiteOptions options)
{
    private readonly Machine _machine = Machine.Measure();

    public void Run()
    {
        Publish("operations", OperationsReport.Table(ReferenceNetwork.All));
        if (options.SideBySide)
            RunSideBySide();
        if (options.Kernels)
            RunKernels();
        if (options.Sweep)
            RunSweep();
        if (options.Widths)
            RunWidths();
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
                Console.Error.WriteLine(SideBySideReport.Line(row));
                rows.Add(row);
            }

            Publish("side by side", Notes(load) + SideBySideReport.Tables(rows, contenders, _machine.Title));
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
            Console.Error.WriteLine(KernelReport.Line(result));
            results.Add(result);
        }

        Publish("kernels", Notes(load) + KernelReport.Table(results, _machine.Title));
    }

    private void RunSweep()
    {
        List<string> tables = [];
        foreach (Sweep sweep in SweepSuite.Run(options.Networks, options.Threads))
        {
            tables.Add(SweepReport.Table(sweep));
            Console.Error.WriteLine(tables[^1]);
        }

        Publish("sweep", Invariant($"{_machine.Title}. {_machine.Description}\n\n{string.Join('\n', tables)}"));
    }

    private void RunWidths()
    {
        var load = new LoadMeter(() => TimeSpan.Zero);
        string table = WidthReport.Table(WidthSuite.Run(options.Timing));
        Publish("widths", Invariant($"{_machine.Title}. {Notes(load)}{table}"));
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

    /// <summary>Where the figures come from, and whether they may be kept.</summary>
    private string Notes(LoadMeter load)
    {
        const double quiet = 0.1;
        string text = FormattableString.Invariant(
            $"{_machine.Description} {options.Timing.Rounds} rounds, which took {Math.Ceiling(load.Elapsed.TotalMinutes)} min. Other processes kept {load.Processors:F2} processors busy meanwhile.");
        if (options.Timing.Rounds < Timing.Full.Rounds)
            text += "\n**A short run, for a first look.**";
        if (load.Processors > quiet)
            text += "\n**The machine was busy: these figures are not to be compared with others.**";
        return text + "\n\n";
    }

    private void Publish(string name, string text)
    {
        Console.WriteLine(text);
        if (options.Output is not null)
            MarkedFile.Replace(options.Output, name, text);
    }
}
