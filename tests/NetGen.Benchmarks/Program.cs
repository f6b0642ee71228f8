using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using NetGen.Benchmarks;
using NetGen.Benchmarks.Accuracy;
using NetGen.Benchmarks.ByHand;
using NetGen.Benchmarks.CostModel;
using NetGen.Benchmarks.Functions;
using NetGen.Benchmarks.Generators;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Benchmarks.Reading;
using NetGen.Benchmarks.Reporting;

string[] names = [.. ReferenceNetwork.All.Select(network => network.Name)];
Option<string[]> nets = new("--nets")
{
    Description = "The networks; all without this.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => names,
};
nets.AcceptOnlyFromAmong(names);
Option<int[]> threads = new("--threads")
{
    Description = "Numbers of threads.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [1, 2],
};
Option<bool> quick = new("--quick") { Description = "Short turns and few rounds, for a first look." };
Option<bool> kernels = new("--kernels") { Description = "Only the single kernels." };
Option<bool> sweep = new("--sweep") { Description = "Only the curve of the times over batch sizes, without the peers." };
Option<bool> widths = new("--widths") { Description = "Only convolutions by their number of filters." };
Option<bool> alone = new("--alone") { Description = "Without the peers." };
Option<string?> output = new("--output", "--write")
{
    Description = "A Markdown file for the tables; in a file that has tables already they take their places, between its marks.",
};
Option<string> python = new("--python")
{
    Description = "The Python that has torch, numpy and onnx.",
    DefaultValueFactory = _ => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3",
};
Option<string> openBlas = new("--openblas")
{
    Description = "The folder of OpenBLAS for OpenMP, which PyTorch uses with several threads if it is there.",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("NETGEN_OPENBLAS") ?? "/usr/lib/x86_64-linux-gnu/openblas-openmp",
};
Option<string?> onnxRuntime = new("--onnxruntime")
{
    Description = "The folder in which onnxruntime-node was installed, or the library of ONNX Runtime itself.",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("NETGEN_ONNXRUNTIME"),
};

RootCommand root = new("Measures NetGen beside PyTorch and ONNX Runtime, and single kernels beside the processor's FMA peak.")
{
    nets, threads, quick, kernels, sweep, widths, alone, output, python, openBlas, onnxRuntime,
};
root.SetAction(arguments => new SuiteRunner(new SuiteOptions(
    [.. ReferenceNetwork.All.Where(network => arguments.GetValue(nets)!.Contains(network.Name))],
    [.. arguments.GetValue(threads)!.Distinct().Order()],
    arguments.GetValue(quick) ? Timing.Quick : Timing.Full,
    SideBySide: !arguments.GetValue(kernels) && !arguments.GetValue(sweep) && !arguments.GetValue(widths),
    Kernels: !arguments.GetValue(sweep) && !arguments.GetValue(widths),
    Sweep: arguments.GetValue(sweep),
    Widths: arguments.GetValue(widths),
    Peers: !arguments.GetValue(alone),
    arguments.GetValue(output),
    arguments.GetValue(python)!,
    arguments.GetValue(openBlas)!,
    arguments.GetValue(onnxRuntime))).Run());

Command micro = new("micro", "Latency and allocation by BenchmarkDotNet, whose options follow, for example --filter '*'.")
{
    TreatUnmatchedTokensAsErrors = false,
};
micro.SetAction(arguments => BenchmarkSwitcher.FromAssembly(typeof(SuiteRunner).Assembly).Run(
    [.. arguments.UnmatchedTokens],
    DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsDefault())));
root.Add(micro);

Option<string?> first = new("--first") { Description = "Only the first run for one of the networks of 20 layers, in this process.", Hidden = true };
Command generator = new("generator", "What the generator costs: a cold run, and an edit in a file that has nothing to do with it.")
{
    first, output,
};
generator.SetAction(arguments =>
{
    if (arguments.GetValue(first) is { } network)
    {
        Console.WriteLine(GeneratorSuite.RunFirst(network));
        return;
    }

    string table = GeneratorSuite.Run();
    Console.WriteLine(table);
    if (arguments.GetValue(output) is { } file)
        MarkedFile.Replace(file, "generator", table);
});
root.Add(generator);

Command tiny = new("tiny", "One sample of the network tiny, beside the same written by hand in C.")
{
    quick, output,
};
tiny.SetAction(arguments =>
{
    string table = TinySuite.Run(arguments.GetValue(quick) ? Timing.Quick : Timing.Full);
    Console.WriteLine(table);
    if (arguments.GetValue(output) is { } file)
        MarkedFile.Replace(file, "tiny", table);
});
root.Add(tiny);

