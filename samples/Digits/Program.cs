using Digits;
using Digits.Data;
using Digits.Display;
using NetGen;
using static System.FormattableString;

return await new CommandLine().RunAsync(args, Console.Out, Console.Error, RunAsync);

static async Task RunAsync(DigitsOptions options, CancellationToken cancellation)
{
    var screen = Screen.Open();
    WeightsFile.Prepare(options.WeightsPath);

    screen.Heading("Digits");
    DigitData data = await DigitData.LoadAsync(options, Console.Out, cancellation);
    screen.Write(Invariant($"{data.Train.Count} to learn from and {data.Test.Count} to be tested on, {data.Origin}"));

    screen.Heading("Network");
    screen.Summary(DigitNet.Summary);
    var net = new DigitNet(options.Seed);
    screen.Accuracy("Untrained", net.Evaluate(data.Test));

    screen.Heading("Training");
    TrainingHistory history = net.Fit(data.Train, Plan());
    screen.Write(Invariant($"Trained in {history.Sum(epoch => epoch.Duration.TotalSeconds):0.0} s"));

    net.Save(options.WeightsPath);
    DigitNet loaded = DigitNet.Load(options.WeightsPath);
    screen.Write($"Saved to {options.WeightsPath} and loaded again");

    screen.Heading("Test");
    EvaluationResult result = loaded.Evaluate(data.Test);
    screen.Accuracy("Trained", result);
    screen.Confusion(result.ConfusionMatrix!);

    IEnumerable<Reading> readings = Enumerable.Range(0, data.Test.Count).Select(i => Reading.Of(loaded, data.Test, i));
    screen.Heading("What it reads in digits it has never seen");
    screen.Digits(readings.Take(screen.DigitsPerRow));
    screen.Heading("Mistakes");
    screen.Digits(readings.Where(reading => !reading.Right).Take(screen.DigitsPerRow));

    if (options.CompareLinear)
    {
        screen.Heading("A linear model, for comparison");
        var linear = new LinearNet(options.Seed);
        linear.Fit(data.Train, Plan());
        screen.Accuracy("Linear", linear.Evaluate(data.Test));
    }

    FitOptions Plan() => new()
    {
        Epochs = options.Epochs,
        BatchSize = options.BatchSize,
        Optimizer = new Adam(options.LearningRate),

        // The steps become smaller and smaller: large ones learn fast, small ones settle.
        Schedule = epoch => options.LearningRate * (float)(1 - epoch / options.Epochs),
        Validation = data.Test,
        Seed = options.Seed,
        Threads = options.Threads,
        Progress = TrainingProgress.ToConsole(),
        CancellationToken = cancellation,
    };
}
