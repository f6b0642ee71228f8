using System.Collections.Immutable;
using System.Globalization;
using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// The description of a network, made when the project is built: layers, shapes, parameters, FLOPs and memory.
/// </summary>
public sealed class NetworkSummary
{
    // The narrowest table still shows this many characters of a layer's name.
    private const int ShortestName = 8;

    private const int TypicalBatch = 64;

    /// <summary>Describes a network.</summary>
    /// <param name="name">Name of its class.</param>
    /// <param name="inputShape">The shape of one input sample, channels last.</param>
    /// <param name="layers">The layers, in order.</param>
    /// <param name="activationBytes">Bytes of the buffers between the layers, for one sample at inference.</param>
    /// <param name="loss">What training minimises.</param>
    public NetworkSummary(
        string name, ImmutableArray<int> inputShape, ImmutableArray<LayerSummary> layers, long activationBytes, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (inputShape.IsDefault) throw new ArgumentNullException(nameof(inputShape));
        if (layers.IsDefault) throw new ArgumentNullException(nameof(layers));
        ArgumentOutOfRangeException.ThrowIfNegative(activationBytes);
        Name = name;
        InputShape = inputShape;
        Layers = layers;
        ActivationBytes = activationBytes;
        Loss = loss;
        InputLength = Length(inputShape);
        OutputLength = layers.IsEmpty ? InputLength : Length(layers[^1].OutputShape);
        foreach (LayerSummary layer in layers)
        {
            Parameters = checked(Parameters + layer.Parameters);
            NonTrainableParameters = checked(NonTrainableParameters + layer.NonTrainableParameters);
            Flops = checked(Flops + layer.Flops);
        }
    }

    /// <summary>Name of the network's class.</summary>
    public string Name { get; }

    /// <summary>The shape of one input sample, channels last.</summary>
    public ImmutableArray<int> InputShape { get; }

    /// <summary>In which form the network takes its inputs.</summary>
    public InputType InputType => Plans?.Inference.InputType ?? InputType.Float32;

    /// <summary>Number of values in one input sample.</summary>
    public int InputLength { get; }

    /// <summary>Number of floats in one output sample.</summary>
    public int OutputLength { get; }

    /// <summary>What training minimises.</summary>
    public Loss Loss { get; }

    /// <summary>The settings of the loss.</summary>
    public LossSettings LossSettings { get; init; } = LossSettings.Default;

    /// <summary>The layers, in order.</summary>
    public ImmutableArray<LayerSummary> Layers { get; }

    /// <summary>Number of weights, biases and statistics.</summary>
    public int Parameters { get; }

    /// <summary>How many of the parameters optimizers change.</summary>
    public int TrainableParameters => Parameters - NonTrainableParameters;

    /// <summary>How many of the parameters optimizers do not change: frozen ones and statistics.</summary>
    public int NonTrainableParameters { get; }

    /// <summary>Floating-point operations for one sample at inference; a multiply-add counts as two, and only convolutions
    /// and dense layers count.</summary>
    public long Flops { get; }

    /// <summary>Bytes of all weights, biases and statistics.</summary>
    public long ParameterBytes => ParameterSize(Parameters);

    /// <summary>Bytes of the buffers between the layers, for one sample at inference.</summary>
    public long ActivationBytes { get; }

    /// <summary>The sizes of predictions and of training; null if the summary was not made by a generator that knows them.</summary>
    internal (InferencePlan Inference, TrainingPlan Training)? Plans { get; init; }

    /// <summary>
    /// Bytes of the memory that predictions keep for their values, for batches of any size; the parameters come on top. Where values are computed from the
    /// parameters beforehand, a second copy of them is kept once the parameters have changed.
    /// </summary>
    /// <param name="threads">The number of threads that share a batch.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">The summary was not made by a generator that knows the memory.</exception>
    public long PredictionBytes(int threads = 1)
    {
        CheckThreads(threads);
        return KnownPlans.Inference.Bytes(threads);
    }

    /// <summary>
    /// Bytes of the memory of a training pass: activations, gradients, and what is kept for backward. The parameters and what the optimizer remembers come on top.
    /// </summary>
    /// <param name="batchSize">The largest number of samples in a batch.</param>
    /// <param name="threads">The number of threads that share a batch.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is below 1.</exception>
    /// <exception cref="InvalidOperationException">The summary was not made by a generator that knows the memory.</exception>
    public long TrainingBytes(int batchSize, int threads = 1)
    {
        BatchChecks.AtLeast("batch size", batchSize, 1, nameof(batchSize));
        CheckThreads(threads);
        return KnownPlans.Training.Bytes(batchSize, threads);
    }