Command reading = new("reading", "One sample of networks of dense layers, beside a loop that only reads as many bytes as they have weights.")
{
    quick, output,
};
reading.SetAction(arguments =>
{
    string table = ReadingSuite.Run(arguments.GetValue(quick) ? Timing.Quick : Timing.Full);
    Console.WriteLine(table);
    if (arguments.GetValue(output) is { } file)
        MarkedFile.Replace(file, "reading", table);
});
root.Add(reading);

Option<bool> thisWidth = new("--this-width") { Description = "Only the vectors that this process uses, instead of a process for each width of the processor." };
Command costModel = new("cost-model", "The cycles that the generator expects of kernels, beside those that they take.") { nets, quick, thisWidth, output };
costModel.SetAction(arguments =>
{
    string table = arguments.GetValue(thisWidth)
        ? CostModelSuite.Table(
            ReferenceNetwork.All.Where(network => arguments.GetValue(nets)!.Contains(network.Name)), arguments.GetValue(quick) ? Timing.Quick : Timing.Full)
        : VectorWidths.OutputOfEach([.. args, thisWidth.Name]);
    Console.WriteLine(table);
    if (arguments.GetValue(output) is { } file && !arguments.GetValue(thisWidth))
        MarkedFile.Replace(file, "cost model", table);
});
root.Add(costModel);

Option<long> stride = new("--stride")
{
    Description = "From one bit pattern to the next; 1 for all.",
    DefaultValueFactory = _ => 1,
};
Option<int> checkers = new("--workers") { Description = "The number of threads.", DefaultValueFactory = _ => 1 };
string[] functionNames = [.. CheckedFunction.All.Select(function => function.Name)];
Option<string[]> only = new("--only")
{
    Description = "The functions; all without this.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => functionNames,
};
only.AcceptOnlyFromAmong(functionNames);
Command functions = new("functions", "The errors of exp, tanh and the other elementary functions, over all 2³² floats.")
{
    stride, checkers, only, output,
};
functions.Validators.Add(result =>
{
    if (result.GetResult(only) is { Implicit: false } && result.GetResult(output) is { Implicit: false })
        result.AddError("--output writes the whole table, so it cannot be used together with --only.");
});
functions.SetAction(arguments =>
{
    string table = FunctionSuite.Run(
        CheckedFunction.All.Where(function => arguments.GetValue(only)!.Contains(function.Name)), arguments.GetValue(stride), arguments.GetValue(checkers));
    Console.WriteLine(table);
    if (arguments.GetValue(output) is { } file)
        MarkedFile.Replace(file, "functions", table);
});
root.Add(functions);

Option<string?> data = new("--data")
{
    Description = $"The folder that has MNIST's four files, plain or gzip; {AccuracyOptions.DataVariable} names it, too.",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable(AccuracyOptions.DataVariable),
};
Option<int> seeds = Number("--seeds", "How many seeds.", standard: 5, least: 1);
Option<int> epochs = Number("--epochs", "How often the training images are used.", standard: 4, least: 1);
Option<int> images = Number("--images", "Training images: the first ones.", standard: 10_000, least: 1);
Option<int> trainers = Number("--threads", "Threads to compute with; 0 for all processors. The results do not depend on it.", standard: 0, least: 0);
Command accuracy = new("accuracy", "The accuracy of vgg-small on MNIST, trained with and without Winograd's transforms.")
{
    data, seeds, epochs, images, trainers, output,
};
accuracy.SetAction(arguments =>
{
    if (arguments.GetValue(data) is not { Length: > 0 } folder)
        return Fail(AccuracyOptions.NoData);
    string table;
    try
    {
        table = AccuracySuite.Run(new AccuracyOptions(
            folder, arguments.GetValue(seeds), arguments.GetValue(epochs), arguments.GetValue(images), arguments.GetValue(trainers)));
    }
    catch (Exception fault) when (fault is IOException or InvalidDataException)
    {
        return Fail(fault.Message);
    }

    Console.WriteLine(table);
    if (arguments.GetValue(output) is { } file)
        MarkedFile.Replace(file, "accuracy", table);
    return 0;
});
root.Add(accuracy);

return root.Parse(args).Invoke();

static Option<int> Number(string name, string description, int standard, int least)
{
    Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => standard };
    option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < least)
            result.AddError($"{name} must be at least {least}.");
    });
    return option;
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}
