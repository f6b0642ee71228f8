using NetGen.CompilerServices;

namespace NetGen.Tests.Training;

/// <summary>
/// A network of one dense layer with gradients written by hand, so that training is tested without the generator. It
/// records what training does with it.
/// </summary>
/// <remarks>In memory the weights of each output come one after the other, then the biases.</remarks>
internal abstract class LinearNetwork(string name, int inputs, int outputs, Loss loss, params ParameterInfo[] parameters) : INetwork
{
    private readonly ParameterMemory _parameters = new(new ParameterTable(name, (inputs + 1) * outputs, parameters));

    public NetworkSummary Summary { get; } = new(
        name, [inputs], [new LayerSummary("dense1", "Dense", "", [outputs], (inputs + 1) * outputs, 2L * inputs * outputs, "")], 0, loss);

    public ParameterTable ParameterTable { get; } = new(name, (inputs + 1) * outputs, parameters);

    public ReadOnlySpan<float> Parameters => _parameters.Values;

    public long ParameterVersion => _parameters.Version;

    /// <summary>The arguments of the last call of BeginTraining: batch size, seed, threads.</summary>
    public (int BatchSize, ulong Seed, int Threads) Began { get; private set; }

    /// <summary>The size of every batch that was trained on.</summary>
    public List<int> BatchSizes { get; } = new(100_000);

    /// <summary>The first input value of every sample that was trained on.</summary>
    public List<float> FirstInputs { get; } = new(100_000);

    /// <summary>The loss of every step.</summary>
    public List<float> Losses { get; } = new(100_000);

    /// <summary>The largest output of every sample in its step.</summary>
    public List<int> Predictions { get; } = new(100_000);

    /// <summary>The size of every batch that was predicted.</summary>
    public List<int> PredictedBatches { get; } = [];

    /// <summary>Stands in for the loss of the step with this index.</summary>
    public (int Step, float Loss)? FalseLoss { get; set; }

    /// <summary>How many gradients its passes have; as many as there are trained parameters unless set.</summary>
    public int? FalseGradientCount { get; set; }

    /// <summary>Is run by every prediction.</summary>
    public Action? OnPredict { get; set; }

    /// <summary>The number of threads that the last prediction was to use; null when it was not said.</summary>
    public int? PredictThreads { get; private set; }

