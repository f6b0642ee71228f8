using NetGen.CompilerServices;

namespace NetGen.Tests.Training;

/// <summary>A network of nothing but parameters; its passes have the gradients that a test gives them.</summary>
internal sealed class TableNetwork(ParameterTable table) : INetwork
{
    private readonly ParameterMemory _parameters = new(table, seed: 1);

    public NetworkSummary Summary { get; } = new(table.Network, [1], [], 0, Loss.MeanSquaredError);

    public ParameterTable ParameterTable => table;

    public ReadOnlySpan<float> Parameters => _parameters.Values;

    public long ParameterVersion => _parameters.Version;

    public ParameterEdit EditParameters() => _parameters.Edit();

    public void SetAll(ReadOnlySpan<float> values)
    {
        using ParameterEdit edit = EditParameters();
        values.CopyTo(edit.Values);
    }

    /// <summary>A parameter in PyTorch's order.</summary>
    public float[] Get(string name) => new ParameterView(table[name], _parameters.Memory).ToArray();

    /// <summary>A pass with given gradients.</summary>
    public ITrainingPass PassOf(float[] gradients, int threads = 1) => new Pass(this, gradients, threads);

    /// <summary>Does a step with given gradients.</summary>
    public void Step(Optimizer optimizer, float[] gradients, int threads = 1) => optimizer.Step(PassOf(gradients, threads));

    public ITrainingPass BeginTraining(int batchSize, ulong seed, int threads) => throw new NotSupportedException();

    public ITrainingPass BeginTraining(TrainingOptions options) => throw new NotSupportedException();

    public void Predict(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();

    public void Predict(ReadOnlySpan<float> input, Span<float> output, int threads) => throw new NotSupportedException();

    public Predictor CreatePredictor(int maxBatch, int threads) => throw new NotSupportedException();

    public void Save(string path) => throw new NotSupportedException();

    public void Save(Stream stream) => throw new NotSupportedException();

    private sealed class Pass(TableNetwork network, float[] gradients, int threads) : ITrainingPass
    {
        public INetwork Network => network;

        public long Step => 0;

        public int Threads => threads;

        public int BatchSize => 1;

        public ReadOnlySpan<float> Outputs => default;

        public Span<float> Gradients => gradients;

        public float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> sampleWeights) => throw new NotSupportedException();

        public float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights) => throw new NotSupportedException();

        public void Backward() => throw new NotSupportedException();

        public void InputGradients(Span<float> destination) => throw new NotSupportedException();
    }
}
