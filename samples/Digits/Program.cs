using Digits;
using Digits.Data;
using Digits.Display;
using NetGen;
using static System.FormattableString;

return await new CommandLine().RunAsync(args, Console.Out, Console.Error, RunAsync);

static async Task RunAsync(DigitsOptions options, CancellationToken cancellation)
{
    var screen = Screen.Open();
    WeightsFile.Check(options.WeightsPath, WeightsLength());

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

    SavedWeights saved = WeightsFile.Save(options.WeightsPath, net.Save, WeightsFile.OtherFolders);
    screen.Write(saved.ToString());
    DigitNet loaded = DigitNet.Load(saved.Path);

    screen.Heading("Test");
    EvaluationResult result = loaded.Evaluate(data.Test);
    screen.Accuracy("Trained", result);
    screen.Confusion(result.ConfusionMatrix!);

    IEnumerable<Reading> readings = Enumerable.Range(0, data.Test.Count).Select(i => Reading.Of(loaded, data.Test, i));
    screen.Heading("What it reads in digits it has never seen");
    screen.Digits(readings.Take(screen.DigitsPerRow));
    screen.Heading("Mistakes");
    screen.Digits(readings.Where(reading => !reading.Right).Take(screen.DigitsPerRow));

    Reading doubtful = readings.MinBy(reading => reading.Confidence)!;
    screen.Heading("The digit that it is least sure of");
    screen.Digits([doubtful]);
    screen.Write($"50 predictions with dropout on say {doubtful.Doubts(loaded)}.");

    if (options.CompareLinear)
    {
        screen.Heading("A linear model, for comparison");
        var linear = new LinearNet(options.Seed);
        linear.Fit(data.Train, Plan());
        screen.Accuracy("Linear", linear.Evaluate(data.Test));
    }

    // Nothing of the output is left out for it, but whoever called this program looks in the wrong place.
    if (saved.Fault is not null)
        throw new IOException(saved.ToString());

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

// The header, with names and shapes, is far below 64 KB.
static long WeightsLength() => (long)DigitNet.ParameterCount * sizeof(float) + (1 << 16);