    public void Predict(ReadOnlySpan<float> input, Span<float> output, int threads)
    {
        Predict(input, output);
        PredictThreads = threads;
    }

    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        PredictThreads = null;
        OnPredict?.Invoke();
        PredictedBatches.Add(input.Length / inputs);
        Compute(input, output);
    }

    /// <summary>Predicts without the softmax, for classifiers that give their logits.</summary>
    protected void Logits(ReadOnlySpan<float> input, Span<float> output, int threads)
    {
        PredictThreads = threads;
        OnPredict?.Invoke();
        PredictedBatches.Add(input.Length / inputs);
        Sums(input, output);
    }

    public ITrainingPass BeginTraining(int batchSize, ulong seed, int threads)
    {
        Began = (batchSize, seed, threads);
        return new Pass(this, batchSize);
    }

    public ITrainingPass BeginTraining(TrainingOptions options) => BeginTraining(options.BatchSize, options.Seed, options.Threads);

    public ParameterEdit EditParameters() => _parameters.Edit();

    public void SetAll(ReadOnlySpan<float> values)
    {
        using ParameterEdit edit = EditParameters();
        values.CopyTo(edit.Values);
    }

    public Predictor CreatePredictor(int maxBatch, int threads) => throw new NotSupportedException();

    public void Save(string path) => throw new NotSupportedException();

    public void Save(Stream stream) => throw new NotSupportedException();

    private void Compute(ReadOnlySpan<float> input, Span<float> output)
    {
        Sums(input, output);
        if (loss != Loss.CrossEntropy)
            return;
        for (int sample = 0; sample < input.Length / inputs; sample++)
            Softmax(output.Slice(sample * outputs, outputs));
    }

    private void Sums(ReadOnlySpan<float> input, Span<float> output)
    {
        for (int sample = 0; sample < input.Length / inputs; sample++)
        {
            Span<float> result = output.Slice(sample * outputs, outputs);
            for (int o = 0; o < outputs; o++)
            {
                result[o] = Parameters[inputs * outputs + o];
                for (int i = 0; i < inputs; i++)
                    result[o] += Parameters[o * inputs + i] * input[sample * inputs + i];
            }
        }
    }

    private static void Softmax(Span<float> values)
    {
        float sum = 0;
        foreach (ref float value in values)
            sum += value = MathF.Exp(value);
        foreach (ref float value in values)
            value /= sum;
    }

    private sealed class Pass(LinearNetwork network, int batchSize) : ITrainingPass
    {
        private readonly float[] _inputs = new float[batchSize * network.InputCount];
        private readonly float[] _outputs = new float[batchSize * network.OutputCount];
        private readonly float[] _targets = new float[batchSize * network.OutputCount];
        private readonly float[] _gradients = new float[network.Parameters.Length];
        private int _count;

        public INetwork Network => network;

        public long Step => network.Losses.Count;

        public int Threads => network.Began.Threads;

        public int BatchSize => batchSize;

        public ReadOnlySpan<float> Outputs => _outputs.AsSpan(0, _count * network.OutputCount);

        public Span<float> Gradients => _gradients.AsSpan(0, network.FalseGradientCount ?? network.ParameterTable.TrainedCount);

        public float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights)
        {
            Array.Clear(_targets);
            for (int i = 0; i < labels.Length; i++)
                _targets[i * network.OutputCount + labels[i]] = 1;
            return Run(inputs);
        }

        public float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights)
        {
            targets.CopyTo(_targets);
            return Run(inputs);
        }

        public void Backward()
        {
            // Softmax with cross-entropy: d loss / d logit = (p - t) / samples; squared error: 2 (y - t) / (samples · outputs).
            float factor = network.IsClassifier ? 1f / _count : 2f / (_count * network.OutputCount);
            Array.Clear(_gradients);
            for (int sample = 0; sample < _count; sample++)
            {
                for (int o = 0; o < network.OutputCount; o++)
                {
                    float delta = factor * (_outputs[sample * network.OutputCount + o] - _targets[sample * network.OutputCount + o]);
                    _gradients[network.InputCount * network.OutputCount + o] += delta;
                    for (int i = 0; i < network.InputCount; i++)
                        _gradients[o * network.InputCount + i] += delta * _inputs[sample * network.InputCount + i];
                }
            }
        }

        public void InputGradients(Span<float> destination) => throw new NotSupportedException();

        private float Run(ReadOnlySpan<float> inputs)
        {
            _count = inputs.Length / network.InputCount;
            inputs.CopyTo(_inputs);
            network.Compute(inputs, _outputs);
            network.BatchSizes.Add(_count);
            double sum = 0;
            for (int i = 0; i < _count * network.OutputCount; i++)
            {
                double error = _outputs[i] - _targets[i];
                sum += network.IsClassifier ? -_targets[i] * Math.Log(_outputs[i]) : error * error / network.OutputCount;
            }
            float mean = (float)(sum / _count);
            if (network.FalseLoss is { } replacement && replacement.Step == network.Losses.Count)
                mean = replacement.Loss;
            network.Losses.Add(mean);
            for (int i = 0; i < _count; i++)
            {
                network.FirstInputs.Add(inputs[i * network.InputCount]);
                network.Predictions.Add(IndexOfLargest(_outputs.AsSpan(i * network.OutputCount, network.OutputCount)));
            }
            return mean;
        }

        private static int IndexOfLargest(ReadOnlySpan<float> values)
        {
            int best = 0;
            for (int i = 1; i < values.Length; i++)
                best = values[i] > values[best] ? i : best;
            return best;
        }
    }

    private int InputCount => inputs;

    private int OutputCount => outputs;

    private bool IsClassifier => loss == Loss.CrossEntropy;
}

