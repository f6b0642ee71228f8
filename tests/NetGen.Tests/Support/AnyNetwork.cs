using System.Reflection;

namespace NetGen.Tests.Support;

/// <summary>A generated network without its type, so that one theory runs over many of them.</summary>
internal abstract class AnyNetwork
{
    public abstract Type Type { get; }

    public abstract int InputLength { get; }

    public abstract int OutputLength { get; }

    public abstract Loss Loss { get; }

    public abstract ParameterTable Table { get; }

    public abstract Span<float> Parameters { get; }

    public static AnyNetwork Of<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork> => new Adapter<TNetwork>(network);

    public static AnyNetwork Create(Type type, ulong seed) => (AnyNetwork)typeof(AnyNetwork)
        .GetMethod(nameof(CreateOf), BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(type)
        .Invoke(null, [seed])!;

    public abstract void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);

    public abstract ITrainingPass BeginTraining(int batchSize, ulong seed = 0, int threads = 1);

    public float[] Predict(ReadOnlySpan<float> inputs)
    {
        float[] outputs = new float[inputs.Length / InputLength * OutputLength];
        Predict(inputs, outputs);
        return outputs;
    }

    /// <summary>A parameter in PyTorch's order.</summary>
    public float[] Get(string name) => Get(name, Parameters);

    /// <summary>A parameter's part of the gradients, or of anything laid out like the parameters, in PyTorch's order.</summary>
    public float[] Get(string name, Span<float> arena) => new ParameterView(Table[name], arena).ToArray();

    public void Set(string name, ReadOnlySpan<float> torchOrder) =>
        new ParameterView(Table[name], Parameters).CopyFrom(torchOrder);

    private static AnyNetwork CreateOf<TNetwork>(ulong seed)
        where TNetwork : class, INetwork<TNetwork> => Of(TNetwork.Create(seed));

    private sealed class Adapter<TNetwork>(TNetwork network) : AnyNetwork
        where TNetwork : class, INetwork<TNetwork>
    {
        public override Type Type => typeof(TNetwork);

        public override int InputLength => TNetwork.InputLength;

        public override int OutputLength => TNetwork.OutputLength;

        public override Loss Loss => TNetwork.Loss;

        public override ParameterTable Table => TNetwork.ParameterTable;

        public override Span<float> Parameters => network.Parameters;

        public override void Predict(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Predict(inputs, outputs);

        public override ITrainingPass BeginTraining(int batchSize, ulong seed, int threads) =>
            network.BeginTraining(batchSize, seed, threads);
    }
}