    /// <summary>
    /// The summary as a table in the manner of Keras, with <c>\n</c> between its lines, as wide as the console's window;
    /// 80 columns where the output goes to a file or a pipe.
    /// </summary>
    public override string ToString() => ToString(TerminalWidth.OfConsole);

    /// <summary>The summary as a table in the manner of Keras, with <c>\n</c> between its lines.</summary>
    /// <param name="width">
    /// The most characters of a line, at least 1. If the table is wider, these steps follow one another until it fits:
    /// <i>Computed as</i> is broken into shorter lines, then left out; <i>FLOPs</i> is left out; <i>Settings</i> is broken,
    /// then left out; the kinds of the layers are left out; the output shapes are broken between their numbers, then left
    /// out; long names end in <c>…</c>. Numbers are never shortened, so below about 40 characters lines may be longer.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is below 1.</exception>
    public string ToString(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        TextTable table = Table(kinds: true, longestName: int.MaxValue);
        if (table.WidthWithin(width) > width)
            table = Table(kinds: false, longestName: int.MaxValue);
        if (table.WidthWithin(width) is var least && least > width)
        {
            int longest = Layers.Select(layer => Title(layer, kind: false).Length).Append(0).Max();
            table = Table(kinds: false, Math.Max(longest - (least - width), ShortestName));
        }

        return $"Network: \"{TextLines.Shorten(Name, width - "Network: \"\"".Length)}\"\n{table.ToString(width)}"
            + ParameterLines()
            + $" FLOPs per sample: {Count(Flops)}\n"
            + $" Activations per sample: {Bytes(ActivationBytes)}\n"
            + MemoryLines();
    }

    private static void CheckThreads(int threads) => BatchChecks.AtLeast("number of threads", threads, 1, nameof(threads));

    private (InferencePlan Inference, TrainingPlan Training) KnownPlans =>
        Plans ?? throw new InvalidOperationException($"The summary of {Name} does not know the memory: build {Name} again with this version of NetGen.");

    private string MemoryLines() => Plans is null ? ""
        : $" Prediction memory: {Bytes(PredictionBytes())} (1 thread)\n"
        + $" Training memory: {Bytes(TrainingBytes(TypicalBatch))} (batch {TypicalBatch})\n";

    private string ParameterLines()
    {
        string all = Line("Parameters", Parameters);
        return NonTrainableParameters == 0 ? all : all + Line("Trainable", TrainableParameters) + Line("Non-trainable", NonTrainableParameters);

        static string Line(string what, int count) => $" {what}: {Count(count)} ({Bytes(ParameterSize(count))})\n";
    }

    private TextTable Table(bool kinds, int longestName)
    {
        var table = new TextTable(
            new TextColumn(kinds ? "Layer (type)" : "Layer"),
            new TextColumn("Settings") { Order = 3, Narrowest = 12 },
            kinds ? new TextColumn("Output shape") : new TextColumn("Output") { Order = 4, Narrowest = 6 },
            new TextColumn("Params", AlignRight: true),
            new TextColumn("FLOPs", AlignRight: true) { Order = 2 },
            new TextColumn("Computed as") { Order = 1, Narrowest = 20 });
        table.Add(kinds ? "input (Input)" : "input", InputType == InputType.UInt8 ? "bytes" : "", ShapeText.Parentheses(InputShape.AsSpan()), "0", "0", "");
        foreach (LayerSummary layer in Layers)
        {
            table.Add(
                TextLines.Shorten(Title(layer, kinds), longestName),
                layer.Description,
                ShapeText.Parentheses(layer.OutputShape.AsSpan()),
                Count(layer.Parameters),
                Count(layer.Flops),
                layer.Lowering);
        }

        return table;
    }

    private static string Title(LayerSummary layer, bool kind) =>
        layer.Name.Length == 0 ? layer.Kind : kind ? $"{layer.Name} ({layer.Kind})" : layer.Name;

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes)
    {
        ReadOnlySpan<string> units = ["KB", "MB", "GB", "TB"];
        if (bytes < 1024) return FormattableString.Invariant($"{bytes} B");
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 1024 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return FormattableString.Invariant($"{value:F2} {units[unit]}");
    }

    private static long ParameterSize(int count) => (long)count * sizeof(float);

    private static int Length(ImmutableArray<int> shape)
    {
        int length = 1;
        foreach (int dimension in shape)
            length = checked(length * dimension);
        return length;
    }
}