/// <summary>Two inputs, three classes.</summary>
internal sealed class LinearClassifier() : LinearNetwork(nameof(LinearClassifier), 2, 3, Loss.CrossEntropy), INetwork<LinearClassifier>, ILogits
{
    public static int InputLength => 2;

    public static int OutputLength => 3;

    public static Loss Loss => Loss.CrossEntropy;

    public static LinearClassifier Create(ulong seed) => new();

    public static LinearClassifier Load(string path) => throw new NotSupportedException();

    public static LinearClassifier Load(Stream stream) => throw new NotSupportedException();

    void ILogits.PredictLogits(ReadOnlySpan<float> input, Span<float> output, int threads) => Logits(input, output, threads);

    /// <summary>Points around three corners: a linear classifier can tell them apart without a mistake.</summary>
    public static Dataset Corners(int count, ulong seed)
    {
        var random = new NetGen.Numerics.CounterRandom(seed);
        float[] inputs = new float[2 * count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.NextInt32(3);
            inputs[2 * i] = (labels[i] == 1 ? 4 : 0) + random.NextSingle();
            inputs[2 * i + 1] = (labels[i] == 2 ? 4 : 0) + random.NextSingle();
        }
        return Dataset.FromLabels(inputs, 2, labels);
    }
}

/// <summary>As <see cref="LinearClassifier"/>, but it gives nothing but probabilities.</summary>
internal sealed class ProbabilityClassifier() : LinearNetwork(nameof(ProbabilityClassifier), 2, 3, Loss.CrossEntropy), INetwork<ProbabilityClassifier>
{
    public static int InputLength => 2;

    public static int OutputLength => 3;

    public static Loss Loss => Loss.CrossEntropy;

    public static ProbabilityClassifier Create(ulong seed) => new();

    public static ProbabilityClassifier Load(string path) => throw new NotSupportedException();

    public static ProbabilityClassifier Load(Stream stream) => throw new NotSupportedException();
}

/// <summary>
/// A <see cref="LinearRegression"/> of which the bias is not trained. The hand-written gradients behind those of the weights are not 0.
/// </summary>
internal sealed class FixedBiasRegression(ParameterRole role) : LinearNetwork(
    nameof(FixedBiasRegression), 2, 1, Loss.MeanSquaredError,
    new ParameterInfo("dense1.bias", 2, WeightLayout.Vector(1), Initializer.Zeros, 2, 1) { Role = role },
    new ParameterInfo("dense1.weight", 0, WeightLayout.Dense(2, 1), Initializer.Zeros, 2, 1));

/// <summary>Two inputs, one value.</summary>
internal sealed class LinearRegression() : LinearNetwork(nameof(LinearRegression), 2, 1, Loss.MeanSquaredError), INetwork<LinearRegression>
{
    public static int InputLength => 2;

    public static int OutputLength => 1;

    public static Loss Loss => Loss.MeanSquaredError;

    public static LinearRegression Create(ulong seed) => new();

    public static LinearRegression Load(string path) => throw new NotSupportedException();

    public static LinearRegression Load(Stream stream) => throw new NotSupportedException();

    /// <summary>Points of the plane 2a − 3b + 0.5.</summary>
    public static Dataset Plane(int count, ulong seed)
    {
        var random = new NetGen.Numerics.CounterRandom(seed);
        float[] inputs = new float[2 * count];
        float[] targets = new float[count];
        for (int i = 0; i < count; i++)
        {
            inputs[2 * i] = random.NextSingle();
            inputs[2 * i + 1] = random.NextSingle();
            targets[i] = 2 * inputs[2 * i] - 3 * inputs[2 * i + 1] + 0.5f;
        }
        return Dataset.FromTargets(inputs, 2, targets, 1);
    }
}
