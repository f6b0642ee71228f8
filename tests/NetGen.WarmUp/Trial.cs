using System.Diagnostics;
using System.Globalization;

namespace NetGen.WarmUp;

/// <summary>What a process does first.</summary>
internal enum Mode
{
    /// <summary>It predicts one sample.</summary>
    Prediction,

    /// <summary>It takes a step of training on 64 samples.</summary>
    Training,
}

/// <summary>What one process measured, in milliseconds.</summary>
/// <param name="Main">From the start of the process to the first line of the program.</param>
/// <param name="Create">Creating the network, in training also the pass and the optimizer.</param>
/// <param name="First">The first repetition.</param>
/// <param name="Second">The second one.</param>
/// <param name="Steady">A repetition at the end.</param>
/// <param name="Until">From the beginning of the first repetition until repetitions take their steady time.</param>
internal readonly record struct Times(double Main, double Create, double First, double Second, double Steady, double Until)
{
    /// <summary>As one line.</summary>
    public string ToText() => FormattableString.Invariant($"{Main} {Create} {First} {Second} {Steady} {Until}");

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    public static Times Parse(string text) => text.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray() is
        [var main, var create, var first, var second, var steady, var until]
        ? new(main, create, first, second, steady, until)
        : throw new FormatException($"Not the times of a trial: '{text}'.");
}

/// <summary>A new process that does the same again and again, on one thread, and notes how long each repetition takes.</summary>
/// <param name="mode">What it does.</param>
/// <param name="started">The timestamp at which its parent started it.</param>
internal sealed class Trial(Mode mode, long started)
{
    private const int Batch = 64;
    private const ulong Seed = 1;

    /// <summary>Long enough for all tiers of the JIT, which waits a tenth of a second before each.</summary>
    private const double Milliseconds = 1000;

    /// <summary>The length of the blocks whose means are compared.</summary>
    private const double Block = 5;

    /// <summary>How much longer than at the end a repetition may take and count as steady.</summary>
    private const double Tolerance = 1.1;

    private readonly double _main = Stopwatch.GetElapsedTime(started).TotalMilliseconds;

    /// <summary>Runs it.</summary>
    public Times Run<TNetwork>() where TNetwork : class, INetwork<TNetwork>
    {
        int batch = mode == Mode.Training ? Batch : 1;
        var random = new Random(1);
        float[] inputs = Values(batch * TNetwork.InputLength);
        float[] outputs = Values(batch * TNetwork.OutputLength);
        int[] labels = [.. Enumerable.Range(0, batch).Select(sample => sample % TNetwork.OutputLength)];

        long begin = Stopwatch.GetTimestamp();
        TNetwork network = TNetwork.Create(Seed);
        ITrainingPass? pass = mode == Mode.Training ? network.BeginTraining(batch, Seed, threads: 1) : null;
        var optimizer = new Sgd(1e-3f) { Momentum = 0.9f };
        double create = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;

        // Room for the notes, so that they allocate nothing between the repetitions.
        List<double> ends = new(1 << 22);
        begin = Stopwatch.GetTimestamp();
        do
        {
            if (pass is null)
                network.Predict(inputs, outputs, threads: 1);
            else
                Step(pass);
            ends.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        while (ends[^1] < Milliseconds);

        (double steady, double until) = Settled(ends);
        return new(_main, create, ends[0], ends[1] - ends[0], steady, until);

        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];

        void Step(ITrainingPass pass)
        {
            if (TNetwork.Loss == Loss.CrossEntropy)
                pass.Forward(inputs, labels);
            else
                pass.Forward(inputs, outputs);
            pass.Backward();
            optimizer.Step(pass);
        }
    }

    /// <summary>
    /// The time of a repetition at the end, and when it is reached: at the beginning of the first block whose mean, and that of the next block, is near it.
    /// </summary>
    private static (double Steady, double Until) Settled(List<double> ends)
    {
        List<(double Begin, double Mean)> blocks = [];
        double begin = 0;
        int first = 0;
        for (int i = 0; i < ends.Count; i++)
        {
            if (ends[i] - begin < Block)
                continue;
            blocks.Add((begin, (ends[i] - begin) / (i + 1 - first)));
            begin = ends[i];
            first = i + 1;
        }

        double[] last = [.. blocks.Skip(blocks.Count * 3 / 4).Select(block => block.Mean)];
        double steady = Table.Median(last);
        int settled = Enumerable.Range(0, blocks.Count - 1).First(i => blocks[i].Mean <= Tolerance * steady && blocks[i + 1].Mean <= Tolerance * steady);
        return (steady, blocks[settled].Begin);
    }
}
