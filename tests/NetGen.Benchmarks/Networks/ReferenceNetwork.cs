using NetGen.Benchmarks.Counting;
using NetGen.Benchmarks.Kernels;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Networks;

/// <summary>A network of the suite: what the runner needs to know of it, and the work that is timed.</summary>
internal abstract class ReferenceNetwork(string name, Type type, NetworkSummary summary)
{
    /// <summary>All of them, the smallest first.</summary>
    public static IReadOnlyList<ReferenceNetwork> All { get; } =
    [
        new ReferenceNetwork<Tiny>("tiny", []),
        new ReferenceNetwork<MlpSmall>("mlp-small", MlpSmall.Probes),
        new ReferenceNetwork<Snn>("snn", []),
        new ReferenceNetwork<Autoencoder>("autoencoder", []),
        new ReferenceNetwork<Mlp1024>("mlp-1024", Mlp1024.Probes),
        new ReferenceNetwork<LeNet>("lenet", LeNet.Probes),
        new ReferenceNetwork<KerasCnn>("keras-cnn", KerasCnn.Probes),
        new ReferenceNetwork<VggSmall>("vgg-small", VggSmall.Probes),
        new ReferenceNetwork<ResNet8>("resnet-8", []),
        new ReferenceNetwork<InceptionSmall>("inception-small", []),
        new ReferenceNetwork<Signal>("signal", []),
        new ReferenceNetwork<MobileSmall>("mobile-small", []),
    ];

    /// <summary>The name that the tables and the peers know.</summary>
    public string Name => name;

    /// <summary>The class.</summary>
    public Type Type => type;

    /// <summary>The layers and their shapes.</summary>
    public NetworkSummary Summary => summary;

    /// <summary>Values of one sample, and of its outputs.</summary>
    public abstract int InputLength { get; }

    /// <inheritdoc cref="InputLength"/>
    public abstract int OutputLength { get; }

    /// <summary>Single kernels to be measured.</summary>
    public abstract IReadOnlyList<KernelProbe> Kernels { get; }

    /// <summary>The multiply-adds that its results need, by which speed is told.</summary>
    public NeededOperations Needed { get; } = new(type);

    /// <summary>Prediction of the same batch again and again.</summary>
    public abstract IWork Prediction(int batch, int threads);

    /// <summary>Training steps on eight batches in turn: forward, backward, SGD with momentum 0.9.</summary>
    public abstract IWork Training(int batch, int threads);

    /// <summary>The outputs for <paramref name="inputs"/> with the weights of <see cref="SaveWeights"/>.</summary>
    public abstract float[] Predict(float[] inputs);

    /// <summary>Writes the weights that all contenders compute with.</summary>
    public abstract void SaveWeights(string path);
}

/// <inheritdoc cref="ReferenceNetwork"/>
internal sealed class ReferenceNetwork<TNetwork>(string name, IReadOnlyList<KernelProbe> kernels)
    : ReferenceNetwork(name, typeof(TNetwork), TNetwork.Create(Seed).Summary)
    where TNetwork : class, INetwork<TNetwork>
{
    private const ulong Seed = 1;
    private const int TrainingBatches = 8;

    private readonly Lazy<TNetwork> _predicting = new(() => TNetwork.Create(Seed));

    public override int InputLength => TNetwork.InputLength;

    public override int OutputLength => TNetwork.OutputLength;

    public override IReadOnlyList<KernelProbe> Kernels => kernels;

    public override IWork Prediction(int batch, int threads) => new PredictionWork(_predicting.Value, batch, threads);

    public override IWork Training(int batch, int threads) => new TrainingWork(batch, threads);

    public override float[] Predict(float[] inputs)
    {
        var outputs = new float[inputs.Length / InputLength * OutputLength];
        TNetwork.Create(Seed).Predict(inputs, outputs, threads: 1);
        return outputs;
    }

    public override void SaveWeights(string path) =>
        TNetwork.Create(Seed).Save(path);

    private sealed class PredictionWork(TNetwork network, int batch, int threads) : IWork
    {
        private readonly float[] _inputs = RandomValues.Array(batch * TNetwork.InputLength, seed: 7);
        private readonly float[] _outputs = new float[batch * TNetwork.OutputLength];

        public void Run(int count)
        {
            for (int i = 0; i < count; i++)
                network.Predict(_inputs, _outputs, threads);
        }
    }

    private sealed class TrainingWork : IWork
    {
        private readonly TNetwork _network = TNetwork.Create(Seed);
        private readonly Sgd _optimizer;
        private readonly float[][] _inputs = new float[TrainingBatches][];
        private readonly float[][] _targets = new float[TrainingBatches][];
        private readonly int[][] _labels = new int[TrainingBatches][];
        private readonly ITrainingPass _pass;
        private int _step;

        public TrainingWork(int batch, int threads)
        {
            // Proportional to the batch: with the rate for 64 samples, single samples make mlp-1024 diverge after some 270 steps.
            _optimizer = new Sgd(1e-3f * Math.Min(batch, 64) / 64) { Momentum = 0.9f };
            _pass = _network.BeginTraining(batch, Seed, threads);
            for (int i = 0; i < TrainingBatches; i++)
            {
                _inputs[i] = RandomValues.Array(batch * TNetwork.InputLength, seed: i);
                _targets[i] = RandomValues.Array(batch * TNetwork.OutputLength, seed: 100 + i);
                if (TNetwork.Loss == Loss.BinaryCrossEntropy)
                    _targets[i] = [.. _targets[i].Select(MathF.Abs)];
                _labels[i] = [.. Enumerable.Range(0, batch).Select(sample => (sample + i) % TNetwork.OutputLength)];
            }
        }

        public void Run(int count)
        {
            float loss = 0;
            for (int i = 0; i < count; i++)
            {
                int batch = _step++ % TrainingBatches;
                loss = TNetwork.Loss == Loss.CrossEntropy
                    ? _pass.Forward(_inputs[batch], _labels[batch])
                    : _pass.Forward(_inputs[batch], _targets[batch]);
                _pass.Backward();
                _optimizer.Step(_pass);
            }

            if (!float.IsFinite(loss))
                throw new InvalidOperationException($"The training of {typeof(TNetwork).Name} diverged: its time would mean nothing.");
        }
    }
}
